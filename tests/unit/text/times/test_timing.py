from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.layout.outline import outline
from pipelines.text.model import Period, Quantity, Timing
from pipelines.text.times.expressions import find_times
from pipelines.text.times.timing import govern

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
HALF = Period(date(2024, 1, 1), date(2024, 6, 30))
QUARTER = Period(date(2024, 1, 1), date(2024, 3, 31))
UNITS = {"%": "ratio", "个百分点": "point", "倍": "multiple"}


def timings(marked: str, default: Period = YEAR, kind: str = "annual_summary") -> list[Timing]:
    """Timings of the figures in square brackets."""
    text, quantities = "", []
    for outside, inside in re.findall(r"([^\[]*)(?:\[([^\]]*)\])?", marked):
        text += outside
        if inside:
            start, end = len(text), len(text) + len(inside)
            dimension = next((d for unit, d in UNITS.items() if inside.endswith(unit)), "count")
            quantities.append(
                Quantity(
                    start,
                    end,
                    start,
                    end,
                    Decimal(1),
                    None,
                    None,
                    "",
                    dimension,
                    "exact",
                    "observation",
                )
            )
            text += inside
    times = find_times(text)
    return list(govern(text, outline(text), times, quantities, default, kind))


def short(timing: Timing) -> str:
    mark = timing.status[0]
    if timing.period is None:
        return f"? {mark}"
    start, end = timing.period.start, timing.period.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = f"{start:%Y}" if start.year == end.year else f"{start:%Y}-{end:%Y}"
        return f"{years} {mark}"
    return f"{start:%Y%m%d}-{end:%m%d} {mark}"


WHOLE = [
    ("report", "引进企业[5家]。", "2024 a"),
    ("clause", "引进企业[5家],6月建成桥梁[2座],修路[3条]。", "2024 a|20240601-0630 a|2024 a"),
    ("sentence", "1-9月,税收[5亿元],增长[3%];投资[2亿元]。就业[9人]。", "20240101-0930 a|" * 3),
    ("paragraph", "1-9月,税收[5亿元]。投资[2亿元]。\n就业[9人]。", "20240101-0930 a|" * 2),
    ("as of", "街道为民办事,截至10月底,服务[9人],走访[5户];发放[3元]。", "20240101-1031 a|" * 3),
    (
        "own clause goes on",
        "各项基本保障制度不断完善,2023年产值[5亿元],比2020年增加[2亿元];植树[3棵]。",
        "2023 a|2023 a|2024 a",
    ),
    ("baseline", "产值比2020年的[5亿元]增加[2亿元]。", "2020 a|2024 a"),
    ("compared", "产值[5亿元],比2020年增长[3%]。", "2024 a|2024 a"),
    ("from to with years", "占比由2014年的[63%]上升到2024年的[70%]。", "2014 a|2024 a"),
    ("from to without", "位次从[第9位]升至[第7位]。", "? a|2024 a"),
    (
        "from to in a span",
        "从2010年至2015年,甲由[5吨]增加到[8吨],乙由[2吨]增加到[3吨]。",
        "2010 a|2015 a|2010 a|2015 a",
    ),
    ("from to a place", "产量从全国[第8位]、[第4位]双双跃居[第1位]。", "? a|? a|2024 a"),
    ("no change", "自由贸易区推出[9项]成果,成为全国[5家]示范区之一。", "2024 a|2024 a"),
    ("from to lists", "甲、乙分别从[5家]、[6家]增加到[8家]、[9家]。", "? a|? a|2024 a|2024 a"),
    ("span", "覆盖率[9%],近3年提升[2个百分点],高于全国[1个百分点]。", "2024 a|2022-2024 a|2024 a"),
    ("plan word", "项目动工,预计投入[5万元]。", "? p"),
    ("plan word with time", "项目动工,计划于2026年底建成,新增泊位[5个]。", "? p"),
    ("waits", "去年,甲村动工改造。街道清运垃圾[5吨]。", "2023 a"),
    ("attribute", "2月8日,科创园动工,占地面积[5亩]。", "2024 a"),
    (
        "yearly rate",
        "2024年产值[5亿元],比2019年增长[30%],年均增长[5%]。",
        "2024 a|2024 a|2020-2024 a",
    ),
    ("multiple of a year", "投入[5亿元],是2019年的[2倍],植树[3棵]。", "2024 a|2024 a|2024 a"),
    ("ground", "在2022年较快增长的基础上,投资增长[5%]。", "2024 a"),
    (
        "part after a semicolon",
        "3月,走访[9户];8月,慰问[5户],检查[3处]。",
        "20240301-0331 a|20240801-0831 a|20240801-0831 a",
    ),
    ("since an event", "自2021年启动以来,受理[5件]。", "2021-2024 a"),
    ("after it is built", "园区预计2026年建成,建成后年产值可达[9亿元]。", "2026 p"),
    ("ground with its own figure", "在去年新建[8处]的基础上,新建[3处]。", "2023 a|2024 a"),
    ("aim above the past", "力争税收比去年同期增长[5%]。", "? p"),
    ("best since", "增速为1985年以来最高,全年补助[5元]。", "2024 a"),
    ("future year", "到2030年建成公园[5处]。", "2030 p"),
    ("rough figure of the past", "2023年产值预计增长[5%]。", "2023 a"),
]


