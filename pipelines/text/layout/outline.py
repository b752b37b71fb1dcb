"""The outline of a report: headings, paragraphs, sentences, clauses. One line is one paragraph.

Here belongs what the layout and the marks of a text say, and what a heading's words say of the
section under it (done, or to do). What a time or a word inside a sentence says of a figure belongs
to `times`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines import lexicon
from pipelines.text.headings import heading_status
from pipelines.text.model import Sentence, Status, tuple_of

# A semicolon does not end a sentence: a time that opens one governs to the full stop.
_SENTENCE = re.compile(r"[^。!?！？]*(?:[。!?！？]+[”’\"'」』）)》]*|$)")
_LINE = re.compile("[^\n]+")
_PAUSE = re.compile("[，；：、,;: \t]")
_BLANKS = " \t\r\u3000\u00a0\u200b\ufeff"
_FINAL = "。！？!?；;：:，,、…"
_TITLE_LENGTH = 34  # longest unnumbered heading
_OPENER_LENGTH = 16  # longest heading with a colon
_NUMBERED_LENGTH = 60  # longest numbered heading line
_RUN_IN_LENGTH = 40  # longest numbered first sentence that heads its paragraph
_PLAIN_DEPTH = 8  # an unnumbered heading stands under every numbered one
_STATED_DEPTH = 2  # unless it opens a part of the report (2018年工作思路)
_DATE = re.compile("(?:19|20)[0-9]{2}年?|[0-9]{1,2}[月日]")
_CELLS = 3  # of a line that is one of a table
_FIGURE_AT_END = re.compile("[0-9][^0-9]{1,3}$")
_LABEL = re.compile("【([^【】]{2,14})】|([^,，。;；:：、]{4,14})[:：]")
_SPEECH_MARK = 7  # numbering of sentences inside a paragraph
# Who binds a figure looks about in its sentence, so a sentence without end costs its square. The
# longest of 38,000 sentences of real reports has 639 characters.
_SENTENCE_LENGTH = 1000


@dataclass(slots=True)
class _Heading:
    depth: int
    text: str
    status: Status | None
    says: str  # how firmly its words say so: firmly, weakly or not at all


@cache
def _numbering() -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern with one group a depth, and the depths of the groups."""
    by_depth: dict[int, list[str]] = {}
    for mark, depth in lexicon.entries("heading_marks"):
        literal = re.escape(mark).replace("N", "[一二三四五六七八九十百]{1,3}")
        by_depth.setdefault(int(depth), []).append(literal.replace("A", "[0-9]{1,2}"))
    names = {f"d{depth}": depth for depth in by_depth}
    groups = (f"(?P<d{depth}>{'|'.join(marks)})" for depth, marks in sorted(by_depth.items()))
    # 1.5 is a number, 3、4月 a pair; neither numbers a heading. A year may follow a number.
    return re.compile(f"(?:{'|'.join(groups)})(?<![0-9][.、](?=[0-9]))\\s*"), names


_ORDER = "一二三四五六七八九十"
_OUTER, _INNER = 3, 4  # depths of 一、 and (一)
_SERIES = re.compile(
    "^[ \u3000\t]*(?:[(（]([一二三四五六七八九十]{1,3})[)）]|([一二三四五六七八九十]{1,3})、)", re.M
)


def _inverted(text: str) -> bool:
    """Whether (一) stands above 一、 in this report: a series of 一、 lies inside one of (一)."""
    last, inside = "", False
    for series in _SERIES.finditer(text):
        if series[1]:
            if inside and last and _ORDER.find(series[1]) == _ORDER.find(last) + 1 > 0:
                return True
            last, inside = series[1], False
        elif series[2] == _ORDER[0]:
            inside = True
    return False


def _mark_depth(line: str, *, inverted: bool) -> int | None:
    pattern, depths = _numbering()
    found = pattern.match(line)
    if not found or not found.lastgroup:
        return None
    depth = depths[found.lastgroup]
    if inverted and depth in (_OUTER, _INNER):
        return _OUTER + _INNER - depth
    return depth


