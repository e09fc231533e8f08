"""DuckDB: the only place that knows SQL."""
