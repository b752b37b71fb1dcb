"""Which time governs a figure in reports on whole plans and on many years."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import parse_text


def timed(title: str, text: str, period: tuple[str, str]) -> list[str]:
    """The years and the status of each figure of a report: 1953-1957 p."""
    first, last = period
    found = parse_text(
        f"{title}\n各位代表:\n{text}",
        title=title,
        region="全国",
        period=(date.fromisoformat(first), date.fromisoformat(last)),
    )
    return [
        f"{one.period_start or '?':.4}-{one.period_end or '?':.4} {one.status[0]}"
        if one.period_start is None or one.period_end is None
        else f"{one.period_start.year}-{one.period_end.year} {one.status[0]}"
        for one in found.observations
    ]


RUNNING = ("国务院1982年关于第六个五年计划的报告", ("1981-01-01", "1985-12-31"))


@pytest.mark.parametrize(
    ("text", "should"),
    [
        ("五年内新建矿井28个。", ["1981-1985 p"]),
        ("这五年内,国家将拨出专款25亿元。", ["1981-1985 p"]),
        ("到1985年,粮食产量达到3.6亿吨,比1980年增长12.3%。", ["1985-1985 p"] * 2),
        ("二、工作安排\n要在全国推广重大科技成果40项。", ["1981-1985 p"]),
        ("1981年,粮食产量增长2%。", ["1981-1981 a"]),
        ("今后三年,拟引进技术3000项。", ["1983-1985 p"]),
        ("到1985年,出口总额将达到402亿元,平均每年递增8.1%。", ["1985-1985 p", "1981-1985 p"]),
    ],
)
def test_a_report_on_a_plan_that_runs(text: str, should: list[str]) -> None:
    title, period = RUNNING
    assert timed(title, text, period) == should


def test_a_report_on_years_gone_by_plans_for_the_next() -> None:
    told = timed(
        "国务院1983年政府工作报告",
        "二、工作安排\n要推广科技成果40项。",
        ("1978-01-01", "1982-12-31"),
    )
    assert told == ["1983-1983 p"]


SIX_YEARS = ("国务院1984年政府工作报告", ("1978-01-01", "1983-12-31"))
ONE_YEAR = ("国务院2011年政府工作报告", ("2010-01-01", "2010-12-31"))
THREE_YEARS = ("国务院1978年政府工作报告", ("1975-01-01", "1977-12-31"))


@pytest.mark.parametrize(
    ("report", "text", "should"),
    [
        (SIX_YEARS, "前四年内,能源消费总量平均每年增长2%。", ["1978-1981 a"]),
        (ONE_YEAR, "二、今后的安排\n新建学校5所。", ["2011-2011 p"]),
        (
            ONE_YEAR,
            "二、工作安排\n今年形势复杂。过去一年,工作取得了成绩。新增就业1168万人。",
            ["2010-2010 a"],
        ),
        (ONE_YEAR, "二、工作安排\n今年形势复杂。要新增就业900万人。", ["2011-2011 p"]),
        (ONE_YEAR, "二、工作安排\n五年新增装机6500万千瓦。", ["2011-2015 p"]),
        (ONE_YEAR, "二、工作安排\n要增加投入。全国有24万户小企业。", ["2010-2010 a"]),
        (ONE_YEAR, "二、工作安排\n要增加投入。新建小企业24户。", ["2011-2011 p"]),
        (ONE_YEAR, "二、工作安排\n要在一个13亿人口的国家推进改革。", ["2010-2010 a"]),
        (
            ONE_YEAR,
            "二、工作安排\n部门共59个,比现有的86个减少27个。",
            ["2011-2011 p", "2010-2010 a", "2011-2011 p"],
        ),
        (ONE_YEAR, "2008年和2009年两年造林5亿亩。", ["2008-2009 a"]),
        (ONE_YEAR, "2008年和2009年分别造林5亿亩和6亿亩。", ["2008-2008 a", "2009-2009 a"]),
        (
            SIX_YEARS,
            "二、工作安排\n要抓紧重点建设。“六五”计划安排的大中型项目共890个。",
            ["1981-1985 p"],
        ),
        (ONE_YEAR, "总产值达到628亿元(按2005年不变价格计算)。", ["2010-2010 a"]),
        (ONE_YEAR, "贫困标准提高到2300元(2009年不变价)。", ["2010-2010 a"]),
        (
            ONE_YEAR,
            "2006年到2010年投资累计完成487亿元,超过计划总投资额14%。",
            ["2006-2010 a", "2006-2010 a"],
        ),
        (ONE_YEAR, "下半年投资增长加快,全年增长19%,存款增长14%。", ["2010-2010 a"] * 2),
        (ONE_YEAR, "二、工作安排\n争取用三年时间,解决750万户家庭的住房。", ["2011-2013 p"]),
        (ONE_YEAR, "高等学校毕业生,第十个五年合计为28万人。", ["2001-2005 a"]),
        (THREE_YEARS, "二、工作安排\n争取在三年内使自然增长率降到1%以下。", ["1978-1980 p"]),
    ],
)
def test_years_that_a_plan_looks_back_on_or_ahead(
    report: tuple[str, tuple[str, str]], text: str, should: list[str]
) -> None:
    assert timed(report[0], text, report[1]) == should
