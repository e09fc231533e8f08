-- Adds the names and figures of the frame new_marks, of articles that are not in the index.
insert into copy_names
select article_id, published_from::date, published_to::date, mark
from new_marks
where kind = 'names' and article_id not in (select article_id from copy_index)
