-- Adds the marks of wording of the frame new_marks, of articles that are not in the index.
insert into copy_marks
select article_id, published_from::date, published_to::date, kind = 'quotation', mark
from new_marks
where kind <> 'names' and article_id not in (select article_id from copy_index)
