"""What was planned beside what was done of it, and what is left to do in the middle of a year."""

from __future__ import annotations

import pytest

from pipelines import parse_text

YEAR = "柳溪镇2022年工作总结"
EIGHT = "柳溪开发区2024年1-8月工作情况"


def timed(title: str, text: str) -> list[str]:
    """Of each figure behind the title: its number, its period, and p for a plan or a."""
    found = []
    for row in parse_text(f"{title}\n{text}", file_name="t.txt").observations:
        if row.start <= len(title):
            continue
        days = f"{row.period_start}..{row.period_end}" if row.period_start else "none"
        days = days.replace("-01-01..", "-").replace("-12-31", "")
        found.append(f"{row.quote} {days} {row.status[0]}")
    return found


@pytest.mark.parametrize(
    ("title", "text", "should"),
    [
        pytest.param(
            YEAR,
            "计划招引教师120名,实际到岗133名。",
            ["120名 2022-2022 p", "133名 2022-2022 a"],
            id="head-of-clause",
        ),
        pytest.param(
            YEAR,
            "全年计划集中签约项目8个,已签约9个。",
            ["8个 2022-2022 p", "9个 2022-2022 a"],
            id="behind-a-time",
        ),
        pytest.param(
            YEAR,
            "计划修路6公里;已建公园3个。",
            ["6公里 none p", "3个 2022-2022 a"],
            id="not-across-a-semicolon",
        ),
        pytest.param(
            YEAR, "完成计划的85%,超计划12个。", ["85% 2022-2022 a", "12个 2022-2022 a"], id="noun"
        ),
        pytest.param(
            YEAR,
            "新增就业210名,超年度任务10名。",
            ["210名 2022-2022 a", "10名 2022-2022 a"],
            id="beyond",
        ),
        pytest.param(YEAR, "实施燎原计划资助学生12人。", ["12人 2022-2022 a"], id="name"),
        pytest.param(
            EIGHT,
            "年度计划投资96亿元,截至8月底完成71亿元;计划新开工项目15个,目前已开工13个。",
            [
                "96亿元 2024-2024 p",
                "71亿元 2024-2024-08-31 a",
                "15个 2024-2024 p",
                "13个 2024-2024-08-31 a",
            ],
            id="part-of-a-year",
        ),
        pytest.param(
            YEAR,
            "计划将招生由2021年的31人增加到2025年的55人。",
            ["31人 2021-2021 a", "55人 2025-2025 p"],
            id="starts-from-what-was",
        ),
    ],
)
def test_a_plan_and_what_came_of_it(title: str, text: str, should: list[str]) -> None:
    assert timed(title, text) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param("【下月计划】走访企业20户,更新设施5处。", "pp", id="brackets"),
        pytest.param("下一步工作打算:走访企业20户。更新设施5处。", "pp", id="colon"),
        pytest.param("【检查情况】走访企业20户。更新设施5处。", "aa", id="told"),
        pytest.param("【下月计划】走访企业20户。\n更新设施5处。", "pa", id="its-paragraph-alone"),
        pytest.param(
            "工作中还存在人才缺乏等问题,全站核定编制35名,缺编11名。2023年,我们将力争新建公园5处,"
            "必须继续努力,要新改造道路6条,进一步做好服务。",
            "aapp",
            id="turns-within-a-paragraph",
        ),
    ],
)
def test_a_paragraph_says_what_it_is_for(text: str, should: str) -> None:
    assert "".join(line[-1] for line in timed(YEAR, text)) == should


HALF = "柳溪街道2023年上半年工作总结及下半年工作打算\n二、下半年工作打算"


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "确保全年收入增长9%;新建公厕3座,年内改造小区2个;产值突破7亿元。",
            ["9% 2023-2023 p", "3座 2023-07-01..2023 p", "2个 2023-2023 p", "7亿元 2023-2023 p"],
            id="works-behind-a-semicolon",
        ),
        pytest.param(
            "确保全年收入增长9%;财政支出达到7亿元。新建公厕3座。",
            ["9% 2023-2023 p", "7亿元 2023-2023 p", "3座 2023-07-01..2023 p"],
            id="works-in-the-next-sentence",
        ),
        pytest.param(
            "9月投用学校5所,新增学位600个;再招聘教师80名。",
            [
                "5所 2023-09-01..2023-09-30 p",
                "600个 2023-09-01..2023-09-30 p",
                "80名 2023-07-01..2023 p",
            ],
            id="month-of-its-part",
        ),
        pytest.param(
            "9月份,投用学校5所;招聘教师80名。",
            ["5所 2023-09-01..2023-09-30 p", "80名 2023-09-01..2023-09-30 p"],
            id="month-of-the-sentence",
        ),
    ],
)
def test_the_rest_of_a_year(text: str, should: list[str]) -> None:
    assert timed(HALF, text) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "年末生猪存栏13万头,恢复到2017年末的九成。",
            ["13万头 2022-2022 a", "九成 2022-2022 a"],
            id="part-of-a-year-before",
        ),
        pytest.param(
            "安排资金17亿元,是2020年的2.2倍,全年建成住房432套。",
            ["17亿元 2022-2022 a", "2.2倍 2022-2022 a", "432套 2022-2022 a"],
            id="multiple-of-a-year-before",
        ),
        pytest.param("2021年的九成居民参保。", ["九成 2021-2021 a"], id="of-that-year-itself"),
    ],
)
def test_a_year_that_a_part_is_of(text: str, should: list[str]) -> None:
    assert timed(YEAR, text) == should


@pytest.mark.parametrize(
    ("text", "should"),
    [
        pytest.param(
            "PM2.5年均浓度36微克/立方米、同比下降5%。",
            ["36微克/立方米 2020-2020 a", "5% 2020-2020 a"],
            id="name",
        ),
        pytest.param("收入年均增长5%。", ["5% 2016-2020 a"], id="rate"),
    ],
)
def test_a_yearly_level_is_no_yearly_rate(text: str, should: list[str]) -> None:
    title = "柳溪县五年工作回顾(2016-2020年)"
    assert timed(title, f"2020年,{text}") == should


def test_a_year_to_come_governs_past_its_comma() -> None:
    plan = "柳溪县2017年工作计划"
    text = "全年铺排项目120个;力争到2020年,规模以上企业达到300户。"
    assert timed(plan, text) == ["120个 2017-2017 p", "300户 2020-2020 p"]
