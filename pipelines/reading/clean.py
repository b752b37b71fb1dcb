"""Raw text to clean Simplified text, with an offset map back to the raw characters.

Folding and conversion to Simplified are one code point to one; everything else is dropped
characters. So the map is two integers a character, kept right by slicing. What the text means
(headings, numbers, dates) is the business of `pipelines.text`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipelines.reading.cuts import DIGITS, IS_HAN, is_cut_name, is_cut_number, spare_blanks
from pipelines.reading.markup import marks
from pipelines.reading.script import simplify, traditional
from pipelines.reading.wraps import MIN_WRAP, full_width

# Sentence ends and openings as they stand after full-width folding.
_SENTENCE_END = frozenset("。!?;:…")
_CLOSING = "”’」』)》〉】〕"
_CANNOT_OPEN_LINE = frozenset("。,、;:!?%‰" + _CLOSING)
_CANNOT_CLOSE_LINE = frozenset(",、“‘「『(《〈【〔")
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
# The number of a page in a line of its own: - 3 -, 第3页 共8页.
_PAGE = re.compile(
    r"[-—–·•]+ *([0-9]{1,4}) *[-—–·•]+ *|第 ?(?P<of>[0-9]{1,4}) ?页(?:[ ,/]*共 ?[0-9]{1,4} ?页)? *"
)
_SAMPLE, _FEW = 20_000, 12
_APART = re.compile("[\u3400-\u9fff] (?=[\u3400-\u9fff])")
_TOGETHER = re.compile("[\u3400-\u9fff](?=[\u3400-\u9fff])")
_BLANK = re.compile("(?<=[^ \n]) (?=[^ \n])")
# A bracketed pinyin reading, apostrophes and tone marks included: (guó) (lü) (xī'ān)
_READING = re.compile(
    r"\((?=[^)]{0,24}[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿɑ])"
    r"[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿɑɡ\u0300-\u030c'’ ]{1,24}\)",
    re.IGNORECASE,
)
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300-\u030c]", re.IGNORECASE)
_HIGHER = "\U000104a0", "\U0001fbf9"  # first and last digit above the first plane of Unicode
# Radicals that PDF files have in place of the characters that look alike, beyond those that Unicode
# itself folds.
_RADICALS = dict(
    zip(
        "⺁⺄⺇⺊⺌⺎⺒⺓⺛⺜⺝⺟⺠⺧⺩⺬⺮⺶⺻⺼⺽⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂乙几卜小兀巳幺旡日月母民牛王示竹羊聿月臼虎西见角贝车长长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
# Where digits may be: not among Han and Hangul, which are most of Unicode.
_DIGITS_OF_SCRIPTS = (
    range(0x80, 0x3000),
    range(0xA000, 0xAC00),
    range(0xF900, 0x10000),
    range(ord(_HIGHER[0]), ord(_HIGHER[1]) + 1),
)


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
    if draft.text.count(" ") * 3 > len(draft.text):
        draft = draft.cut(_blanks_between(draft.text))
    lines = draft.text.count("\n")
    draft = draft.cut(_layout(draft.text))
    if "(" in draft.text and draft.text.count("\n") < lines:
        draft = draft.cut(_readings(draft.text), absorb=True)  # one broken over lines
    if without:
        draft = draft.cut(match.span() for match in _DIVISION.finditer(draft.text))
    if " " in draft.text:
        draft = draft.cut(spare_blanks(draft.text))
    return CleanText(raw, simplify(draft.text), draft.starts, draft.ends)


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
    table.update((ord(radical), ord(char)) for radical, char in _RADICALS.items())
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
    forms = traditional()
    last = -1
    for match in _READING.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else ""
        if start == last or before in forms or (IS_HAN.match(before) and _TONE.search(match[0])):
            last = end
            yield start, end


def _blanks_between(text: str) -> Iterable[tuple[int, int]]:
    """The blanks of a text that has one behind nearly each character, as some scans are read."""
    sample = text[:_SAMPLE]
    if len(_APART.findall(sample)) > max(len(_TOGETHER.findall(sample)), _FEW):
        for match in _BLANK.finditer(text):
            yield match.span()


def _page_lines(lines: Sequence[re.Match[str]]) -> frozenset[int]:
    """Where lines begin that have but the number of a page: several, each more than the last."""
    numbers = [
        (m.start(), int(found[1] or found["of"])) for m in lines if (found := _PAGE.fullmatch(m[0]))
    ]
    counted = [b > a for (_, a), (_, b) in pairwise(numbers)]
    return frozenset(start for start, _ in numbers) if counted and all(counted) else frozenset()


def _layout(text: str) -> Iterable[tuple[int, int]]:
    """What lies around line ends, so that one is left between paragraphs, none inside."""
    at = 0  # end of the paragraph so far
    body = ""
    lines = list(_LINE.finditer(text))
    # Indentation counts: the first line of a paragraph is as wide as the others with it.
    indents = [match.start() - text.rfind("\n", 0, match.start()) - 1 for match in lines]
    widths = [indents[i] + len(match[0].rstrip(" ")) for i, match in enumerate(lines)]
    full, set_in = full_width([match[0].rstrip(" ") for match in lines], indents, widths)
    before = 0  # width of the line before
    pages = _page_lines(lines)
    turned = False  # whether a page ends before the line
    for match, indent, width in zip(lines, indents, widths, strict=True):
        line = match[0].rstrip(" ")
        start = match.start()
        if start in pages and body:
            turned = True
            continue
        # Where paragraphs are set in, a line that is not carries on the full one before.
        carried = set_in and not indent and before >= full
        divided = line == _DIVIDER[1] or body == _DIVIDER[1]
        if (
            body
            and not divided
            and (
                carried
                or _goes_on(body, line, gap=text[at:start], full=before >= full)
                or (turned and before >= MIN_WRAP and _may_go_on(body, line))
            )
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
        before, turned = width, False
        at = start + len(line)
    if at < len(text):
        yield at, len(text)


def _may_go_on(body: str, line: str) -> bool:
    """Whether nothing keeps a line on the next page from carrying on a sentence."""
    return body[-1] not in _SENTENCE_END and not _ITEM.match(line)


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
    if first in _CANNOT_OPEN_LINE or is_cut_number(body[-12:], line[:12]):
        return True
    if _ITEM.match(line):
        return False
    if last in _CANNOT_CLOSE_LINE or is_cut_name(body[-2:], line[:24]):
        return True
    if gap.endswith(" ") or last in _CLOSING or (_LATIN.match(last) and _LATIN.match(first)):
        return False
    return full or bool(_SENTENCE_INSIDE.search(body)) or (last in DIGITS and "," in body)
