"""Whatever lies in the folder: every file is accounted for, and what can be read is published."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pipeline_reports import FIRST

from pipelines.frames import store
from pipelines.warehouse.connect import read_only

GBK_NAME = "青禾镇报告.txt".encode("gb18030")


def rows(warehouse: Path, sql: str) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql(sql).fetchall()


def ledger(warehouse: Path) -> dict[str, tuple]:
    found = rows(warehouse, "select file_name, disposition, reason from etl_file")
    return {name: tuple(rest) for name, *rest in found}


def put(folder: Path, name: bytes, text: str) -> Path:
    """A file of that name, as the system has it, whatever bytes it is made of."""
    path = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))  # noqa: PTH118
    try:
        path.write_text(text, "utf-8")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")
    return path


def test_every_file_is_loaded_refused_or_left_out_by_a_rule(build, reports, warehouse, tmp_path):
    for name in ("notes.md", "gold.json", ".hidden", "empty.txt"):
        (reports / name).touch()
    (reports / "scan.pdf").write_bytes(b"%PDF-1.4 and no more")
    (reports / "reports.csv").write_text("file_name,title\n2023.txt,东沙街道2023年总结\n", "utf-8")
    (reports / "linked").symlink_to(tmp_path)
    done = build()
    assert done.exit_code == 3
    assert ledger(warehouse) == {
        "2023.txt": ("loaded", None),
        "2023h1.txt": ("loaded", None),
        "scan.pdf": ("refused", "damaged"),
        "empty.txt": ("refused", "empty"),
        "notes.md": ("left_out", "beside"),
        "gold.json": ("left_out", "beside"),
        ".hidden": ("left_out", "hidden"),
        "reports.csv": ("left_out", "reports_csv"),
        "linked": ("left_out", "linked_folder"),
    }
    assert (
        "9 files: 2 loaded, 2 refused, 5 left out "
        "(1 .json, 1 .md, 1 hidden, 1 linked_folder, 1 reports.csv)" in done.output
    )
    counts = "file_count, report_count, refused_count, left_out_count"
    assert rows(warehouse, f"select {counts} from etl_load") == [(9, 2, 2, 5)]  # noqa: S608


def test_a_name_in_gbk_is_read_as_one(build, reports, warehouse):
    put(reports, GBK_NAME, FIRST.replace("东沙街道", "青禾镇"))
    assert build().exit_code == 0
    assert ledger(warehouse)["青禾镇报告.txt"] == ("loaded", None)
    assert build().exit_code == 0  # its staged rows are found again


def test_names_that_read_alike_stay_two_files(build, reports, warehouse):
    put(reports, GBK_NAME, FIRST.replace("东沙街道", "青禾镇"))
    put(reports, "青禾镇报告.txt".encode(), FIRST.replace("东沙街道", "白沙镇"))
    assert build().exit_code == 0
    assert set(ledger(warehouse)) == {
        "2023.txt",
        "2023h1.txt",
        "青禾镇报告.txt",
        GBK_NAME.decode("utf-8", "backslashreplace"),
    }
    assert rows(warehouse, "select file_count, report_count from etl_load") == [(4, 4)]
    assert rows(warehouse, "select count(*) from etl_file") == [(4,)]


def test_a_name_in_no_encoding_is_shown_by_its_bytes(build, reports, warehouse):
    put(reports, b"bad\xff.ppt", "x")
    assert build().exit_code == 3
    assert ledger(warehouse)["bad\\xff.ppt"] == ("refused", "unsupported_format")


@pytest.mark.parametrize("inside", [True, False])
def test_a_link_is_read_only_where_it_stays_in_the_folder(
    inside: bool, build, reports, warehouse, tmp_path
):
    home = reports / ".kept" if inside else tmp_path / "secret"
    home.mkdir()
    (home / "real.txt").write_text(FIRST.replace("2023", "2021"), "utf-8")
    (reports / "link.txt").symlink_to(home / "real.txt")
    assert build().exit_code == (0 if inside else 3)
    assert ledger(warehouse)["link.txt"] == (("loaded", None) if inside else ("refused", "link"))


def test_a_report_over_the_limit_is_refused_unread(build, reports, warehouse, monkeypatch):
    monkeypatch.setenv("ZHIBIAO_MAX_REPORT_BYTES", "10kB")
    with (reports / "sparse.txt").open("wb") as handle:
        handle.truncate(3_000_000_000)
    assert build().exit_code == 3
    assert ledger(warehouse)["sparse.txt"] == ("refused", "too_large")
    ((detail,),) = rows(warehouse, "select detail from etl_reject")
    assert "ZHIBIAO_MAX_REPORT_BYTES allows 10,000" in detail


def test_a_warehouse_inside_the_reports_folder_is_refused(build, reports):
    done = build(target=reports / "out" / "w.duckdb")
    assert done.exit_code == 1
    assert "lie inside the reports folder" in done.output
    assert not (reports / "out").exists() or not list((reports / "out").glob("w.duckdb"))


@pytest.fixture
def locked() -> Iterator[list[Path]]:
    """Paths that nobody may read until the test is over."""
    paths: list[Path] = []
    yield paths
    for path in paths:
        if path.exists():
            path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are those of POSIX")
@pytest.mark.slow
def test_what_was_read_before_and_is_closed_now_is_kept(tmp_path: Path, locked: list[Path]):
    reports, warehouse = tmp_path / "reports", tmp_path / "w.duckdb"
    (reports / "sub").mkdir(parents=True)
    (reports / "open.txt").write_text(FIRST, "utf-8")
    (reports / "closed.txt").write_text(FIRST.replace("2023", "2022"), "utf-8")
    (reports / "sub" / "deep.txt").write_text(FIRST.replace("2023", "2021"), "utf-8")
    (reports / "reports.csv").write_text("file_name,title\nsub/deep.txt,题\n", "utf-8")
    zhibiao = [sys.executable, "-c", "from pipelines.cli import app; app()"]
    places = ["--reports", reports, "--warehouse", warehouse]
    command = [*bound_by_rights(), *zhibiao, "build", *places]
    assert subprocess.run(command, check=False, timeout=120).returncode == 0
    for path in (reports / "closed.txt", reports / "sub"):
        path.chmod(0)
        locked.append(path)
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 3, done.stderr
    assert "the rows of its last reading are kept" in done.stdout
    assert {name: what[0] for name, what in ledger(warehouse).items()} == {
        "open.txt": "loaded",
        "closed.txt": "loaded",
        "sub/deep.txt": "loaded",
        "reports.csv": "left_out",
    }
    assert rows(warehouse, "select file_name, reason from etl_reject order by all") == [
        ("closed.txt", "kept"),
        ("sub", "unreadable"),
    ]
    (reports / "open.txt").unlink()
    (reports / "closed.txt").unlink()
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "sub cannot be opened: Permission denied" in done.stderr


def bound_by_rights() -> list[str]:
    """How to start a command that may not read what its rights deny; root may, unless told not."""
    if os.geteuid():
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root without setpriv may read everything")
    denied = "-dac_override,-dac_read_search"
    return [setpriv, f"--inh-caps={denied}", f"--bounding-set={denied}"]


def test_a_report_that_is_rewritten_while_it_is_read_is_read_again(build, warehouse, monkeypatch):
    monkeypatch.setenv("ZHIBIAO_WORKERS", "1")
    first, written = store._read, []

    def meanwhile(source: store.Source) -> object:
        if not written:
            written.append(source.path)
            source.path.write_text(FIRST.replace("86家", "87家"), "utf-8")
        return first(source)

    monkeypatch.setattr(store, "_read", meanwhile)
    assert build().exit_code == 0
    found = rows(warehouse, "select file_name, reason from etl_reject")
    assert found == []
    assert (87,) in rows(warehouse, "select value::int from mart_observation where unit = '家'")


def test_a_report_that_never_rests_keeps_its_last_rows(build, reports, warehouse, monkeypatch):
    monkeypatch.setenv("ZHIBIAO_WORKERS", "1")
    assert build().exit_code == 0
    first, restless = store._read, []

    def meanwhile(source: store.Source) -> object:
        restless.append(source.path)
        with source.path.open("a", encoding="utf-8") as handle:
            handle.write("走访商户5家。")
        return first(source)

    monkeypatch.setattr(store, "_read", meanwhile)
    with (reports / "2023h1.txt").open("a", encoding="utf-8") as handle:
        handle.write("走访商户4家。")
    done = build()
    assert done.exit_code == 3
    assert len(restless) == 3
    assert "2 files: 2 loaded, 0 refused, 0 left out" in done.output
    assert rows(warehouse, "select file_name, reason from etl_reject") == [("2023h1.txt", "kept")]
    assert ledger(warehouse)["2023h1.txt"] == ("loaded", "kept")
    assert (86,) in rows(warehouse, "select value::int from mart_observation where unit = '家'")


def test_a_reports_csv_over_the_limit_stops_the_load(build, reports, warehouse, monkeypatch):
    monkeypatch.setenv("ZHIBIAO_MAX_REPORT_BYTES", "10kB")
    with (reports / "reports.csv").open("wb") as handle:
        handle.truncate(3_000_000_000)
    done = build()
    assert done.exit_code == 1
    assert "reports.csv: 3,000,000,000 bytes; ZHIBIAO_MAX_REPORT_BYTES allows 10,000" in done.output
    assert not warehouse.exists()


def test_an_unreadable_reports_csv_stops_the_load(build, reports, warehouse):
    assert build().exit_code == 0
    before = warehouse.read_bytes()
    os.mkfifo(reports / "reports.csv")
    done = build()
    assert done.exit_code == 1
    assert "reports.csv: it is a device or a pipe, not a file" in done.output
    assert "unchanged" in done.output
    assert warehouse.read_bytes() == before


def test_a_line_of_reports_csv_that_cannot_be_used_spoils_no_other(build, reports, warehouse):
    lines = [
        "file_name,region,title,period_start,period_end",
        '2023.txt,"浙江省/杭州市,东沙街道总结,,',
        "2023h1.txt,,东沙街道半年总结,,",
        f"long.txt,,{'长' * 140_000},,",
        "deep.txt," + "/".join("区" * 2000) + ",,,",
        "=1+1.txt,=HYPERLINK(1),,,",
        "old.txt,,,0001-01-01,9999-12-31",
        "empty.txt,浙江省//杭州市,,,",
        "comma.txt,,一,二,三,四",
    ]
    (reports / "reports.csv").write_text("\n".join(lines), "utf-8")
    assert build().exit_code == 3
    details = {detail for (detail,) in rows(warehouse, "select detail from etl_reject")}
    for number, reason in enumerate(
        ("quotation mark", None, "field limit", "region is", "region is", "the years 1900 to 2100",
         "region is", "6 cells, the header 5"), start=2,
    ):  # fmt: skip
        found = [detail for detail in details if detail.startswith(f"line {number}:")]
        assert bool(found) == bool(reason), number
        assert reason is None or reason in found[0]
    assert rows(warehouse, "select title from dim_report where file_name = '2023h1.txt'") == [
        ("东沙街道半年总结",)
    ]


def test_reports_csv_of_many_other_reports_is_summed_up(build, reports, warehouse):
    lines = [f"gone-{number}.txt,题" for number in range(20_000)]
    (reports / "reports.csv").write_text("\n".join(["file_name,title", *lines]), "utf-8")
    assert build().exit_code == 3
    assert rows(warehouse, "select count(*) from etl_reject") == [(21,)]
    assert rows(warehouse, "select 1 from etl_reject where detail like 'it names 19980 more%'")
