-- severity: blocking
-- Every table, view and column of the file describes itself.
-- No input breaks it: comments come from sql/glossary.yml alone.
select
    table_name,
    null as column_name
from duckdb_tables()
where not internal and not temporary and comment is null
union all
select
    view_name as table_name,
    null as column_name
from duckdb_views()
where not internal and not temporary and comment is null
union all
select
    table_name,
    column_name
from duckdb_columns()
where not internal and database_name = current_database() and comment is null;
