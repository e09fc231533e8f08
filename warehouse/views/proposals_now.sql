-- One row per claim for which a machine proposes an outcome, with the first passage it rests on.
create or replace view proposals_now as
with passages as (
    select p.claim_id, unnest(p.evidence_ids) as evidence_id, generate_subscripts(p.evidence_ids, 1) as place
    from proposals_as_of(now_as_of()) as p
),
origins as (
    select p.claim_id, count(distinct st.story_id) as n_origins
    from passages as p
    join evidence as e using (evidence_id)
    join stories_as_of(now_as_of()) as st on st.article_id = e.article_id
    group by all
)
select
    p.claim_id, p.outcome, e.article_id, e.quote, e.stance, coalesce(e.event_date, p.event_date) as event_date,
    o.n_origins, p.confidence, p.method, p.proposed_at, e.evidence_id, j.outcome as judged_outcome
from proposals_as_of(now_as_of()) as p
join passages as f on f.claim_id = p.claim_id and f.place = 1
join evidence as e on e.evidence_id = f.evidence_id
join origins as o on o.claim_id = p.claim_id
left join claim_outcomes(now_as_of()) as j on j.claim_id = p.claim_id;
comment on view proposals_now is 'One row is an outcome that a machine proposes for a claim; it counts in no score until a person resolves the claim.';
comment on column proposals_now.claim_id is 'The claim.';
comment on column proposals_now.outcome is 'The proposed outcome.';
comment on column proposals_now.article_id is 'The later article that the passage stands in.';
comment on column proposals_now.quote is 'The passage, word for word.';
comment on column proposals_now.stance is 'How it bears on the claim: supports, refutes or partly.';
comment on column proposals_now.event_date is 'Day of the event that it reports.';
comment on column proposals_now.n_origins is 'Distinct stories among the passages that the proposal rests on.';
comment on column proposals_now.confidence is 'How sure the method is, 0 to 1.';
comment on column proposals_now.method is 'The method and its version.';
comment on column proposals_now.proposed_at is 'When it was proposed (UTC).';
comment on column proposals_now.evidence_id is 'The passage as evidence.';
comment on column proposals_now.judged_outcome is 'What a person judged since, where one did.';
