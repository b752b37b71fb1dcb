"""Staged tables of all reports together: their rows stay in the files where they were written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.bilingual import Both
from pipelines.contracts import staged_schema
from pipelines.errors import ContractError, StagingError
from pipelines.frames.sealed import seal, unseal

_LIST = "files 1"


@dataclass(frozen=True, slots=True)
class StagedTable:
    """The rows of one staged table, left where they lie."""

    name: str
    files: tuple[Path, ...]  # of batches that are wanted whole
    rest: pl.LazyFrame  # rows of batches that are wanted in part, and of what was refused

    def lazy(self) -> pl.LazyFrame:
        """All rows."""
        scans = [pl.scan_parquet(list(self.files))] if self.files else []
        return pl.concat([self.rest, *scans])


def keep_table(table: StagedTable, path: Path) -> tuple[Path, ...]:
    """Keep at `path` what is not in a file of its own, and beside it the names of these.

    Copying all rows together would cost memory and half a minute for 100,000 reports.

    Returns:
        The files that hold the rows, as `kept_files` gives them later.

    Raises:
        ContractError: columns, their order or their types are not those of `sql/staged/`.
        StagingError: the file cannot be written.
    """
    have, want = dict(table.rest.collect_schema()), staged_schema(table.name)
    if list(have.items()) != list(want.items()):
        detail = Both(
            f"the frame has {have} where {want} is declared", f"声明为 {want}，实为 {have}"
        )
        raise ContractError(table.name, detail)
    path.parent.mkdir(parents=True, exist_ok=True)
    work = path.with_suffix(".part")
    try:
        write_frame(table.rest, work)
        work.replace(path)
    finally:
        work.unlink(missing_ok=True)
    names = [os.path.relpath(file, path.parents[1]) for file in table.files]
    seal(path.with_suffix(".files"), _LIST, names)
    return (path, *table.files)


def kept_files(path: Path) -> tuple[Path, ...]:
    """The Parquet files that hold the rows of the table that was kept at `path`.

    Raises:
        StagingError: it was not kept, or is damaged.
    """
    names = unseal(path.with_suffix(".files"), _LIST)
    if names is None:
        detail = Both(
            "it is not there, or damaged; run the extraction again",
            "文件不存在或已损坏；请重新提取",
        )
        raise StagingError(path, detail)
    return (path, *(path.parents[1] / name for name in names))


def write_frame(frame: pl.LazyFrame, path: Path) -> None:
    """Write the rows to a Parquet file.

    Raises:
        StagingError: it cannot be written; Polars tells of a full disk and of a limit as of faults
            in the data.
    """
    try:
        frame.sink_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise StagingError(path, Both.quoted(error)) from error
