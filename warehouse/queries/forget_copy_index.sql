-- Drops the rows of copy_index that another version than $but made.
delete from copy_index where marked_by <> $but
