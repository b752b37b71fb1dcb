"""What is a report in a folder, and under which key it is staged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipelines.errors import NoReportsError, SettingsError
from pipelines.frames.folder import Entry, listing, scan_folder
from pipelines.frames.overrides import read_overrides
from pipelines.settings import load_settings


def put(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / f"{name}.txt").write_text(text, "utf-8")
    return root


def test_sources_come_by_name(tmp_path: Path):
    folder = scan_folder(put(tmp_path, b="乙", a="甲"))
    assert [source.file_name for source in folder.sources] == ["a.txt", "b.txt"]
    assert folder.rejects == ()


def test_the_key_follows_bytes_name_and_override(tmp_path: Path):
    put(tmp_path, a="甲")
    (first,) = scan_folder(tmp_path).sources
    (again,) = scan_folder(tmp_path).sources
    assert again.key == first.key
    (tmp_path / "reports.csv").write_text("file_name,title\na.txt,题\n", "utf-8")
    (titled,) = scan_folder(tmp_path).sources
    put(tmp_path, a="乙")
    (changed,) = scan_folder(tmp_path).sources
    assert len({first.key, titled.key, changed.key}) == 3
    assert titled.sha256 == first.sha256


def test_upper_case_suffix_is_a_report(tmp_path: Path):
    (tmp_path / "A.TXT").write_text("甲", "utf-8")
    assert [source.file_name for source in scan_folder(tmp_path).sources] == ["A.TXT"]


def test_reports_csv_speaks_of_its_own_folder(tmp_path: Path):
    sub = tmp_path / "sub"
    sub.mkdir()
    put(sub, a="甲")
    put(tmp_path, a="乙")
    (sub / "reports.csv").write_text("file_name,title\na.txt,题\n", "utf-8")
    titles = {source.file_name: source.override.title for source in scan_folder(tmp_path).sources}
    assert titles == {"a.txt": None, "sub/a.txt": "题"}


def test_the_override_of_a_refused_report_is_no_second_reject(tmp_path: Path):
    put(tmp_path, a="甲", b="甲")
    (tmp_path / "reports.csv").write_text("file_name,title\nb.txt,题\n", "utf-8")
    assert [reject.reason for reject in scan_folder(tmp_path).rejects] == ["duplicate"]


def test_no_folder_is_an_error(tmp_path: Path):
    with pytest.raises(NoReportsError, match="does not exist"):
        scan_folder(tmp_path / "no")


def test_blank_lines_and_spaces_of_reports_csv_mean_nothing():
    text = " file_name , title \n,,\n a.txt , 题 \n"
    overrides, rejects = read_overrides(text.encode(), "reports.csv")
    assert rejects == ()
    assert overrides["a.txt"].title == "题"


def test_an_unreadable_reports_csv_is_refused_whole():
    overrides, (reject,) = read_overrides(b"", "reports.csv")
    assert overrides == {}
    assert reject.reason == "override"


@pytest.fixture
def plain_user() -> Iterator[None]:
    """Whoever runs the tests as root may read everything; nobody may not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_refused_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    put(tmp_path, **{"a": "甲", "closed": "乙"})
    (tmp_path / "sub").mkdir()
    put(tmp_path / "sub", b="丙")
    (tmp_path / "closed.txt").chmod(0)
    (tmp_path / "sub").chmod(0)
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)  # the folders above are closed to others
    request.getfixturevalue("plain_user")
    found = scan_folder(Path())
    assert [source.file_name for source in found.sources] == ["a.txt"]
    assert {(reject.file_name, reject.reason) for reject in found.rejects} == {
        ("sub", "unreadable"),
        ("closed.txt", "unreadable"),
    }


def test_a_file_is_no_folder(tmp_path: Path):
    put(tmp_path, a="甲")
    with pytest.raises(NoReportsError, match="it is a file, not a folder"):
        scan_folder(tmp_path / "a.txt")


def test_the_listing_names_what_a_load_looks_at_with_size_and_time(tmp_path: Path):
    put(tmp_path, b="乙乙", a="甲")
    for name in ("reports.csv", "scan.pdf", "notes.md", "gold.csv", ".hidden.txt"):
        (tmp_path / name).write_text("x")
    for path in tmp_path.iterdir():
        os.utime(path, ns=(7, 7))
    assert listing(tmp_path) == (
        Entry("a.txt", 3, 7),
        Entry("b.txt", 6, 7),
        Entry("reports.csv", 1, 7),
        Entry("scan.pdf", 1, 7),
    )


def test_the_listing_reads_no_byte(tmp_path: Path):
    put(tmp_path, a="甲")
    os.utime(tmp_path / "a.txt", ns=(0, 0))  # a time of reading that the next reading would move
    assert len(listing(tmp_path)) == 1
    assert (tmp_path / "a.txt").stat().st_atime_ns == 0


def test_a_link_to_nothing_is_not_listed(tmp_path: Path):
    put(tmp_path, a="甲")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    assert [entry.file_name for entry in listing(tmp_path)] == ["a.txt"]


def test_there_is_no_listing_of_a_folder_without_reports(tmp_path: Path):
    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(NoReportsError, match="no report in it"):
        listing(tmp_path)


@pytest.mark.parametrize("name", ["notes.md", "gold.csv", "gone.txt"])
def test_reports_csv_that_speaks_of_no_report_is_told(name: str, tmp_path: Path):
    put(tmp_path, a="甲")
    for beside in ("notes.md", "gold.csv"):
        (tmp_path / beside).write_text("x")
    (tmp_path / "reports.csv").write_text(f"file_name,title\n{name},题\n", "utf-8")
    (told,) = scan_folder(tmp_path).rejects
    assert f"it names {name}" in told.detail


def test_a_parquet_file_is_a_source_where_it_has_a_column_of_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "a.txt").write_text("走访企业12家。", "utf-8")
    pl.DataFrame({"正文": ["走访企业15家。"]}).write_parquet(tmp_path / "reports.parquet")
    pl.DataFrame({"所载": ["走访企业16家。"]}).write_parquet(tmp_path / "data.parquet")
    assert [one.file_name for one in scan_folder(tmp_path).sources] == ["a.txt", "reports.parquet"]
    before = {one.file_name: one.key for one in scan_folder(tmp_path).sources}
    monkeypatch.setenv("ZHIBIAO_COLUMNS", "text=所载")
    after = {one.file_name: one.key for one in scan_folder(tmp_path).sources}
    assert sorted(after) == ["a.txt", "data.parquet", "reports.parquet"]
    assert after["reports.parquet"] != before["reports.parquet"]


@pytest.mark.parametrize("columns", ["正文", "text=", "words=正文", "text=a=b"])
def test_names_of_columns_are_pairs(columns: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIBIAO_COLUMNS", columns)
    with pytest.raises(SettingsError, match="ZHIBIAO_COLUMNS"):
        load_settings()
