"""Every numeral of a clean text as one `Quantity`: number, unit, modifiers, and what it is.

Belongs here: finding numerals and reading what their own characters say (value, range, unit,
modifiers, span of the quote). Does not belong here: whether a quantity is an observation
(guards.py), the value of a numeral string (numerals.py), dates (times.py), and what a quantity
is about (binding.py). Values are as written: signs of change are the binder's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple, cast

from pipelines import lexicon
from pipelines.text.model import Disposition, Modifier, Quantity, TimeExpression
from pipelines.text.numbers import guards
from pipelines.text.numbers.guards import Candidate, Unit
from pipelines.text.numbers.numerals import LONGEST, fits, read_numeral
from pipelines.text.numbers.signs import HIGHER, first_plane, signs

_CN = "[零〇○一二三四五六七八九十百千万亿两俩仨廿卅]"
_DIGIT = "[零〇○一二三四五六七八九]"
_MAG = "[十百千万亿]"
# The dot in 20.2026年 ends a list number; it is no decimal point. Old print sets 19·5% for 19.5%.
_ARABIC = (
    r"\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+·\d+(?=[%万亿])"
    r"|\d+(?:(?!\.(?:19|20)\d\d年)\.\d+)?"
)
_PART = f"(?:{_ARABIC}|{_CN}+)"
# After digits only a magnitude may go on (3万), after a magnitude only digits (3万4000).
_MORE = rf"(?:(?<={_MAG})(?:{_ARABIC})|(?<=\d){_MAG}{_CN}*)"
_COIN = "壹贰叁肆伍陆柒捌玖拾"  # 陆, 伍, 拾 are common characters: only beside a magnitude
_FORMAL = f"[{_COIN}][{_COIN}佰仟零万亿]*[拾佰仟万亿][{_COIN}佰仟零万亿]*"
_POINTED = f"{_CN}+点{_DIGIT}+(?:{_MAG}+)?"
_NUMERAL = re.compile(
    rf"(?P<share>(?:{_CN}+|\d+)分之(?:{_POINTED}|{_PART}))"
    r"|(?P<slash>(?<![\d/])\d{1,3}/\d{1,3}(?![\d/]))"
    rf"|(?P<half>一半|半数)|(?P<first>首位)"
    rf"|(?P<formal>{_FORMAL})"
    rf"|(?P<plain>(?:[数几](?={_MAG}))?(?:{_POINTED}|{_PART})"
    rf"(?:[余多来几数](?={_MAG}){_MAG}+|{_MORE})*)"
)
# What a numeral can begin with: one set of characters, so that the search runs fast.
_FIRST = re.compile(
    "[0-9零〇○一二三四五六七八九十百千万亿两俩仨廿卅数几半首壹贰叁肆伍陆柒捌玖拾"
    f"{re.escape(first_plane())}{HIGHER}]"
)
_ONE = Decimal(1)
_VAGUE = re.compile("[余多来几数]")
_SEPARATOR = re.compile("[-—–~～−]{1,2}|至|到")
_SHARE_REST = re.compile("[一二三四五六七八九半](?![一二三四五六七八九十百千万亿、])")
_COINS = re.compile(
    "(?P<jiao>[0-9一二三四五六七八九])角(?:(?P<fen>[0-9一二三四五六七八九])分(?!之))?"
)
_NEAR_JOINT = re.compile("[-—–~～−至到、]")
_SECOND = re.compile(
    rf"(?P<share>(?:{_CN}+|\d+)分之(?:{_POINTED}|{_PART}))|(?:{_POINTED}|{_PART}){_MORE}*"
)
_TRAILING_MAG = re.compile("[十百千万亿]+$")
_DIGITS = "零一二三四五六七八九"
_PAIR = re.compile("(?P<a>[一二两三四五六七八九])(?P<b>[二两三四五六七八九])(?=[十百千万亿]|$)")
_BRACKET = re.compile(r"\([^()\n\d]{1,14}\)(?P<magnitude>[十百千万亿]*)")
_UNIT_BRACKET = re.compile(r"\([^()\n\d]{1,4}\)")
_ENUMERATED = re.compile("(?<![、一二三四五六七八九])([一二三四五六七八])、([二三四五六七八九])")
_FROM = re.compile("[由从自][^,;。:!?、\n]{0,12}$")
_PAIR_JOINT = re.compile("[和、及与]|以及")
_RATIO = re.compile(r"(?:[∶:]|比)(\d+(?:\.\d+)?)(?!\d)")
_DIGIT_COUNT = re.compile("位数")


class _Number(NamedTuple):
    """A number found in the text, before its unit."""

    end: int
    value: Decimal | None
    upper: Decimal | None
    unit: Unit | None  # set by a share sign (百分之三)
    vague: Modifier | None


@cache
def _units() -> dict[str, Unit]:
    """Surface forms of seeds/units.csv, with the nouns that stand in place of a counter."""
    units: dict[str, Unit] = {}
    for row in lexicon.table("units"):
        surface = row["surface"]
        units[surface] = Unit(surface, row["unit"], Decimal(row["factor"]), row["dimension"])
    for word in lexicon.words("counter_false"):
        units.setdefault(word, Unit("", None, Decimal(1), "none"))
    for word in lexicon.words("person_nouns"):
        units.setdefault(word, Unit("", "人", Decimal(1), "person"))
    for word in lexicon.words("household_nouns"):
        units[word] = Unit("", "户", Decimal(1), "count")
    return units


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the units are that begin with a character, longest first."""
    table: dict[str, set[int]] = {}
    for surface in _units():
        table.setdefault(surface[0], set()).add(len(surface))
    return {first: tuple(sorted(found, reverse=True)) for first, found in table.items()}


