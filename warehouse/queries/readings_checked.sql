-- One row: the readings that people had seen by $as_of, and those that stood.
select n_checked, n_right from reading_precision($as_of) where reader = 'all readers'
