-- One row per current claim at as_of: who must act, and the outcome of its utterance.
create or replace macro claim_status(as_of) as table
with told as materialized (
    select claim_id, utterance_id, story_id, origin_id, proposition_id, is_fullest from utterances(as_of)
),
current_claims as materialized (
    select claim_id, trackable, made_latest, due_earliest, due_latest, is_due_corrected from claims_as_of(as_of)
),
judged as (
    select
        u.utterance_id, o.claim_id, o.outcome, o.is_reopened, o.recorded_at,
        -- The question was changed after it was answered.
        coalesce(o.question_version < q.version, false) as is_judged_by_older,
        row_number() over (partition by u.utterance_id order by o.recorded_at desc, o.claim_id) as place
    from claim_outcomes(as_of) as o
    join told as u using (claim_id)
    left join questions_as_of(as_of) as q on q.claim_id = o.claim_id
),
proposed as (
    select u.utterance_id, max(p.proposed_at) as proposed_at
    from proposals_as_of(as_of) as p
    join told as u using (claim_id)
    group by all
),
dated as (
    -- The horizon counts from the earliest copy, which is the one that was public first for certain; what an analyst
    -- corrected stands before it.
    select
        u.utterance_id,
        arg_min(
            {'earliest': c.due_earliest, 'latest': c.due_latest},
            {
                'read': not c.is_due_corrected,
                'open': c.is_due_corrected is false and c.due_latest is null,
                'made': coalesce(c.made_latest, 'infinity'::timestamptz),
                'fullest': not u.is_fullest,
                'claim_id': c.claim_id
            }
        ) as due
    from current_claims as c
    join told as u using (claim_id)
    group by all
),
due as (
    select utterance_id, due.earliest as due_earliest, due.latest as due_latest from dated
)
select
    c.claim_id, u.utterance_id, u.story_id, u.origin_id, u.proposition_id, u.is_fullest,
    d.due_earliest, d.due_latest,
    case
        when j.outcome is not null then 'resolved'
        when j.is_reopened then 'reopened'
        when not c.trackable then 'not trackable'
        when p.proposed_at is not null then 'proposed'
        when d.due_latest <= as_of then 'due'
        else 'open'
    end as workflow,
    j.outcome, j.claim_id as outcome_claim_id, j.recorded_at as outcome_recorded_at,
    coalesce(j.is_judged_by_older, false) as is_judged_by_older
from current_claims as c
join told as u using (claim_id)
join due as d using (utterance_id)
left join judged as j on j.utterance_id = u.utterance_id and j.place = 1
left join proposed as p on p.utterance_id = u.utterance_id;
comment on macro table claim_status is 'One row is a current claim at as_of: its workflow state (not trackable, open, due, proposed, resolved, reopened) and outcome; reprints share both with the utterance they report.';
