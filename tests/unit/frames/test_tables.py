"""Staged tables that cannot be kept, and those that were not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipelines.contracts import staged_schema
from pipelines.errors import StagingError
from pipelines.frames.tables import StagedTable, keep_table, kept_files, write_frame


def test_a_table_that_was_not_kept_is_told(tmp_path: Path):
    with pytest.raises(StagingError, match="run the extraction again"):
        kept_files(tmp_path / "stg_term.parquet")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_told_as_such(tmp_path: Path):
    (tmp_path / "stg_term.part").symlink_to("/dev/full")
    empty = pl.LazyFrame(schema=staged_schema("stg_term"))
    with pytest.raises(StagingError, match="the disk is full; make room"):
        keep_table(StagedTable("stg_term", (), empty), tmp_path / "stg_term.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path):
    with pytest.raises(StagingError, match="No such file"):
        write_frame(pl.LazyFrame({"a": [1]}), tmp_path / "gone" / "x.parquet")
