"""The compiled parser gives what the interpreted one gives, and only where it is of this source."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import compiled
from pipelines.compile import compile_parser
from pipelines.errors import CompileError

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = ROOT.parent / "shared"
FOLDERS = (ROOT / "seeds" / "reports", MATERIAL / "reports", MATERIAL / "corpus")

# Prints how it ran, then a hash of all that all reports say.
PROBE = """
import hashlib, sys
from pathlib import Path
from pipelines import compiled, parse_text
from pipelines.reading.decode import decode
digest = hashlib.sha256()
for folder in sys.argv[1:]:
    for path in sorted(Path(folder).glob("*.txt")):
        digest.update(repr(parse_text(decode(path.read_bytes(), path.name).raw)).encode())
print(compiled.in_use(), digest.hexdigest())
"""


def probe(switch: str, *folders: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, folders)],
        env={**os.environ, compiled.SWITCH: switch},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.fixture(scope="module")
def library() -> Path:
    try:
        return compile_parser()
    except CompileError as error:
        if os.environ.get("CI") or "refused" in error.detail:
            raise
        pytest.skip(str(error))


@pytest.mark.slow
@pytest.mark.usefixtures("library")
def test_both_give_the_same_rows():
    folders = [folder for folder in FOLDERS if folder.is_dir()]
    machine, interpreter = probe("1", *folders), probe("0", *folders)
    assert (machine[0], interpreter[0]) == ("True", "False")
    assert machine[1] == interpreter[1]


def test_what_was_compiled_of_another_source_is_not_used(tmp_path: Path, monkeypatch):
    """An edit changes the folder that is looked for, so nothing old is found there."""
    monkeypatch.setattr(compiled, "HOME", tmp_path)
    monkeypatch.setattr(compiled, "sources", lambda: (tmp_path / "one.py",))
    (tmp_path / "one.py").write_text("a = 1\n")
    first = compiled.place.__wrapped__()
    (tmp_path / "one.py").write_text("a = 2\n")
    assert compiled.place.__wrapped__() != first


def test_without_a_compiler_one_is_told_what_to_do(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(compiled, "HOME", tmp_path)
    monkeypatch.setattr(compiled, "place", lambda: tmp_path / "none")
    monkeypatch.setitem(sys.modules, "mypyc.build", None)
    with pytest.raises(CompileError, match=r"not compiled: mypyc.*zhibiao\[compile\]"):
        compile_parser()
    assert not list(tmp_path.iterdir()), "nothing half made is left"
