"""Raw text to clean Simplified text, with an offset map back to the raw characters.

Folding and conversion to Simplified are one code point to one; everything else is dropped
characters. So the map is two integers a character, kept right by slicing. What the text means
(headings, numbers, dates) is the business of `pipelines.text`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from pipelines.reading.markup import marks

# Sentence ends and openings as they stand after full-width folding.
_SENTENCE_END = frozenset("。!?;:…")
_CLOSING = "”’」』)》〉】〕"
_CANNOT_OPEN_LINE = frozenset("。,、;:!?%‰" + _CLOSING)
_CANNOT_CLOSE_LINE = frozenset(",、“‘「『(《〈【〔")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇○\U00020000-\U0003ffff"
# Not `+`: a pattern that opens with one character of a set is searched for much faster.
_DROP = "[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]"
_DROPPED = re.compile(f"{_DROP}{_DROP}*")
_LINE = re.compile(r"[^\n ][^\n]*")
# Numbered headings and list items: 一、 (二) 3. 第四, ① —— •
_ITEM = re.compile(
    r"\(?(?:[一二三四五六七八九十百]{1,4}|[0-9]{1,3})[)、.,:](?![0-9])"
    r"|第[一二三四五六七八九十百0-9]{1,4}(?:[章节条、,:]|部分)"
    r"|[\u2460-\u249b\u2776-\u2793]|[-—–•●◆■□▲★※·]"
)
_SENTENCE_INSIDE = re.compile("[。!?](?=.)")
_LATIN = re.compile("[A-Za-z]")
# Text wrapped at a fixed width, as mail programs and PDF files have it.
_MANY_SET_IN, _MOST_SET_IN = 3, 0.7  # lines, and part of the lines, that open paragraphs
_NEARLY_ALL = 0.9
_MIN_LINES, _MIN_WRAP, _MAX_WRAP, _WRAP_SLACK = 8, 16, 80, 4
# A bracketed pinyin reading, apostrophes and tone marks included: (guó) (lü) (xī'ān)
_READING = re.compile(
    r"\((?=[^)]{0,24}[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿɑ])"
    r"[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿɑɡ\u0300-\u030c'’ ]{1,24}\)",
    re.IGNORECASE,
)
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300-\u030c]", re.IGNORECASE)
_BLANKS = re.compile("  *")  # faster than " +", as above
# A number that a line break or a blank cuts in two: what stands before the cut, and what behind.
_UNIT_OPENS = (
    "[百千万亿]{0,3}(?:美元|元|吨|亩|公顷|公里|人次|平方米|立方米|千瓦|个百分点|百分点)|[%‰]"
)
_CUT_NUMBERS = tuple(
    (re.compile(before), re.compile(behind))
    for before, behind in (
        (r"[^\d\s.:] ?\d(?: ?\d)*\.$", rf"(?!(?:19|20)\d\d年)\d+ ?(?:[百千万亿%‰]|{_UNIT_OPENS})"),
        (r"[^\d\s.]\d+$", rf"\.\d+(?:[百千万亿%‰]|{_UNIT_OPENS})"),
        (r"[^\d\s.]\d+(?:\.\d+)?$", _UNIT_OPENS + "|[个家户名条项台座处件所人][,。;、(]"),
        (r"\d个$", "百分点"),
    )
)
_FIGURE_OPENS = re.compile(
    rf"-?\d[\d,]*(?:\.\d+)?[百千万亿]*(?:{_UNIT_OPENS}|人|户)(?:[,。;、)]|$)"
)
_PER_HEAD = ("人均", "户均", "亩均")
_CN_DIGIT, _CN_MAGNITUDE = "零〇一二三四五六七八九两兩", "十百千万亿萬億"
_END = r"(?=[,。;、\s]|$)"
# In Chinese digits: 五 十, 三千 八百, 百分之 五, 五百 余万, 十二 点 五, 五 分之 一, 九 九 折.
_CUT_CHINESE = tuple(
    (re.compile(f"(?:{before})$"), re.compile(behind))
    for before, behind in (
        (f"[{_CN_DIGIT}0-9几]", f"[余多餘]? ?[{_CN_MAGNITUDE}]"),
        (f"[{_CN_MAGNITUDE}0-9] ?[余多餘几幾]", f"[{_CN_MAGNITUDE}]"),
        (
            f"[{_CN_MAGNITUDE}又]|分之",
            f"[{_CN_DIGIT}{_CN_MAGNITUDE}]|[余多餘几幾] ?[{_CN_MAGNITUDE}]|{_UNIT_OPENS}",
        ),
        (
            f"[{_CN_DIGIT}{_CN_MAGNITUDE}]",
            f"[点點] ?[{_CN_DIGIT}]|分 ?之 ?[{_CN_DIGIT}{_CN_MAGNITUDE}0-9壹]"
            f"|又 ?[{_CN_DIGIT}]|[成折]{_END}|个 ?百 ?分 ?点",
        ),
        (f"[{_CN_DIGIT}{_CN_MAGNITUDE}] ?[点點]|[分又]", f"[{_CN_DIGIT}]|之 ?[{_CN_DIGIT}0-9]"),
        (f"[{_CN_DIGIT}]", f"[{_CN_DIGIT}] ?折{_END}"),
        (f"[{_CN_DIGIT}]成", f"[{_CN_DIGIT}半]{_END}"),
        ("个|个 ?百|百 ?分", "百? ?分? ?点"),
    )
)
_DIGITS = frozenset("0123456789")
_CUTS = frozenset(".个之点點又分成折余多餘几幾") | frozenset(_CN_DIGIT + _CN_MAGNITUDE)
_HIGHER = "\U000104a0", "\U0001fbf9"  # first and last digit above the first plane of Unicode
# Where digits may be: not among Han and Hangul, which are most of Unicode.
_DIGITS_OF_SCRIPTS = (
    range(0x80, 0x3000),
    range(0xA000, 0xAC00),
    range(0xF900, 0x10000),
    range(ord(_HIGHER[0]), ord(_HIGHER[1]) + 1),
)
_SHARE = 20  # one Traditional character in so many makes a text Traditional
_IS_HAN = re.compile(f"[{_HAN}]")


# Stands for what is left out (a table) until paragraphs are made: no character of any text, for
# private ones of a report are made U+FFFD where something is left out.
_DIVIDER = "\n\ue0ff\n"
_DIVISION = re.compile("\ue0ff\n?|\n\ue0ff$")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Clean text and where each of its characters stands in the raw text.

    Character `i` of `text` is `raw[starts[i]:ends[i]]`; `ends` takes in its inline pinyin.
    """

    raw: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the clean span `start:end` (half-open, code points).

        An empty span maps to an empty one.
        """
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return at, at
        return self.starts[start], self.ends[end - 1]


def clean(raw: str, without: Sequence[tuple[int, int]] = ()) -> CleanText:
    """Clean a report: Simplified characters, ASCII forms, one paragraph a line.

    Args:
        raw: the decoded file, any characters at all.
        without: spans to leave out, in order, each with a character at least: no paragraph goes
            on over one.

    Returns:
        The clean text with its offset map. Clean text has no blank line, no blank at the border
        of a line and at most one in a row.
    """
    draft = _Draft.of(raw)
    if without:
        draft = draft.divided(without)
    if "<" in draft.text or "&" in draft.text:
        draft = draft.replaced(marks(draft.text))
    draft = draft.cut(match.span() for match in _DROPPED.finditer(draft.text))
    if "(" in draft.text:
        draft = draft.cut(_readings(draft.text), absorb=True)
    lines = draft.text.count("\n")
    draft = draft.cut(_layout(draft.text))
    if "(" in draft.text and draft.text.count("\n") < lines:
        draft = draft.cut(_readings(draft.text), absorb=True)  # one broken over lines
    if without:
        draft = draft.cut(match.span() for match in _DIVISION.finditer(draft.text))
    if " " in draft.text:
        draft = draft.cut(_spare_blanks(draft.text))
    return CleanText(raw, _simplify(draft.text), draft.starts, draft.ends)


@dataclass(frozen=True, slots=True)
class _Draft:
    """Text on its way to be clean, with the map that each step keeps right."""

    text: str
    starts: array[int]
    ends: array[int]

    @staticmethod
    def of(raw: str) -> _Draft:
        count = len(raw)
        ramp = _ramp(1 << count.bit_length())
        return _Draft(_fold(raw), ramp[:count], ramp[1 : count + 1])

    def cut(self, spans: Iterable[tuple[int, int]], *, absorb: bool = False) -> _Draft:
        """Drop ordered, disjoint spans; with `absorb` the character before takes in their raw."""
        text: list[str] = []
        starts, ends = array("I"), array("I")
        at = 0
        for start, end in spans:
            text.append(self.text[at:start])
            starts.extend(self.starts[at:start])
            ends.extend(self.ends[at:start])
            if absorb and ends:
                ends[-1] = self.ends[end - 1]
            at = end
        if at == 0:
            return self
        text.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return _Draft("".join(text), starts, ends)

    def replaced(self, spans: Iterable[tuple[int, int, str]]) -> _Draft:
        """Put one character, or none, in the place of each span."""
        text: list[str] = []
        starts, ends = array("I"), array("I")
        at = 0
        for start, end, char in spans:
            text += (self.text[at:start], char)
            starts.extend(self.starts[at:start])
            ends.extend(self.ends[at:start])
            if char:
                starts.append(self.starts[start])
                ends.append(self.ends[end - 1])
            at = end
        if at == 0:
            return self
        text.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return _Draft("".join(text), starts, ends)

    def divided(self, spans: Sequence[tuple[int, int]]) -> _Draft:
        """The text with a line of its own, of one mark, in the place of each span."""
        own = self.text.replace(_DIVIDER[1], "\ufffd")
        text: list[str] = []
        starts, ends = array("I"), array("I")
        at = 0
        for start, end in spans:
            text += (own[at:start], _DIVIDER)
            starts.extend(self.starts[at:start])
            ends.extend(self.ends[at:start])
            starts.extend([start] * len(_DIVIDER))
            ends.extend([end] * len(_DIVIDER))
            at = end
        text.append(own[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return _Draft("".join(text), starts, ends)


@cache
def _ramp(size: int) -> array[int]:
    """0, 1, 2 … size: slices of it are copied instead of counting anew for each report."""
    return array("I", range(size + 1))


def _fold(raw: str) -> str:
    """Replace one code point by one. Some twenty `replace` calls beat one `translate` by far."""
    folding = _folding()
    for char in set(_foldable().findall(raw)):
        raw = raw.replace(char, folding.get(char, char))
    return raw


@cache
def _foldable() -> re.Pattern[str]:
    # The digits above the first plane as one stretch: a pattern of many is far slower.
    first_plane = "".join(sorted(char for char in _folding() if char < _HIGHER[0]))
    return re.compile(f"[{re.escape(first_plane)}{_HIGHER[0]}-{_HIGHER[1]}]")


@cache
def _folding() -> dict[str, str]:
    """One-to-one replacements: full-width forms, digits, blanks, line ends, look-alikes."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    for code in (*range(0xF900, 0xFB00), *range(0x2F00, 0x2FD6), *range(0x2E80, 0x2EF4)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1:
            table[code] = ord(folded)
    table[0x2236] = ord(":")  # the sign of a ratio, 8.3∶41.4∶50.3
    blank, line = ord(" "), ord("\n")
    table.update(dict.fromkeys((*range(0x20), 0x7F, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000), blank))
    table.update(dict.fromkeys(range(0x2000, 0x200B), blank))
    # \r\n becomes two line ends; the layout step makes one of them.
    table.update(dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), line))
    for codes in _DIGITS_OF_SCRIPTS:
        for code in codes:
            digit = unicodedata.decimal(chr(code), None)  # of any script: ٣ is 3
            if digit is not None:
                table[code] = ord("0") + digit
    # A lone half of a surrogate pair is no character: OpenCC could not take it.
    table.update(dict.fromkeys(range(0xD800, 0xE000), 0xFFFD))
    return {chr(code): chr(folded) for code, folded in table.items() if code != folded}


