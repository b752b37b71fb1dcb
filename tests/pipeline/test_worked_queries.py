"""The worked queries answer on the sample reports, and the guides show them as they are."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import contracts
from pipelines.cli import app
from pipelines.warehouse.connect import read_only

ROOT = Path(__file__).resolve().parents[2]
QUERIES = contracts.files("queries")

# The first row of each answer, as text; None where five reports of five places cannot answer.
FIRST: dict[str, tuple[str | None, ...] | None] = {
    "01_headline_by_region": (
        "浙江省/杭州市/上城区/闸弄口街道", "2023年上半年", "2.26", "8.33", "全区", "7",
    ),
    "02_trace_a_figure": (
        "wangjiang-2017.txt", "318", "328", "一百二十七亿一千万元", "注册资本", "12710000000",
        "元", "全年引进企业六百五十三家,注册资本一百二十七亿一千万元;"
        "其中金融类二百六十六家,信息经济类一百六十一家。",
    ),
    "03_what_became_of_the_numerals": ("caihe-2024.txt", "101", "69", "0"),
    "04_regions_side_by_side": (
        "社会消费品零售总额", "2023年上半年", "闸弄口街道", "7266000000", "1", "8.9", "1", "1",
        None,
    ),
    "05_what_contradicts": None,
    "06_targets_and_outcomes": (
        "浙江省/杭州市/上城区/采荷街道", "2025年", "加装电梯", "15-20台", None, "between", None,
        None, "caihe-2024.txt", None,
    ),
    "07_what_a_report_speaks_of": (
        "caihe-2024.txt", "城市建设与管理", "21.95", "23", "33.33", "3",
    ),
    "08_words_that_mark_a_region": ("望江街道", "2017", "1", "望江", "3", None),
    "09_where_a_region_ranks": (
        "采荷街道", "2024年", "社会消费品零售总额", "全区", "2", "growth", "第二",
    ),
    "10_targets_ahead": (
        "采荷街道", "2025年", "财政总收入", "change_rate", "over", "6%",
        "力争财政总收入增长6%以上,新引进企业不少于300家,推动第二邻里中心等4个项目建成。",
    ),
    "11_what_is_said_of_a_project": (
        "“特有爱”助联体", "服务群众", "level", "10000", "人次", "2024年", "caihe-2024.txt",
    ),
    "12_level_a_year_before": (
        "采荷街道", "财政总收入", "2024年", "1500000000", "19", "1260504201.68",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the reports in seeds/reports."""
    target = tmp_path_factory.mktemp("samples") / "w.duckdb"
    arguments = ["build", "--reports", str(ROOT / "seeds" / "reports"), "--warehouse", str(target)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return target


def plain(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, float):
        return f"{cell:g}"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    assert isinstance(cell, (str, int, date, datetime))
    return str(cell)


def test_there_are_twelve_and_each_is_tested() -> None:
    assert [path.stem for path in QUERIES] == list(FIRST)
    assert len(FIRST) == 12


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_worked_query_answers(path: Path, samples: Path) -> None:
    with read_only(samples) as con:
        first = con.sql(path.read_text("utf-8")).fetchone()
    assert (first and tuple(map(plain, first))) == FIRST[path.stem]


@pytest.mark.parametrize("guide", ["analysts.md", "analysts.zh-CN.md"])
@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_guide_shows_the_query(path: Path, guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text("utf-8")
    zh, en, *lines = path.read_text("utf-8").splitlines()
    asked = en if guide == "analysts.md" else zh
    assert f"\n## {path.stem[:2]} {asked.removeprefix('-- ')}\n" in text
    assert "```sql\n" + "\n".join(lines) + "\n```" in text


@pytest.mark.parametrize(
    ("region", "period", "indicator", "figures"),
    [
        ("闸弄口街道", "2023年上半年", "财政总收入", ("455000000", "10.07", "6", "全区")),
        ("闸弄口街道", "2023年上半年", "一般公共预算收入", ("226000000", "8.33", "7", "全区")),
        ("采荷街道", "2024年", "财政总收入", ("1500000000", "19", "3", "全区")),
        ("下沙街道", "2022年上半年", "规上工业总产值", ("3430000000", "-3.9", None, None)),
        ("望江街道", "2017年1—9月", "税收收入", ("1086000000", "57.97", None, None)),
        ("闻堰街道", "2022年上半年", "社会消费品零售总额", ("203000000", "26.4", None, None)),
        ("下沙街道", "2022年上半年", "城镇登记失业率", ("1.8", None, None, None)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_headline_of_the_samples(
    region: str, period: str, indicator: str, figures: tuple[str | None, ...], samples: Path
) -> None:
    with read_only(samples) as con:
        found = con.execute(
            "select level_value, growth_percent, rank_place, rank_scope from mart_headline "
            "where region = ? and period_label = ? and indicator_zh = ?",
            [region, period, indicator],
        ).fetchall()
    assert [tuple(map(plain, row)) for row in found] == [figures]


def test_no_headline_without_a_period(samples: Path) -> None:
    with read_only(samples) as con:
        sql = "select count(*) from mart_headline where period_start is null or period_end is null"
        assert con.sql(sql).fetchall() == [(0,)]
