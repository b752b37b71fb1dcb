"""What else can go wrong: the published file stays good, and the next run mends it by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import duckdb
import pytest
from fault_runs import COMMAND, DEADLINE, Rows, build, litter, put_reports, report, rows

from pipelines.engines import staging
from pipelines.frames import digests

FULL, TRUNCATED, DELETED = "disk full", "staged Parquet truncated", "published file deleted"
CORRUPTED, CLOCK = "published file corrupted", "clock moved"
CHANGING, READ_ONLY = "report changing while read", "read-only warehouse folder"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports and the warehouse that was built of them."""
    home = tmp_path_factory.mktemp("built")
    succeeds(put_reports(home / "reports", range(2018, 2022)), home / "out" / "w.duckdb")
    return home


@pytest.fixture
def reports(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built / "reports", tmp_path / "reports")


@pytest.fixture
def published(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built / "out", tmp_path / "out") / "w.duckdb"


def succeeds(reports: Path, warehouse: Path) -> Rows:
    """A run without a hand. Returns the rows."""
    code, said = build(reports, warehouse)
    assert code == 0, said
    return rows(warehouse)


_SCRATCH: dict[tuple[tuple[str, str], ...], Rows] = {}


def from_scratch(reports: Path, tmp_path: Path) -> Rows:
    """The rows of an undisturbed build somewhere else; the same reports are built once."""
    texts = tuple((path.name, path.read_text("utf-8")) for path in sorted(reports.iterdir()))
    if texts not in _SCRATCH:
        _SCRATCH[texts] = succeeds(reports, tmp_path / "scratch" / "w.duckdb")
    return _SCRATCH[texts]


def limited(reports: Path, warehouse: Path, kilobytes: int) -> tuple[int, str]:
    """A build of which no file may grow beyond that size."""
    done = subprocess.run(
        [
            *("sh", "-c", f'ulimit -f {2 * kilobytes} && exec "$@"', "sh", *COMMAND),
            *("build", "--reports", reports, "--warehouse", warehouse),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )
    return done.returncode, done.stderr


@pytest.mark.fault(FULL)
@pytest.mark.parametrize("kilobytes", [1, 1000])
def test_no_file_may_grow_any_more(kilobytes: int, reports: Path, published: Path, tmp_path: Path):
    before = rows(published)
    put_reports(reports, range(2019, 2025), companies=60)
    code, said = limited(reports, published, kilobytes)
    assert code == 1
    assert "the limit on file size is reached" in said
    assert rows(published) == before
    assert succeeds(reports, published) == from_scratch(reports, tmp_path)
    assert litter(published) == []


@pytest.mark.fault(FULL)
@pytest.mark.parametrize("size", ["100k", "10m"])
def test_the_disk_is_full(size: str, reports: Path, tmp_path: Path, disk: Callable[[str], Path]):
    warehouse = disk("size=64m") / "out" / "w.duckdb"
    before = None
    if size == "10m":  # room for one warehouse, but not for the next beside it
        before = succeeds(reports, warehouse)
        put_reports(reports, range(2019, 2025), companies=60)
    disk(f"size={size}")
    code, said = build(reports, warehouse)
    assert code == 1
    assert "the disk is full" in said
    assert (rows(warehouse) if warehouse.exists() else None) == before
    disk("size=64m")
    assert succeeds(reports, warehouse) == from_scratch(reports, tmp_path)
    assert litter(warehouse) == []


@pytest.mark.fault(TRUNCATED)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99], ids=lambda share: f"to {share:.0%}")
def test_staged_files_are_cut_short(share: float, reports: Path, published: Path):
    before = rows(published)
    for path in published.with_name(".w.duckdb.staging").rglob("*"):
        if path.is_file():
            os.truncate(path, int(path.stat().st_size * share))
    assert succeeds(reports, published) == before
    assert litter(published) == []


@pytest.mark.fault(DELETED)
@pytest.mark.parametrize("what", ["file", "folder"])
def test_the_published_file_is_deleted(what: str, reports: Path, published: Path):
    before = rows(published)
    published.unlink() if what == "file" else shutil.rmtree(published.parent)
    assert succeeds(reports, published) == before
    assert litter(published) == []


