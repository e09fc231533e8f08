-- One row per piece of evidence for the claim or for another report of its utterance, latest event first.
select e.*, a.outlet_id, a.url, a.title, a.published_latest
from evidence as e
join articles as a using (article_id)
where
    e.recorded_at <= $as_of
    and (
        e.claim_id = $claim_id
        or e.claim_id in (
            select other.claim_id
            from utterances($as_of) as mine
            join utterances($as_of) as other using (utterance_id)
            where mine.claim_id = $claim_id
        )
    )
order by e.stance, e.event_date, e.evidence_id
