from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.layout.document import Part, read_document
from pipelines.text.layout.outline import outline
from pipelines.text.model import Period
from pipelines.text.times import expressions
from pipelines.text.times.expressions import find_times
from pipelines.text.times.in_sentence import DatedTime, times_of
from pipelines.text.times.reader import read_time

YEAR_2025 = Period(date(2025, 1, 1), date(2025, 12, 31))


def read_times(text: str, default: Period | None) -> list[DatedTime]:
    """The times of a summary of the period that name days, sentence by sentence."""
    sentences = outline(text)
    document = read_document(text, sentences, default, "annual_summary")
    found = find_times(text)
    return [
        time
        for sentence in sentences
        for time in times_of(
            text,
            sentence,
            [t for t in found if sentence.start <= t.start < sentence.end],
            document.report,
            Part("actual", None, "words"),
        )
    ]


CASES = [
    ("2023年", "2023年", "2023-01-01", "2023-12-31"),
    ("在一九五四年，", "一九五四年", "1954-01-01", "1954-12-31"),
    ("一九八○年的", "一九八○年", "1980-01-01", "1980-12-31"),
    ("二〇二一年度", "二〇二一年度", "2021-01-01", "2021-12-31"),
    ("98年底", "98年底", "1998-01-01", "1998-12-31"),
    ("今年", "今年", "2025-01-01", "2025-12-31"),
    ("比上年", "上年", "2024-01-01", "2024-12-31"),
    ("明年", "明年", "2026-01-01", "2026-12-31"),
    ("从一九五三年到一九五七年", "从一九五三年到一九五七年", "1953-01-01", "1957-12-31"),
    ("1953年至1980年的二十八年间", "1953年至1980年的二十八年间", "1953-01-01", "1980-12-31"),
    ("2021—2025年", "2021—2025年", "2021-01-01", "2025-12-31"),
    ("1998-99年", "1998-99年", "1998-01-01", "1999-12-31"),
    ("1949年以来", "1949年以来", "1949-01-01", "2025-12-31"),
    ("从2005年开始连续", "从2005年开始", "2005-01-01", "2025-12-31"),
    ("近3年", "近3年", "2023-01-01", "2025-12-31"),
    ("过去的五年中", "过去的五年中", "2021-01-01", "2025-12-31"),
    ("两年来", "两年来", "2024-01-01", "2025-12-31"),
    ("五年累计完成", "五年", "2021-01-01", "2025-12-31"),
    ("未来五年", "未来五年", "2026-01-01", "2030-12-31"),
    ("上半年", "上半年", "2025-01-01", "2025-06-30"),
    ("2024年下半年", "2024年下半年", "2024-07-01", "2024-12-31"),
    ("前三季度", "前三季度", "2025-01-01", "2025-09-30"),
    ("1—9月", "1—9月", "2025-01-01", "2025-09-30"),
    ("今年1至6月", "今年1至6月", "2025-01-01", "2025-06-30"),
    ("前11个月", "前11个月", "2025-01-01", "2025-11-30"),
    ("2月份", "2月份", "2025-02-01", "2025-02-28"),
    ("2026-02-01", "2026-02-01", "2026-02-01", "2026-02-01"),
    ("截至2025/6/30", "截至2025/6/30", "2025-01-01", "2025-06-30"),
    ("6月下旬", "6月下旬", "2025-06-21", "2025-06-30"),
    ("截至10月底", "截至10月底", "2025-01-01", "2025-10-31"),
    ("截止6月30日", "截止6月30日", "2025-01-01", "2025-06-30"),
    ("今年以来", "今年以来", "2025-01-01", "2025-12-31"),
    ("截至目前", "截至目前", "2025-01-01", "2025-12-31"),
    ("6月27日", "6月27日", "2025-06-27", "2025-06-27"),
    ("6月3日至9日", "6月3日至9日", "2025-06-03", "2025-06-09"),
    ("五月一日", "五月一日", "2025-05-01", "2025-05-01"),
    ("1月1日至6月30日", "1月1日至6月30日", "2025-01-01", "2025-06-30"),
    ("“十四五”期间", "“十四五”期间", "2021-01-01", "2025-12-31"),
    ("十三五时期", "十三五时期", "2016-01-01", "2020-12-31"),
    ("第一个五年计划期间", "第一个五年计划期间", "1953-01-01", "1957-12-31"),
    ("解放以来", "解放以来", "1949-10-01", "2025-12-31"),
    ("到2025年底前", "到2025年底前", "2025-01-01", "2025-12-31"),
    ("年内", "年内", "2025-01-01", "2025-12-31"),
    ("到本世纪末", "本世纪末", "2100-01-01", "2100-12-31"),
]


