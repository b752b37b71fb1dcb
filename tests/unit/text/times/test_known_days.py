"""What was over when a report was given, what is due by a day, and what ends a part of a year."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import parse_text

YEAR = "柳溪县2022年工作总结"
NEXT = "三、2023年工作安排\n"
GIVEN_LATE = (
    "关于柳溪县2022年财政决算(草案)的报告\n——2023年7月26日在县人大常委会第九次会议上\n"
    "各位委员:\n一、2022年决算情况\n收入完成9亿元。\n三、下一步工作\n"
)
HALF = "柳溪街道2023年上半年工作总结及下半年工作计划\n三、下半年工作计划\n"
QUARTERS = "柳溪县2022年前三季度工作总结\n一、工作情况\n完成产值3亿元。\n"


def timed(text: str, above: str = YEAR) -> list[str]:
    """Of each figure below some lines: its number, its period, and p for a plan or a."""
    start = len(above)
    found = []
    for row in parse_text(f"{above}\n{text}", file_name="t.txt").observations:
        if row.start > start:
            days = f"{row.period_start}..{row.period_end}" if row.period_start else "none"
            days = days.replace("-01-01..", "-").replace("-12-31", "")
            found.append(f"{row.quote} {days} {row.status[0]}")
    return found


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param("2023年上半年,收入完成5亿元。", ["5亿元 2023-2023-06-30 a"], id="over"),
        pytest.param("1-6月,收入完成5亿元。", ["5亿元 2023-2023-06-30 a"], id="months-over"),
        pytest.param("下半年,收入达到5亿元。", ["5亿元 2023-07-01..2023 p"], id="to-come"),
        pytest.param("全年收入达到5亿元。", ["5亿元 2023-2023 p"], id="the-year"),
        pytest.param(
            "下半年,抓好以下工作:确保全年收入达到9亿元;力争引进资金6亿元;压减支出5%。",
            ["9亿元 2023-2023 p", "6亿元 2023-07-01..2023 p", "5% 2023-07-01..2023 p"],
            id="the-year-ends-at-a-semicolon",
        ),
    ],
)
def test_what_was_over_when_a_report_was_given(text: str, should: list[str]) -> None:
    assert timed(text, GIVEN_LATE) == should


def test_a_day_of_publication_years_later_makes_no_plan_done() -> None:
    above = "发布时间:2025-03-01\n柳溪县2021年政府工作报告\n二、2021年工作安排"
    assert timed("上半年建成公园3个。", above) == ["3个 2021-2021-06-30 p"]


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "9月底前完成旧改5个,加装电梯7部。新建公厕3座。",
            ["5个 2023-2023-09-30 p", "7部 2023-2023-09-30 p", "3座 2023-07-01..2023 p"],
            id="due",
        ),
        pytest.param(
            "三季度,完成旧改5个。新建公厕3座。",
            ["5个 2023-07-01..2023-09-30 p", "3座 2023-07-01..2023-09-30 p"],
            id="a-time-goes-on",
        ),
    ],
)
def test_a_day_on_which_something_is_due(text: str, should: list[str]) -> None:
    assert timed(text, HALF) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "上半年,清理楼道37处。改造涉及居民楼7栋,10月底完工。分类覆盖率达到80%。",
            ["37处 2022-2022-06-30 a", "7栋 2022-2022 a", "80% 2022-2022 a"],
            id="gone-past",
        ),
        pytest.param(
            "1-9月,完成产值6亿元。投资增长5%,其中9月增长6%。出口增长7%。",
            [
                "6亿元 2022-2022-09-30 a",
                "5% 2022-2022-09-30 a",
                "6% 2022-09-01..2022-09-30 a",
                "7% 2022-2022-09-30 a",
            ],
            id="within",
        ),
        pytest.param(
            "上半年,清理楼道37处。与2021年10月相比,投诉减少7件。",
            ["37处 2022-2022-06-30 a", "7件 2022-2022-06-30 a"],
            id="another-year",
        ),
    ],
)
def test_a_paragraph_goes_past_the_part_of_a_year_that_opens_it(
    text: str, should: list[str]
) -> None:
    assert timed(text) == should


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("二、四季度工作安排", "2022-10-01..2022"),
        ("三、四季度重点工作", "2022-10-01..2022"),
    ],
)
def test_the_number_of_a_heading_is_no_quarter(heading: str, days: str) -> None:
    assert timed("推动10户企业复产。", f"{QUARTERS}{heading}") == [f"10户 {days} p"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("一、二季度新增企业5家。", "2022-2022-06-30"),
        ("今年一、二季度工作取得进展,新增企业5家。", "2022-2022-06-30"),
    ],
)
def test_two_quarters_are_no_numbered_heading(text: str, days: str) -> None:
    assert timed(text) == [f"5家 {days} a"]


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "绿化率由五年前的35%提高到41%。", ["35% 2017-2017 a", "41% 2022-2022 a"], id="from"
        ),
        pytest.param("十年前,全县只有公园3个。", ["3个 2012-2012 a"], id="opens"),
        pytest.param("产值比十年前增加5亿元。", ["5亿元 2022-2022 a"], id="base"),
        pytest.param("学前三年毛入园率95%。", ["95% 2022-2022 a"], id="stage-of-school"),
        pytest.param("提前两年建成公园3个。", ["3个 2022-2022 a"], id="earlier"),
        pytest.param("前三年建成公园3个。", ["3个 2019-2021 a"], id="years-before"),
        pytest.param(
            "“五年前,这里是荒地。”如今入驻企业58家。", ["58家 2022-2022 a"], id="of-its-sentence"
        ),
    ],
)
def test_so_many_years_ago(text: str, should: list[str]) -> None:
    assert timed(text) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "产值9亿元,增长4.1%(计划目标为5%左右),其中:税收8亿元,增长3%。", "aapaa", id="bracket"
        ),
        pytest.param("新建公园3个(计划改造5个),改造道路7条。", "apa", id="behind"),
        pytest.param("计划新建公园3个(其中改建1个)、道路7条。", "ppp", id="from-outside"),
        pytest.param("(计划)新建公园3个,改造道路7条。", "aa", id="before"),
    ],
)
def test_what_a_bracket_says_holds_inside_it(text: str, should: str) -> None:
    assert "".join(line[-1] for line in timed(text)) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param("引进项目5个,实际到位资金2亿元以上。", "pp", id="a-name"),
        pytest.param("实际利用外资3000万美元,增长5%。", "pp", id="head"),
        pytest.param("计划改造6座,实际完成7座。", "pa", id="sets-off-a-plan"),
    ],
)
def test_what_is_called_real_in_a_plan(text: str, should: str) -> None:
    assert "".join(line[-1] for line in timed(text, f"{YEAR}\n{NEXT}")) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        ("工业总产值计划完成102%,增长3%。", "aa"),
        ("计划完成投资9亿元,增长3%。", "pp"),
        ("计划完成率102%。", "a"),
        ("按纲要计算,粮食产量应该有9万吨。", "p"),
        ("粮食产量应该说有了提高,达到9万吨。", "a"),
    ],
)
def test_how_far_a_plan_is_done(text: str, should: str) -> None:
    assert "".join(line[-1] for line in timed(text)) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "8月18日集中开工的11个项目,总投资8亿元。",
            ["11个 2022-08-18..2022-08-18 a", "8亿元 2022-08-18..2022-08-18 a"],
            id="of-what-a-day-began",
        ),
        pytest.param(
            "党群中心5月启用,面积420平方米。", ["420平方米 2022-2022 a"], id="of-a-named-thing"
        ),
        pytest.param(
            "5月,党群中心启用,面积420平方米。",
            ["420平方米 2022-05-01..2022-05-31 a"],
            id="the-sentence-opens-with-its-time",
        ),
        pytest.param(
            "5月,新建公园3个,面积20亩。",
            ["3个 2022-05-01..2022-05-31 a", "20亩 2022-05-01..2022-05-31 a"],
            id="of-things-counted",
        ),
        pytest.param(
            "5月,新建公园3个,北湖总面积9亩。",
            ["3个 2022-05-01..2022-05-31 a", "9亩 2022-2022 a"],
            id="of-another-thing",
        ),
    ],
)
def test_the_time_of_what_a_thing_measures(text: str, should: list[str]) -> None:
    assert timed(text) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        ("安排工程150项,其中产业类项目78项、总投资12亿元。", "ppp"),
        ("该片区涉及住户460户、占地320亩,力争年底前签约85%。", "pap"),
        ("新建公园2个,总面积9亩。", "pp"),
        ("新建公园2个,北湖总面积9亩。", "pa"),
    ],
)
def test_what_planned_things_measure(text: str, should: str) -> None:
    assert "".join(line[-1] for line in timed(text, f"{YEAR}\n{NEXT}")) == should


@pytest.mark.parametrize(
    ("opening", "years"),
    [
        ("“十四五”时期是柳溪极不平凡的五年。", (2021, 2025)),
        ("过去五年,是大步向前的五年。", (2021, 2025)),
        ("“十四五”时期,新建公园5个。", (2025, 2025)),
    ],
)
def test_years_that_are_called_years_open_a_review(opening: str, years: tuple[int, int]) -> None:
    above = f"2026年柳溪省政府工作报告\n一、“十四五”时期和2025年工作回顾\n{opening}"
    text = f"{above}\n(一)经济实力显著增强。进出口达到9亿元。"
    row = parse_text(text).observations[-1]
    assert (row.period_start, row.period_end) == (date(years[0], 1, 1), date(years[1], 12, 31))


@pytest.mark.parametrize(
    ("opening", "status"),
    [
        ("现将一年来的工作情况和明年打算报告如下:", "a"),
        ("现将今年工作总结及2023年工作计划汇报如下:", "a"),
        ("现将2022年完成情况和下一步安排通报如下:", "a"),
        ("明年,主要目标如下:", "p"),
        ("现将2023年工作打算报告如下:", "p"),
    ],
)
def test_what_an_opening_announces(opening: str, status: str) -> None:
    (line,) = timed("一、新建公园\n新建公园3个。", f"{YEAR}\n{opening}")
    assert line[-1] == status
