-- Adds the marks of the frame new_marks of undated articles that are not in the index.
insert into undated_copy_marks
select article_id, kind, mark
from new_marks
where published_from is null and article_id not in (
    select i.article_id from copy_index as i where i.article_id in (select n.article_id from new_marks as n)
)
