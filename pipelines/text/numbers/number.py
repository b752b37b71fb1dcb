"""The number itself: its digits, how rough they are, and the range that two of them make.

Units are read in `with_unit`, the value of a string of digits in `numerals`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipelines.text.model import Modifier
from pipelines.text.numbers.around import is_border
from pipelines.text.numbers.numerals import LONGEST, read_numeral
from pipelines.text.numbers.units import Unit, percent, unit_at

# Digits of both kinds of characters: 陆, 伍, 拾 and others are common words too (see `_is_formal`).
_PLAIN = "零〇○一二三四五六七八九十百千万亿廿卅卌"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_MAG = "[十百千万亿拾佰仟]"
_DIGIT = "[零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
# 两 begins a number or stands before a magnitude; else it begins the next one (5万亿|两个台阶).
_TWO = "[两俩](?=[百千万亿佰仟])"
_CN = f"(?:[一三]两|[{_PLAIN}两俩仨])(?:[{_PLAIN}]|{_TWO})*"
_BOTH = f"(?:[一三]两|[{_PLAIN}{_FORMAL}两俩仨])(?:[{_PLAIN}{_FORMAL}]|{_TWO})*"
# The dot in 20.2026年 ends a list number; it is no decimal point. Old print sets 19·5% for 19.5%.
_ARABIC = (
    r"\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+·\d+(?=[%万亿])"
    r"|\d+(?:(?!\.(?:19|20)\d\d年)\.\d+)?"
)
_PART = f"(?:{_ARABIC}|{_CN})"
# After digits only a magnitude may go on (3万), after a magnitude as many digits as it leaves room
# for, or a smaller number that says its own (3万4000, 2亿300万, 1千零1); 30万65岁 are two numbers.
_ROOM = r"(?:(?<=亿)\d{8}|(?<=万)\d{4}|(?<=千)\d{3}|(?<=百)\d\d)(?![\d.])"
_SHORT = r"(?<=万)[1-9](?=[,。;、)\n元人户亩斤吨次]|$)"  # 1万3 is 13,000
_MORE = (
    rf"(?:{_ROOM}|{_SHORT}|(?<={_MAG})(?:{_ARABIC})(?=[余多几]?{_MAG})|(?<={_MAG}零)(?:{_ARABIC})"
    rf"|(?<=\d){_MAG}(?:[{_PLAIN}{_FORMAL}]|{_TWO})*)"
)
_POINTED = f"{_BOTH}点{_DIGIT}+(?:{_MAG}+)?"
_WHOLE = rf"(?:{_BOTH}|\d+)"
_OF = rf"{_WHOLE}分之"


def _body(chinese: str) -> str:
    """A number with what may be rough in it (数十, 一百多万, 3万4000), in these Chinese digits."""
    return (
        rf"(?:[数几](?={_MAG}))?(?:{_POINTED}|{_ARABIC}|{chinese})"
        rf"(?:[余多来几数](?={_MAG}){_MAG}+|{_MORE})*"
    )


# The plain form comes first, for it is by far the commonest; what follows it tells of the others.
_PLAINLY = re.compile(_body(_CN))
_FORMALLY = re.compile(f"(?P<formal>{_body(_BOTH)})")
_PARTS = re.compile(
    rf"(?P<mixed>{_WHOLE}又{_OF}{_WHOLE})|(?P<share>{_OF}负?(?:{_POINTED}|{_ARABIC}|(?:[几数](?={_MAG}))?{_BOTH}))"
)
_SLASH = re.compile(r"(?P<slash>(?<![\d/])\d{1,3}/\d{1,3}(?![\dA-Za-z/万]))")
_WORDS = re.compile(
    r"(?P<half>一半|半数|半(?=个亿)|半成(?![本品功员果立就绩效长熟年])"
    rf"|(?<=对)(?<![\d{_PLAIN}{_FORMAL}两俩余多几]对)(?:折|半(?=[分开砍,。;、\n]|$)))"
    r"|(?P<first>首位|榜首)|(?P<doubled>(?:(?<=翻)|(?<=翻了))番)"
    r"|(?P<point>(?<=\.)(?<![\dA-Za-z.]\.)\d+(?![\dA-Za-z.]))"
)
_PARTED = frozenset("又分/")
_COINS = frozenset(_FORMAL)
_WORD_OPENS = frozenset("一半首榜折番")
_MAGNITUDE = re.compile(_MAG)
_UNMISTAKABLE = "壹贰叁肆柒捌玖"
_RESOLUTIONS = (2, 4, 8)  # of screens: 4K
_VAGUE = re.compile("[余多来几数]")
_SEPARATOR = re.compile("[-—–~～−]{1,2}|至|到")
_NEAR_JOINT = re.compile("[-—–~～−至到、]")
SECOND = re.compile(rf"(?P<share>{_OF}负?(?:{_POINTED}|{_PART}))|(?:{_POINTED}|{_PART}){_MORE}*")
_BOUND_NOTE = re.compile(r"\((?:不?含|不?含本数)\)")
_TRAILING_MAG = re.compile("[十百千万亿]+$")
_DIGITS = "零一二三四五六七八九"
_PAIR = re.compile("(?P<a>[一二两三四五六七八九])(?P<b>[二两三四五六七八九])(?=[十百千万亿]|$)")
_ENUMERATED = re.compile("(?<![、一二三四五六七八九])([一二三四五六七八])、([二三四五六七八九])")
_FROM = re.compile("[由从自][^,;。:!?、\n]{0,12}$")


@dataclass(init=False, slots=True)
class Number:
    """A number found in the text, before its unit."""

    end: int
    value: Decimal | None
    upper: Decimal | None
    unit: Unit | None  # set by a share sign (百分之三)
    vague: Modifier | None

    def __init__(
        self,
        end: int,
        value: Decimal | None,
        upper: Decimal | None,
        unit: Unit | None,
        vague: Modifier | None,
    ) -> None:
        self.end = end
        self.value = value
        self.upper = upper
        self.unit = unit
        self.vague = vague


def numeral_at(text: str, at: int, end: int) -> re.Match[str] | None:
    """The numeral that begins at `at`, at most up to `end`; None where the character is no digit.

    Characters of bank notes are words too: 大陆十家 is no 60, 队伍三支 no 53.

    Args:
        text: the clean text.
        at: where it begins.
        end: where it must end at the latest.
    """
    if (text[at] in _WORD_OPENS or text[at - 1 : at] == ".") and (
        word := _WORDS.match(text, at, end)
    ):
        return word
    match = _PLAINLY.match(text, at, end)
    stop = match.end() if match else at
    follows = text[stop] if stop < end else ""
    if follows in _PARTED:
        other = _SLASH.match(text, at, end) if follows == "/" else _PARTS.match(text, at, end)
        return other or match
    if follows in _COINS:
        return _formally(text, at, end, match)
    return match


def _formally(text: str, at: int, end: int, plain: re.Match[str] | None) -> re.Match[str] | None:
    """The numeral at `at` with the characters of bank notes in it, where they are no word's."""
    if text[at] in _FORMAL and not is_border(text, at):
        return None
    match = _PARTS.match(text, at, end) or _FORMALLY.match(text, at, end)
    if match is None or match.lastgroup != "formal":
        return match
    surface = match[0]
    if len(surface) == 1:
        return match if surface in _UNMISTAKABLE and unit_at(text, match.end()) else plain
    torn = text[at] not in _FORMAL and surface[-1] in _FORMAL and not is_border(text, match.end())
    if torn or _MAGNITUDE.search(surface) is None or _surface(surface)[0] is None:
        return plain
    return match


