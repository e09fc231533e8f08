-- One row per column of the tables and views that analysts read, with what it means.
select
    c.table_name as relation, coalesce(t.comment, v.comment) as relation_meaning, c.column_name as name, c.data_type as type,
    c.comment as meaning
from duckdb_columns() as c
left join duckdb_tables() as t on t.table_name = c.table_name and t.database_name = c.database_name
left join duckdb_views() as v on v.view_name = c.table_name and v.database_name = c.database_name
where not c.internal and c.database_name = current_database() and c.schema_name = 'main'
order by c.table_name, c.column_index
