"""No build is published that was not checked, was changed since, or would lose too much."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.errors import WarehouseError
from pipelines.frames.digests import Digest, read_digest
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.build import build, wal_of
from pipelines.warehouse.certify import certify
from pipelines.warehouse.check import CheckResult
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loads import LoadInfo
from pipelines.warehouse.loss import run_losses
from pipelines.warehouse.publish import publish
from pipelines.warehouse.stamp import require_stamp, stamp_of

Frames = dict[str, pl.DataFrame]


def blocking(results: tuple[CheckResult, ...]) -> dict[str, int]:
    return {found.name: found.count for found in results if found.blocks}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "public.duckdb"


def test_a_build_without_a_stamp_is_not_published(built: Path, target: Path) -> None:
    with pytest.raises(WarehouseError, match="its checks did not run"):
        publish(built, target)
    assert not target.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"], ids=["empty", "cut", "list", "bare"])
def test_a_damaged_stamp_is_none(text: str, built: Path, staged: Frames, target: Path) -> None:
    certify(built, staged, target)
    stamp_of(built).write_text(text)
    with pytest.raises(WarehouseError, match="its checks did not run"):
        publish(built, target)


def test_a_build_that_was_changed_after_its_checks_is_not_published(
    built: Path, staged: Frames, target: Path
) -> None:
    certify(built, staged, target)
    with duckdb.connect(str(built)) as con:
        con.sql("update fact_observation set value = value + 1")
    with pytest.raises(WarehouseError, match="changed after its checks"):
        publish(built, target)
    assert not target.exists()


def test_one_other_byte_is_a_change(built: Path, staged: Frames, target: Path) -> None:
    certify(built, staged, target)
    with built.open("r+b") as handle:
        handle.seek(-1, 2)
        last = handle.read(1)
        handle.seek(-1, 2)
        handle.write(bytes([last[0] ^ 1]))
    with pytest.raises(WarehouseError, match="changed after its checks"):
        require_stamp(built)


def test_a_large_build_is_read_once_and_a_change_of_its_times_is_seen(
    built: Path, staged: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.warehouse.stamp._TICK_NS", 0)
    certify(built, staged, built.with_name("none.duckdb"))
    digest = json.loads(stamp_of(built).read_text("utf-8"))["sha256"]
    reads: list[Path] = []

    def counted(path: Path) -> Digest:
        reads.append(path)
        return read_digest(path)

    monkeypatch.setattr("pipelines.warehouse.stamp.read_digest", counted)
    assert require_stamp(built) == digest
    assert reads == []
    os.utime(built)
    assert require_stamp(built) == digest
    assert reads == [built]


def test_a_build_that_did_not_pass_is_not_published(
    built: Path, staged: Frames, target: Path
) -> None:
    with duckdb.connect(str(built)) as con:
        con.sql("delete from fact_observation where quote = '5%'")
    assert "row_counts" in blocking(certify(built, staged, target))
    with pytest.raises(WarehouseError, match="did not pass its checks"):
        publish(built, target)
    assert not target.exists()


def test_a_stamp_of_an_earlier_build_is_of_no_use(
    built: Path, staged: Frames, seeds: Frames, load: LoadInfo, target: Path
) -> None:
    certify(built, staged, target)
    build(staged, built, replace(load, load_id="load-2"), seeds=seeds)
    with pytest.raises(WarehouseError, match="changed after its checks"):
        publish(built, target)


def test_a_checked_build_is_published_with_its_results(
    built: Path, staged: Frames, target: Path
) -> None:
    results = certify(built, staged, target)
    assert not wal_of(built).exists()
    publish(built, target)
    assert not stamp_of(built).exists()
    with read_only(target) as con:
        rows = con.sql("select check_name, severity, offenders from etl_check").fetchall()
        (version,) = con.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()
    assert {row[0] for row in rows} == {
        check.name for check in (*sqlfiles.checks(), *sqlfiles.losses())
    }
    assert rows == [(found.name, found.severity, found.count) for found in results]
    assert "1.4" in version or "1.2" in version, "a file that older clients can read"


def test_the_results_name_an_example(built: Path, staged: Frames, target: Path) -> None:
    with duckdb.connect(str(built)) as con:
        con.sql("delete from fact_observation where quote = '12家'")
        con.sql("delete from fact_numeral where numeral_text = '12家'")
    certify(built, staged, target)
    certify(built, staged, target)  # twice: the results are not twice there
    with read_only(built) as con:
        found = con.sql(
            "select offenders, example from etl_check where check_name = 'row_counts'"
        ).fetchall()
    assert [count for count, _ in found] == [2]
    assert "staged=" in found[0][1]


@pytest.fixture
def many(staged: Frames) -> Frames:
    """Forty reports of five observations each: those of a.txt and b.txt, under other names."""
    copies = []
    for number in range(20):
        shift = {
            sha: hashlib.sha256(f"{sha}{number}".encode()).hexdigest()
            for sha in staged["stg_document"]["report_sha256"]
        }
        copies.append(
            {
                name: frame.with_columns(pl.col("report_sha256").replace_strict(shift))
                if "report_sha256" in frame.columns
                else frame.clear()
                for name, frame in staged.items()
            }
        )
        copies[-1]["stg_document"] = copies[-1]["stg_document"].with_columns(
            file_name=f"{number}-" + pl.col("file_name")
        )
    return {name: pl.concat([copy[name] for copy in copies]) for name in staged}


@pytest.fixture
def losses(
    builds, tmp_path: Path, many: Frames, seeds: Frames, load: LoadInfo, target: Path
) -> Callable[..., tuple[CheckResult, ...]]:
    """Publish forty reports; then the losses of a second build."""
    builds(many, target, load, seeds)

    def run(staged: Frames, limit: float = 0.1, accepted: bool = False):
        new = builds(staged, tmp_path / "second.duckdb", load, seeds)
        return run_losses(new, target, limit=limit, accepted=accepted)

    return run


def without(staged: Frames, names: list[str]) -> Frames:
    gone = staged["stg_document"].filter(pl.col("file_name").is_in(names))["report_sha256"]
    return {
        name: frame.filter(~pl.col("report_sha256").is_in(gone.to_list()))
        if "report_sha256" in frame.columns
        else frame
        for name, frame in staged.items()
    }


def refused(staged: Frames, names: list[str], reason: str = "internal_error") -> Frames:
    rejects = pl.DataFrame(
        [(name, reason, "of a fault", "出错") for name in names],
        schema=staged["stg_reject"].schema,
        orient="row",
    )
    return without(staged, names) | {"stg_reject": rejects}


def names(staged: Frames, count: int) -> list[str]:
    return staged["stg_document"].sort("file_name")["file_name"].to_list()[:count]


@pytest.mark.parametrize(("count", "blocks"), [(4, False), (5, True)], ids=["a tenth", "more"])
def test_published_reports_that_are_refused_now(losses, many: Frames, count: int, blocks: bool):
    found = blocking(losses(refused(many, names(many, count))))
    assert found == ({"reports_refused": count} if blocks else {})


def test_a_new_report_that_is_refused_is_no_loss(losses, many: Frames):
    new = [f"new-{number}.txt" for number in range(30)]
    assert blocking(losses(refused(many, new))) == {}


@pytest.mark.parametrize(
    ("published", "count", "blocks"),
    [(5, 1, False), (5, 2, False), (5, 3, True), (2, 1, True), (1, 1, True)],
    ids=["one of five", "two of five", "three of five", "half", "all"],
)
def test_one_or_two_refused_files_are_few(
    builds, tmp_path, many, seeds, load, target, published: int, count: int, blocks: bool
):
    few = without(many, names(many, 40)[published:])
    builds(few, target, load, seeds)
    new = builds(refused(few, names(few, count)), tmp_path / "second.duckdb", load, seeds)
    assert bool(blocking(run_losses(new, target, limit=0.1))) == blocks


@pytest.mark.parametrize(
    ("count", "limit", "blocks"),
    [(9, 0.05, False), (10, 0.05, True), (1, 0, True)],
    ids=["nine", "ten", "none may go"],
)
def test_less_than_ten_observations_are_few(
    losses, many: Frames, count: int, limit: float, blocks: bool
):
    kept = many["stg_observation"].with_row_index().filter(pl.col("index") >= count)
    fewer = many | {"stg_observation": kept.drop("index")}
    assert bool(blocking(losses(fewer, limit=limit))) == blocks


def test_the_limit_is_a_setting(losses, many: Frames):
    assert blocking(losses(refused(many, names(many, 5)), limit=0.2)) == {}
    assert blocking(losses(refused(many, names(many, 1)), limit=0)) == {"reports_refused": 1}


@pytest.mark.parametrize(("count", "blocks"), [(5, False), (6, True)], ids=["a tenth", "more"])
def test_observations_of_unchanged_bytes(losses, many: Frames, count: int, blocks: bool):
    """A hundred observations, of which some are gone although no report changed."""
    kept = many["stg_observation"].with_row_index().filter(pl.col("index") >= 2 * count)
    fewer = many | {"stg_observation": kept.drop("index")}
    assert bool(blocking(losses(fewer))) == blocks
    assert set(blocking(losses(fewer))) <= {"observations_lost"}


def test_fewer_observations_of_other_bytes_are_no_loss(losses, many: Frames):
    changed = {
        name: frame.with_columns(
            report_sha256=pl.col("report_sha256").map_elements(
                lambda sha: hashlib.sha256(sha.encode()).hexdigest(), return_dtype=pl.String
            )
        )
        if "report_sha256" in frame.columns
        else frame
        for name, frame in many.items()
    }
    changed["stg_observation"] = changed["stg_observation"].clear()
    changed["stg_numeral"] = changed["stg_numeral"].clear()
    assert blocking(losses(changed)) == {}


@pytest.mark.parametrize(("count", "blocks"), [(20, False), (21, True)], ids=["half", "more"])
def test_reports_that_are_gone_from_the_folder(losses, many: Frames, count: int, blocks: bool):
    found = blocking(losses(without(many, names(many, count))))
    assert found == ({"reports_gone": count} if blocks else {})


def test_files_under_other_names_are_not_gone(losses, many: Frames):
    moved = many["stg_document"].with_columns(file_name="moved/" + pl.col("file_name"))
    assert blocking(losses(many | {"stg_document": moved})) == {}


def test_the_few_reports_of_a_trial_may_all_go(
    tmp_path: Path, many: Frames, staged: Frames, seeds: Frames, load: LoadInfo, target: Path
):
    """A user who looked at the samples and now names a folder of their own."""
    build(without(many, names(many, 31)), target, load, seeds=seeds)
    new = build(staged, tmp_path / "second.duckdb", load, seeds=seeds).path
    assert blocking(run_losses(new, target, limit=0.1)) == {}


def test_an_accepted_loss_warns(losses, many: Frames):
    results = losses(without(many, names(many, 39)), accepted=True)
    assert blocking(results) == {}
    assert {found.name: found.count for found in results if found.count} == {"reports_gone": 39}


@pytest.mark.parametrize(
    "content", [None, b"", b"rubbish" * 9999, "foreign"], ids=["first", "empty", "rubbish", "other"]
)
def test_what_cannot_be_asked_has_nothing_to_lose(
    content: bytes | str | None, built: Path, staged: Frames, target: Path
):
    if content == "foreign":
        with duckdb.connect(str(target)) as con:
            con.sql("create table dim_report as select 1 as a")
    elif isinstance(content, bytes):
        target.write_bytes(content)
    assert blocking(certify(built, staged, target)) == {}
