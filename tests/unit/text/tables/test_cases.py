"""Tables as reports have them, with what each cell says: `cases/*.txt`.

A case has the report's period, its text, and a line for each figure: quote, value, unit, measure,
indicator, subject, period, status.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines import parse_text
from pipelines.text.model import Parsed, Period

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
FLOOR = 0.95


def opened(path: Path) -> tuple[str, Period, list[str]]:
    period, text, gold = path.read_text("utf-8").split("\n====\n")
    start, end = map(date.fromisoformat, period.split())
    return text, Period(start, end), gold.strip().split("\n")


def rows(parsed: Parsed) -> list[str]:
    return [
        " | ".join(
            map(
                str,
                (
                    o.quote,
                    format(o.value.normalize(), "f"),
                    o.unit or "-",
                    o.measure,
                    o.indicator,
                    o.subject or "-",
                    o.period_start,
                    o.period_end,
                    o.status,
                ),
            )
        )
        for o in parsed.observations
    ]


def test_nearly_all_cells_are_right() -> None:
    right = whole = 0
    for path in CASES:
        text, period, gold = opened(path)
        found = rows(parse_text(text, period=period))
        whole += max(len(gold), len(found))
        right += len(set(gold) & set(found))
    assert right >= FLOOR * whole, f"{right} of {whole}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_number_of_a_table_is_accounted_for(path: Path) -> None:
    text, period, gold = opened(path)
    parsed = parse_text(text, period=period)
    for numeral in parsed.numerals:
        assert text[numeral.start : numeral.end] == numeral.text
    for observation in parsed.observations:
        assert text[observation.start : observation.end] == observation.quote
        passage = parsed.passages[observation.passage]
        assert passage.start <= observation.start < observation.end <= passage.end
    starts = [numeral.start for numeral in parsed.numerals]
    assert starts == sorted(set(starts))
    quotes = [line.split(" | ")[0] for line in gold]
    assert [o.quote for o in parsed.observations] == quotes


def read(text: str) -> list[tuple[str, str, str | None]]:
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 12, 31)))
    return [(o.quote, o.indicator, o.unit) for o in parsed.observations]


def test_a_bare_unit_in_a_cell_is_no_number() -> None:
    text = "指标 单位 数值 增长\n地区生产总值 亿元 1234.5 6.2\n固定资产投资 亿元 321.0 5.1\n"
    assert read(text) == [
        ("1234.5", "地区生产总值", "元"),
        ("6.2", "地区生产总值", "%"),
        ("321.0", "固定资产投资", "元"),
        ("5.1", "固定资产投资", "%"),
    ]


def test_a_change_is_in_the_unit_of_its_row_and_a_growth_in_percent() -> None:
    text = (
        "指标\t2023年\t2022年\t增减\t增减(%)\n"
        "常住人口(万人)\t95.6\t95.1\t0.5\t0.5\n城镇化率(%)\t66.8\t66.1\t0.7\t1.1\n"
    )
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 12, 31)))
    assert [(o.measure, o.unit) for o in parsed.observations if "change" in o.measure] == [
        ("change_amount", "人"),
        ("change_rate", "%"),
        ("change_amount", "百分点"),
        ("change_rate", "%"),
    ]


def test_a_row_of_units_below_the_headings() -> None:
    text = (
        "企业\t产值\t同比\t名次\t职工\n\t亿元\t%\t位\t人\n"
        "甲厂\t1.5\t-2.0\t2\t120\n乙厂\t2.5\t3.0\t1\t310\n"
    )
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 12, 31)))
    first = [(o.value, o.unit, o.measure, o.subject) for o in parsed.observations[:4]]
    assert first == [
        (150_000_000, "元", "level", "甲厂"),
        (-2, "%", "change_rate", "甲厂"),
        (2, "名", "rank", "甲厂"),
        (120, "人", "level", "甲厂"),
    ]


def test_a_caption_says_what_percents_are() -> None:
    rows = "项目\t城镇\t农村\n食品\t2.4\t-2.8\n衣着\t0.6\t0.3\n"
    grown = parse_text(f"价格涨跌幅度\n单位:%\n{rows}")
    shares = parse_text(f"消费支出情况\n单位:%\n{rows}")
    assert {o.measure for o in grown.observations} == {"change_rate"}
    assert {o.measure for o in shares.observations} == {"share"}
    assert [(o.indicator, o.subject) for o in grown.observations] == [
        ("食品", "城镇"),
        ("食品", "农村"),
        ("衣着", "城镇"),
        ("衣着", "农村"),
    ]


def test_what_tells_of_a_row_is_no_part_of_its_name() -> None:
    text = (
        "序号\t项目名称\t建设地点\t建设内容\t总投资（万元）\n"
        "合计（2个）\t\t\t\t900\n"
        "1\t环城路改造\t城北街道\t新建道路3.2公里\t500\n2\t新桥\t临江镇\t桥长1.1公里\t400\n"
    )
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 12, 31)))
    assert [(o.quote, o.indicator, o.subject) for o in parsed.observations] == [
        ("900", "总投资", None),
        ("500", "总投资", "环城路改造"),
        ("400", "总投资", "新桥"),
    ]


def test_the_line_above_the_only_table_is_the_title() -> None:
    text = "清河县2023年1-5月主要指标\n指标\t单位\t数值\n财政收入\t万元\t120\n工业产值\t万元\t90\n"
    parsed = parse_text(text)
    assert parsed.metadata.title == "清河县2023年1-5月主要指标"
    assert {o.period_end for o in parsed.observations} == {date(2023, 5, 31)}
    note = parse_text(text.split("\n", 1)[1] + "注:收入为初步统计数\n")
    assert note.metadata.title is None


def test_the_percents_of_a_row_are_no_amounts() -> None:
    text = "指标\t余额（亿元）\t比年初增加（亿元）\n存款\t862.4\t71.5\n存贷比（%）\t81.9\t3.1\n"
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 12, 31)))
    assert [(o.measure, o.unit) for o in parsed.observations] == [
        ("level", "元"),
        ("change_amount", "元"),
        ("share", "%"),
        ("change_amount", "百分点"),
    ]


def test_a_growth_is_of_the_time_of_the_figure_beside_it() -> None:
    text = (
        "指标\t10月（亿元）\t增长（%）\t1-10月（亿元）\t增长（%）\t比2019年年均增长（%）\n"
        "零售额\t5.2\t9.1\t48.6\t7.4\t3.3\n餐饮\t1.2\t8.1\t8.6\t6.4\t2.2\n"
    )
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 10, 31)))
    starts = [o.period_start for o in parsed.observations[:5]]
    assert starts == [date(2023, 10, 1)] * 2 + [date(2023, 1, 1)] * 3


def test_a_growth_in_a_table_without_a_date_is_of_the_year_beside_it() -> None:
    text = (
        "地区\t棉花产量（吨）\t\t\n\t2019年\t2018年\t增减（%）\n"
        "平川县\t420\t400\t5.0\n沙河县\t190\t200\t-5.0\n"
    )
    parsed = parse_text(text)
    assert parsed.metadata.period is None
    years = [o.period_start and o.period_start.year for o in parsed.observations]
    assert years == [2019, 2018, 2019] * 2


def test_the_reporting_area_is_no_part_of_the_name_of_a_row() -> None:
    text = "指标\t数值（万人）\n全市户籍人口\t88.4\n全社会用工\t41.1\n全国监测人口\t3.2\n"
    assert [o.indicator for o in parse_text(text).observations] == [
        "户籍人口",
        "全社会用工",
        "全国监测人口",
    ]


def test_what_a_plan_is_of_the_year_before_is_planned_and_its_execution_is_not() -> None:
    text = (
        "项目\t上年执行数\t预算数\t预算数为执行数的%\t预算执行率\n"
        "教育\t120\t130\t108.3\t51.2\n卫生\t80\t90\t112.5\t48.0\n"
    )
    parsed = parse_text(f"单位:万元\n{text}", period=(date(2024, 1, 1), date(2024, 12, 31)))
    assert [o.status for o in parsed.observations[:4]] == ["actual", "planned", "planned", "actual"]


def test_whom_a_place_is_one_among_is_its_scope() -> None:
    text = "指标\t数值（亿元）\t增速在全市位次\n固定资产投资\t88.4\t9\n工业投资\t41.1\t3\n"
    ranks = [o for o in parse_text(text).observations if o.measure == "rank"]
    assert [(o.indicator, o.subject, o.scope) for o in ranks] == [
        ("固定资产投资", None, "全市"),
        ("工业投资", None, "全市"),
    ]


def test_a_place_in_an_order_raises_no_doubt() -> None:
    text = "街道\t税收（万元）\t位次\n清波街道\t120\t2\n望江街道\t180\t1\n"
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 12, 31)))
    ranks = [o for o in parsed.observations if o.measure == "rank"]
    assert [(o.value, o.unit, o.doubt) for o in ranks] == [(2, "名", None), (1, "名", None)]


def test_names_and_figures_by_turns() -> None:
    text = "辖区面积\t126平方公里\t常住人口\t8.3万人\n行政村\t24个\t社区\t6个\n"
    assert read(text) == [
        ("126平方公里", "辖区面积", "平方米"),
        ("8.3万人", "常住人口", "人"),
        ("24个", "行政村", "个"),
        ("6个", "社区", "个"),
    ]


def test_a_heading_that_no_list_knows_is_over_names_or_over_notes() -> None:
    text = (
        "签约项目\t投资方\t产业\t签约金额（亿元）\n"
        "冷链物流园\t鲜达公司\t物流\t8.6\n医疗器械园\t康健集团\t医药\t12\n"
    )
    parsed = parse_text(text, period=(date(2023, 1, 1), date(2023, 12, 31)))
    assert [(o.indicator, o.subject) for o in parsed.observations] == [
        ("签约金额", "冷链物流园"),
        ("签约金额", "医疗器械园"),
    ]


def test_columns_without_any_heading_are_not_guessed() -> None:
    text = "单位:万元\n教育支出\t120\t98.5\n卫生支出\t80\t101.2\n"
    parsed = parse_text(text)
    assert parsed.observations == ()
    unknown = [n.text for n in parsed.numerals if n.disposition == "unknown"]
    assert unknown == ["120", "98.5", "80", "101.2"]


def test_a_column_and_a_row_tell_the_time_together() -> None:
    text = "年份\t上半年产值（万元）\t年末人口（人）\n2021年\t12\t30\n2022年\t15\t40\n"
    parsed = parse_text(text, period=(date(2022, 1, 1), date(2022, 12, 31)))
    assert [(o.period_start, o.period_end) for o in parsed.observations] == [
        (date(2021, 1, 1), date(2021, 6, 30)),
        (date(2021, 1, 1), date(2021, 12, 31)),
        (date(2022, 1, 1), date(2022, 6, 30)),
        (date(2022, 1, 1), date(2022, 12, 31)),
    ]


def test_the_year_of_a_caption_does_not_outrun_the_report() -> None:
    text = "表1 2024年财政收入\n单位:万元\n项目\t累计\t占年初预算(%)\n税收\t12\t52\n非税\t3\t61\n"
    parsed = parse_text(text, period=(date(2024, 1, 1), date(2024, 6, 30)))
    assert {o.period_end for o in parsed.observations} == {date(2024, 6, 30)}
    assert [o.measure for o in parsed.observations] == ["level", "completion"] * 2


def test_a_grid_without_headings_goes_to_the_ledger() -> None:
    text = "12 15 18\n21 24 29\n33 36 38\n"
    parsed = parse_text(text)
    assert parsed.observations == ()
    assert [n.text for n in parsed.numerals if n.disposition == "unknown"] != []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "2023年 街道 新增 养老床位 120张,整改 46处。\n全年 走访 215家,兑现 35万元。\n",
            id="prose with blanks",
        ),
        pytest.param("一、 总体情况\n二、 2023 年工作\n三、 2024 年计划\n", id="headings"),
        pytest.param("\t2023年,财政收入3.2亿元。\n\t走访企业15家。\n", id="indented prose"),
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert not any(o.rule.endswith(":cell") for o in parse_text(text).observations)


def test_prose_around_a_table_is_read_as_before() -> None:
    before, after = "2023年,街道走访企业215家。", "全年新增养老床位120张。"
    table = "项目 计划 完成\n道路改造(米) 120 96\n河道整治(米) 80 80\n"
    found = read(f"{before}\n{table}{after}\n")
    assert found[0] == ("215家", "走访企业", "家")
    assert found[-1] == ("120张", "新增养老床位", "张")
    assert len(found) == 6


def test_a_unit_may_be_below_its_table_but_not_above_the_next() -> None:
    table = "项目\t预算数\t预算数比执行数增减(%)\n税收\t12\t-3.1\n非税\t3\t4.2\n"
    parsed = parse_text(f"{table}（单位：万元）\n", period=(date(2024, 1, 1), date(2024, 12, 31)))
    assert [(o.measure, o.unit, o.status) for o in parsed.observations[:2]] == [
        ("level", "元", "planned"),
        ("change_rate", "%", "planned"),
    ]
    two = parse_text(f"{table}单位：亿元\n指标\t数值\n产值\t8.5\n增加值\t2.1\n")
    assert [o.unit for o in two.observations if o.measure == "level"][:2] == [None, None]


def test_months_up_to_this_one_are_a_heading_below_a_title() -> None:
    text = (
        "指标名称\t单位\t本月\t1—本月\t1—本月同比（±%）\n"
        "用电量\t万千瓦时\t18650\t124380\t5.2\n税收收入\t万元\t13880\t101560\t-3.6\n"
    )
    parsed = parse_text(text, period=(date(2024, 1, 1), date(2024, 7, 31)))
    first = [(o.quote, o.measure, str(o.period_start)) for o in parsed.observations[:3]]
    assert first == [
        ("18650", "level", "2024-07-01"),
        ("124380", "level", "2024-01-01"),
        ("5.2", "change_rate", "2024-01-01"),
    ]
