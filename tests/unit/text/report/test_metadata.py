"""What a report says of itself."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import lexicon
from pipelines.reading.clean import clean
from pipelines.reading.decode import decode
from pipelines.text.model import Period
from pipelines.text.report.metadata import read_metadata, with_known

SHARED = Path(__file__).resolve().parents[5] / "shared"
KINDS = {
    "work_report",
    "half_year_summary",
    "annual_summary",
    "plan",
    "communique",
    "other",
}

HALF = """翠苑街道2023年上半年工作总结
发布日期:2023-07-12 09:30 来源:翠苑街道
今年以来,翠苑街道在西湖区委领导下稳步前行,杭州市考核列前。
一、上半年工作回顾
新增岗位120个。"""

SPEECH = """政府工作报
告
——2024年1月20日在余姚市第十八届人民代表大会第三次会议上
各位代表:
现在报告工作。
一、2023年工作回顾
全市财政增收。"""


def test_a_half_year_summary() -> None:
    found = read_metadata(HALF, "7.txt")
    assert found.title == "翠苑街道2023年上半年工作总结"
    assert found.region_path == "浙江省/杭州市/西湖区/翠苑街道"
    assert found.region_level == "township"
    assert found.report_kind == "half_year_summary"
    assert found.period is not None
    assert (found.period.start, found.period.end) == (date(2023, 1, 1), date(2023, 6, 30))
    assert found.published_on == date(2023, 7, 12)


def test_a_speech_with_a_bare_title() -> None:
    found = read_metadata(SPEECH, "")
    assert found.title == "余姚市2024年政府工作报告"
    assert found.region_path == "浙江省/宁波市/余姚市"
    assert found.report_kind == "work_report"
    assert found.period is not None
    assert found.period.start == date(2023, 1, 1)
    assert found.published_on == date(2024, 1, 20)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年国民经济和社会发展统计公报", "communique"),
        ("2024年政府工作报告", "work_report"),
        ("2024年半年度工作总结", "half_year_summary"),
        ("2024年重点工作总结", "annual_summary"),
        ("2024年工作要点", "plan"),
        ("柳溪街道2023年工作安排", "plan"),
        ("柳溪市国民经济和社会发展第十四个五年规划纲要", "plan"),
        ("2020年预算执行和2021年预算草案的报告", "work_report"),
        ("关于2022年省级决算的报告", "work_report"),
        ("柳溪县2021年财政决算(草案)的报告", "work_report"),
        ("柳溪县道路工程竣工决算情况", "other"),
        ("柳溪市2024年政府工作主要任务分解方案", "plan"),
        ("2020年重点工作完成情况", "other"),
        ("柳溪街道2020年重点工作", "plan"),
        ("柳溪街道2020年重点工作汇报", "other"),
        ("柳溪街道2020年上半年重点工作汇报", "half_year_summary"),
        ("关于制定第十四个五年规划的建议", "plan"),
        ("2020年一季度重点工作完成情况及二季度工作计划", "other"),
        ("柳溪镇2026年十件民生实事", "plan"),
        ("柳溪镇2025年十件民生实事完成情况", "other"),
        ("关于2023年民生实事项目安排的通知", "plan"),
    ],
)
def test_kind_by_title(title: str, kind: str) -> None:
    assert read_metadata(f"{title}\n一、开头。\n正文。", "x").report_kind == kind


def test_the_gazette_that_prints_a_report_is_not_its_title() -> None:
    title = "关于柳溪市2022年国民经济和社会发展计划执行情况的报告"
    found = read_metadata(
        f"柳溪市人民政府公报\n2023年第3期\n{title}\n各位代表:\n2022年,增长5%。", "x"
    )
    assert (found.title, found.report_kind) == (title, "work_report")
    bulletin = read_metadata("柳溪市第七次人口普查公报\n2020年,常住人口31万人。", "x")
    assert bulletin.report_kind == "communique"


@pytest.mark.parametrize(
    ("opening", "file_name", "kind"),
    [
        ("2019年,在县委的坚强领导下,柳溪镇实现税收3亿元。", "x", "annual_summary"),
        ("柳溪镇实现税收3亿元,新建公厕6座。", "柳溪-2023h1", "half_year_summary"),
        ("柳溪镇实现税收3亿元,新建公厕6座。", "柳溪-2023q1", "other"),
    ],
)
def test_the_kind_of_a_text_without_a_title(opening: str, file_name: str, kind: str) -> None:
    assert read_metadata(opening, file_name).report_kind == kind


def test_a_title_of_year_and_kind_alone_is_completed() -> None:
    found = read_metadata("2023年度工作总结\n今年,留下街道努力。留下街道第一,杭州领先。", "x")
    assert found.title == "留下街道2023年工作总结"


@pytest.mark.parametrize("opening", sorted(lexicon.words("salutations")))
def test_a_speech_is_a_work_report(opening: str) -> None:
    speech = f"{opening}:\n过去的工作得到支持,财政收入完成3亿元。"
    assert read_metadata(speech, "x.txt").report_kind == "work_report"
    assert read_metadata(speech.replace(opening, "导语"), "x.txt").report_kind == "other"


def test_the_line_of_a_session_is_no_title() -> None:
    text = (
        "2016年12月13日在青山县第十七届人民代表大会第一次会议上\n各位代表:\n"
        "一、过去五年工作回顾\n2016年实现生产总值132亿元。"
    )
    found = read_metadata(text, "x.txt")
    assert found.published_on == date(2016, 12, 13)
    assert found.period is not None
    assert (found.period.start.year, found.period.end.year) == (2012, 2016)


def test_months_of_a_title_are_no_day_of_publication() -> None:
    assert read_metadata("全市2021年1-10月就业完成情况通报\n正文。", "x").published_on is None


@pytest.mark.parametrize(
    ("title", "planned"),
    [("2026年政府工作报告", True), ("2025年预算执行情况和2026年预算草案的报告", False)],
)
def test_a_title_makes_a_plan_of_the_year_that_it_names_alone(title: str, planned: bool) -> None:
    year = 2026 if planned else 2025
    known = with_known(
        read_metadata("各位代表:\n正文。", ""),
        "各位代表:\n正文。",
        region=None,
        title=title,
        period=Period(date(year, 1, 1), date(year, 12, 31)),
    )
    assert (known.report_kind == "plan") is planned


@pytest.mark.parametrize(
    ("title", "below", "kind"),
    [
        (
            "柳溪镇二〇一一年政府工作报告",
            "(2012年1月9日在镇人代会上)\n2011年,新建公厕3座。",
            "work_report",
        ),
        ("柳溪镇2011年政府工作报告", "一、2011年工作回顾\n新建公厕3座。", "work_report"),
        ("柳溪镇2011年政府工作报告", "(2011年1月9日在镇人代会上)\n新建公厕3座。", "plan"),
        ("柳溪镇2011年政府工作报告", "二、主要目标\n新建公厕3座。", "plan"),
        ("柳溪县2011年十件民生实事", "新建公厕3座。", "plan"),
        ("关于柳溪县2011年财政决算(草案)的报告", "一、2011年财政决算\n收入9亿元。", "work_report"),
    ],
)
def test_a_year_that_a_text_looks_back_on_is_not_planned(title: str, below: str, kind: str) -> None:
    text = f"{title}\n各位代表:\n{below}" if kind == "plan" else f"{title}\n{below}"
    year = Period(date(2011, 1, 1), date(2011, 12, 31))
    known = with_known(read_metadata(text, "x"), text, region=None, title=title, period=year)
    assert known.report_kind == kind


def test_an_impossible_day_is_none() -> None:
    assert read_metadata("工作总结\n发布日期:2023-02-30\n正文。", "x").published_on is None


def test_nothing_known() -> None:
    found = read_metadata("一些文字。", "")
    assert found.title is None
    assert found.region_path is None
    assert found.period is None
    assert found.report_kind == "other"


@given(st.text(max_size=200), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str, file_name: str) -> None:
    found = read_metadata(clean(text).text, file_name)
    assert found.report_kind in KINDS
    assert (found.region_path is None) == (found.region_level is None)
    assert found.period is None or found.period.start <= found.period.end


def _reports() -> list[Path]:
    return sorted(SHARED.glob("reports/*.txt"))


@pytest.mark.skipif(not _reports(), reason="the shared reports are not here")
def test_the_default_periods_of_the_annotated_reports() -> None:
    for path in _reports():
        lines = (SHARED / "gold" / f"{path.stem}.jsonl").read_text("utf-8").splitlines()
        spans = Counter((row["period_start"], row["period_end"]) for row in map(json.loads, lines))
        found = read_metadata(clean(decode(path.read_bytes(), path.name).raw).text, path.name)
        assert found.period is not None, path.name
        stated = (found.period.start.isoformat(), found.period.end.isoformat())
        assert stated == spans.most_common(1)[0][0], path.name
        assert found.region_level == "township", path.name
        assert found.region_path, path.name
        assert found.region_path.startswith("浙江省/杭州市/"), path.name


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared corpus is not here")
def test_every_report_of_the_corpus_has_region_and_period() -> None:
    for path in sorted((SHARED / "corpus").glob("*.txt")):
        given_in, place = path.stem.split("-")
        found = read_metadata(clean(decode(path.read_bytes(), path.name).raw).text, path.name)
        assert found.region_path == ("全国" if place == "国务院" else place), path.name
        assert found.report_kind == "work_report", path.name
        assert found.period is not None, path.name
        # The year before, but for reports on a five-year plan still running.
        ends = found.period.end.year
        assert ends == int(given_in) - 1 or ends - found.period.start.year == 4, path.name
