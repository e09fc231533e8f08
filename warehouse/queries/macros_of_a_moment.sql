-- One row per table macro that asks for nothing but the moment for which it answers.
select distinct function_name
from duckdb_functions()
where not internal and database_name = current_database() and function_type = 'table_macro' and parameters = ['as_of']