def _readings(text: str) -> Iterable[tuple[int, int]]:
    """Bracketed pinyin: after a Traditional character, or wherever it bears a tone mark.

    Without either sign a bracket holds an abbreviation of the report itself: 模式(ppp). A
    character with two readings bears two brackets.
    """
    traditional = _traditional()
    last = -1
    for match in _READING.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        if (
            start == last
            or before in traditional
            or (_IS_HAN.match(before) and _TONE.search(match[0]))
        ):
            last = end
            yield start, end


def _layout(text: str) -> Iterable[tuple[int, int]]:
    """What lies around line ends, so that one is left between paragraphs, none inside."""
    at = 0  # end of the paragraph so far
    body = ""
    lines = list(_LINE.finditer(text))
    # Indentation counts: the first line of a paragraph is as wide as the others with it.
    indents = [match.start() - text.rfind("\n", 0, match.start()) - 1 for match in lines]
    widths = [indents[i] + len(match[0].rstrip(" ")) for i, match in enumerate(lines)]
    full = _full_width(widths)
    set_in = _MANY_SET_IN <= sum(map(bool, indents)) <= len(lines) * _MOST_SET_IN
    if set_in:
        full = min(full, _full_where_set_in(indents, widths))
    before = 0  # width of the line before
    for match, indent, width in zip(lines, indents, widths, strict=True):
        line = match[0].rstrip(" ")
        start = match.start()
        # Where paragraphs are set in, a line that is not carries on the full one before.
        carried = set_in and not indent and before >= full
        divided = line == _DIVIDER[1] or body == _DIVIDER[1]
        if (
            body
            and not divided
            and (carried or _goes_on(body, line, gap=text[at:start], full=before >= full))
        ):
            yield at, start
            body += line
        else:
            first = text.find("\n", at, start) if body else -1
            if first < 0:
                if start > at:
                    yield at, start
            else:
                if first > at:
                    yield at, first
                if start > first + 1:
                    yield first + 1, start
            body = line
        before = width
        at = start + len(line)
    if at < len(text):
        yield at, len(text)