@cache
def _idle() -> re.Pattern[str]:
    """一 before a character that neither goes on the numeral nor begins a unit (一些, 一定)."""
    more = "".join(_lengths()) + "0123456789零〇○一二三四五六七八九十百千万亿分半点余多来几"
    return re.compile(f"一(?![{re.escape(more)}{re.escape('()、.．是要则-—–~～−至到∶:比')}])")


@cache
def _percent() -> Unit:
    return _units()["%"]


@cache
def _leads() -> tuple[dict[str, Modifier], frozenset[str], int, frozenset[str]]:
    """Modifiers before a number, the words that only end like one, and their last characters."""
    table = {fields[0]: _modifier(fields) for fields in lexicon.entries("modifiers_lead")}
    last = frozenset(word[-1] for word in table)
    return table, lexicon.words("modifier_false"), max(map(len, table)), last


@cache
def _tails() -> tuple[re.Pattern[str], dict[str, Modifier], frozenset[str]]:
    """Modifiers behind a quantity, and the characters that they begin with."""
    table = {fields[0]: _modifier(fields) for fields in lexicon.entries("modifiers_tail")}
    first = frozenset(word[0] for word in table) | {"("}
    return re.compile(lexicon.alternation(tuple(table))), table, first


def _modifier(fields: tuple[str, ...]) -> Modifier:
    return cast("Modifier", fields[1])  # one of them, says the schema


def scan(text: str, times: Sequence[TimeExpression]) -> tuple[Quantity, ...]:
    """Find every numeral of the text, in order, without overlaps, each with its disposition.

    Args:
        text: clean text (Simplified, half-width digits, no blanks inside numbers).
        times: the time expressions of the same text; numerals inside them are dates.

    Returns:
        One `Quantity` a numeral. `disposition` is "observation" for a quantity that measures or
        counts something; all others say what else the numeral is. Rules: ANNOTATION.md.
    """
    context = guards.Context.of(text)
    found: list[Quantity] = []
    position = 0
    for time in (*times, None):
        border = len(text) if time is None else max(position, time.start)
        position = max(position, _between(context, position, border, found))
        if time is not None:
            found.extend(_inside(text, max(position, time.start), time.end, "date"))
            position = max(position, time.end)
    return tuple(found)


def _between(context: guards.Context, start: int, end: int, found: list[Quantity]) -> int:
    """Add the quantities between two time expressions to `found`; give back where they end."""
    text, idle = context.text, _idle()
    position = start
    while first := _FIRST.search(text, position, end):
        at = first.start()
        if idle.match(text, at) and text[at - 1 : at] != "第":
            said: Disposition = "label" if context.quoted(at) else "idiom"
            position = at + 1
            found.append(_bare(at, position, _ONE, said))
        elif sign := signs().get(text[at]):
            position = at + 1
            found.append(_bare(at, position, sign.value, sign.disposition))
        elif match := _NUMERAL.match(text, at, end):
            if text[at] == "数" and not guards.is_border(text, at):
                position = at + 1  # 指数百强: 数 ends the word before
                continue
            candidate = _candidate(text, match)
            settled = _settle(context, candidate, found[-1] if found else None)
            found.append(settled)
            # What a guard took from the candidate (第3千克: a place, no mass) is still a numeral.
            found.extend(_inside(text, settled.end, candidate.end, "unknown"))
            position = max(candidate.end, settled.end)
        else:
            position = first.end()
    return position


