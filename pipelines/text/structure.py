"""The outline of a report: headings, paragraphs, sentences, clauses. One line is one paragraph.

Here belongs what the layout and the marks of a text say, and what a heading's words say of the
section under it (done, or to do). What a time or a word inside a sentence says of a figure belongs
to `periods` and `status`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines import lexicon
from pipelines.text.model import Clause, Sentence, Status

# A semicolon does not end a sentence: a time that opens one governs to the full stop.
_SENTENCE = re.compile(r"[^。!?！？]*(?:[。!?！？]+[”’\"'」』）)》]*|$)")
# A comma between digits separates thousands, a colon between digits is a time of day.
_CLAUSE_MARK = re.compile("[，；：]|(?<![0-9])[,:]|[,:](?![0-9])|;")
_LINE = re.compile("[^\n]+")
_BLANKS = " \t\r\u3000\u00a0\u200b\ufeff"
_FINAL = "。！？!?；;：:，,、…"
_TITLE_LENGTH = 34  # longest unnumbered heading
_NUMBERED_LENGTH = 60  # longest numbered heading line
_RUN_IN_LENGTH = 40  # longest numbered first sentence that heads its paragraph
_PLAIN_DEPTH = 8  # an unnumbered heading stands under every numbered one
_STATED_DEPTH = 2  # unless it opens a part of the report (2018年工作思路)
_SPEECH_MARK = 7  # numbering of sentences inside a paragraph


@dataclass(frozen=True, slots=True)
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


@cache
def _status_words() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = {word: says for word, says in lexicon.entries("heading_status")}
    return re.compile(lexicon.alternation(frozenset(rows))), rows


def heading_status(text: str) -> tuple[str, Status | None]:
    """What a heading's words say of its section.

    Returns:
        How firmly they say it (firmly, weakly, or not at all: ""), and the status: None for a
        section that is neither, or both (去年工作回顾和今年工作安排).
    """
    pattern, says = _status_words()
    found = [says[word] for word in pattern.findall(text)]
    if not found:
        return "", None
    if "neutral" in found:
        return "firmly", None
    if "actual" in found:
        # An aim before the word of completion is what was completed; one after it stands beside it.
        beside = "planned" in found or "aim" in found[found.index("actual") :]
        return "firmly", None if beside else "actual"
    return "firmly" if "planned" in found else "weakly", "planned"


def _mark_depth(line: str) -> int | None:
    pattern, depths = _numbering()
    found = pattern.match(line)
    return depths[found.lastgroup] if found and found.lastgroup else None


def _heading_line(line: str) -> _Heading | None:
    """The heading that a whole line is, if it is one."""
    depth = _mark_depth(line)
    if depth is not None and depth < _SPEECH_MARK:
        single = not re.search("[。！？!?;；]", line[:-1])
        if single and len(line) <= _NUMBERED_LENGTH and line[-1] not in ",，、;；":
            says, status = heading_status(line)
            return _Heading(depth, line, status, says)
        return None
    if depth is None and len(line) <= _TITLE_LENGTH and line[-1] not in _FINAL:
        says, status = heading_status(line)
        return _Heading(_STATED_DEPTH if says else _PLAIN_DEPTH, line, status, says)
    return None


def _run_in(sentence: str) -> _Heading | None:
    """The heading that the first sentence of a longer paragraph is: `1、经济实力显著提升。`."""
    depth = _mark_depth(sentence)
    if depth is None or len(sentence) > _RUN_IN_LENGTH or sentence[-1] not in "。!！":
        return None
    if depth == _SPEECH_MARK and re.search("[，,；;]", sentence):
        return None
    says, status = heading_status(sentence) if depth < _SPEECH_MARK else ("", None)
    return _Heading(depth, sentence.rstrip("。!！"), status, says)


def _clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    found = []
    position = start
    for mark in _CLAUSE_MARK.finditer(text, start, end):
        if mark.start() > position:
            found.append(Clause(position, mark.start()))
        position = mark.end()
    if position < end:
        found.append(Clause(position, end))
    return tuple(found)


def _push(stack: list[_Heading], heading: _Heading) -> None:
    while stack and stack[-1].depth >= heading.depth:
        stack.pop()
    stack.append(heading)


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
    for paragraph, line in enumerate(_LINE.finditer(text)):
        start, end = _strip(text, line.start(), line.end())
        if start == end:
            continue
        heading = _heading_line(text[start:end])
        if heading:
            _push(stack, heading)
            found.append(_sentence(text, start, end, paragraph, stack[:-1], True, _status(stack)))
            continue
        if stack and stack[-1].depth == _SPEECH_MARK:
            stack.pop()
        first = True
        for match in _SENTENCE.finditer(text, start, end):
            begin, stop = _strip(text, match.start(), match.end())
            if begin == stop:
                continue
            run_in = _run_in(text[begin:stop]) if first and stop < end else None
            if run_in:
                _push(stack, run_in)
            above = stack[:-1] if run_in else stack
            heads = run_in is not None
            found.append(_sentence(text, begin, stop, paragraph, above, heads, _status(stack)))
            first = False
    return tuple(found)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks on either side."""
    line = text[start:end]
    core = line.strip(_BLANKS)
    if not core:
        return start, start
    start += len(line) - len(line.lstrip(_BLANKS))
    return start, start + len(core)


def _sentence(
    text: str,
    start: int,
    end: int,
    paragraph: int,
    above: list[_Heading],
    is_heading: bool,
    status: Status | None,
) -> Sentence:
    section = tuple(heading.text for heading in above)
    return Sentence(start, end, paragraph, section, is_heading, status, _clauses(text, start, end))
