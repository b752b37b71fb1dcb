"""Amounts of plans beside what is done of them, and what the parser makes of the pair."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines import parse_text
from pipelines.text.numbers.plans import plan_amounts
from pipelines.text.numbers.scan import scan
from pipelines.text.times.expressions import find_times


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("非税收入完成900万元,占年初预算2000万元的45%,同比增长6%", ["2000万元"]),
        ("新建公厕52座,完成全年目标任务50座的104%", ["50座"]),
        ("植树8万株,为年度计划10万株的八成", ["10万株"]),
        ("占总投资2000万元的45%", []),
        ("年初预算2000万元,同比增长45%", []),
        ("完成全年任务的45%", []),
        ("目标增长5%的3%", []),
    ],
)
def test_a_plan_before_and_a_part_behind(text: str, amounts: list[str]):
    found = plan_amounts(text, quantities := scan(text, find_times(text)))
    assert [text[q.start : q.end] for q in quantities if q.start in found] == amounts


def test_plan_and_result_of_one_phrase_are_three_figures_of_one_thing():
    text = "柳溪镇2023年前三季度工作总结\n1-9月,非税收入完成900万元,占年初预算2000万元的45%。"
    done, plan, part = parse_text(text).observations
    assert {row.indicator for row in (done, plan, part)} == {"非税收入"}
    assert [row.measure for row in (done, plan, part)] == ["level", "level", "completion"]
    assert [row.status for row in (done, plan, part)] == ["actual", "planned", "actual"]
    assert (plan.period_start, plan.period_end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert part.period_end == date(2023, 9, 30)
