"""Five hundred hostile files publish; and each thing that their judge must notice, it does."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import fuzz
import fuzz_formats
import pytest
from fuzz_inputs import Draft, folder
from fuzz_judge import Tally, judge, lost, numerals

from pipelines.reading.formats.legacy import converter

SEED = 20_261_127  # any would do; this one stays, so that a red build is red again
TEXT = "东沙街道2023年工作总结\n①全年走访企业15家,同比增长6.4%,居全区第三。\n"


@pytest.mark.slow
def test_hostile_files_publish(tmp_path: Path) -> None:
    totals = fuzz.fuzz(500, SEED, tmp_path / "failed", rare=False)
    assert totals.published == totals.folders == 5
    assert totals.tally.faults == []
    assert totals.tally.numerals > 10_000


@pytest.mark.slow
def test_spoiled_files_of_every_format_are_read_or_refused(tmp_path: Path) -> None:
    told, failed = fuzz_formats.fuzz(400, SEED, tmp_path / "failed")
    assert failed == []
    assert told["loaded"] > 100


@pytest.mark.slow
@pytest.mark.skipif(converter() is None, reason="LibreOffice, which reads them, is not installed")
def test_old_word_files_are_among_them(tmp_path: Path) -> None:
    told, failed = fuzz_formats.fuzz(1, SEED, tmp_path / "failed")
    assert (told["old Word"], failed) == (1, [])


def test_a_folder_is_drawn_again_from_its_seed() -> None:
    assert folder(3, 1, 20) == folder(3, 1, 20)
    assert folder(3, 1, 20) != folder(3, 2, 20) != folder(4, 2, 20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("走访15家、十五户", ["15", "十五"]),
        ("３户、两万亩、萬億", ["３", "两万", "萬億"]),
        ("①⑴Ⅻ㋀½m²", ["①⑴Ⅻ㋀½", "²"]),
        ("٣家", ["٣"]),
        ("没有数字", []),
    ],
)
def test_the_judge_finds_numerals_by_itself(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in numerals(text)] == found


def test_a_numeral_that_is_covered_in_part_is_lost() -> None:
    assert list(lost("走访150家", [(2, 4)])) == [(2, 5)]
    assert list(lost("走访150家", [(2, 6)])) == []


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = tmp_path_factory.mktemp("fuzz") / "w.duckdb"
    result = fuzz.run([Draft(b"a.txt", TEXT.encode(), ())], keep_warehouse=kept)
    assert result.faults == []
    return kept


SPOILT = {
    "numeral lost": "delete from fact_numeral where numeral_text = '①'",
    "span": "update fact_observation set char_start = char_start + 1 where quote = '6.4%'",
    "not accounted for": "delete from dim_report where file_name = 'a.txt'",
    "internal error": "insert into etl_reject values ('b.txt', 'internal_error', 'oops', '出错')",
}


@pytest.mark.parametrize("kind", SPOILT)
def test_the_judge_notices(kind: str, published: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "w.duckdb"
    shutil.copy(published, spoilt)
    with duckdb.connect(str(spoilt)) as con:
        con.execute(SPOILT[kind])
    files = {draft.name.decode(): draft.data for draft in (fuzz.COMPANION,)}
    files["a.txt"] = TEXT.encode()
    if kind == "internal error":
        files["b.txt"] = b""
    assert kind in {fault.kind for fault in judge(spoilt, files).faults}


def test_a_folder_that_does_not_publish_is_told_and_made_small(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, published: Path
) -> None:
    """A build that cannot bear one word: the file that holds it is kept, cut down to the word."""

    def brittle(reports: Path, warehouse: Path) -> fuzz.Built:
        if any("坏".encode() in path.read_bytes() for path in reports.rglob("*.txt")):
            return fuzz.Built(1, "cannot bear it", None, 0.0)
        warehouse.parent.mkdir()
        shutil.copy(published, warehouse)
        return fuzz.Built(0, "", None, 0.0)

    monkeypatch.setattr(fuzz, "build", brittle)
    drafts = [
        Draft(f"{n}.txt".encode(), (TEXT + ("坏" if n == 2 else "好")).encode(), ())
        for n in range(4)
    ]
    (fault,) = fuzz.run(drafts).faults
    assert fault.kind == "not published"
    (kept,) = fuzz.shrink(drafts, fault)
    assert (kept.name, kept.data) == (b"2.txt", "坏".encode())
    place = fuzz.keep(tmp_path, 0, fault, [kept])
    assert (place / "2.txt").read_bytes() == "坏".encode()


def test_time_out_of_proportion_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "BUILD_SECONDS", -1.0)
    result = fuzz.run([Draft(b"a.txt", TEXT.encode(), ())])
    assert [fault.kind for fault in result.faults] == ["slow"]


def test_the_table_counts_what_was_done() -> None:
    totals = fuzz.Totals()
    drafts = [Draft(b"a.txt", TEXT.encode(), ("base", "cut"))]
    totals.add(drafts, fuzz.Result(Tally(reports=1, characters=9), 1.0, 0))
    said = str(totals)
    assert "folders      1, of which published 1" in said
    assert "base 1, cut 1" in said
    assert "failures     0" in said