def _full_width(widths: list[int]) -> float:
    """From which width on a line is full, in a text wrapped at a fixed width; else infinite.

    Text is wrapped when at least half of its lines are of nearly the same, middling width.
    """
    common = Counter(widths).most_common(1)
    if len(widths) < _MIN_LINES or not _MIN_WRAP <= common[0][0] <= _MAX_WRAP:
        return math.inf
    full = common[0][0] - _WRAP_SLACK
    alike = sum(full <= width <= common[0][0] + _WRAP_SLACK for width in widths)
    return full if alike * 2 >= len(widths) else math.inf


def _full_where_set_in(indents: list[int], widths: list[int]) -> float:
    """From which width on a line is full, in wrapped text whose paragraphs are set in.

    No line is longer, and nearly every line that is not set in comes after a full one.
    """
    full = max(widths) - _WRAP_SLACK
    after = [widths[i - 1] >= full for i in range(1, len(widths)) if not indents[i]]
    wrapped = (
        len(widths) >= _MIN_LINES
        and _MIN_WRAP <= max(widths) <= _MAX_WRAP
        and sum(after) >= max(_MANY_SET_IN, _NEARLY_ALL * len(after))
    )
    return full if wrapped else math.inf


def _goes_on(body: str, line: str, gap: str, *, full: bool) -> bool:
    """Whether `line` carries on the paragraph `body`: a line broken in mid-sentence.

    `gap` is what stands between them, `full` says that the line before was wrapped. A title has
    no full stop either, so a missing one alone joins nothing. The border must be impossible (a
    mark that cannot stand there), or the paragraph must already hold a whole sentence, or break
    off in a number, and the next line be neither indented nor a list item. A blank line says
    little: pages copied from the web have one wherever a link stood.
    """
    last, first = body[-1], line[0]
    if last in _SENTENCE_END:
        return first in _CLOSING
    if first in _CANNOT_OPEN_LINE or _is_cut_number(body[-12:], line[:12]):
        return True
    if _ITEM.match(line):
        return False
    if last in _CANNOT_CLOSE_LINE or _is_cut_name(body[-2:], line[:24]):
        return True
    if gap.endswith(" ") or last in _CLOSING or (_LATIN.match(last) and _LATIN.match(first)):
        return False
    return full or bool(_SENTENCE_INSIDE.search(body)) or (last in _DIGITS and "," in body)


