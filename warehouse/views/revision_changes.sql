-- One row per thing that a revision changed about a claim or its source, as known now.
create or replace view revision_changes as
with claimed as (
    -- As each version was read: what analysts corrected is no change of the page.
    select
        e.article_id, c.claim_id, c.claim_text, c.kind, c.polarity, c.modality, c.modality_phrase, c.horizon_text,
        s.resolved_source, s.anonymity, s.condition_stated, s.condition_reason, s.told_to,
        (select string_agg(substring(a.text, p.start + 1, p.end - p.start), ' … ') from unnest(c.content) as u(p)) as words
    from readings_as_of(now_as_of()) as e
    join articles as a on a.article_id = e.article_id
    join claims as c on c.claim_id in (select unnest(e.claim_ids)) and c.reader = e.reader
    join sources as s on s.source_id = c.source_id
    where e.article_id in (
        select article_id from revisions where change <> 'replaced' union select was_article_id from revisions where change <> 'replaced'
    )
),
steps as (
    select article_id, was_article_id, address, change, seen_at
    from revisions
    where change <> 'replaced' and seen_at <= now_as_of()
),
linked as (
    -- A text that came back is linked by what linked the two before.
    select claim_id, was_claim_id, overlap from successions
    union
    select was_claim_id, claim_id, overlap from successions
),
pairs as (
    select r.*, n.claim_id, o.claim_id as was_claim_id, n, o
    from steps as r
    join claimed as o on o.article_id = r.was_article_id
    join linked as l on l.was_claim_id = o.claim_id
    join claimed as n on n.article_id = r.article_id and n.claim_id = l.claim_id
    qualify row_number() over (partition by r.article_id, r.was_article_id, r.seen_at, o.claim_id order by l.overlap desc, n.claim_id) = 1
),
compared as (
    select
        article_id, was_article_id, address, change, seen_at, claim_id, was_claim_id,
        unnest([
            {'what': 'wording', 'was': o.words, 'became': n.words},
            {'what': 'source', 'was': o.resolved_source, 'became': n.resolved_source},
            {'what': 'anonymity', 'was': o.anonymity, 'became': n.anonymity},
            {'what': 'condition of anonymity', 'was': if(o.condition_stated, 'stated', 'not stated'), 'became': if(n.condition_stated, 'stated', 'not stated')},
            {'what': 'reason for anonymity', 'was': o.condition_reason, 'became': n.condition_reason},
            {'what': 'told to', 'was': o.told_to, 'became': n.told_to},
            {'what': 'modality', 'was': concat_ws(' ', o.modality, '(' || o.modality_phrase || ')'), 'became': concat_ws(' ', n.modality, '(' || n.modality_phrase || ')')},
            {'what': 'kind', 'was': o.kind, 'became': n.kind},
            {'what': 'polarity', 'was': o.polarity, 'became': n.polarity},
            {'what': 'horizon', 'was': o.horizon_text, 'became': n.horizon_text}
        ]) as changed
    from pairs
),
unpaired as (
    select
        r.article_id, r.was_article_id, r.address, r.change, r.seen_at, null as claim_id, o.claim_id as was_claim_id,
        {'what': 'claim dropped', 'was': o.claim_text, 'became': null::varchar} as changed
    from steps as r
    join claimed as o on o.article_id = r.was_article_id
    where r.article_id in (select article_id from claimed)
    union all
    select
        r.article_id, r.was_article_id, r.address, r.change, r.seen_at, n.claim_id, null,
        {'what': 'claim added', 'was': null::varchar, 'became': n.claim_text}
    from steps as r
    join claimed as n on n.article_id = r.article_id
    where r.was_article_id in (select article_id from claimed)
)
select
    r.article_id, r.was_article_id, a.outlet_id, r.address, r.change, r.seen_at, r.claim_id, r.was_claim_id,
    r.changed.what as what, r.changed.was as was, r.changed.became as became
from (
    from compared where changed.was is distinct from changed.became
    union all
    from unpaired as u
    anti join pairs as p on
        p.article_id = u.article_id and p.was_article_id = u.was_article_id and p.seen_at = u.seen_at
        and (p.claim_id = u.claim_id or p.was_claim_id = u.was_claim_id)
) as r
join articles as a on a.article_id = r.article_id;
comment on view revision_changes is 'One row is something that a revision changed about a claim: the edit that drops a condition of anonymity, renames a source, turns "expects" into "hopes", or takes a claim out.';
comment on column revision_changes.article_id is 'The text that stands there since.';
comment on column revision_changes.was_article_id is 'The text that stood there before.';
comment on column revision_changes.outlet_id is 'The outlet.';
comment on column revision_changes.address is 'The address of the page.';
comment on column revision_changes.change is 'edited, or fuller where the page took the place of what a feed carried of it.';
comment on column revision_changes.seen_at is 'When the change was first seen (UTC).';
comment on column revision_changes.claim_id is 'The claim as it stands since; empty where it was dropped.';
comment on column revision_changes.was_claim_id is 'The claim as it stood before; empty where it came in.';
comment on column revision_changes.what is 'wording, source, anonymity, condition of anonymity, reason for anonymity, told to, modality, kind, polarity, horizon, claim dropped or claim added.';
comment on column revision_changes.was is 'What it was.';
comment on column revision_changes.became is 'What it is.';