def numeral_start(match: re.Match[str]) -> int:
    """Where a numeral begins: 对 of 对折 and the point of .5 are not searched for."""
    kind = match.lastgroup
    if kind is None:
        return match.start()
    start = match.start()
    halved = kind == "half" and match[0] in ("折", "半")
    before = kind == "point" or (halved and match.string.startswith("对", start - 1))
    return start - 1 if start and before else start


def number_at(text: str, match: re.Match[str]) -> Number:
    """The number at `match`, cut back where its last character belongs to the unit (千瓦)."""
    start, end = numeral_start(match), match.end()
    if end - start > 1 and text[end - 1] in "百千万" and unit_at(text, end - 1):
        end -= 1
    if end - start > LONGEST:
        return Number(end, None, None, None, None)
    value, upper, unit, vague = _surface(text[start:end])
    if value is None and text[end - 1] == "一" and _MAGNITUDE.search(text, start, end - 1):
        end -= 1  # 三十五|一路
        value, upper, unit, vague = _surface(text[start:end])
    number = _thousands(text, Number(end, value, upper, unit, vague))
    return _suffixed(text, _ranged(text, start, number))


def _thousands(text: str, number: Number) -> Number:
    """5k元, 10w人次, 粉丝10w: k is a thousand, w is 万; 4K屏, kW and 5G网 are something else."""
    letter = text[number.end : number.end + 1]
    if not letter or letter not in "kKwW" or number.value is None or number.unit is not None:
        return number
    if not text[number.end - 1].isdigit() or unit_at(text, number.end) is not None:
        return number
    after = text[number.end + 1 : number.end + 2]
    unit = unit_at(text, number.end + 1)
    if letter == "K" and number.value in _RESOLUTIONS:
        return number
    counted = (unit is not None and unit.surface != "") or (after != "" and after in "余多")
    if not counted and (letter.isupper() or (after != "" and after not in ",。;、)\n")):
        return number
    factor = 1000 if letter in "kK" else 10000
    return replace(number, end=number.end + 1, value=number.value * factor)


