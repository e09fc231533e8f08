-- One row per table and its number of rows.
select 'articles' as name, count(*) as n from articles
union all select 'attributions', count(*) from attributions
union all select 'claims', count(*) from claims
union all select 'copies', count(*) from copies
union all select 'matches', count(*) from matches
union all select 'evidence', count(*) from evidence
union all select 'resolutions', count(*) from resolutions
union all select 'estimates', count(*) from estimates
union all select 'set aside', count(*) from set_asides
