-- Attributions with a span outside their article's text.
select t.attribution_id, t.article_id
from attributions as t
join articles as a using (article_id)
where
    list_any_value([true for s in list_concat(t.source, t.cue, t.content, [t.passage]) if s.start < 0 or s.end > length(a.text) or s.start >= s.end])