def _is_cut_name(before: str, behind: str) -> bool:
    """Whether a line ends in a name and the next has its figure: 城镇化率 and 86.38%,比上年….

    A line that begins with a figure of money, a share or persons and a mark says nothing alone.
    Nor does one that ends in 人均.
    """
    if before in _PER_HEAD:
        return True
    return _IS_HAN.match(before[-1:]) is not None and _FIGURE_OPENS.match(behind) is not None


def _is_cut_number(before: str, behind: str) -> bool:
    """Whether one number goes on from `before` to `behind`: 10. and 07%, 320 and 万元."""
    return any(a.search(before) and b.match(behind) for a, b in _CUT_NUMBERS)


def _spare_blanks(text: str) -> Iterable[tuple[int, int]]:
    """Blanks that go: all but one of a run, and those that type-setting put around a number."""
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if _splits_number(text, start, end):
            yield start, end
        elif end > start + 1:
            yield start + 1, end


def _splits_number(text: str, start: int, end: int) -> bool:
    """Whether the blanks `start:end` stand inside a number or between it and a Han character.

    Two digits are closed up only where both stand alone (1 9 9 9): else two numbers would become
    one. A list number keeps its blank (3 强化管理), or it would grow into the words.
    """
    left, right = text[start - 1 : start], text[end : end + 1]
    if (left in _CUTS or right in _CUTS) and _is_cut_in_two(text, start, end):
        return True
    if left in _DIGITS:
        return _closes_up(text, start, end, right)
    if right not in _DIGITS:
        return False
    return bool(_IS_HAN.match(left)) or (left == "." and text[start - 2 : start - 1] == " ")