@pytest.mark.parametrize(("marked", "expected"), [c[1:] for c in WHOLE], ids=[c[0] for c in WHOLE])
def test_whole_year(marked: str, expected: str) -> None:
    found = [short(timing) for timing in timings(marked)]
    wanted = expected.strip("|").split("|")
    assert found[: len(wanted)] == wanted


SECTIONS = [
    ("heading", "二、下半年工作计划\n建成公园[5处]。", HALF, "20240701-1231 p"),
    ("heading without time", "二、下一步工作打算\n建成公园[5处]。", HALF, "20240701-1231 p"),
    ("heading of a year", "三、2025年工作思路\n建成公园[5处]。", YEAR, "2025 p"),
    ("own time", "二、下半年工作计划\n确保年内完成体检[5人]。", HALF, "2024 p"),
    ("past inside a plan", "三、2025年工作思路\n目前已建成[5处]。", YEAR, "20240101-1231 a"),
    ("plan of a whole year", "全年计划投资[5亿元]。", HALF, "2024 p"),
    ("deadline", "7月底前项目投资完成[9亿元]以上。", HALF, "20240101-0731 p"),
    ("deadline gone by", "对2023年底以前发布的[7件]文件作了清理。", HALF, "2023 a"),
    ("plan fulfilled", "完成全年计划的[60%]。", HALF, "20240101-0630 a"),
    ("attribute inside a plan", "三、2025年工作思路\n推进总投资[5亿元]的园区。", YEAR, "2024 a"),
    (
        "attribute of what is planned",
        "三、2025年工作思路\n新建公园[2个],总面积[9亩]。",
        YEAR,
        "2025 p",
    ),
    ("attribute before a name", "投资[6亿元]的车站将于明年建成。", YEAR, "2024 a"),
    ("up to a year", "到2030年,产值达到[9亿元],城镇化率达到[60%]。", YEAR, "2030 p"),
    ("list in one paragraph", "下半年打算:1、修路[8亩]。2、建池[9口]。", HALF, "20240701-1231 p"),
    ("plan of the next quarter", "二季度计划:修路[2处];植树[3棵]。", QUARTER, "20240401-0630 p"),
    (
        "heading with a colon",
        "一、工作情况\n修路[2处]。\n下步工作计划:\n修路[3处]。",
        HALF,
        "20240701-1231 p",
    ),
    ("begun last year", "三、2025年工作思路\n去年开工的园区建成,产值可达[5亿元]。", YEAR, "2025 p"),
    ("this year so far", "今年已整改[5处]。", HALF, "20240101-0630 a"),
    ("month after the period", "1-7月,引进企业[5家]。", HALF, "20240101-0731 a"),
    ("end of the year", "[3个]楼道年底前可完工。", HALF, "2024 p"),
]


@pytest.mark.parametrize(
    ("marked", "default", "expected"), [c[1:] for c in SECTIONS], ids=[c[0] for c in SECTIONS]
)
def test_sections(marked: str, default: Period, expected: str) -> None:
    kind = "half_year_summary" if default is HALF else "annual_summary"
    assert short(timings(marked, default, kind)[-1]) == expected.replace("20240101-1231", "2024")


def test_a_change_against_the_year_before_is_of_the_last_year_of_a_review() -> None:
    text = "一、五年工作回顾\n产值增长[60%]。利用外资比上年增长[13%]。"
    found = timings(text, Period(date(2020, 1, 1), date(2024, 12, 31)), "work_report")
    assert [short(timing) for timing in found] == ["2020-2024 a", "2024 a"]


def test_this_year_in_a_work_report_is_the_year_it_is_given_in() -> None:
    marked = "三、工作安排\n今年新建学校[5所]。去年新建[3所]。"
    found = [short(timing) for timing in timings(marked, YEAR, "work_report")]
    assert found == ["2025 p", "2024 a"]


