-- Drops the rows of undated_copy_marks that another version than $but made.
delete from undated_copy_marks where article_id in (select article_id from copy_index where marked_by <> $but)