def _closes_up(text: str, start: int, end: int, right: str) -> bool:
    """Whether the blanks `start:end` behind a digit stand inside a number or before its unit."""
    if right in _DIGITS:
        spaced = text[end + 1 : end + 3] == ". "  # 1 2. 6
        spelt = text[start - 3 : start - 1] in (" .", ". ")  # 1 0 . 0 6
        whole = (_in_number(text, start - 2) and not spelt) or (
            _in_number(text, end + 1) and not spaced
        )
        return not whole and text[end + 1 : end + 2] != "/"
    if right in ("%", "‰"):
        return True
    if right == ".":
        return text[end + 1 : end + 2] in _DIGITS or text[end + 1 : end + 3].strip() in _DIGITS
    return bool(_IS_HAN.match(right)) and not _is_list_number(text, start)


def _is_cut_in_two(text: str, start: int, end: int) -> bool:
    """38. 6亿, 一百 五 十 二, 1.2 个 百分点: blanks inside one number, or before its unit."""
    before, behind = text[max(0, start - 9) : start], text[end : end + 12]
    if before.endswith("."):
        head, tail = _CUT_NUMBERS[0]
        return head.search(before) is not None and tail.match(behind) is not None
    return any(a.search(before) and b.match(behind) for a, b in _CUT_CHINESE)


def _in_number(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at] in _DIGITS or text[at] == ".")


def _is_list_number(text: str, end: int) -> bool:
    line = text.rfind("\n", max(0, end - 3), end) + 1 or (0 if end <= 2 else end)
    return line < end and text[line:end].isdigit()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplify(text: str) -> str:
    """Simplified characters, one for one.

    OpenCC looks at phrases (乾隆 keeps its 乾). Where a phrase changes the number of characters,
    the line is converted character by character, so that offsets hold.
    """
    simple: str = _converter().convert(text)
    if len(simple) != len(text):
        simple = "\n".join(map(_simplify_line, text.split("\n")))
    if simple == text:
        return simple
    # A Simplified text keeps what it may have: the 乾 of 乾安县 is no 干 there.
    kept = [one.start() for one in _of_both().finditer(text) if simple[one.start()] != one[0]]
    if not kept or _is_traditional(text):
        return simple
    characters = list(simple)
    for place in kept:
        characters[place] = text[place]
    return "".join(characters)


@cache
def _of_both() -> re.Pattern[str]:
    """Traditional characters that the Simplified set has, too."""
    return re.compile(f"[{''.join(sorted(_traditional() - _only_traditional()))}]")


def _is_traditional(text: str) -> bool:
    """Whether more than one in twenty characters is Traditional only."""
    return len(_is_only_traditional().findall(text)) * _SHARE > len(text)


@cache
def _is_only_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_only_traditional()))}]")


def _simplify_line(line: str) -> str:
    simple: str = _converter().convert(line)
    return simple if len(simple) == len(line) else line.translate(_traditional_table())


@cache
def _traditional_table() -> dict[int, str]:
    """Single characters that have a Simplified form of one character."""
    chars = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    forms = _converter().convert("\n".join(chars)).split("\n")
    return {
        ord(char): form
        for char, form in zip(chars, forms, strict=True)
        if form != char and len(form) == 1
    }


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, _traditional_table()))


@cache
def _only_traditional() -> frozenset[str]:
    """Traditional characters that GB 2312, the Simplified set, does not have."""
    return frozenset(char for char in _traditional() if not char.encode("gb2312", "ignore"))
