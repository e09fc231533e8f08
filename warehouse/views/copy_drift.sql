-- One row per way in which a copy's report of a claim differs from the original's.
create or replace view copy_drift as
with reported as (
    select s.story_id, s.proposition_id, coalesce(v.first_article_id, c.article_id) as page_article_id, c.*
    from claim_status(now_as_of()) as s
    join claims_as_of(now_as_of()) as c using (claim_id)
    left join versions_as_of(now_as_of()) as v on v.article_id = c.article_id
),
matched as (
    select claim_id, other_claim_id, score from matches_as_of(now_as_of()) where verdict = 'same'
    union
    select other_claim_id, claim_id, score from matches_as_of(now_as_of()) where verdict = 'same'
),
closest as (
    -- Where an original says a thing twice, the copy is held against the wording that it is closest to.
    select k.claim_id, o.claim_id as of_claim_id
    from matched as m
    join reported as k on k.claim_id = m.claim_id
    join reported as o on o.claim_id = m.other_claim_id
    where k.page_article_id <> k.story_id and o.page_article_id = k.story_id and o.story_id = k.story_id
    qualify row_number() over (partition by k.claim_id order by m.score desc, o.kind = k.kind desc, o.claim_id) = 1
),
pairs as (
    select
        k.story_id, k.article_id, k.claim_id, o.article_id as of_article_id, o.claim_id as of_claim_id,
        unnest([
            {'what': 'anonymity', 'was': o.anonymity, 'became': k.anonymity},
            {'what': 'condition of anonymity', 'was': if(o.condition_stated, 'stated', 'not stated'), 'became': if(k.condition_stated, 'stated', 'not stated')},
            {'what': 'reason for anonymity', 'was': o.condition_reason, 'became': k.condition_reason},
            {'what': 'source', 'was': o.resolved_source, 'became': k.resolved_source},
            {'what': 'told to', 'was': o.told_to, 'became': k.told_to},
            {'what': 'modality', 'was': concat_ws(' ', o.modality, '(' || o.modality_phrase || ')'), 'became': concat_ws(' ', k.modality, '(' || k.modality_phrase || ')')},
            {'what': 'kind', 'was': o.kind, 'became': k.kind},
            {'what': 'polarity', 'was': o.polarity, 'became': k.polarity}
        ]) as change
    from closest as n
    join reported as k on k.claim_id = n.claim_id
    join reported as o on o.claim_id = n.of_claim_id
)
select
    story_id, article_id, a.outlet_id, claim_id, of_article_id, of_claim_id,
    change.what as what, change.was as was, change.became as became
from pairs
join articles as a using (article_id)
where change.was is distinct from change.became;
comment on view copy_drift is 'One row is a way in which a copy''s report of a claim differs from the original''s: the edit that drops a condition of anonymity or turns "expects" into "hopes".';
comment on column copy_drift.story_id is 'The story.';
comment on column copy_drift.article_id is 'The copy.';
comment on column copy_drift.outlet_id is 'The outlet that printed the copy.';
comment on column copy_drift.claim_id is 'The claim as the copy reports it.';
comment on column copy_drift.of_article_id is 'The original article.';
comment on column copy_drift.of_claim_id is 'The claim as the original reports it.';
comment on column copy_drift.what is 'What differs: anonymity, condition of anonymity, reason for anonymity, source, told to, modality, kind or polarity.';
comment on column copy_drift.was is 'What the original prints.';
comment on column copy_drift.became is 'What the copy prints.';
