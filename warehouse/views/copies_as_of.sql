-- One row per pair of articles of which, as known at as_of, one copies the other.
create or replace macro copies_as_of(as_of) as table
with decided as (
    select
        *,
        row_number() over (
            partition by least(article_id, of_article_id), greatest(article_id, of_article_id)
            order by starts_with(decided_by, 'person:') desc, recorded_at desc, withdrawn_at is not null desc, copy_id desc
        ) as place
    from copies
    where recorded_at <= as_of
)
select copy_id, article_id, of_article_id, relation, containment, shared_quotations, decided_by, recorded_at
from decided
where place = 1 and withdrawn_at is null;
comment on macro table copies_as_of is 'One row is a pair of articles of which, as known at as_of, one copies the other; a person''s decision wins over a method''s.';
