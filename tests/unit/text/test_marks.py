"""Where a clause ends."""

from __future__ import annotations

import pytest

from pipelines.text import marks

TEXT = "走访企业,新增3家、扩建5家;完成"


@pytest.mark.parametrize(
    ("most", "extra", "before"),
    [(16, "", "新增3家、扩建"), (16, "、", "扩建"), (4, "", "家、扩建"), (0, "", "")],
)
def test_the_clause_before(most, extra, before):
    assert marks.before(TEXT, TEXT.index("5"), most, marks.CLAUSE + extra) == before


@pytest.mark.parametrize(
    ("most", "extra", "after"),
    [(16, "", "家、扩建5家"), (16, "、", "家"), (3, "", "家、扩"), (0, "", "")],
)
def test_the_clause_after(most, extra, after):
    assert marks.after(TEXT, TEXT.index("3") + 1, most, marks.CLAUSE + extra) == after


@pytest.mark.parametrize("noun", ["", "当地上年", "城镇非私营单位就业人员年度平均工资的法定"])
def test_the_length_of_a_noun_does_not_decide_how_exact_a_number_is(observe, noun):
    (found,) = observe(f"补助不低于{noun}最低生活保障标准的1.6倍")
    assert found.modifier == "over"
