-- One row per utterance with an outcome, with its question and every address that printed it, the first to print it first.
with printed as (
    select
        utterance_id,
        list(distinct url) as urls,
        arg_min(url, {'made': coalesce(published_latest, 'infinity'::timestamptz), 'id': claim_id}) as first_url
    from claims_now
    where url is not null
    group by utterance_id
)
select
    c.claim_id, c.claim_text, c.resolved_source, c.claimant_id, coalesce(t.is_person, false) as is_person, c.anonymity,
    c.level_reason, c.outcome, c.published_latest::date as made_on, o.recorded_at::date as judged_on, o.evidence_url, o.note,
    q.held_up_if, q.failed_if,
    -- The first to print it stands first.
    list_concat(if(p.first_url is null, [], [p.first_url]), list_sort(list_filter(coalesce(p.urls, []), lambda u: u <> p.first_url))) as urls
from claims_now as c
join claim_outcomes(now_as_of()) as o on o.claim_id = c.outcome_claim_id
left join claimants as t on t.claimant_id = c.claimant_id
left join questions as q on q.claim_id = o.claim_id and q.version = o.question_version
left join printed as p using (utterance_id)
where c.is_fullest and c.outcome is not null
order by c.claim_id
