"""Thin Dagster objects. Every module here is loaded; the work is done on the floors below."""