@pytest.mark.parametrize(("text", "surface", "start", "end"), CASES, ids=[c[0] for c in CASES])
def test_reads_an_expression(text: str, surface: str, start: str, end: str) -> None:
    (time,) = read_times(text, YEAR_2025)
    assert text[time.start : time.end] == surface
    assert time.period == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("text", ["去年同期", "8:30", "上午9时", "2020年之前"])
def test_a_reference_has_no_days(text: str) -> None:
    (time,) = find_times(text)
    assert (time.start, time.end) == (0, len(text))
    assert read_times(text, YEAR_2025) == []


@pytest.mark.parametrize(
    "text",
    [
        "连续十三年",
        "贷款期限3年",
        "14天",
        "三年级",
        "1846人",
        "建成后年产值",
        "以前年度",
        "十个月大",
        "“八五”普法",
        "2026-13-01",
        "全面普及,九年义务教育巩固率提高",
        "学前三年毛入园率提高",
        "三次产业之比为5.6:48.2:46.2",
        "编号2026-02-013",
    ],
)
def test_a_length_of_time_is_no_time(text: str) -> None:
    assert read_times(text, YEAR_2025) == []


def test_a_proportion_is_no_time_of_day() -> None:
    assert find_times("三次产业之比为5.6:48.2:46.2。") == ()


@pytest.mark.parametrize(
    "text",
    [
        "0年以来",
        "近0年",
        "前00年",
        "今后零年",
        "0年上半年",
        "截至202\n0年底",
        "13月",
        "2025年2月30日",
        "2020年至2010年",
    ],
)
@pytest.mark.parametrize("default", [YEAR_2025, None], ids=["2025", "no default"])
def test_a_time_that_cannot_be_is_no_backward_period(text: str, default: Period | None) -> None:
    for time in read_times(f"{text},走访企业15家。", default):
        assert time.period.start <= time.period.end


@pytest.mark.parametrize(
    ("text", "first"), [("八十年代", 1980), ("20年代", 2020), ("二十世纪20年代", 1920)]
)
def test_a_decade_is_the_last_that_had_begun_unless_its_century_is_named(
    text: str, first: int
) -> None:
    period = Period(date(first, 1, 1), date(first + 9, 12, 31))
    assert read_time("decade", text, YEAR_2025, None, None) == ("decade", period, None)


def test_no_years_are_no_period() -> None:
    assert len(find_times("近0年,走访企业15家。")) == 1
    assert read_times("近0年,走访企业15家。", YEAR_2025) == []


def test_listed_years_share_the_word_of_the_last() -> None:
    text = "1978、1980、1981年连续增产"
    times = read_times(text, YEAR_2025)
    assert [text[time.start : time.end] for time in times] == ["1978", "1980", "1981年"]
    assert [time.period.start.year for time in times] == [1978, 1980, 1981]


def test_a_month_belongs_to_the_year_named_in_its_sentence() -> None:
    times = read_times("2023年开工，6月完工。6月又开工。", YEAR_2025)
    assert [time.period.start.year for time in times] == [2023, 2023, 2025]


def test_without_a_default_only_full_dates_are_known() -> None:
    text = "2023年，上半年，去年"
    known = [text[time.start : time.end] for time in read_times(text, None)]
    assert known == ["2023年", "上半年"]


LETTERS = "0129一二三四五六九十〇○两今去上下前近年月日季度半底末初至到—-、的来以期间“”第个"


@given(st.text(alphabet=LETTERS, max_size=40))
def test_any_text_gives_ordered_disjoint_spans(text: str) -> None:
    position = 0
    for time in find_times(text):
        assert position <= time.start < time.end <= len(text)
        position = time.end
    for read in read_times(text, YEAR_2025):
        assert read.period.start <= read.period.end


@given(st.text(alphabet="年月季以来世纪目前同期上午晚5五十三时:-/”’计规0去我报告,。", max_size=60))
def test_no_run_that_may_hold_a_time_is_skipped(text: str) -> None:
    """The quick way to the runs finds those of the slow way: every run, then what it holds."""
    slow = [run.span() for run in expressions._run().finditer(text)]
    slow = [span for span in slow if expressions._anchor().search(text, *span)]
    assert list(expressions._runs(text)) == slow