def _inside(text: str, start: int, end: int, said: Disposition) -> Iterator[Quantity]:
    """The numerals of a stretch that is already known to be something else, such as a time."""
    while start < end and (first := _FIRST.search(text, start, end)):
        at = first.start()
        sign = signs().get(text[at])
        match = None if sign else _NUMERAL.match(text, at, end)
        if match:
            reading = read_numeral(match[0])
            yield _bare(at, match.end(), reading.value if reading else None, said)
        elif sign:
            yield _bare(at, at + 1, sign.value, said)
        start = match.end() if match else first.end()


def _bare(start: int, end: int, value: Decimal | None, said: Disposition) -> Quantity:
    """A numeral that states no figure."""
    return Quantity(start, end, start, end, value, None, None, "", None, "exact", said)


def _candidate(text: str, match: re.Match[str]) -> Candidate:
    """Read the number at `match`, its unit and its modifiers."""
    start = match.start()
    shape = match.lastgroup or "plain"
    if shape == "first":
        end = match.end()
        rank = Unit("位", "名", _ONE, "rank")
        return Candidate(start, end, start, end, start, end, _ONE, None, rank, "exact", shape)
    if shape == "half":
        number = _Number(match.end(), Decimal(50), None, _percent(), None)
    else:
        number = _number(text, match)
    core = number.end
    number, unit, end = _with_unit(text, start, number)
    if unit is None and (ratio := _RATIO.match(text, end)) and ratio[1] == "1":
        unit, end = Unit("", None, Decimal(1), "ratio_to_one"), ratio.end()
    if unit is not None and unit.unit is not None:
        start, number = _signed(text, start, number)
        if unit.dimension == "doubling":
            start = guards.doubling_start(text, start)
    lead, before = _lead(text, start, bare=text[match.start()] in "百千万亿十数几")
    tail, behind = _tail(text, end, unit)
    modifier: Modifier = number.vague or behind or before or "exact"
    if modifier == "exact" and unit is not None and text.endswith("的", 0, start):
        modifier = _distant(text, start, unit)
    if number.upper is not None and modifier == "exact":
        modifier = "about"
    return Candidate(
        start,
        end,
        match.start(),
        core,
        lead,
        tail,
        number.value,
        number.upper,
        unit,
        modifier,
        shape,
    )


def _signed(text: str, start: int, number: _Number) -> tuple[int, _Number]:
    """A number written negative: -3.9%, 负增长3%, 零下5摄氏度."""
    if start and text[start - 1] in "-−负" and _is_sign(text, start - 1):
        start -= 1
    elif not text.endswith(_negative_words(), 0, start):
        return start, number
    value = None if number.value is None else -number.value
    return start, number._replace(value=value)


@cache
def _negative_words() -> tuple[str, ...]:
    return tuple(sorted(lexicon.words("negative_words")))


def _is_sign(text: str, at: int) -> bool:
    """Whether the mark at `at` is a minus: no number, letter or date stands before it."""
    before = text[at - 1] if at else " "
    if text[at] == "负":
        return guards.is_border(text, at) and guards.is_border(text, at + 1)
    return not (before.isalnum() and before.isascii()) and before not in "年月日号幢万亿%"


def _number(text: str, match: re.Match[str]) -> _Number:
    """The number at `match`, cut back where its last character belongs to the unit (千瓦)."""
    start, end = match.span()
    if end - start > 1 and text[end - 1] in "百千万" and _unit_at(text, end - 1):
        end -= 1
    if end - start > LONGEST:
        return _Number(end, None, None, None, None)
    value, upper, unit, vague = _surface(text[start:end])
    return _suffixed(text, _ranged(text, start, _Number(end, value, upper, unit, vague)))