def test_a_number_of_years_under_the_heading_of_a_plan_is_that_plan() -> None:
    text = "一、“十五”计划完成情况\n五年新增就业[22人]。\n二、“十一五”目标\n五年新建公路[9里]。"
    found = timings(text, Period(date(2006, 1, 1), date(2010, 12, 31)), "plan")
    assert [short(timing) for timing in found] == ["2001-2005 a", "2006-2010 p"]


def test_a_goal_of_this_year_is_of_the_year_in_which_it_is_said() -> None:
    marked = "去年引进项目[8个]。今年的主要目标是:引进项目[9个]。"
    assert [short(t) for t in timings(marked, YEAR, "work_report")] == ["2024 a", "2025 p"]


def test_the_whole_year_in_a_paragraph_on_the_year_to_come_is_that_year() -> None:
    text = "去年引进项目[8个]。\n今年主要目标是:引进项目[9个]。全年计划新建学校[3所]。"
    found = [short(t) for t in timings(text, YEAR, "work_report")]
    assert found == ["2024 a", "2025 p", "2025 p"]


def test_what_is_done_of_a_plan_is_of_the_months_that_are_summed_up() -> None:
    text = "11月,新增就业[12人],1-11月累计[96人],完成年度目标的[96%]。"
    assert short(timings(text, YEAR)[-1]) == "20240101-1130 a"


def test_a_plan_from_end_to_end_is_given_in_its_own_year() -> None:
    marked = "今年新建学校[5所],比上年增加[2所]。"
    assert [short(t) for t in timings(marked, YEAR, "plan")] == ["2024 p", "2024 p"]


@given(st.text(alphabet="[5家]从到至由年202416月。,;今去上下半已将力争一、\n截至底", max_size=60))
def test_any_text_gives_one_timing_a_figure(text: str) -> None:
    marked = re.sub(r"[\[\]]", "", text)
    marked = re.sub(r"(\d+家)", r"[\1]", marked)
    found = timings(marked)
    assert len(found) == marked.count("[")
    assert all(
        timing.period is None or timing.period.start <= timing.period.end for timing in found
    )


def test_a_paragraph_among_plans_looks_back_on_the_years_of_the_plan_before():
    text = """三、2026年工作计划
“十四五”时期,荷湾走过了不平凡的五年。产值增加到[6亿元]。今后要力争新增泊位[90个]。"""
    found = timings(text, Period(date(2025, 1, 1), date(2025, 12, 31)), "work_report")
    assert [short(timing) for timing in found] == ["2021-2025 a", "2026 p"]


def test_dashed_paragraphs_are_told_of_the_years_of_the_one_that_they_set_out():
    text = """一、“十四五”时期和2025年工作回顾
“十四五”时期走过了不平凡的五年。2023年3月迎来了新的机遇。
——实力跃升。新建桥梁[15座]。
——生活改善。2024年改造小区[6个],新增床位[70张]。
全年新增绿地[9处]。"""
    found = timings(text, Period(date(2025, 1, 1), date(2025, 12, 31)), "work_report")
    assert [short(timing) for timing in found] == ["2021-2025 a", "2024 a", "2024 a", "2025 a"]


def test_the_year_of_what_a_change_starts_from_governs_nothing_else():
    text = "钢产量由1952年的[3吨]增加到[8吨],原煤由[4吨]增加到[9吨]。棉花产量[6吨]。"
    found = timings(text, YEAR)
    assert [short(timing) for timing in found] == ["1952 a", "2024 a", "1952 a", "2024 a", "2024 a"]


