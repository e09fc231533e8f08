-- Drops the rows of copy_marks that another version than $but made.
delete from copy_marks where article_id in (select article_id from copy_index where marked_by <> $but)
