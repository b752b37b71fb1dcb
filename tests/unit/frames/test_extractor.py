"""What has every report read again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.frames import extractor


def test_all_code_that_a_report_passes_through_is_in_the_name_of_the_extractor():
    """Whoever edits one of these modules has every report read again."""
    code = "import sys, pipelines.frames.collect; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    package = Path(extractor.__file__).parents[1]
    hashed = set(extractor._code_files())
    passed = set()
    for name in (name for name in said.stdout.split() if name.startswith("pipelines")):
        path = package.joinpath(*name.split(".")[1:])
        passed.add(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
    # How a report is named, how a setting is read, what the DDL says (hashed itself), its rows.
    others = {
        package / f"{name}.py"
        for name in ("bilingual", "errors", "settings", "contracts", "relations")
    }
    assert passed - hashed <= others | {package / "compiled.py"}
    assert len(passed & hashed) > 30


@pytest.mark.parametrize(
    "name", ["units.csv", "indicators.csv", "lexicon/areas.tsv", "schema.toml"]
)
def test_a_changed_seed_makes_another_extractor(name: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(extractor, "SEEDS", shutil.copytree(extractor.SEEDS, tmp_path / "seeds"))
    before = extractor.seeds_hash.__wrapped__()
    assert extractor.seeds_hash.__wrapped__() == before == extractor.seeds_hash()
    with (tmp_path / "seeds" / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert extractor.seeds_hash.__wrapped__() != before


def test_changed_code_makes_another_extractor(tmp_path: Path, monkeypatch):
    source = tmp_path / "text.py"
    source.write_text("a = 1\n", "utf-8")
    monkeypatch.setattr(extractor, "_code_files", lambda: iter([source]))
    before = extractor.code_hash.__wrapped__()
    source.write_text("a = 2\n", "utf-8")
    assert extractor.code_hash.__wrapped__() != before
