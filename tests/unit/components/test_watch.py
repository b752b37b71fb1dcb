"""When the sensor asks for a load of the reports folder, and what it says when it does not."""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg
import pytest
from corpora import corpus

from pipelines.components.watch import Watch, fingerprint, look, watch_folder
from pipelines.frames.folder import Entry

ENTRY = Entry("a.txt", 10, 100)


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (Entry("b.txt", 10, 100),),
        (Entry("a.txt", 11, 100),),
        (Entry("a.txt", 10, 101),),
        (ENTRY, Entry("b.txt", 1, 1)),
    ],
    ids=["removed", "renamed", "longer", "rewritten", "another"],
)
def test_every_change_shows_in_the_fingerprint(entries: tuple[Entry, ...]):
    assert fingerprint([], entries) != fingerprint([], [ENTRY])


def test_another_folder_of_the_same_files_is_another_fingerprint():
    assert fingerprint([Path("a")], [ENTRY]) != fingerprint([Path("b")], [ENTRY])


def looks(*folders: str) -> list[str]:
    """The folder at each look that asked for a load."""
    watch, asked = Watch(), []
    for folder in folders:
        after = look(watch, folder)
        if after.run_key != watch.run_key:
            asked.append(folder)
        watch = after
    return asked


@pytest.mark.parametrize(
    ("folders", "asked"),
    [
        ("A", ""),
        ("AA", "A"),
        ("AAAA", "A"),
        ("ABCDD", "D"),
        ("AABAA", "A"),
        ("AABBAA", "ABA"),
        ("AABCBB", "AB"),
    ],
    ids=[
        "one look is not enough",
        "at rest",
        "nothing changed",
        "still written",
        "back before it was loaded",
        "back after it was loaded",
        "to and fro",
    ],
)
def test_a_load_is_asked_for_once_the_folder_rests(folders: str, asked: str):
    assert looks(*folders) == list(asked)


def test_every_load_has_a_key_of_its_own_and_the_same_look_the_same_key():
    watch, keys = Watch(), []
    for folder in "AABBAABB":
        after = look(watch, folder)
        assert look(watch, folder) == after
        if after.run_key != watch.run_key:
            keys.append(after.run_key)
        watch = after
    assert len(keys) == len(set(keys)) == 4


class Ticks:
    """The sensor as the daemon calls it: each tick gets the cursor that the last one left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cursor: str | None = None

    def __call__(self) -> dg.SensorResult:
        watched = corpus(reports=self.folder, warehouse=self.folder.parent / "w.duckdb")
        with dg.build_sensor_context(cursor=self.cursor) as context:
            result = watch_folder(context, watched)
        self.cursor = result.cursor
        return result

    def requests(self) -> int:
        return len(self().run_requests or [])

    def reason(self) -> str:
        return str(self().skip_reason.skip_message)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("甲")
    return folder


@pytest.fixture
def at_rest(folder: Path) -> Ticks:
    """The sensor after the folder was loaded."""
    tick = Ticks(folder)
    assert [tick.requests() for _ in range(3)] == [0, 1, 0]
    return tick


def rewrite(folder: Path) -> None:
    """Other bytes of the same length: the time alone tells."""
    (folder / "a.txt").write_text("乙")
    os.utime(folder / "a.txt", ns=(1, 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "b.txt").write_text("乙"),
        rewrite,
        lambda folder: (folder / "reports.csv").write_text("file_name,title\na.txt,题\n"),
        lambda folder: (folder / "scan.pdf").write_bytes(b"%PDF"),
        lambda folder: (folder / "a.txt").rename(folder / "c.txt"),
    ],
    ids=["new", "changed", "reports.csv", "to be refused", "renamed"],
)
def test_a_change_is_loaded_at_the_second_look(at_rest: Ticks, folder: Path, change):
    change(folder)
    assert [at_rest.requests() for _ in range(3)] == [0, 1, 0]


def test_a_removed_report_is_a_change(at_rest: Ticks, folder: Path):
    (folder / "b.txt").write_text("乙")
    assert [at_rest.requests() for _ in range(2)] == [0, 1]
    (folder / "b.txt").unlink()
    assert [at_rest.requests() for _ in range(3)] == [0, 1, 0]


def test_notes_beside_the_reports_are_no_change(at_rest: Ticks, folder: Path):
    (folder / "notes.md").write_text("甲")
    (folder / ".part").write_text("甲")
    assert [at_rest.requests() for _ in range(2)] == [0, 0]


def test_a_folder_being_written_waits_until_it_is_at_rest(at_rest: Ticks, folder: Path):
    for size in range(1, 4):
        (folder / "b.txt").write_text("乙" * size)
        os.utime(folder / "b.txt", ns=(1, 1))  # a copy that keeps times tells by its length
        assert "at rest" in at_rest.reason()
    assert at_rest.requests() == 1


def test_a_tick_says_why_it_asks_for_nothing(at_rest: Ticks, folder: Path):
    assert at_rest.reason() == (
        f"Nothing changed: {folder} holds the same 1 files for which the last load was asked."
    )


def test_a_folder_that_is_away_is_told_and_asks_for_nothing(at_rest: Ticks, folder: Path):
    away = folder.with_name("away")
    folder.rename(away)
    assert "the folder does not exist" in at_rest.reason()
    folder.mkdir()
    assert "no report in it" in at_rest.reason()
    folder.rmdir()
    away.rename(folder)
    assert at_rest.requests() == 0


@pytest.mark.parametrize("cursor", ["", "by hand", "[]", '{"other": 1}', "7"])
def test_a_cursor_that_was_written_over_starts_anew(folder: Path, cursor: str):
    tick = Ticks(folder)
    tick.cursor = cursor
    assert [tick.requests() for _ in range(3)] == [0, 1, 0]
