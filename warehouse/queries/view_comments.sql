-- One row per comment on the view $name and on its columns; column_name is empty for the view itself.
select null as column_name, comment from duckdb_views() where view_name = $name and comment is not null
union all
select column_name, comment from duckdb_columns() where table_name = $name and comment is not null
