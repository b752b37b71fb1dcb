"""The job that does it all: reports folder in, published warehouse out."""

from __future__ import annotations

import dagster as dg

load_reports = dg.define_asset_job(
    "load_reports",
    selection=dg.AssetSelection.all(),
    # A few short steps: a process for each would cost more than the work.
    executor_def=dg.in_process_executor,
    description="Read new and changed reports, build the warehouse, check it, publish it.",
)