def is_numbered(heading: str) -> bool:
    """Whether a heading has its place in an order: 一、, (二), 3."""
    return _mark_depth(heading, inverted=False) is not None


def _heading_line(line: str, *, inverted: bool) -> _Heading | None:
    """The heading that a whole line is, if it is one."""
    if len(line) > _NUMBERED_LENGTH:
        return None
    depth = _mark_depth(line, inverted=inverted)
    if depth is not None and depth < _SPEECH_MARK:
        single = not re.search("[。！？!?;；]", line[:-1])
        if single and line[-1] not in ",，、;；":
            says, status = heading_status(line)
            return _Heading(depth, line, status, says)
        return None
    if depth is None and line[-1] in ":：" and len(line) <= _OPENER_LENGTH and not _lists(line):
        says, status = heading_status(line)
        if says == "firmly" and status:  # 下一步工作计划: heads what follows
            return _Heading(_STATED_DEPTH, line.rstrip(":："), status, says)
    if depth is None and len(line) <= _TITLE_LENGTH and line[-1] not in _FINAL:
        # 新建学校6所,占年任务120% is a line of a list: its words say nothing of what follows
        says, status = ("", None) if _lists(line) else heading_status(line)
        return _Heading(_STATED_DEPTH if says else _PLAIN_DEPTH, line, status, says)
    return None


def _lists(line: str) -> bool:
    """Whether a line without a mark at its end tells a figure: 改造危房300户; no 回顾2017年.

    So does one of the cells of a table's head: 项目 计划投资 完成投资.
    """
    if len(line.split()) >= _CELLS:
        return True
    rest = _DATE.sub("", line)
    figure = "," in rest and re.search("[0-9]", rest)
    return bool(figure or _FIGURE_AT_END.search(rest))


def _run_in(sentence: str, *, inverted: bool) -> _Heading | None:
    """The heading that the first sentence of a longer paragraph is: `1、经济实力显著提升。`."""
    if len(sentence) > _RUN_IN_LENGTH or sentence[-1] not in "。!！":
        return None
    depth = _mark_depth(sentence, inverted=inverted)
    if depth is None:
        return None
    if depth == _SPEECH_MARK and re.search("[，,；;]", sentence):
        return None
    says, status = heading_status(sentence) if depth < _SPEECH_MARK else ("", None)
    return _Heading(depth, sentence.rstrip("。!！"), status, says)


def _label(paragraph: str) -> _Heading | None:
    """The words that open a paragraph and say what it is for: 【下月计划】, 下一步工作打算:."""
    found = _LABEL.match(paragraph)
    words = (found[1] or found[2]) if found else ""
    named = words.endswith(lexicon.affixes("heading_status"))  # no 预期目标是:
    says, status = heading_status(words) if named else ("", None)
    return _Heading(_SPEECH_MARK, words, status, says) if says == "firmly" and status else None


def _title(heading: _Heading) -> _Heading:
    """The heading that opens a text: a title makes a plan of no part by itself.

    Whether the report is one says its kind, for which title and text are weighed.
    """
    if heading.status != "planned" or is_numbered(heading.text):
        return heading
    return _Heading(heading.depth, heading.text, None, "")


def _push(stack: list[_Heading], heading: _Heading) -> None:
    while stack and stack[-1].depth >= heading.depth:
        stack.pop()
    stack.append(heading)


def _opens_paragraph(stack: list[_Heading], opening: str) -> bool:
    """Puts the label of a paragraph into the place of the last; whether anything changed."""
    last = bool(stack) and stack[-1].depth == _SPEECH_MARK
    if last:
        stack.pop()
    label = _label(opening)
    if label:
        _push(stack, label)
    return last or label is not None


def _status(stack: list[_Heading]) -> Status | None:
    """What the headings say: the innermost firm word, or a weak one where no other speaks above."""
    status: Status | None = None
    spoken = False
    for heading in stack:
        if heading.says == "firmly" or (heading.says and not (spoken and status)):
            status, spoken = heading.status, True
    return status


