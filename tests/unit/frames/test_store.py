"""Which reports are read again, and what the staging folder keeps."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from pipelines.errors import StagingError
from pipelines.frames import stage, store
from pipelines.frames.collect import collect
from pipelines.frames.folder import scan_folder
from pipelines.frames.store import plan, prune, stage_batch
from pipelines.frames.tables import StagedTable, keep_table, kept_files


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(5):
        text = f"东沙街道202{number}年工作总结\n全年走访企业{number + 3}家。\n"
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    return tmp_path / "staging"


def run(reports: Path, staging: Path) -> store.Plan:
    work = plan(scan_folder(reports), staging)
    for batch in work.batches:
        stage_batch(batch)
    return work


def names(frames: dict[str, StagedTable]) -> list[str]:
    return sorted(frames["stg_document"].lazy().collect()["file_name"])


def test_batches_are_bounded_by_reports_and_by_bytes(reports, staging, monkeypatch):
    monkeypatch.setattr(store, "_BATCH_REPORTS", 2)
    work = plan(scan_folder(reports), staging)
    assert [len(batch.sources) for batch in work.batches] == [2, 2, 1]
    monkeypatch.setattr(store, "_BATCH_BYTES", 1)
    work = plan(scan_folder(reports), staging)
    assert [len(batch.sources) for batch in work.batches] == [1] * 5


def test_many_batches_are_one_table(reports, staging, monkeypatch):
    monkeypatch.setattr(store, "_BATCH_REPORTS", 2)
    frames = collect(run(reports, staging))
    assert names(frames) == [f"{number}.txt" for number in range(5)]
    assert frames["stg_observation"].lazy().collect().height == 5


def test_a_batch_of_which_some_reports_left_yields_the_others(reports, staging):
    run(reports, staging)
    (reports / "1.txt").unlink()
    (reports / "3.txt").write_bytes(b"")
    work = run(reports, staging)
    assert work.fresh == 1
    frames = collect(work)
    assert names(frames) == ["0.txt", "2.txt", "4.txt"]
    assert frames["stg_sentence"].lazy().collect()["report_sha256"].n_unique() == 3
    rejects = frames["stg_reject"].lazy().collect()
    assert rejects.select("file_name", "reason").rows() == [("3.txt", "empty")]


def test_a_renamed_report_stands_once(reports, staging):
    run(reports, staging)
    (reports / "0.txt").rename(reports / "9.txt")
    frames = collect(run(reports, staging))
    assert names(frames) == ["1.txt", "2.txt", "3.txt", "4.txt", "9.txt"]
    assert frames["stg_sentence"].lazy().collect()["report_sha256"].n_unique() == 5


def test_staging_a_batch_twice_changes_nothing(reports, staging):
    (batch,) = run(reports, staging).batches
    before = {path: path.read_bytes() for path in batch.folder.iterdir()}
    assert stage_batch(batch) == (5, ())
    assert {path: path.read_bytes() for path in batch.folder.iterdir()} == before


def test_a_worker_that_does_not_see_the_staging_folder_says_so(reports, staging):
    (batch,) = plan(scan_folder(reports), staging).batches
    staging.rename(staging.with_name("elsewhere"))
    with pytest.raises(StagingError, match="does not see this folder; share it at the same path"):
        stage_batch(batch)


def test_a_worker_that_does_not_see_the_reports_says_so(reports, staging):
    (reports / "more").mkdir()
    (reports / "4.txt").rename(reports / "more" / "4.txt")
    (batch,) = plan(scan_folder(reports), staging).batches
    reports.rename(reports.with_name("elsewhere"))
    with pytest.raises(StagingError, match=r"reports: .*does not see the reports"):
        stage_batch(batch)


def test_a_worker_with_another_version_says_so(reports, staging, monkeypatch):
    (batch,) = plan(scan_folder(reports), staging).batches
    monkeypatch.setattr(store, "extractor", lambda: "changed")
    with pytest.raises(StagingError, match="another version of zhibiao"):
        stage_batch(batch)


def test_a_report_that_changes_under_way_is_tried_again_by_the_next_run(reports, staging):
    work = plan(scan_folder(reports), staging)
    (reports / "2.txt").write_text("东沙街道2022年工作总结\n全年走访企业99家。\n", "utf-8")
    (reports / "4.txt").unlink()
    (batch,) = work.batches
    count, refused = stage_batch(batch)
    assert count == 5
    assert [(reject.file_name, reject.reason) for reject in refused] == [
        ("2.txt", "changed"),
        ("4.txt", "unreadable"),
    ]
    frames = collect(work, refused)
    assert names(frames) == ["0.txt", "1.txt", "3.txt"]
    assert frames["stg_reject"].lazy().collect()["file_name"].to_list() == ["2.txt", "4.txt"]
    again = run(reports, staging)
    assert [source.file_name for batch in again.batches for source in batch.sources] == ["2.txt"]
    assert names(collect(again)) == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_another_extractor_reads_all_anew_and_the_old_rows_go(reports, staging, monkeypatch):
    run(reports, staging)
    (before,) = staging.iterdir()
    monkeypatch.setattr(store, "extractor", lambda: "changed")
    work = run(reports, staging)
    assert work.fresh == 5
    prune(work)
    assert list(staging.iterdir()) == [work.home]
    assert work.home != before


def test_a_batch_that_no_report_needs_goes(reports, staging):
    run(reports, staging)
    for path in reports.iterdir():
        path.unlink()
    (reports / "new.txt").write_text("东沙街道2030年工作总结\n走访企业9家。\n", "utf-8")
    work = run(reports, staging)
    prune(work)
    assert [path.name for path in work.home.iterdir()] == [work.batches[0].folder.name]


def test_a_table_is_kept_by_the_names_of_its_batches(reports, staging, monkeypatch):
    monkeypatch.setattr(store, "_BATCH_REPORTS", 2)
    run(reports, staging / "batches")
    (reports / "3.txt").unlink()
    table = collect(run(reports, staging / "batches"))["stg_document"]
    path = staging / "frames" / "stg_document.parquet"
    files = keep_table(table, path)
    assert kept_files(path) == files
    assert sorted(pl.read_parquet(file).height for file in files) == [1, 1, 2]
    moved = staging.rename(staging.with_name("moved"))
    again = kept_files(moved / "frames" / "stg_document.parquet")
    assert sorted(pl.read_parquet(list(again))["file_name"]) == [f"{n}.txt" for n in (0, 1, 2, 4)]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [_cut, _empty, _flip, Path.unlink], ids=lambda f: f.__name__)
@pytest.mark.parametrize("name", ["manifest", "stg_document.parquet", "stg_observation.parquet"])
def test_a_damaged_batch_is_read_again(damage, name: str, reports, staging):
    (batch,) = run(reports, staging).batches
    before = {path: path.read_bytes() for path in batch.folder.iterdir()}
    damage(batch.folder / name)
    work = run(reports, staging)
    assert work.fresh == 5
    assert {path: path.read_bytes() for path in batch.folder.iterdir()} == before
    assert names(collect(work)) == [f"{number}.txt" for number in range(5)]


def test_other_batches_than_the_damaged_one_stay(reports, staging, monkeypatch):
    monkeypatch.setattr(store, "_BATCH_REPORTS", 2)
    first = run(reports, staging).batches[0]
    shutil.rmtree(first.folder)
    first.folder.mkdir()
    work = run(reports, staging)
    assert [source.file_name for batch in work.batches for source in batch.sources] == [
        "0.txt",
        "1.txt",
    ]
    assert names(collect(work)) == [f"{number}.txt" for number in range(5)]


def test_a_fault_of_ours_is_met_again_by_the_next_run(reports, staging, monkeypatch):
    read = stage.parse_text

    def trip(raw: str, **known: object):
        if known["file_name"] == "3.txt":
            raise IndexError("out of range")
        return read(raw, **known)

    with monkeypatch.context() as patched:
        patched.setattr(stage, "parse_text", trip)
        (batch,) = store.plan(scan_folder(reports), staging).batches
        count, refused = store.stage_batch(batch)
    assert count == 5
    assert [(reject.file_name, reject.reason) for reject in refused] == [
        ("3.txt", "internal_error")
    ]
    work = run(reports, staging)
    assert work.fresh == 1
    assert names(collect(work)) == [f"{number}.txt" for number in range(5)]
