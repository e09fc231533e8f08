-- One row per pair of an article of $article_ids and one of the index that it should be compared with, $most each.
with wanted as materialized (
    select article_id, published_from, published_to, kind, mark
    from copy_marks
    where published_from >= $first and published_to <= $last and article_id in (select unnest($article_ids))
    union all
    select article_id, null, null, kind, mark from undated_copy_marks where article_id in (select unnest($article_ids))
),
found as materialized (
    select article_id, published_from, published_to, kind, mark
    from copy_marks
    where published_from <= $latest and published_to >= $earliest and mark in (select w.mark from wanted as w)
    union all
    select article_id, null, null, kind, mark from undated_copy_marks where mark in (select w.mark from wanted as w)
),
-- Of what many share only the first are taken: a story with a thousand reprints stays linear. A name that many share
-- (a president's) says nothing at all.
telling as (
    select *
    from (
        select
            *,
            count(*) over (partition by kind, mark) as n_holders,
            row_number() over (partition by kind, mark order by published_from nulls last, article_id) as place
        from found
    )
    where if(kind = 'names', n_holders <= $crowd, place <= $crowd)
),
pairs as (
    select
        w.article_id, t.article_id as other_id, sum(1 / ln(1 + t.n_holders)) as weight,
        count(*) filter (w.kind = 'words') as words,
        count(*) filter (w.kind = 'quotation') as quotations,
        count(*) filter (w.kind = 'names') as names
    from wanted as w
    join telling as t on t.mark = w.mark and t.kind = w.kind
    where t.article_id <> w.article_id
        and coalesce(t.published_from <= w.published_to + if(w.kind = 'names', $days_named, $days), true)
        and coalesce(t.published_to >= w.published_from - if(w.kind = 'names', $days_named, $days), true)
    group by all
)
select article_id, other_id
from pairs
where words >= $words or quotations >= $quotations or names >= $names or words + quotations + names > $names
qualify row_number() over (partition by article_id order by weight desc, other_id) <= $most
