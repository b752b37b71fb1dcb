from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.errors import WarehouseError
from pipelines.settings import staging_of
from pipelines.warehouse.build import wal_of
from pipelines.warehouse.certify import certify
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loads import LoadInfo
from pipelines.warehouse.publish import publish

# A reader that opens the file anew for each question, until it has seen the last load. It ends
# with 1 at the first answer that is not whole, and prints the loads that it met.
READER = """
import sys, duckdb
path, last = sys.argv[1:]
seen = []
print("ready", flush=True)
while not seen or seen[-1] != last:
    with duckdb.connect(path, read_only=True) as con:
        (load, want), = con.sql("select load_id, observation_count from etl_load").fetchall()
        (have,), = con.sql("select count(*) from mart_observation").fetchall()
    if want != have:
        sys.exit(f"torn read: {load} {want} {have}")
    if not seen or seen[-1] != load:
        seen.append(load)
print(*seen)
"""

# A writer that dies with its changes in the log only, or one that lives on.
WRITER = """
import os, signal, sys, duckdb
con = duckdb.connect(sys.argv[1])
con.sql("set checkpoint_threshold = '1GB'")
con.sql("create table left_over as select 1 as a")
print("ready", flush=True)
if sys.argv[2] == "die":
    os.kill(os.getpid(), signal.SIGKILL)
sys.stdin.read()
"""


def python(code: str, *args: object) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture
def certified(
    builds, tmp_path: Path, seeds: dict[str, pl.DataFrame]
) -> Callable[[dict[str, pl.DataFrame], str, LoadInfo], Path]:
    """A build that has passed its checks."""
    target = tmp_path / "public.duckdb"

    def run(staged: dict[str, pl.DataFrame], name: str, info: LoadInfo) -> Path:
        def passed(new: Path) -> None:
            assert not [found for found in certify(new, staged, target) if found.blocks]

        return builds(staged, tmp_path / name, info, seeds, passed, target)

    return run


def load_id(path: Path) -> str:
    with read_only(path) as con:
        ((found,),) = con.sql("select load_id from etl_load").fetchall()
    return str(found)


@pytest.fixture
def built(certified, staged: dict[str, pl.DataFrame], load: LoadInfo) -> Path:
    return certified(staged, "new.duckdb", load)


@pytest.fixture
def published(built: Path, tmp_path: Path) -> Path:
    target = tmp_path / "public.duckdb"
    publish(built, target)
    return target


@pytest.fixture
def second(certified, staged: dict[str, pl.DataFrame], load: LoadInfo) -> Path:
    return certified(staged, "second.duckdb", replace(load, load_id="load-2"))


def test_the_build_takes_the_place_of_the_target(built: Path, published: Path) -> None:
    assert load_id(published) == "load-1"
    assert not built.exists()
    assert not wal_of(published).exists()


def test_a_second_load_replaces_the_first(published: Path, second: Path) -> None:
    publish(second, published)
    assert load_id(published) == "load-2"