@lru_cache(maxsize=16384)
def _surface(
    surface: str,
) -> tuple[Decimal | None, Decimal | None, Unit | None, Modifier | None]:
    """Value, upper bound of a rough pair, unit of a share and inner modifier of a numeral."""
    vague: Modifier | None = None
    if match := _VAGUE.search(surface):
        vague = "about" if match[0] == "来" else "over"
    plain = _VAGUE.sub("", surface).replace("·", ".")
    reading = read_numeral(plain)
    value, upper = (reading.value, None) if reading else _rough_pair(plain)
    shared = "分之" in surface or (reading is not None and reading.unit is not None)
    return value, upper, _percent() if shared else None, vague


def _rough_pair(surface: str) -> tuple[Decimal | None, Decimal | None]:
    """三四十: from 30 to 40. Two neighbouring digits are a rough range, never a number."""
    for match in _PAIR.finditer(surface):
        pair = match[0].replace("两", "二")
        gap = _DIGITS.index(pair[1]) - _DIGITS.index(pair[0])
        if gap != 1 and match[0] != "三五":
            continue
        head, rest = surface[: match.start()], surface[match.end() :]
        low, high = read_numeral(head + match["a"] + rest), read_numeral(head + match["b"] + rest)
        if low and high and low.value < high.value:
            return low.value, high.value
    return None, None


def _suffixed(text: str, number: _Number) -> _Number:
    """余, 多, 来, 几 directly behind the digits (30余名, 十几个)."""
    char = text[number.end : number.end + 1]
    if not char or char not in "余多来几" or number.vague:
        return number
    if char in "来几" and text[number.end - 1] not in "十百千万亿":
        return number
    if char == "来" and _unit_at(text, number.end + 1) is None:
        return number
    modifier: Modifier = "about" if char == "来" else "over"
    return number._replace(end=number.end + 1, vague=modifier)


def _ranged(text: str, start: int, number: _Number) -> _Number:
    """5-10家, 3%~5%, 三至五年: a range of two numbers, joined before or behind a first unit."""
    end = number.end
    if number.value is None or _NEAR_JOINT.search(text, end - 1, end + 7) is None:
        return number
    between = ""
    joint = _SEPARATOR.match(text, end)
    if joint is None and (first := _unit_at(text, end)) is not None and first.surface:
        between = first.surface
        joint = _SEPARATOR.match(text, end + len(between))
    second = _SECOND.match(text, joint.end()) if joint else None
    if joint is None or second is None:
        return _enumerated(text, number)
    # 由5家到10家 states two figures, 5家到10家 one range.
    if joint[0] in ("至", "到") and _FROM.search(text, max(0, start - 14), start):
        return number
    return _closed(text, start, number, second, between)


def _closed(text: str, start: int, number: _Number, second: re.Match[str], between: str) -> _Number:
    """The range from `number` to `second`, where their units agree and the second is larger."""
    stop = second.end()
    if stop - second.start() > 1 and text[stop - 1] in "百千万" and _unit_at(text, stop - 1):
        stop -= 1
    surface = text[second.start() : stop]
    high = read_numeral(surface)
    last = _unit_at(text, stop)
    if high is None or number.value is None or (between and last != _unit_at(text, number.end)):
        return number
    if last is None and not high.unit and not number.unit:
        return number
    low = _same_magnitude(text[start : number.end], number.value, surface, high.value)
    if low >= high.value:
        return number
    return number._replace(end=stop, value=low, upper=high.value)


def _enumerated(text: str, number: _Number) -> _Number:
    """七、八百万: a rough pair written with a mark between its digits."""
    match = _ENUMERATED.match(text, number.end - 1)
    if match is None:
        return number
    second = _SECOND.match(text, match.end() - 1)
    if second is None or not _TRAILING_MAG.search(second[0]):
        return number
    low = read_numeral(match[1] + second[0][1:])
    high = read_numeral(second[0])
    if low is None or high is None or number.value is None or not low.value < high.value:
        return number
    return number._replace(end=second.end(), value=low.value, upper=high.value)


def _same_magnitude(first: str, low: Decimal, second: str, high: Decimal) -> Decimal:
    """In 5—10万吨 the first number shares the magnitude of the second."""
    magnitude = _TRAILING_MAG.search(second)
    if magnitude is None or _TRAILING_MAG.search(first) or magnitude.start() == 0:
        return low
    factor = read_numeral(magnitude[0])
    if factor is None or low >= high / factor.value:
        return low
    return low * factor.value


def _unit_at(text: str, at: int) -> Unit | None:
    """The longest unit (or noun in place of one) that begins at `at`."""
    units = _units()
    for length in _lengths().get(text[at : at + 1], ()):
        unit = units.get(text[at : at + length])
        if unit is not None:
            return unit
    return None


