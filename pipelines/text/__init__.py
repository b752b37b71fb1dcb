"""Clean text to sentences, numerals and observations. Pure: no Polars, no Dagster, no files."""