def test_a_reader_keeps_what_it_opened(published: Path, second: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        publish(second, published)
        assert con.sql("select load_id from etl_load").fetchall() == [("load-1",)]
    assert load_id(published) == "load-2"


@pytest.mark.slow
def test_a_reader_in_a_loop_never_fails(
    certified, published: Path, staged: dict[str, pl.DataFrame], load: LoadInfo
) -> None:
    loads = [f"load-{number}" for number in range(2, 6)]
    reader = python(READER, published, loads[-1])
    for number, name in enumerate(loads):
        part = staged if number % 2 else staged | {"stg_term": staged["stg_term"].clear()}
        publish(certified(part, "next.duckdb", replace(load, load_id=name)), published)
    out, err = reader.communicate(timeout=240)
    assert (reader.returncode, err) == (0, "")
    assert out.split()[-1] == loads[-1]


def test_a_leftover_log_is_folded_into_the_file_it_belongs_to(
    published: Path, second: Path
) -> None:
    writer = python(WRITER, published, "die")
    writer.communicate(timeout=240)
    assert writer.returncode == -signal.SIGKILL
    assert wal_of(published).exists()
    publish(second, published)
    assert not wal_of(published).exists()
    assert load_id(published) == "load-2"


def test_a_living_writer_is_not_robbed_of_its_file(published: Path, second: Path) -> None:
    writer = python(WRITER, published, "live")
    try:
        with pytest.raises(WarehouseError, match="open for writing"):
            publish(second, published)
        assert second.exists()
    finally:
        writer.communicate(timeout=240)
    assert load_id(published) == "load-1"


def test_a_log_without_its_file_stops_the_publishing(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "public.duckdb"
    wal_of(target).write_bytes(b"of another database")
    with pytest.raises(WarehouseError, match="is not there"):
        publish(built, target)
    assert not target.exists()


def test_an_open_build_is_refused(built: Path, tmp_path: Path) -> None:
    wal_of(built).write_bytes(b"a log")
    with pytest.raises(WarehouseError, match="still being written"):
        publish(built, tmp_path / "public.duckdb")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"notes of a user\n" * 1000, "not a DuckDB file"), (b"", "not a DuckDB file")],
    ids=["text", "empty"],
)
def test_a_file_that_is_no_warehouse_is_not_overwritten(
    built: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    target = tmp_path / "notes.duckdb"
    target.write_bytes(content)
    with pytest.raises(WarehouseError, match=words):
        publish(built, target)
    assert target.read_bytes() == content


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2 // 4096]


def _empty(_: bytes) -> bytes:
    return b""


def _alter_the_header(data: bytes) -> bytes:
    return data[:4096] + bytes(4096) + data[8192:]


def _alter_the_blocks(data: bytes) -> bytes:
    return data[:12288] + bytes(len(data) - 12288)


def _rubbish(data: bytes) -> bytes:
    return b"x" * len(data)


@pytest.mark.parametrize(
    "damage",
    [_cut, _empty, _alter_the_header, _alter_the_blocks, _rubbish],
    ids=lambda damage: damage.__name__,
)
def test_a_warehouse_that_was_damaged_is_replaced_and_kept(
    damage: Callable[[bytes], bytes], published: Path, second: Path
) -> None:
    staging_of(published).mkdir()  # as earlier builds leave it
    content = damage(published.read_bytes())
    published.write_bytes(content)
    aside = publish(second, published)
    assert load_id(published) == "load-2"
    assert aside is not None
    assert aside.path == published.with_name("public.duckdb.damaged")
    assert aside.path.read_bytes() == content


def test_damaged_files_are_numbered(published: Path, second: Path) -> None:
    staging_of(published).mkdir()
    first = published.with_name("public.duckdb.damaged")
    first.write_bytes(b"of an earlier day")
    published.write_bytes(b"of today")
    aside = publish(second, published)
    assert aside is not None
    assert aside.path == published.with_name("public.duckdb.damaged-2")
    assert aside.path.read_bytes() == b"of today"
    assert first.read_bytes() == b"of an earlier day"


@pytest.mark.parametrize(
    "table",
    [
        "create table etl_load as select 1 as load_id, 2 as code_version",
        "create table dim_report as select 'a' as report_sha256",
    ],
    ids=["a record of loads", "reports"],
)
def test_another_database_with_a_table_of_that_name_is_left_alone(
    table: str, built: Path, tmp_path: Path
) -> None:
    target = tmp_path / "accounts.duckdb"
    with duckdb.connect(str(target)) as con:
        con.sql(table)
        con.sql("create table accounts as select 42 as balance")
    before = target.read_bytes()
    with pytest.raises(WarehouseError, match="but not a warehouse"):
        publish(built, target)
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "create table notes as select 'mine' as note",
        "create view mart_mine as select 'mine' as note",
        "create schema team; create table team.notes as select 'mine' as note",
    ],
    ids=["table", "view", "schema"],
)
def test_what_a_user_keeps_in_the_warehouse_is_set_aside(
    statement: str, published: Path, second: Path
) -> None:
    with duckdb.connect(str(published)) as con:
        con.execute(statement)
    before = published.read_bytes()
    aside = publish(second, published)
    assert load_id(published) == "load-2"
    assert aside is not None
    assert "no build made" in str(aside)
    assert str(aside.path) in str(aside)
    assert aside.path.read_bytes() == before


def test_a_view_of_an_older_version_is_no_users_view(published: Path, second: Path) -> None:
    with duckdb.connect(str(published)) as con:
        con.sql("create view mart_former as select 1 as a")
        con.sql("comment on view mart_former is '旧视图 | A view of an older version'")
    assert publish(second, published) is None


def test_a_link_stays_and_what_it_names_is_replaced(
    published: Path, second: Path, tmp_path: Path
) -> None:
    (tmp_path / "store").mkdir()
    real = tmp_path / "store" / "real.duckdb"
    published.replace(real)
    published.symlink_to(real)
    publish(second, published)
    assert published.is_symlink()
    assert load_id(real) == "load-2"


def test_a_link_to_nothing_yet_is_filled(built: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    link = tmp_path / "link.duckdb"
    link.symlink_to(tmp_path / "store" / "real.duckdb")
    publish(built, link)
    assert link.is_symlink()
    assert load_id(tmp_path / "store" / "real.duckdb") == "load-1"


@pytest.mark.parametrize("mode", [0o640, 0o664], ids=oct)
def test_mode_and_owner_stay(mode: int, published: Path, second: Path) -> None:
    published.chmod(mode)
    if os.geteuid() == 0:
        os.chown(published, 1234, 2345)
    before = published.stat()
    publish(second, published)
    after = published.stat()
    assert after.st_ino != before.st_ino
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode, before.st_uid, before.st_gid,
    )  # fmt: skip


def test_a_good_file_is_not_set_aside(published: Path, second: Path) -> None:
    staging_of(published).mkdir()
    assert publish(second, published) is None
    assert not published.with_name("public.duckdb.damaged").exists()


def test_another_database_is_not_replaced_whatever_stands_beside_it(
    built: Path, tmp_path: Path
) -> None:
    target = tmp_path / "other.duckdb"
    duckdb.connect(str(target)).close()
    staging_of(target).mkdir()
    with pytest.raises(WarehouseError, match="but not a warehouse"):
        publish(built, target)


def test_a_folder_in_the_place_of_the_target(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "folder.duckdb"
    target.mkdir()
    with pytest.raises(WarehouseError):
        publish(built, target)


def test_a_missing_folder_is_named(built: Path, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="folder does not exist"):
        publish(built, tmp_path / "no" / "public.duckdb")
