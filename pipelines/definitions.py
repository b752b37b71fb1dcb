"""The one entry point that Dagster loads: whatever stands in `defs/`, and nothing else."""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """All assets, checks, jobs and resources of the project."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
