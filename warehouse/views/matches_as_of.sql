-- One row per pair of claims with the decision that stands as known at as_of.
create or replace macro matches_as_of(as_of) as table
with decided as (
    select
        *,
        row_number() over (
            partition by least(claim_id, other_claim_id), greatest(claim_id, other_claim_id)
            order by starts_with(decided_by, 'person:') desc, recorded_at desc, withdrawn_at is not null desc, match_id
        ) as place
    from matches
    where recorded_at <= as_of
)
select match_id, claim_id, other_claim_id, verdict, score, detail, decided_by, recorded_at
from decided
where place = 1 and withdrawn_at is null;
comment on macro table matches_as_of is 'One row is a pair of claims with the decision that stands as known at as_of; a person''s decision wins over a method''s.';
