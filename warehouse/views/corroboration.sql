-- One row per proposition: how often it was printed, and how many conversations vouch for it.
create or replace view corroboration as
with told as (
    select
        u.proposition_id, u.origin_id, u.story_id, u.is_fullest, c.claim_id, c.claim_text, c.article_id, a.outlet_id, c.anonymity,
        c.plurality, c.descriptor, c.made_latest, c.seniority,
        string_split(lower(c.organisation), ' ') as organisation
    from claims_as_of(now_as_of()) as c
    join utterances(now_as_of()) as u using (claim_id)
    join articles as a on a.article_id = c.article_id
),
counted as (
    select
        proposition_id,
        first(claim_text order by is_fullest desc, claim_id) as claim_text,
        count(distinct article_id) as n_articles,
        count(distinct outlet_id) as n_outlets,
        count(distinct article_id) - count(distinct story_id) as n_copies,
        count(distinct origin_id) as n_origins
    from told
    group by proposition_id
),
unnamed as (
    select * from told where anonymity >= 'A3' and plurality <> 'collective'
),
-- Heard by different outlets at about the same time, and nothing in the descriptions says that they are two.
could_be_one as (
    select distinct o.proposition_id, t.origin_id
    from unnamed as o
    join unnamed as t on t.proposition_id = o.proposition_id and t.origin_id > o.origin_id and t.story_id <> o.story_id
    where
        (o.outlet_id <> t.outlet_id or o.descriptor is distinct from t.descriptor)
        and coalesce(abs(epoch(o.made_latest) - epoch(t.made_latest)) <= 2 * 86400, true)
        and coalesce(list_has_any(o.organisation, t.organisation), true)
        and coalesce(o.seniority = t.seniority, true)
),
doubtful as (
    select proposition_id, count(*) as n_doubtful from could_be_one group by proposition_id
)
select
    c.proposition_id, c.claim_text, c.n_articles, c.n_outlets, c.n_copies, c.n_origins,
    d.n_doubtful is not null as possibly_same_source,
    c.n_origins - coalesce(d.n_doubtful, 0) as n_origins_at_least
from counted as c
left join doubtful as d using (proposition_id);
comment on view corroboration is 'One row is a proposition: what several claims have in common, how often it was printed, and how many conversations vouch for it. A reprint adds no origin.';
comment on column corroboration.proposition_id is 'The proposition: all claims that are the same.';
comment on column corroboration.claim_text is 'The claim in the words of its fullest report.';
comment on column corroboration.n_articles is 'Articles that carry it.';
comment on column corroboration.n_outlets is 'Outlets that carry it.';
comment on column corroboration.n_copies is 'How many of those articles are copies of another.';
comment on column corroboration.n_origins is 'Distinct conversations that it came from: its corroboration.';
comment on column corroboration.possibly_same_source is 'True if two of its origins are unnamed sources who could be one person: outlets may have heard the same official.';
comment on column corroboration.n_origins_at_least is 'Its origins if all who could be one person are one.';
