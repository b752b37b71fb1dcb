"""What is kept between runs is either what was written, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import StagingError
from pipelines.frames.sealed import seal, unseal

DATA = {"东沙.txt": ["a", 1, None]}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sealed") / "kept"
    seal(path, "form 1", DATA)
    return path.read_bytes()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("place") / "kept"


def test_what_was_sealed_comes_back(written: bytes, place: Path):
    place.write_bytes(written)
    assert unseal(place, "form 1") == DATA
    assert unseal(place, "form 2") is None


@given(data=st.data())
def test_a_damaged_file_is_as_good_as_none(data: st.DataObject, written: bytes, place: Path):
    at = data.draw(st.integers(0, len(written) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != written[at]))
    place.write_bytes(written[:at] + bytes([byte]) + written[at + 1 :])
    assert unseal(place, "form 1") is None
    place.write_bytes(written[:at])
    assert unseal(place, "form 1") is None


def test_no_file_and_a_folder_are_nothing(tmp_path: Path):
    assert unseal(tmp_path / "no", "form 1") is None
    assert unseal(tmp_path, "form 1") is None


def test_nothing_but_the_file_is_left(tmp_path: Path):
    seal(tmp_path / "kept", "form 1", DATA)
    seal(tmp_path / "kept", "form 1", [])
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert unseal(tmp_path / "kept", "form 1") == []


def test_what_cannot_be_written_is_told(tmp_path: Path):
    with pytest.raises(StagingError, match="kept: No such file or directory"):
        seal(tmp_path / "gone" / "kept", "form 1", DATA)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_told_as_such(tmp_path: Path):
    (tmp_path / "kept.part").symlink_to("/dev/full")
    with pytest.raises(StagingError, match="the disk is full; make room"):
        seal(tmp_path / "kept", "form 1", DATA)
