"""Tables without rules in PDF files: each figure is found under its headings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipelines import parse_text
from pipelines.reading.document import Document, Places
from pipelines.reading.formats.registry import read
from tools.report_files import placed_pdf_of

SIZE = 12
BEFORE = "2023年全镇完成财政总收入3.26亿元，比上年增长8.1%，经济运行总体平稳，稳中有进。"


def opened(*pages: Sequence[tuple[float, float, str]]) -> Document:
    (document,) = read(placed_pdf_of(pages), "a.pdf")
    assert isinstance(document, Document)
    return document


def row(
    y: float, *cells: str, middles: Sequence[float] = (110, 220, 310, 400)
) -> list[tuple[float, float, str]]:
    """A line with cells in the middle of columns."""
    return [
        (middle - SIZE * len(cell) / 2, y, cell)
        for middle, cell in zip(middles, cells, strict=False)
        if cell
    ]


def cells(document: Document) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for grid in document.grids:
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(document.raw[cell.start : cell.end])
    return [rows[number] for number in sorted(rows)]


def said(document: Document) -> list[tuple[str, str, str, str | None]]:
    parsed = parse_text(document.raw, grids=document.grids)
    return [
        (o.quote, o.indicator, o.measure, o.unit)
        for o in parsed.observations
        if o.rule.endswith(":cell")
    ]


def test_cells_are_told_by_where_they_stand() -> None:
    page = [
        (72, 790, BEFORE),
        *row(760, "指标", "单位", "数量", "增长%"),
        *row(738, "粮食产量", "万吨", "31.4", "-0.9"),
        *row(716, "蔬菜产量", "万吨", "—", "3.6"),
        (72, 680, "全镇新增养老床位120张，走访企业215家，办结率比上年提高，群众更加满意。"),
    ]
    document = opened(page)
    assert said(document) == [
        ("31.4", "粮食产量", "level", "吨"),
        ("-0.9", "粮食产量", "change_rate", "%"),
        ("3.6", "蔬菜产量", "change_rate", "%"),
    ]
    places = Places(document)
    assert places.of(document.raw.index("31.4")) == "page 1 table 1 row 2 column 3"
    assert places.of(document.raw.index("120张")).startswith("page 1 line")


def test_headings_over_several_columns_and_over_several_lines() -> None:
    page = [
        (72, 790, BEFORE),
        *row(760, "", "决算数", middles=(110, 265)),
        *row(751, "", "", "", "决算数为", middles=(110, 220, 310, 420)),
        *row(736, "项目", "2022年", "2023年", "预算数的%", middles=(110, 220, 310, 420)),
        *row(712, "税收收入", "1200", "1310", "101.2", middles=(110, 220, 310, 420)),
        *row(690, "非税收入", "450", "470", "98.7", middles=(110, 220, 310, 420)),
    ]
    document = opened(page)
    assert cells(document)[0] == ["决算数"]
    assert "决算数为预算数的%" in cells(document)[1]
    measures = [one[2] for one in said(document)]
    assert measures == ["level", "level", "completion"] * 2


def test_a_heading_beside_two_lines_of_headings_is_not_below_the_upper_one() -> None:
    page = [
        (72, 790, BEFORE),
        *row(760, "", "收入", middles=(110, 245)),
        *row(750, "村名", "", "", "农户", middles=(110, 200, 290, 380)),
        *row(740, "", "总额", "增长%", middles=(110, 200, 290, 380)),
        *row(716, "金桥村", "186.4", "12.5", "412", middles=(110, 200, 290, 380)),
        *row(694, "红旗村", "95.2", "-4.8", "387", middles=(110, 200, 290, 380)),
    ]
    (grid,) = opened(page).grids
    document = opened(page)
    spans = {document.raw[c.start : c.end]: (c.column, c.width) for c in grid.cells if c.row < 3}
    assert spans == {
        "收入": (1, 2),
        "村名": (0, 1),
        "农户": (3, 1),
        "总额": (1, 1),
        "增长%": (2, 1),
    }


def test_a_name_may_wrap_around_its_figures() -> None:
    page = [
        (72, 790, BEFORE),
        *row(766, "科目", "预算数", "决算数"),
        *row(742, "社会保障和"),
        *row(734, "", "1200", "1310"),
        *row(726, "就业支出"),
        *row(704, "教育支出", "450", "470"),
    ]
    assert cells(opened(page))[1:] == [
        ["社会保障和就业支出", "1200", "1310"],
        ["教育支出", "450", "470"],
    ]


def left(y: float, *words: str) -> list[tuple[float, float, str]]:
    """A line with cells at the left of their columns."""
    return [(x, y, word) for x, word in zip(LEFTS, words, strict=False) if word]


LEFTS = (72, 150, 220, 290, 370, 450)


def test_a_name_of_three_lines_is_one() -> None:
    page = [
        (72, 790, BEFORE),
        *left(760, "项目", "预算数", "决算数"),
        *left(745, "社会保障和", "120", "118"),
        *left(730, "就业服务与"),
        *left(715, "管理支出"),
        *left(700, "教育支出", "80", "79"),
        *left(685, "卫生支出", "60", "61"),
    ]
    names = [row[0] for row in cells(opened(page))]
    assert names == ["项目", "社会保障和就业服务与管理支出", "教育支出", "卫生支出"]


def test_headings_of_three_lines_at_the_left_of_their_columns() -> None:
    page = [
        (72, 790, BEFORE),
        *left(760, "项目", "2023年", "", "2024年"),
        *left(736, "", "预算数", "决算数", "预算数", "比上年决算增减"),
        *left(712, "", "", "", "", "金额", "%"),
        *left(690, "教育支出", "120", "118", "130", "12", "10.2"),
        *left(670, "卫生支出", "80", "79", "82", "3", "3.8"),
    ]
    parsed = opened(page)
    starts = [
        (o.quote, o.measure, str(o.period_start))
        for o in parse_text(parsed.raw, grids=parsed.grids).observations
        if o.rule.endswith(":cell")
    ]
    assert starts[:5] == [
        ("120", "level", "2023-01-01"),
        ("118", "level", "2023-01-01"),
        ("130", "level", "2024-01-01"),
        ("12", "change_amount", "2024-01-01"),
        ("10.2", "change_rate", "2024-01-01"),
    ]


def test_the_name_of_the_first_row_may_begin_right_below_the_headings() -> None:
    page = [
        (72, 790, BEFORE),
        *row(760, "指标", "2022年", "2023年"),
        *row(735, "第一"),
        *row(718, "产业", "28.6", "30.1"),
        *row(701, "增加值"),
        *row(676, "总产量", "31.4", "31.9"),
    ]
    assert cells(opened(page)) == [
        ["指标", "2022年", "2023年"],
        ["第一产业增加值", "28.6", "30.1"],
        ["总产量", "31.4", "31.9"],
    ]


def test_headings_that_stand_near_each_other_are_apart() -> None:
    middles = (110, 200, 272.5)
    page = [
        (72, 790, BEFORE),
        *row(760, "指标", "上年执行数", "本年执行数", middles=middles),
        *row(738, "税收收入", "1200", "1310", middles=middles),
        *row(716, "其他收入", "450", "470", middles=middles),
    ]
    assert cells(opened(page))[0] == ["指标", "上年执行数", "本年执行数"]


def test_a_table_goes_on_over_a_page() -> None:
    heads = row(760, "项目", "预算数", "决算数")
    one = [(72, 790, BEFORE), *heads, *row(738, "甲项", "10", "12"), *row(716, "乙项", "20", "21")]
    other = [*heads, *row(738, "丙项", "30", "33"), *row(716, "丁项", "40", "41")]
    document = opened(one, other)
    assert len(document.grids) == 1
    assert [row[0] for row in cells(document)] == ["项目", "甲项", "乙项", "丙项", "丁项"]
    assert Places(document).of(document.raw.index("丁项")) == "page 2 table 1 row 3 column 1"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            [(72, 790, BEFORE), (72, 770, "镇政府"), (400, 770, "2024年1月5日")], id="signature"
        ),
        pytest.param([(72, 790, "一、"), (110, 790, "工作回顾"), (72, 770, BEFORE)], id="heading"),
        pytest.param([(72, 790, BEFORE), (72, 770, BEFORE), (300, 740, "3")], id="page number"),
        pytest.param(row(700, "第一章", "总则") + row(680, "第二章", "管理"), id="words"),
    ],
)
def test_prose_is_no_table(page: list[tuple[float, float, str]]) -> None:
    assert opened([*page, (72, 100, "完")]).grids == ()