def _with_unit(text: str, start: int, number: _Number) -> tuple[_Number, Unit | None, int]:
    """Attach the unit behind the number, and turn the value into base units."""
    end = number.end
    if number.unit is not None:
        return number, number.unit, _trailing(text, end)
    unit = _unit_at(text, end)
    if unit is None and text.startswith("(", end):
        bracket = _BRACKET.match(text, end)
        inner = _unit_at(text, bracket.end()) if bracket else None
        if bracket and inner and inner.surface and inner.unit:
            number = _times(number, bracket["magnitude"])
            unit, end = inner, bracket.end()
    if unit is None and text[end : end + 1] in ("、", "和") and text[start].isdigit():
        unit = _listed_unit(text, end)
        return (_scaled(number, unit, "") if unit else number), unit, end
    if unit is None or not unit.surface:
        return number, unit, end
    return _counted(text, start, number, unit, end)


def _after_counter(text: str, number: _Number, end: int) -> tuple[_Number, Unit, int] | None:
    """What 个 may hide: 3个亿 (money without 元), 三个多月, 一个半小时."""
    if text.startswith("亿", end) and text[end + 1 : end + 2] not in ("元", "级", "吨"):
        return _times(number, "亿"), _units()["元"], end + 1
    char = text[end : end + 1]
    if not char or char not in "多余半":
        return None
    for length in (2, 1):
        inner = _units().get("个" + text[end + 1 : end + 1 + length])
        if inner is not None:
            number = _half(number) if char == "半" else number._replace(vague="over")
            return number, inner, end + len(inner.surface)
    return None


# Years and house numbers are listed too (1980、1981年), but each is complete in itself.
_NO_LIST = ("time", "number", "none")
_LONGEST_LIST = 20  # numbers with one unit: a row of a table may be much longer, but not that


def _listed_unit(text: str, end: int) -> Unit | None:
    """In 提高15、22个百分点 the first number shares the unit of the last of its list."""
    rounded = text[end - 1] in "万亿"
    for _ in range(_LONGEST_LIST):
        second = _SECOND.match(text, end + 1)
        if second is None:
            break
        end = second.end()
        if (text[end - 1] in "万亿") != rounded:
            return None
        if text[end : end + 1] not in ("、", "和"):
            unit = _unit_at(text, end)
            counts = unit is not None and unit.surface and unit.dimension not in _NO_LIST
            return unit if counts else None
    return None


def _times(number: _Number, magnitude: str) -> _Number:
    factor = read_numeral(magnitude) if magnitude else None
    if factor is None or number.value is None:
        return number
    return number._replace(value=number.value * factor.value)


def _counted(
    text: str, start: int, number: _Number, unit: Unit, end: int
) -> tuple[_Number, Unit, int]:
    """The special forms between a number and the end of its unit."""
    end += len(unit.surface)
    if unit.surface == "个" and (special := _after_counter(text, number, end)):
        return special
    if unit.surface in ("成", "折") and (share := _SHARE_REST.match(text, end)):
        reading = read_numeral(text[start : share.end()])
        if reading is not None:
            return number._replace(value=reading.value), unit, share.end()
    if text.startswith("/", end) and (per := _unit_at(text, end + 1)) and per.surface:
        unit = guards.in_context(text, start, end, unit)
        unit, end = _compound(unit, per), end + 1 + len(per.surface)
    elif unit.surface == "元" and number.value is not None and (coins := _COINS.match(text, end)):
        return number._replace(value=number.value + _coins(coins)), unit, coins.end()
    unit = guards.in_context(text, start, end, unit)
    number = _scaled(number, unit, text[max(0, start - 2) : start])
    if text.startswith("半", end) and guards.takes_half(unit, text[end + 1 : end + 2]):
        return _half(number, unit.factor), unit, end + 1
    stop = _trailing(text, end)
    if stop > end:
        number = number._replace(vague="over")
    return number, unit, stop


def _compound(unit: Unit, per: Unit) -> Unit:
    """27克/千克, 10次/秒: a pair that the table does not hold; what it is per stays as written."""
    dimension = "price" if unit.dimension == "money" else "density"
    surface, base = f"{unit.surface}/{per.surface}", f"{unit.unit}/{per.surface}"
    return Unit(surface, base, unit.factor, dimension)


