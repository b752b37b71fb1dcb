"""When a file is read again, and when what is remembered of it holds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.frames import digests
from pipelines.frames.digests import Digests, read_digest

HOUR = 3600 * 10**9


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("东沙街道", "utf-8")
    return path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Have the clock of the runs go by so many nanoseconds before or after the file system's."""

    def shift(by: int) -> None:
        monkeypatch.setattr(digests, "time_ns", lambda: now() + by)

    now = digests.time_ns
    shift(HOUR)
    return shift


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files whose bytes were read, as it goes on."""
    seen: list[Path] = []

    def note(path: Path) -> digests.Digest:
        seen.append(path)
        return read_digest(path)

    monkeypatch.setattr(digests, "read_digest", note)
    return seen


def run(memory: Path, *files: Path) -> list[str]:
    """What one run finds."""
    found = Digests(memory)
    result = [found.of(file).sha256 for file in files]
    found.save()
    return result


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.usefixtures("clock")
def test_an_unchanged_file_is_read_once(file: Path, tmp_path: Path, read: list[Path]):
    first = run(tmp_path / "memory", file)
    assert run(tmp_path / "memory", file) == first == [sha256(file)]
    assert read == [file]


def _rewrite(file: Path) -> None:
    file.write_text("北沙街道", "utf-8")


def _rewrite_and_set_the_time_back(file: Path) -> None:
    before = file.stat()
    file.write_text("北沙街道", "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _another_file_of_that_size_and_time(file: Path) -> None:
    before = file.stat()
    other = file.with_name("other")
    other.write_text("北沙街道", "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


def _append(file: Path) -> None:
    with file.open("a", encoding="utf-8") as handle:
        handle.write("。")


def _point_elsewhere(file: Path) -> None:
    other = file.with_name("other")
    other.write_text("北沙街道", "utf-8")
    file.unlink()
    file.symlink_to(other)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "change",
    [
        _rewrite,
        _rewrite_and_set_the_time_back,
        _another_file_of_that_size_and_time,
        _append,
        _point_elsewhere,
    ],
    ids=lambda change: change.__name__,
)
def test_a_changed_file_is_read_again(change, file: Path, tmp_path: Path):
    (before,) = run(tmp_path / "memory", file)
    change(file)
    assert run(tmp_path / "memory", file) == [sha256(file)] != [before]


@pytest.mark.parametrize(
    ("ahead", "times"),
    [(1_000_000_000, 2), (HOUR, 1), (-HOUR, 2), (-50 * 365 * 24 * HOUR, 2)],
    ids=["a second old", "an hour old", "clock an hour back", "clock at 1976"],
)
def test_a_file_is_remembered_only_when_it_is_older_than_a_tick(
    ahead: int, times: int, file: Path, tmp_path: Path, read: list[Path], clock
):
    clock(ahead)
    run(tmp_path / "memory", file)
    run(tmp_path / "memory", file)
    assert len(read) == times


@pytest.mark.usefixtures("clock")
def test_a_time_of_change_in_the_future_is_never_trusted(file: Path, tmp_path: Path, read):
    os.utime(file, ns=(0, digests.time_ns() + HOUR))
    run(tmp_path / "memory", file)
    run(tmp_path / "memory", file)
    assert len(read) == 2


@pytest.mark.usefixtures("clock")
def test_a_clock_that_went_back_after_the_reading_costs_nothing(
    file: Path, tmp_path: Path, read: list[Path], clock
):
    run(tmp_path / "memory", file)
    clock(-HOUR)
    assert run(tmp_path / "memory", file) == [sha256(file)]
    assert read == [file]
    _rewrite_and_set_the_time_back(file)
    assert run(tmp_path / "memory", file) == [sha256(file)]


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda memory: memory.unlink(),
        lambda memory: memory.write_bytes(b""),
        lambda memory: memory.write_bytes(memory.read_bytes()[:-9]),
        lambda memory: memory.write_bytes(memory.read_bytes().replace(b"digests 1", b"digests 0")),
        lambda memory: memory.write_bytes(bytes(range(256))),
    ],
    ids=["gone", "empty", "cut short", "another version", "rubbish"],
)
def test_without_a_memory_that_is_whole_every_file_is_read(
    spoil, file: Path, tmp_path: Path, read: list[Path]
):
    memory = tmp_path / "memory"
    run(memory, file)
    spoil(memory)
    assert run(memory, file) == [sha256(file)]
    assert len(read) == 2
    run(memory, file)
    assert len(read) == 2


@pytest.mark.usefixtures("clock")
def test_what_is_forgotten_is_read_again(file: Path, tmp_path: Path, read: list[Path]):
    found = Digests(tmp_path / "memory")
    found.of(file)
    found.save()
    found.forget([file])
    found.save()
    run(tmp_path / "memory", file)
    assert len(read) == 2


@pytest.mark.usefixtures("clock")
def test_files_that_nobody_asks_for_leave_the_memory(file: Path, tmp_path: Path, read: list[Path]):
    memory = tmp_path / "memory"
    run(memory, file)
    run(memory)
    run(memory, file)
    assert len(read) == 2


@pytest.mark.usefixtures("clock")
def test_an_unchanged_memory_is_not_written_again(file: Path, tmp_path: Path):
    memory = tmp_path / "memory"
    run(memory, file)
    before = memory.stat().st_ino
    run(memory, file)
    assert memory.stat().st_ino == before


@pytest.mark.parametrize(
    ("make", "words"),
    [(Path.mkdir, "a folder"), (os.mkfifo, "a device or a pipe")],
    ids=["folder", "pipe"],
)
def test_what_is_no_file_is_told_and_not_waited_for(make, words: str, tmp_path: Path):
    make(tmp_path / "x.txt")
    with pytest.raises(OSError, match=words):
        read_digest(tmp_path / "x.txt")
    with pytest.raises(OSError, match=words):
        Digests(tmp_path / "memory").of(tmp_path / "x.txt")
