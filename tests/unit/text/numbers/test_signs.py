"""Signs that are numerals have a line in the ledger, and digits of any script are digits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines import parse_text


def ledger(text: str) -> list[tuple[str, Decimal | None, str]]:
    return [(line.text, line.value, line.disposition) for line in parse_text(text).numerals]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("①工作扎实推进", ("①", Decimal(1), "list_number")),
        ("⑴工作扎实推进", ("⑴", Decimal(1), "list_number")),
        ("⒛工作扎实推进", ("⒛", Decimal(20), "list_number")),
        ("㈢工作扎实推进", ("㈢", Decimal(3), "list_number")),
        ("❾工作扎实推进", ("❾", Decimal(9), "list_number")),
        ("水质达到Ⅲ类", ("Ⅲ", Decimal(3), "label")),
        ("附注⁷见后", ("⁷", Decimal(7), "label")),
        ("㋀完成", ("㋀", Decimal(1), "date")),
        ("㏳完成", ("㏳", Decimal(20), "date")),
        ("约½已完成", ("½", None, "unknown")),
    ],
)
def test_a_sign_has_its_line(text: str, line: tuple[str, Decimal | None, str]) -> None:
    assert line in ledger(text)


@pytest.mark.parametrize("digits", ["٣٥", "३५", "๓๕", "35", "𝟛𝟝", "𐒣𐒥"])
def test_digits_of_any_script_are_digits(digits: str) -> None:
    (found,) = parse_text(f"全年走访企业{digits}家。").observations
    assert (found.quote, found.value) == (f"{digits}家", 35)


def test_a_sign_in_a_unit_is_no_numeral() -> None:
    assert [text for text, _, _ in ledger("新建公园1500m²。")] == ["1500m²"]


@pytest.mark.parametrize("text", ["居全市第12千克。", "居全市第101元/千克。", "居第三百分点。"])
def test_what_a_rank_leaves_of_a_unit_is_not_lost(text: str) -> None:
    covered = {i for n in parse_text(text).numerals for i in range(n.start, n.end)}
    assert {i for i, char in enumerate(text) if char in "0123456789三百千"} <= covered