MORE = [
    (
        "later pair",
        "甲由2020年的[3吨]增加到2024年的[8吨],乙从[4吨]增加到[9吨]。",
        "2020 a|2024 a|2020 a|2024 a",
    ),
    (
        "own pair",
        "甲由2020年的[3吨]增加到2024年的[8吨];2024年,乙从[4吨]增加到[9吨]。",
        "2020 a|2024 a|? a|2024 a",
    ),
    (
        "from to proportions",
        "结构由2020年的[9.2]:[43.1]:[47.7]调整为[9]:[43.6]:[47.4]。",
        "2020 a|2020 a|2020 a|2024 a|2024 a|2024 a",
    ),
    (
        "to proportions of a year",
        "结构由[9.2]:[43.1]:[47.7]调整为2023年的[9]:[43.6]:[47.4]。",
        "? a|? a|? a|2023 a|2023 a|2023 a",
    ),
    ("an aside", "法人单位[9个],比2019年末(2019年是普查年份)增长[8%]。", "2024 a|2024 a"),
    ("the time of a head in brackets", "产值(2023年)达[9亿元]。", "2023 a"),
    ("a figure in an aside", "法人单位[9个](2023年[8个]),增长[5%]。", "2024 a|2023 a|2024 a"),
    ("an item of accounts", "上年结转收入[9亿元],上年收入[8亿元]。", "2024 a|2023 a"),
    ("to nought", "贫困率由[5%]降至零,新建道路[3处]。", "? a|2024 a"),
    ("no change", "文创园由[3处]旧厂房改建而成,入驻企业[58家]。", "2024 a|2024 a"),
    (
        "quarters",
        "一、二、三季度分别增长[4%]、[6%]和[7%]。",
        "20240101-0331 a|20240401-0630 a|20240701-0930 a",
    ),
    ("years", "2022至2024年分别增长[4%]、[6%]和[7%]。", "2022 a|2023 a|2024 a"),
    ("years and things", "2023至2024年,甲、乙分别增长[4%]、[6%]。", "2023-2024 a|2023-2024 a"),
    ("quarters and more", "一季度、上半年分别增长[4%]、[6%]。", "20240101-0331 a|20240101-0630 a"),
    ("quarters as one", "一、二季度新增企业[5家]。", "20240101-0630 a"),
    ("growth of years", "收入五年增长[30%],新建学校[3所]。", "2020-2024 a|2024 a"),
    ("no growth of years", "粮食产量连续五年增长[3%]。", "2024 a"),
    ("name of an action", "五年提升行动收官,建成村庄[260个]。", "2024 a"),
    ("aim before", "年度任务[12台],已投用[10台]。", "2024 p|2024 a"),
    ("aim behind", "增收[6亿元]的目标圆满完成,增长[3%]。", "2024 p|2024 a"),
    ("aims behind", "实现能耗降低[4%]左右、排放减少[2%]的目标。", "2024 p|2024 p"),
    ("no aim", "[85%]的改革任务落地,发展对象[5人]。", "2024 a|2024 a"),
    ("obtained", "争取到专项债券[3亿元]。", "2024 a"),
    ("after it starts", "项目完工,投产后年可新增利税[9万元]。", "? p"),
    ("thousands", "增速列全区[第4],2020年以来年均增长[9%]。", "2024 a|2020-2024 a"),
    (
        "goes through the year",
        "一季度下降[5%],上半年增长[1%]。投资[3亿元]。",
        "20240101-0331 a|20240101-0630 a|2024 a",
    ),
    (
        "a part of its time",
        "1-9月产值[5亿元],其中9月[1亿元]。投资[3亿元]。",
        "20240101-0930 a|20240901-0930 a|20240101-0930 a",
    ),
    ("and then", "2022年引进[5家];而2023年引进[9家],增长[3%]。", "2022 a|2023 a|2023 a"),
    ("day of a session", "3月8日,镇人代会开幕。会议指出,新建公厕[60座]。", "2024 a"),
    ("day of a work", "3月8日,街道集中整治。出动人员[60人]。", "20240308-0308 a"),
    ("name with a year", "2022年危旧房改造项目通过验收,全年改造[9户]。", "2024 a"),
    ("work of a year", "2022年实施项目[5个],投资[3亿元]。", "2022 a|2022 a"),
    ("the best year before", "总产[3亿斤],比历史最高的1979年增长[4%]。", "2024 a|2024 a"),
    ("carried over", "上级补助[5亿元],上年结转[1亿元]。", "2024 a|2024 a"),
    ("doubled", "总产[9斤],比1965年[翻了一番]。", "2024 a|2024 a"),
    ("begun in a year", "2022年签约的[32个]项目中,已有[28个]开工。", "2022 a|2024 a"),
    ("budget beside its result", "支出预算为[35万元],支出决算为[28万元]。", "2024 p|2024 a"),
    (
        "a month of those summed up",
        "1-5月投资增长[6%]。5月增长[7%]。行业[3个]。",
        "20240101-0531 a|20240501-0531 a|20240101-0531 a",
    ),
    ("up to now, after the year", "截至2025年7月底,整改率[85%]。", "20250101-0731 a"),
    ("this year when it is over", "2024年总产[3斤]。今年要达到[4斤]。", "2024 a|2025 p"),
    ("plan of a year to come", "2025年计划,总产[4斤],增长[5%]。", "2025 p|2025 p"),
    ("plan of the year", "完成2024年计划,总产[4斤]。", "2024 a"),
    ("since a plan began", "“十四五”规划实施以来,修路[3里]。", "2021-2024 a"),
    ("aim set against the past", "力争降到[5%],小于2022年的[8%]。", "? p|2022 a"),
    ("past plan", "2022年计划引进[5家],到位[3家]。", "2022 p|2022 p"),
    (
        "attribute of what is counted",
        "3月,签约项目[12个],总投资[36亿元]。",
        "20240301-0331 a|20240301-0331 a",
    ),
    (
        "both halves",
        "上半年开展[45场],下半年开展[62场],发放资料[3份]。",
        "20240101-0630 a|20240701-1231 a|2024 a",
    ),
    ("what a year to come plans", "2025年计划播种[6亩],总产[3斤]。", "2025 p|2025 p"),
    ("a year with its name", "总产[9斤],比建场初期的1958年增长[3%]。", "2024 a|2024 a"),
    ("rough growth", "预计年均增长[5%]。", "2024 a"),
]


