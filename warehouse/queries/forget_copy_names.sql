-- Drops the rows of copy_names that another version than $but made.
delete from copy_names where article_id in (select article_id from copy_index where marked_by <> $but)
