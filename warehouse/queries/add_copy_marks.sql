-- Adds the marks of the frame new_marks of dated articles that are not in the index.
insert into copy_marks
select article_id, published_from::date, published_to::date, kind, mark
from new_marks
where published_from is not null and article_id not in (select article_id from copy_index)