@pytest.mark.parametrize(("marked", "expected"), [c[1:] for c in MORE], ids=[c[0] for c in MORE])
def test_times_of_their_own(marked: str, expected: str) -> None:
    assert [short(timing) for timing in timings(marked)] == expected.split("|")


LISTS = [
    ("2025年重点办好[6件]实事。分别是:(1)新建公厕[60座]。(2)改造[9户]。", "2025 p|2025 p|2025 p"),
    ("2025年,镇里将办好以下实事:\n1.新建公厕[60座]。\n2.改造[9户]。", "2025 p|2025 p"),
    ("2025年将办好[6件]实事。\n今年引进企业[60家]。", "2025 p|2024 a"),
    ("2024年办好[6件]实事。分别是:(1)新建公厕[60座]。", "2024 a|2024 a"),
]


@pytest.mark.parametrize(("marked", "expected"), LISTS)
def test_a_list_that_a_plan_announces(marked: str, expected: str) -> None:
    assert [short(timing) for timing in timings(marked)] == expected.split("|")


YEARLY = [
    ("二、今后五年奋斗目标\n到2029年,产值达到[9亿元],年均增长[9%]。", "2029 p|2025-2029 p"),
    ("到2030年,产值达到[9亿元],年均增长[9%]。", "2030 p|2025-2030 p"),
    ("到2030年,产值将比2020年增长[90%],年均增长[9%]。", "2030 p|2021-2030 p"),
    ("力争年均增长[9%]。", "? p"),
]


@pytest.mark.parametrize(("marked", "expected"), YEARLY)
def test_a_yearly_rate_that_is_planned(marked: str, expected: str) -> None:
    assert [short(t) for t in timings(marked, YEAR, "work_report")] == expected.split("|")


def test_a_yearly_rate_without_years_is_that_of_the_plan_about_to_begin() -> None:
    last = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert short(timings("力争年均增长[9%]。", last, "work_report")[0]) == "2026-2030 p"


FREE = [
    ("years of the plan that ends", "一、2025年工作回顾\n年均增长[5%]。", "2021-2025 a"),
    ("amounts of every year", "2025年同2020年相比,平均每年增加[5亿元]。", "2021-2025 a"),
    ("a yearly level", "PM2.5年均浓度[25微克]。", "2025 a"),
    ("a year ahead opens", "2026年,街道继续努力。\n建成公园[5处]。", "2025 a"),
    ("a year ahead opens its paragraph", "2026年,街道继续努力。建成公园[5处]。", "2026 p"),
    ("aims up to a year", "提出到2035年的目标。新增装机[5万]。", "2025 a"),
    ("ahead of time", "提前一年建成公园[5处]。", "2025 a"),
    ("months ahead of time", "公园提前2个月完工。建成公厕[5处]。", "2025 a"),
    (
        "goals of another plan",
        "三、主要目标\n为实现2035年远景目标,提出年均增长[5%]。",
        "2026-2030 p",
    ),
    ("what a draft holds", "《纲要草案》设置了指标,包括:年均增速[5%]。", "2026-2030 p"),
    ("draft of a plan", "《纲要》提出了“十五五”期间能耗降低[9%]的目标。", "2026-2030 p"),
    (
        "budget of a year",
        "一、2025年决算\n收入[5亿元]。\n二、2026年国家预算\n收入[6亿元]。",
        "2025 a|2026 p",
    ),
]


@pytest.mark.parametrize(("marked", "expected"), [c[1:] for c in FREE], ids=[c[0] for c in FREE])
def test_no_figure_is_done_after_its_report_or_yearly_in_one_year(
    marked: str, expected: str
) -> None:
    last = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert [short(t) for t in timings(marked, last, "work_report")] == expected.split("|")
