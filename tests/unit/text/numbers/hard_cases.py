"""Hard numerals: sentences of hard.txt, and sentences that a small grammar makes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from pipelines.reading.clean import clean
from pipelines.text.numbers.scan import scan
from pipelines.text.times.expressions import find_times

HERE = Path(__file__).resolve().parent
DIGITS = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"plain": ("十", "百", "千"), "formal": ("拾", "佰", "仟")}


class Case(NamedTuple):
    """A sentence and its figures, each as quote=value unit modifier."""

    text: str
    figures: tuple[str, ...]


def figures_of(text: str) -> tuple[str, ...]:
    """The figures of a sentence as the scanner reads them, in the form of a case."""
    cleaned = clean(text)
    found = []
    for q in scan(cleaned.text, find_times(cleaned.text)):
        if q.disposition != "observation":
            continue
        start, end = cleaned.raw_span(q.start, q.end)
        value = "-" if q.value is None else f"{q.value.normalize():f}"
        if q.upper is not None:
            value += f"~{q.upper.normalize():f}"
        modifier = "" if q.modifier == "exact" else f" {q.modifier}"
        found.append(f"{text[start:end]}={value} {q.unit or '-'}{modifier}")
    return tuple(found)


def written() -> list[Case]:
    """The sentences of hard.txt."""
    cases = []
    for line in (HERE / "hard.txt").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        text, _, figures = line.replace("⏎", "\n").partition("⇒")
        cases.append(
            Case(text.rstrip(" "), tuple(filter(None, map(str.strip, figures.split("|")))))
        )
    return cases


def chinese(number: int, digits: str = DIGITS, style: str = "plain") -> str:
    """A whole number below 10**16 in Chinese digits, as a careful clerk would write it."""
    if number == 0:
        return digits[0]
    for size, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = digits[0] if rest and rest < size // 10 else ""
            return (
                chinese(head, digits, style)
                + name
                + (gap + chinese(rest, digits, style) if rest else "")
            )
    ten, hundred, thousand = PLACES[style]
    out, pending = "", False
    for size, name in ((1000, thousand), (100, hundred), (10, ten), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            out += (digits[0] if pending else "") + digits[digit] + name
            pending = False
        elif out:
            pending = True
    return out


def formal(number: int) -> str:
    """The same with the characters of bank notes."""
    return chinese(number, FORMAL, "formal")


def mixed(number: int) -> str:
    """The same with both kinds of characters, in turn."""
    swap = dict(zip(DIGITS[1:], FORMAL[1:], strict=True))
    plain = chinese(number)
    return "".join(swap.get(c, c) if k % 4 == 0 else c for k, c in enumerate(plain))


def short(number: int) -> str:
    """Without the 一 of a leading 一十, and with 两 for 二 before 百, 千, 万, 亿 at the head."""
    plain = chinese(number)
    if plain.startswith("一十"):
        plain = plain[1:]
    if plain[0] == "二" and plain[1:2] in tuple("百千万亿"):
        plain = "两" + plain[1:]
    return plain


def wide(number: int) -> str:
    """Full-width digits."""
    return "".join(chr(ord(char) + 0xFEE0) for char in str(number))


def grouped(number: int) -> str:
    """1,234,567."""
    return f"{number:,}"


def magnitude(number: int) -> str:
    """Arabic digits with 万 or 亿 where that is exact to four places."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size and number * 10000 % size == 0:
            return f"{(Decimal(number) / size).normalize():f}{name}"
    return str(number)


WRITERS = (chinese, formal, mixed, short, wide, grouped, magnitude, str)
NUMBERS = (3, 12, 45, 120, 308, 2500, 4006, 13000, 56780, 200300, 1050000, 32400000, 600000000)
UNITS = ("元", "人", "亩", "吨", "户", "公里", "千瓦时", "件")
LEADS = (("", "", ""), ("近", "", "nearly"), ("约", "", "about"), ("超", "", "over"))
TAILS = (("", "", ""), ("", "左右", "about"), ("", "以上", "over"), ("", "以内", "within"))
SHARES = (("%", 1), ("个百分点", 1), ("倍", 100), ("成", 10))
POINTS = ("0.5", "3.2", "8", "6.75")


def made() -> Iterator[Case]:
    """Every writer with every number; units and modifiers take turns. Then ranges and shares."""
    turn = 0
    for number in NUMBERS:
        for writer in WRITERS:
            unit = UNITS[turn % len(UNITS)]
            before, after, modifier = (LEADS + TAILS)[turn // 3 % 8]
            turn += 1
            quote = writer(number) + unit
            figure = f"{quote}={number} {unit} {modifier}".strip()
            yield Case(f"本年共计{before}{quote}{after},同去年一样。", (figure,))
    for low, high, size in ((3, 5, ""), (12, 15, "万"), (120, 150, "万"), (7, 9, "亿")):
        for joint in ("至", "到", "—", "-", "~", "～", "－"):
            for writer in (str, chinese):
                quote = f"{writer(low)}{joint}{writer(high)}{size}户"
                factor = {"": 1, "万": 10**4, "亿": 10**8}[size]
                figure = f"{quote}={low * factor}~{high * factor} 户 about"
                yield Case(f"预计惠及{quote}。", (figure,))
    for share, factor in SHARES:
        for point in POINTS:
            value = f"{(Decimal(point) * factor).normalize():f}"
            unit = "百分点" if share == "个百分点" else "%"
            whole, _, rest = point.partition(".")
            spelt = DIGITS[int(whole)] + (
                "点" + "".join(DIGITS[int(d)] for d in rest) if rest else ""
            )
            for writing in (point, spelt):
                figure = f"{writing}{share}={value} {unit}"
                yield Case(f"比上年提高{writing}{share}。", (figure,))


def hard_cases() -> list[Case]:
    """All of them."""
    return [*written(), *made()]
