"""Staged tables out of the batches: the rows of exactly the reports that a plan wants.

Batches that are wanted whole are named, not copied; of the others the rows that are wanted are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines.bilingual import Both
from pipelines.contracts import staged_schema
from pipelines.frames.copies import Copies, copies_of
from pipelines.frames.manifest import ENTRY, manifests
from pipelines.frames.overrides import Reject
from pipelines.frames.stage import TABLES, Rows, reject_rows, to_frames
from pipelines.frames.store import Plan
from pipelines.frames.tables import StagedTable

_KEPT = Both("the rows of its last reading are kept", "保留上次读取的结果")


def collect(plan: Plan, refused: Iterable[Reject] = ()) -> dict[str, StagedTable]:
    """The staged tables of exactly the reports in the plan's folder.

    Args:
        plan: what was found.
        refused: what `stage_batch` could not read, beside what was refused when the folder was
            looked through.
    """
    held = list(_held(plan))
    copies = _copies(held)
    whole: list[Path] = []
    some: list[tuple[Path, list[list[str]]]] = []
    holders: set[str] = set()  # files that hold several reports
    versions: list[tuple[str, str, str | None]] = []
    for batch, kept, others in held:
        keep = list(kept.values())
        holders.update(entry[0] for entry in keep if len(entry) > ENTRY)
        is_whole = not others and copies.digests.isdisjoint(_digests(keep))
        if is_whole:
            whole.append(batch)
        else:
            some.append((batch, keep))
        name = batch.name if is_whole else None
        versions += [
            (digest, key, name)
            for key, entry in kept.items()
            for digest in entry[ENTRY:] or entry[1:]
            if digest and digest not in copies.digests
        ]
    door = to_frames([_door(plan, (*refused, *copies.rejects), holders)])
    tables = {"stg_version": _versions(versions)}
    for table in TABLES:
        # The empty or refused rows come first: they give the schema where nothing is staged.
        scans = [door[table].lazy()]
        for batch, keep in some:
            scans.append(
                pl.scan_parquet(batch / f"{table}.parquet").filter(_of(keep, table, copies.digests))
            )
        files = tuple(batch / f"{table}.parquet" for batch in whole)
        tables[table] = StagedTable(table, files, pl.concat(scans))
    return tables


def _versions(rows: list[tuple[str, str, str | None]]) -> StagedTable:
    """What each report was read from, by which the next load tells whether its rows are others."""
    schema = staged_schema("stg_version")
    return StagedTable("stg_version", (), pl.DataFrame(rows, schema, orient="row").lazy())


class _Held(NamedTuple):
    """What of a batch is wanted."""

    batch: Path
    entries: dict[str, list[str]]  # of its manifest; at least one
    others: int  # entries that are not wanted, or are in a batch before


def _held(plan: Plan) -> Iterator[_Held]:
    """The batches that have a report of the plan; each report in the first batch that has it."""
    wanted = plan.wanted
    for batch, entries in sorted(manifests(plan.home).items()):
        kept = {key: entry for key, entry in entries.items() if key in wanted}
        wanted.difference_update(entries)
        if kept:
            yield _Held(batch, kept, len(entries) - len(kept))


def _digests(entries: Iterable[list[str]]) -> list[str]:
    return [digest for entry in entries for digest in entry[1:]]


def _copies(held: Sequence[_Held]) -> Copies:
    """The reports that say what another one says."""
    if not held:
        return Copies(frozenset(), ())
    documents, observations = (
        pl.scan_parquet([one.batch / f"{table}.parquet" for one in held])
        for table in ("stg_document", "stg_observation")
    )
    digests = [digest for one in held for digest in _digests(one.entries.values())]
    return copies_of(documents, observations, digests)


def _of(entries: Iterable[list[str]], table: str, copies: Collection[str] = ()) -> pl.Expr:
    """The rows of a staged table that belong to some files of its batch, copies left out."""
    entries = list(entries)
    if table not in {"stg_reject", "stg_file"}:
        digests = [digest for digest in _digests(entries) if digest not in copies]
        return pl.col("report_sha256").is_in(digests)
    within = [pl.col("file_name").str.starts_with(f"{e[0]}/") for e in entries if len(e) > ENTRY]
    return pl.any_horizontal(pl.col("file_name").is_in([e[0] for e in entries]), *within)


def _door(plan: Plan, refused: Iterable[Reject], holders: Collection[str] = ()) -> Rows:
    """What there is to say of the folder beside what its reports say."""
    folder, kept = plan.folder, set(plan.kept.values())
    rejects = [
        replace(
            reject,
            reason="kept",
            detail=Both(f"{reject.detail}; {_KEPT}", f"{reject.detail.zh}；{_KEPT.zh}"),
        )
        if reject.file_name in kept
        else reject
        for reject in (*folder.rejects, *refused)
    ]
    listed = {file.file_name for file in folder.files}
    hidden = [(name, None) for name in sorted(kept - listed)]
    files = (
        (name, "parts" if rule is None and name in holders else rule) for name, rule in folder.files
    )
    return {**reject_rows(rejects), "stg_file": (*files, *hidden)}
