"""One report in every format: the same observations, each with a locator that leads there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipelines.reading.formats.apart import read_file
from pipelines.reading.formats.legacy import converter
from tools import format_matrix
from tools.format_matrix import FORMS, OLD_FORMS, REPORTS, Form, Report, Row, cell_of, text_of

SAME = 0.99
DOCUMENT = Path(__file__).parents[4] / "docs" / "formats.md"


@pytest.fixture(scope="module")
def report() -> Report:
    return Report(text_of(REPORTS))


@pytest.fixture(scope="module")
def wanted(report: Report) -> Counter[Row]:
    found = format_matrix.plain(report)
    assert found.total() > 100
    return found


@pytest.mark.parametrize("name", FORMS)
def test_every_format_gives_the_same_observations_with_places_that_lead_to_them(
    name: str, report: Report, wanted: Counter[Row]
) -> None:
    cell = cell_of(name, FORMS[name], report, wanted)
    assert cell.same >= SAME
    assert cell.led == 1


@pytest.mark.slow
@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", OLD_FORMS)
def test_old_word_files_give_the_same_observations(
    name: str, report: Report, wanted: Counter[Row]
) -> None:
    cell = cell_of(name, OLD_FORMS[name], report, wanted)
    assert cell.same >= SAME
    assert cell.led >= SAME


def test_a_place_that_leads_elsewhere_is_seen(report: Report, wanted: Counter[Row]) -> None:
    lost = Form("text", lambda one: one.raw.encode(), lambda _: lambda _: "")
    assert cell_of("a.txt", lost, report, wanted).led == 0


def test_a_text_of_another_report_is_not_the_same(report: Report, wanted: Counter[Row]) -> None:
    half = Form(
        "text", lambda one: one.raw[: len(one.raw) // 2].encode(), FORMS["utf-8.txt"].follow
    )
    assert cell_of("a.txt", half, report, wanted).same < SAME


def test_the_document_has_a_line_for_each_format() -> None:
    table = DOCUMENT.read_text("utf-8").partition(format_matrix.BEGIN)[2]
    table = table.partition(format_matrix.END)[0]
    assert all(f"`{name}`" in table for name in (*FORMS, *OLD_FORMS))


def test_text_in_big5_is_read() -> None:
    text = "乾安縣2023年工作總結\n全年走訪企業215家,新增養老床位120張,實現財政總收入3.2億元。\n" * 3
    (document,) = read_file(text.encode("big5"), "a.txt")
    assert document.raw == text