def _cut_in_the_middle(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _cut_to_nothing(_: bytes) -> bytes:
    return b""


def _overwrite_the_header(data: bytes) -> bytes:
    return bytes(4096) + data[4096:]


def _overwrite_the_tables(data: bytes) -> bytes:
    return data[:12288] + b"x" * (len(data) - 12288)


def _flip_bits_everywhere(data: bytes) -> bytes:
    return bytes(byte ^ 1 if place % 10_000 == 0 else byte for place, byte in enumerate(data))


@pytest.mark.fault(CORRUPTED)
@pytest.mark.parametrize(
    "damage",
    [
        _cut_in_the_middle,
        _cut_to_nothing,
        _overwrite_the_header,
        _overwrite_the_tables,
        _flip_bits_everywhere,
    ],
    ids=lambda damage: damage.__name__,
)
def test_the_published_file_is_corrupted(
    damage: Callable[[bytes], bytes], reports: Path, published: Path
):
    before = rows(published)
    published.write_bytes(damage(published.read_bytes()))
    assert succeeds(reports, published) == before
    assert set(litter(published)) <= {"w.duckdb.damaged"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Have the runs go by a clock that is wrong; the file system's is as it was."""
    now = digests.time_ns

    def move(by: timedelta) -> None:
        class Moved(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + by

        monkeypatch.setattr(staging, "datetime", Moved)
        monkeypatch.setattr(digests, "time_ns", lambda: now() + by // timedelta.resolution * 1000)

    return move


@pytest.mark.fault(CLOCK)
@pytest.mark.parametrize("days", [-9000, 9000])
def test_the_clock_was_wrong_for_one_run(days: int, reports: Path, tmp_path: Path, clock):
    warehouse = tmp_path / "out" / "w.duckdb"
    succeeds(reports, warehouse)
    clock(timedelta(days=days))
    put_reports(reports, [2019], companies=55)
    succeeds(reports, warehouse)
    clock(timedelta())
    put_reports(reports, [2019], companies=56)  # as many bytes as before
    assert succeeds(reports, warehouse) == from_scratch(reports, tmp_path)
    with duckdb.connect(str(warehouse), read_only=True) as con:
        loads = con.sql("select load_no, loaded_at from etl_load order by load_no").fetchall()
    assert [number for number, _ in loads] == [1, 2, 3]
    assert round((loads[1][1] - loads[0][1]) / timedelta(days=1)) == days


@pytest.mark.fault(CLOCK)
@pytest.mark.parametrize("seconds", [0, 4_000_000_000], ids=["1970", "2096"])
def test_reports_changed_under_a_wrong_clock(
    seconds: int, reports: Path, published: Path, tmp_path
):
    for companies in (55, 56, 57):  # as many bytes each time, and the same time of change
        put_reports(reports, [2019], companies)
        os.utime(reports / "2019.txt", (seconds, seconds))
        after = succeeds(reports, published)
    assert after == from_scratch(reports, tmp_path)


@pytest.fixture
def restless(reports: Path, published: Path) -> Iterator[Event]:
    """Two of eight reports are written over and over: one in place, one anew.

    Until the event is set. Of fewer reports the two would be the half whose loss stops a load.
    """
    succeeds(put_reports(reports, range(2022, 2026)), published)
    stop = Event()

    def write() -> None:
        companies = 10
        while not stop.is_set():
            companies = companies % 80 + 10
            put_reports(reports, [2019], companies)
            part = reports / ".2020.part"
            part.write_text(report(2020, companies), "utf-8")
            part.replace(reports / "2020.txt")

    thread = Thread(target=write)
    thread.start()
    yield stop
    stop.set()
    thread.join()


@pytest.mark.fault(CHANGING)
def test_reports_change_while_they_are_read(
    reports: Path, published: Path, tmp_path: Path, restless: Event
):
    quiet = "select count(*) from mart_observation where file_name in ('2018.txt', '2021.txt')"
    with duckdb.connect(str(published), read_only=True) as con:
        wanted = con.sql(quiet).fetchall()
    for _ in range(3):
        code, said = build(reports, published)
        assert code in {0, 3}, said  # 3: some were refused, for they had changed
        assert rows(published)
        with duckdb.connect(str(published), read_only=True) as con:
            assert con.sql(quiet).fetchall() == wanted
    restless.set()
    put_reports(reports, [2019, 2020], companies=99)
    assert succeeds(reports, published) == from_scratch(reports, tmp_path)
    assert litter(published) == []


@pytest.fixture
def closable(
    tmp_path: Path, request: pytest.FixtureRequest
) -> tuple[Path, Callable[[], object], Callable[[], object]]:
    """A folder, and how to forbid and to allow writing in it: root may write everywhere, so for
    root it is a disk."""
    if os.geteuid():
        folder = tmp_path / "folder"
        folder.mkdir()
        return folder, lambda: folder.chmod(0o555), lambda: folder.chmod(0o755)
    disk = request.getfixturevalue("disk")
    return disk("size=64m"), lambda: disk("ro,size=64m"), lambda: disk("rw,size=64m")


@pytest.mark.fault(READ_ONLY)
def test_the_folder_may_not_be_written(reports: Path, tmp_path: Path, closable):
    folder, close, reopen = closable
    warehouse = folder / "w.duckdb"
    before = succeeds(reports, warehouse)
    put_reports(reports, range(2019, 2025), companies=60)
    close()
    code, said = build(reports, warehouse)
    assert code == 1
    assert "Read-only file system" in said or "Permission denied" in said
    assert rows(warehouse) == before
    reopen()
    assert succeeds(reports, warehouse) == from_scratch(reports, tmp_path)
    assert litter(warehouse) == []
