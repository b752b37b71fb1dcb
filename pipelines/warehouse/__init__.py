"""The DuckDB file: build it whole, check it, publish it, read it. Statements live in `sql/`."""