@lru_cache(maxsize=16384)
def _surface(
    surface: str,
) -> tuple[Decimal | None, Decimal | None, Unit | None, Modifier | None]:
    """Value, upper bound of a rough pair, unit of a share and inner modifier of a numeral."""
    vague: Modifier | None = None
    if surface != "半数" and (match := _VAGUE.search(surface)):
        vague = "about" if match[0] == "来" else "over"
    plain = _VAGUE.sub("", surface).replace("·", ".") if vague else surface.replace("·", ".")
    reading = read_numeral(plain)
    value, upper = (reading.value, None) if reading else _rough_pair(plain)
    shared = reading is not None and reading.unit is not None
    shared = shared or ("分之" in surface and "又" not in surface)
    return value, upper, percent() if shared else None, vague


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


def _suffixed(text: str, number: Number) -> Number:
    """余, 多, 来, 几 directly behind the digits (30余名, 十几个)."""
    char = text[number.end : number.end + 1]
    if not char or char not in "余多来几" or number.vague:
        return number
    if char in "来几" and text[number.end - 1] not in "十百千万亿":
        return number
    if char == "来" and unit_at(text, number.end + 1) is None:
        return number
    modifier: Modifier = "about" if char == "来" else "over"
    return replace(number, end=number.end + 1, vague=modifier)


def _ranged(text: str, start: int, number: Number) -> Number:
    """5-10家, 3%~5%, 三至五年: a range of two numbers, joined before or behind a first unit."""
    end = number.end
    if number.value is None or _NEAR_JOINT.search(text, end - 1, end + 10) is None:
        return number
    between = ""
    behind = _bound_end(text, end)
    joint = _SEPARATOR.match(text, behind)
    if joint is None and (first := unit_at(text, end)) is not None and first.surface:
        between = first.surface
        joint = _SEPARATOR.match(text, _bound_end(text, end + len(between)))
    second = SECOND.match(text, joint.end()) if joint else None
    if joint is None or second is None:
        return _enumerated(text, number)
    # 由5家到10家 states two figures, 5家到10家 one range.
    if joint[0] in ("至", "到") and _FROM.search(text, max(0, start - 14), start):
        return number
    return _closed(text, start, number, second, between)


def _bound_end(text: str, at: int) -> int:
    """Where a note on the bound ends that may stand at `at`: 1万(含)至5万元."""
    note = _BOUND_NOTE.match(text, at)
    return note.end() if note else at


def _closed(text: str, start: int, number: Number, second: re.Match[str], between: str) -> Number:
    """The range from `number` to `second`, where their units agree and the second is larger."""
    stop = second.end()
    if stop - second.start() > 1 and text[stop - 1] in "百千万" and unit_at(text, stop - 1):
        stop -= 1
    surface = text[second.start() : stop]
    high = read_numeral(surface)
    last = unit_at(text, stop + 1 if text[stop : stop + 1] in ("余", "多") else stop)
    if high is None or number.value is None or (between and last != unit_at(text, number.end)):
        return number
    if last is None and not high.unit and not number.unit:
        return number
    low = _same_magnitude(text[start : number.end], number.value, surface, high.value)
    if low >= high.value:
        return number
    return replace(number, end=stop, value=low, upper=high.value)


def _enumerated(text: str, number: Number) -> Number:
    """七、八百万: a rough pair written with a mark between its digits."""
    match = _ENUMERATED.match(text, number.end - 1)
    if match is None:
        return number
    second = SECOND.match(text, match.end() - 1)
    if second is None or not _TRAILING_MAG.search(second[0]):
        return number
    low = read_numeral(match[1] + second[0][1:])
    high = read_numeral(second[0])
    if low is None or high is None or number.value is None or not low.value < high.value:
        return number
    return replace(number, end=second.end(), value=low.value, upper=high.value)


def _same_magnitude(first: str, low: Decimal, second: str, high: Decimal) -> Decimal:
    """In 5—10万吨 and 一百二十到一百五十万元 the first number shares the magnitude of the second.

    What stands at the end of the second is shared as far as the first stays below it: 万亿 or 亿
    with any number (2万至3万亿), ten, hundred and thousand only with one that has no magnitude
    (三到五千, but 三百到五千). Otherwise both are complete: 八千到一万, 5000万至1亿.
    """
    magnitude = _TRAILING_MAG.search(second)
    if magnitude is None or magnitude.start() == 0:
        return low
    whole = magnitude[0]
    single = _TRAILING_MAG.search(first) is None
    for at in range(len(whole)):
        if not single and whole[at] not in "万亿":
            continue
        factor = read_numeral(whole[at:])
        if factor is not None and low * factor.value < high:
            return low * factor.value
    return low
