"""When the sensor tells of changed sources, and what it says when it does not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import dagster as dg
import pytest
from corpora import corpus

from pipelines.components.versions import VERSION_TAG, version_of_folder
from pipelines.components.watch import Watch, look, watch_sources
from pipelines.frames import extractor
from pipelines.frames.folder import Entry
from pipelines.lexicon import SEEDS

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
def test_every_change_shows_in_the_version(entries: tuple[Entry, ...]):
    assert version_of_folder(Path("a"), entries) != version_of_folder(Path("a"), [ENTRY])


def test_another_folder_of_the_same_files_has_another_version():
    assert version_of_folder(Path("a"), [ENTRY]) != version_of_folder(Path("b"), [ENTRY])


def looks(*folders: str) -> list[str]:
    """The folder at each look that was told of."""
    watch, told = Watch(), []
    for folder in folders:
        after = look(watch, folder)
        if after.told != watch.told:
            told.append(folder)
        watch = after
    return told


@pytest.mark.parametrize(
    ("folders", "told"),
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
def test_a_change_is_told_of_once_it_rests(folders: str, told: str):
    assert looks(*folders) == list(told)


class Ticks:
    """The sensor as the daemon calls it: each tick gets the cursor that the last one left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cursor: str | None = None

    def __call__(self) -> dg.SensorResult:
        watched = corpus(
            reports=self.folder,
            warehouse=self.folder.parent / "w.duckdb",
            dictionaries=self.folder.parent / "words",
        )
        with dg.build_sensor_context(cursor=self.cursor) as context:
            result = watch_sources(context, watched)
        self.cursor = result.cursor
        return result

    def told(self) -> int:
        """How many changes the tick tells of: one or none, in one event for each source."""
        events = self().asset_events
        assert len(events) in {0, 3}
        assert all(event.tags[VERSION_TAG] for event in events)
        return len(events) // 3

    def reason(self) -> str:
        return str(self().skip_reason.skip_message)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("甲")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "words.csv").write_text("term\n企业\n")
    return folder


@pytest.fixture
def at_rest(folder: Path) -> Ticks:
    """The sensor after it told of the folder."""
    tick = Ticks(folder)
    assert [tick.told() for _ in range(3)] == [0, 1, 0]
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
        lambda folder: (folder.parent / "words" / "words.csv").write_text("term\n走访\n"),
    ],
    ids=["new", "changed", "reports.csv", "to be refused", "renamed", "word list"],
)
def test_a_change_is_told_of_at_the_second_look(at_rest: Ticks, folder: Path, change):
    change(folder)
    assert [at_rest.told() for _ in range(3)] == [0, 1, 0]


def test_a_removed_report_is_a_change(at_rest: Ticks, folder: Path):
    (folder / "b.txt").write_text("乙")
    assert [at_rest.told() for _ in range(2)] == [0, 1]
    (folder / "b.txt").unlink()
    assert [at_rest.told() for _ in range(3)] == [0, 1, 0]


def test_notes_beside_the_reports_are_no_change(at_rest: Ticks, folder: Path):
    (folder / "notes.md").write_text("甲")
    (folder / ".part").write_text("甲")
    assert [at_rest.told() for _ in range(2)] == [0, 0]


def test_a_folder_being_written_waits_until_it_is_at_rest(at_rest: Ticks, folder: Path):
    for size in range(1, 4):
        (folder / "b.txt").write_text("乙" * size)
        os.utime(folder / "b.txt", ns=(1, 1))  # a copy that keeps times tells by its length
        assert "at rest" in at_rest.reason()
    assert at_rest.told() == 1


def test_a_tick_says_why_it_tells_of_nothing(at_rest: Ticks, folder: Path):
    assert at_rest.reason() == (
        f"Nothing changed in {folder}, the vocabulary and the word lists since that was told."
    )


def test_a_folder_that_is_away_is_no_change(at_rest: Ticks, folder: Path):
    away = folder.with_name("away")
    folder.rename(away)
    assert "the folder does not exist" in at_rest.reason()
    folder.mkdir()
    assert "no report in it" in at_rest.reason()
    folder.rmdir()
    away.rename(folder)
    assert at_rest.told() == 0


@pytest.mark.parametrize("cursor", ["", "by hand", "[]", '{"other": 1}', "7"])
def test_a_cursor_that_was_written_over_starts_from_nothing(folder: Path, cursor: str):
    tick = Ticks(folder)
    tick.cursor = cursor
    assert [tick.told() for _ in range(3)] == [0, 1, 0]


def test_a_changed_vocabulary_is_told_of_by_a_process_that_has_read_it_before(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds, ignore=shutil.ignore_patterns("reports"))
    monkeypatch.setattr(extractor, "SEEDS", seeds)
    tick = Ticks(folder)
    assert [tick.told() for _ in range(3)] == [0, 1, 0]
    with (seeds / "units.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert [tick.told() for _ in range(3)] == [0, 1, 0]
