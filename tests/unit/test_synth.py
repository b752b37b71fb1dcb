"""Invented reports: the same for the same seed, long enough, and read as they were meant."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipelines import lexicon, parse_text, synth
from pipelines.errors import SeedError
from pipelines.synth import reports, write_reports
from pipelines.text.model import Observation, Parsed


def test_the_same_seed_gives_the_same_reports_and_another_gives_others():
    first = list(reports(20, seed=5))
    assert list(reports(20, seed=5)) == first
    assert list(reports(30, seed=5))[:20] == first
    assert not {report.text for report in first} & {report.text for report in reports(20, seed=6)}


@pytest.mark.parametrize("characters", [1, 3000, 12_000])
def test_a_report_is_as_long_as_asked(characters: int):
    assert all(len(report.text) >= characters for report in reports(20, characters=characters))


def test_a_report_states_its_numbers_where_it_says():
    for report in reports(20):
        assert report.stated
        for stated in report.stated:
            assert report.text.startswith(stated.text, stated.start)


def test_every_number_is_found_with_its_value_and_unit():
    missed = [
        (report.text[stated.start - 20 : stated.start + 12], stated)
        for report in reports(100, seed=11)
        for parsed in [parse_text(report.text)]
        for stated in report.stated
        if not _is_found(stated, _at(parsed, stated.start))
    ]
    assert missed == []


def test_reports_differ_in_region_kind_and_year_and_say_so():
    found = [parse_text(report.text).metadata for report in reports(100)]
    assert len({metadata.region_path for metadata in found}) > 80
    assert None not in {metadata.region_path for metadata in found}
    assert Counter(metadata.report_kind for metadata in found).keys() == {
        "half_year_summary",
        "annual_summary",
        "work_report",
        "communique",
    }
    assert len({metadata.period.end.year for metadata in found if metadata.period}) > 15


def test_the_density_of_figures_is_that_of_real_reports():
    some = list(reports(100))
    observations = sum(len(parse_text(report.text).observations) for report in some)
    assert 80 < sum(len(report.text) for report in some) / observations < 140


def test_files_are_spread_over_subfolders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(synth, "_FOLDER", 2)
    told: list[int] = []
    written = write_reports(tmp_path, 5, characters=200, progress=told.append)
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt"))
    assert files == [
        "000/000000.txt",
        "000/000001.txt",
        "001/000002.txt",
        "001/000003.txt",
        "002/000004.txt",
    ]
    assert written == sum(len((tmp_path / name).read_text("utf-8")) for name in files)
    assert told == [2, 4, 5]


def test_a_rule_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    seeds = shutil.copytree(lexicon.SEEDS, tmp_path / "seeds")
    grammar = (seeds / "synth.yml").read_text("utf-8")
    (seeds / "synth.yml").write_text(grammar.replace("  prose:", "  prosa:"), "utf-8")
    monkeypatch.setattr(lexicon, "SEEDS", seeds)
    synth._grammar.cache_clear()
    try:
        with pytest.raises(SeedError, match=r"synth\.yml.*there is no rule prose"):
            list(reports(1))
    finally:
        synth._grammar.cache_clear()


def _at(parsed: Parsed, start: int) -> Observation | None:
    return next((o for o in parsed.observations if o.start <= start < o.end), None)


def _is_found(stated: synth.Stated, found: Observation | None) -> bool:
    return (
        found is not None
        and found.value == stated.value
        and (stated.unit is None or found.unit == stated.unit)
    )
