"""Parsed reports as Polars frames, staged as Parquet. No Dagster, no DuckDB."""
