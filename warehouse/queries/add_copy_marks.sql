-- Adds the marks of the frame new_marks of dated articles that are not in the index.
insert into copy_marks
select article_id, published_from::date, published_to::date, kind, mark
from new_marks
where published_from is not null and article_id not in (
    select i.article_id from copy_index as i where i.article_id in (select n.article_id from new_marks as n)
)