def _coins(match: re.Match[str]) -> Decimal:
    """五角二分 behind 元, in 元."""
    total = Decimal(0)
    for name, factor in (("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        reading = read_numeral(match[name]) if match[name] else None
        total += reading.value * factor if reading else 0
    return total


def _half(number: _Number, factor: Decimal = Decimal(1)) -> _Number:
    if number.value is None:
        return number
    return number._replace(value=number.value + factor / 2)


def _scaled(number: _Number, unit: Unit, before: str) -> _Number:
    if number.value is None:
        return number
    if unit.dimension == "doubling":  # 翻两番 is fourfold, thus up 300 percent
        doubled = guards.doubling_start(before, len(before)) < len(before)
        return number._replace(
            value=(Decimal(2) ** int(number.value) - 1) * unit.factor if doubled else number.value
        )
    if unit.factor == 1:
        return number
    upper = None if number.upper is None else number.upper * unit.factor
    return number._replace(value=number.value * unit.factor, upper=upper)


def _trailing(text: str, end: int) -> int:
    """余 or 多 behind the unit belongs to the quote (一年多, 3倍多)."""
    if text[end : end + 1] in ("多", "余") and not guards.begins_word(text, end):
        return end + 1
    return end


def _lead(text: str, start: int, *, bare: bool) -> tuple[int, Modifier | None]:
    """The modifier right before the number, and where it begins."""
    table, false, longest, last = _leads()
    if text[start - 1 : start] not in last:
        return start, None
    for length in range(min(longest, start), 0, -1):
        word = text[start - length : start]
        modifier = table.get(word)
        if modifier is None:
            continue
        if length == 1:
            if word in "上成好过" and not bare:
                return start, None
            if text[start - 2 : start] in false or text[start - 3 : start] in false:
                return start, None
        return start - length, modifier
    return start, None


def _distant(text: str, start: int, unit: Unit) -> Modifier:
    """不低于低保标准的1.6倍: what is compared with stands between the modifier and the number."""
    if unit.dimension not in ("ratio", "multiple"):
        return "exact"
    table = _leads()[0]
    clause = re.split("[,;。:!?、\\n]", text[max(0, start - 24) : start])[-1]
    found = [word for word in table if word.startswith("不") and word in clause]
    return table[max(found, key=len)] if found else "exact"


def _tail(text: str, end: int, unit: Unit | None) -> tuple[int, Modifier | None]:
    """The modifier right behind the quantity, and where it ends."""
    pattern, table, first = _tails()
    at = end
    if text[at : at + 1] not in first:
        return end, None
    if text.startswith("(", at) and (bracket := _UNIT_BRACKET.match(text, at)):
        at = bracket.end()
    match = pattern.match(text, at)
    if match is None:
        return end, None
    word = match[0]
    dimension = unit.dimension if unit else None
    if word == "内" and dimension not in ("time", "length"):
        return end, None
    if word in ("强", "以外", "之间") and dimension not in ("ratio", "length", "multiple"):
        return end, None
    return match.end(), table[word]


def _settle(context: guards.Context, found: Candidate, last: Quantity | None) -> Quantity:
    """Give the candidate its disposition, and turn it into a quantity."""
    verdict = guards.judge(context, found)
    candidate = verdict.candidate
    disposition: Disposition = verdict.disposition
    if not fits(candidate.value, candidate.upper):
        candidate = candidate._replace(value=None, upper=None)
    if disposition == "observation" and candidate.value is None:
        disposition = "unknown"
    modifier = candidate.modifier
    if modifier == "exact" and last is not None and disposition == "observation":
        modifier = _shared_modifier(context.text, candidate, last)
    unit = candidate.unit
    return Quantity(
        candidate.start,
        candidate.end,
        candidate.lead,
        candidate.tail,
        candidate.value,
        candidate.upper,
        unit.unit if unit else None,
        unit.surface if unit else "",
        unit.dimension if unit else None,
        modifier,
        disposition,
    )


def _shared_modifier(text: str, found: Candidate, last: Quantity) -> Modifier:
    """分别近8000万元和5000万元: the modifier of a coordinated pair holds for both."""
    if last.lead == last.start or not _PAIR_JOINT.fullmatch(text, last.tail, found.lead):
        return "exact"
    if "分别" not in text[max(0, last.lead - 6) : last.lead]:
        return "exact"
    return last.modifier