def outline(text: str) -> tuple[Sentence, ...]:
    """Sentences and heading lines of clean text, in order; together they cover all that is written.

    Args:
        text: clean text, one paragraph a line.

    Returns:
        Sentences with their clauses, the headings above them, and what these say of the section.
        A heading's own `section` holds the headings above it, not itself.
    """
    found: list[Sentence] = []
    stack: list[_Heading] = []
    section: tuple[str, ...] = ()  # what the stack says, made anew whenever it changes
    status: Status | None = None
    inverted = _inverted(text)
    for paragraph, line in enumerate(_LINE.finditer(text)):
        start, end = _strip(text, line.start(), line.end())
        if start == end:
            continue
        heading = None
        if end - start <= _NUMBERED_LENGTH:
            heading = _heading_line(text[start:end], inverted=inverted)
        if heading:
            _push(stack, heading if found else _title(heading))
            section, status = _section(stack), _status(stack)
            found.append(tuple_of(Sentence, (start, end, paragraph, section[:-1], True, status)))
            continue
        if _opens_paragraph(stack, text[start : min(end, start + _OPENER_LENGTH)]):
            section, status = _section(stack), _status(stack)
        first = True
        for match in _SENTENCE.finditer(text, start, end):
            begin, stop = _strip(text, match.start(), match.end())
            if begin == stop:
                continue
            run_in = None
            if first and stop < end and stop - begin <= _RUN_IN_LENGTH:
                run_in = _run_in(text[begin:stop], inverted=inverted)
            first = False
            if run_in is None:
                found.append(tuple_of(Sentence, (begin, stop, paragraph, section, False, status)))
                continue
            _push(stack, run_in)
            section, status = _section(stack), _status(stack)
            found.append(tuple_of(Sentence, (begin, stop, paragraph, section[:-1], True, status)))
    return tuple(found)


def overlong(sentences: Sequence[Sentence]) -> bool:
    """Whether a sentence is longer than any report writes: a table on one line."""
    return any(sentence.end - sentence.start > _SENTENCE_LENGTH for sentence in sentences)


def bounded(
    text: str, sentences: Sequence[Sentence], spans: Sequence[tuple[int, int]]
) -> tuple[Sentence, ...]:
    """The sentences, those that are overlong cut into pieces.

    A piece ends after the last mark within its length that lies outside the spans.

    Args:
        text: clean text.
        sentences: its outline.
        spans: what must not be cut (numerals, times): in order, disjoint.
    """
    found: list[Sentence] = []
    for sentence in sentences:
        begin = sentence.start
        while sentence.end - begin > _SENTENCE_LENGTH:
            cut = min(_cut(text, begin, spans), sentence.end)
            start, stop = _strip(text, begin, cut)
            if start < stop:
                found.append(sentence._replace(start=start, end=stop))
            begin = cut
        start, stop = _strip(text, begin, sentence.end)
        if start < stop:
            found.append(sentence._replace(start=start, end=stop))
    return tuple(found)


def _cut(text: str, begin: int, spans: Sequence[tuple[int, int]]) -> int:
    """Where the piece that begins at `begin` ends."""
    limit = begin + _SENTENCE_LENGTH
    first = bisect_left(spans, (begin,))
    for mark in reversed(list(_PAUSE.finditer(text, begin, limit))):
        at = mark.end()
        inside = bisect_left(spans, (at,), first) - 1
        if inside < first or spans[inside][1] <= at:
            return at
    # No mark at all: before the numeral at the limit, or behind it where it fills the piece.
    inside = bisect_left(spans, (limit,), first) - 1
    if inside < first or spans[inside][1] <= limit:
        return limit
    start, end = spans[inside]
    return start if start > begin else end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks on either side."""
    if start < end and text[start] not in _BLANKS and text[end - 1] not in _BLANKS:
        return start, end
    line = text[start:end]
    core = line.strip(_BLANKS)
    if not core:
        return start, start
    start += len(line) - len(line.lstrip(_BLANKS))
    return start, start + len(core)


def _section(stack: list[_Heading]) -> tuple[str, ...]:
    return tuple([heading.text for heading in stack])
