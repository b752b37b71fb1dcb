"""Tables in plain text: rows whose cells are parted by tabs, bars or blanks.

Only where they are, and how their lines part into cells: `read` says what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.reading.document import Cell, Grid
from pipelines.text.tables.headings import stub_kind
from pipelines.text.tables.placing import Placed, Span, by_number, by_place, over_empty

# A number with a part of a row before it: prose has this hardly anywhere, so that a search for it
# passes over most texts at once.
_BETWEEN = re.compile(
    "[ \t\u3000\xa0|│｜┃,，](?<=[0-9０-９%％\u2014\u2013\\-)）\u3400-\u9fff].)"
    "(?:(?<![,，])[ \t\u3000\xa0|│｜┃]*[+\\-−±▲\\[【]?[0-9０-９]"
    "|(?<=[,，])[+\\-−▲—–…0-9][0-9.]*[%％]?[,，][+\\-−▲—–…0-9])"
)
# Names and then figures alone, each behind a comma: 粮食,100.1,100.6,…
_COMMA_ROW = re.compile(
    r"\s*[^,，。；;！？\d\s][^,，。；;！？]{0,40}(?:[,，]\s*(?:[+\-−▲]?\d+(?:\.\d+)?[%％]?|[-—–…]*)){2,}\s*"
)
_BLANKS = " \t\u3000\xa0"
_BARS = re.compile("[|│｜┃]")
_RULE = re.compile(r"[\s|│｜┃:\-=+─━┌┬┐├┼┤└┴┘]+")
_PROSE = re.compile("[。！？；]|[，,：:][^0-9０-９\n]{8,}[，,。；]")
_FIGURE = re.compile(
    r"[(（\[【]?[+\-−–±▲△↑↓]?[0-9０-９][0-9０-９,，.．]*\s*[%％‰]?[)）\]】]?"
    r"|(?!(?:19|20)[0-9]{2}年)[+\-−–±]?[0-9０-９][0-9０-９,，.．]*[^\s0-9０-９。，；：:]{1,4}"
)
_EMPTY = re.compile(r"[\-−–—~*/.…]+")
_WIDE = re.compile("[\u3000\xa0 ]{2,}|\t")
_MOST_CELL = 40  # characters: a longer piece is prose
_LEAST_ROWS = 2
_LONGEST = 4_000  # characters of a row
_MOST_HEADING = 24  # characters of a heading
_CAPTION = re.compile("附?[表件图][\\s0-9一二三四五六七八九十:：]")
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_MOST_HEAD = 4  # lines above the first row that may be headings
_UNITS = re.compile(r"\s*[(（\[]?\s*(?:计量|数量|金额|货币)?单\s*位\s*[:：][^\n]{1,30}")


class _Line(NamedTuple):
    start: int
    end: int


def find_grids(raw: str, taken: Sequence[Grid] = ()) -> tuple[Grid, ...]:
    """The tables of a text.

    Args:
        raw: the raw text.
        taken: the tables that its format gives, in order.

    Returns:
        All of them in order, those of the format among them; each with the line of its unit.
    """
    if not taken and _BETWEEN.search(raw) is None:
        return ()
    free = _free_lines(raw, taken)
    found: list[Grid] = []
    for lines in free:
        found += _in_lines(raw, lines)
    return tuple(sorted((*found, *taken)))


def _free_lines(raw: str, taken: Sequence[Grid]) -> list[list[_Line]]:
    """The lines that may be rows or stand right above some, in runs without a gap.

    A blank line is no gap; a line of prose is one.
    """
    begins: list[int] = []
    at = 0
    while (match := _BETWEEN.search(raw, at)) is not None:
        begins.append(raw.rfind("\n", at, match.start() + 1) + 1 or at)
        at = _line_end(raw, match.end())
    spans = [(grid.start, grid.end) for grid in taken]
    runs: list[list[_Line]] = []
    for start in begins:
        end = _line_end(raw, start)
        if any(low <= start < high for low, high in spans):
            continue
        line = _Line(start, end)
        if end - start > _LONGEST or _PROSE.search(raw, start, end):
            continue
        if runs and not _gap(raw, runs[-1][-1].end, start):
            runs[-1] += _between(raw, runs[-1][-1].end, start)
            runs[-1].append(line)
        else:
            runs.append([*_above(raw, start, spans), line])
    return [[*run, *_below(raw, run[-1].end, spans)] for run in runs]


def _line_end(raw: str, start: int) -> int:
    end = raw.find("\n", start)
    return len(raw) if end < 0 else end


def _gap(raw: str, end: int, start: int) -> bool:
    """Whether something stands between two rows that belongs to no table."""
    between = raw[end:start]
    if between.count("\n") > 6:
        return True
    return any(
        line.strip() and (len(line) > 2 * _MOST_CELL or _PROSE.search(line))
        for line in between.split("\n")
    )


def _between(raw: str, end: int, start: int) -> list[_Line]:
    lines = []
    at = end + 1
    while at < start:
        stop = _line_end(raw, at)
        if raw[at:stop].strip(_BLANKS + "\r"):
            lines.append(_Line(at, stop))
        at = stop + 1
    return lines


def _above(raw: str, start: int, spans: Sequence[Span]) -> list[_Line]:
    """Up to a few lines right above a row that may be its headings."""
    lines: list[_Line] = []
    end = start - 1
    while end > 0 and len(lines) < _MOST_HEAD:
        begin = raw.rfind("\n", 0, end) + 1
        text = raw[begin:end].strip(_BLANKS + "\r")
        if text:
            if len(text) > 3 * _MOST_CELL or _PROSE.search(text):
                break
            if any(low <= begin < high for low, high in spans):
                break
            lines.append(_Line(begin, end))
        elif lines and start - end > 400:
            break
        end = begin - 1
    return lines[::-1]


def _below(raw: str, end: int, spans: Sequence[Span]) -> list[_Line]:
    """A row of dashes alone may end a table."""
    lines: list[_Line] = []
    at = end + 1
    while at < len(raw) and len(lines) < 3:
        stop = _line_end(raw, at)
        text = raw[at:stop].strip(_BLANKS + "\r")
        pieces = text.split()
        if not text or not (_RULE.fullmatch(text) or _is_row_of_nothing(pieces)):
            break
        if any(low <= at < high for low, high in spans):
            break
        lines.append(_Line(at, stop))
        at = stop + 1
    return lines


def _is_row_of_nothing(pieces: list[str]) -> bool:
    return len(pieces) > 2 and sum(bool(_EMPTY.fullmatch(p)) for p in pieces) >= len(pieces) - 1


def _in_lines(raw: str, lines: list[_Line]) -> list[Grid]:
    """The table of a run of lines, if its lines part into rows of one width."""
    texts = [raw[line.start : line.end] for line in lines]
    part = _parting(texts)
    parted = [part(text, line.start) for text, line in zip(texts, lines, strict=True)]
    rows = [number for number, cells in enumerate(parted) if _has_figure(raw, cells, part)]
    if len(rows) < _LEAST_ROWS:
        return []
    width, least = _width(parted, rows)
    if width < 2:
        return []
    fitting = [number for number in rows if len(parted[number]) >= least]
    if len(fitting) * 3 < len(rows) * 2 or len(fitting) < _LEAST_ROWS:
        return []
    parted = [_fitted(cells, width) for cells in parted]
    first, last = rows[0], len(lines) - 1
    while last > rows[-1] and len(parted[last]) < 2 and not _RULE.fullmatch(texts[last]):
        last -= 1
    head = _head(raw, texts, parted, first, width)
    top = head
    if top > 0 and _UNITS.match(texts[top - 1]):
        top -= 1
    aligned = by_place(
        raw, [line.start for line in lines], parted, range(head, last + 1), rows, width
    )
    cells: list[Cell] = []
    above: list[Placed] = []  # headings of the line before
    row = 0
    for number in range(head, last + 1):
        if _RULE.fullmatch(texts[number]) or not parted[number]:
            continue
        placed = number in rows or part is not _by_blanks
        spans = aligned.get(number) if part is _by_blanks else None
        spans = spans or by_number(parted[number], width, is_row=placed)
        if part is not _by_blanks and number < first:
            spans = above = over_empty(spans, width, above)
        cells += [Cell(start, end, row, column, 1, wide) for start, end, column, wide in spans]
        row += 1
    return [Grid(lines[top].start, lines[last].end, tuple(cells))]


def _parting(texts: Sequence[str]) -> Callable[[str, int], list[Span]]:
    """How lines part into cells: by the sign that at least two of them have."""
    barred = [text.strip(_BLANKS + "\r") for text in texts if _BARS.search(text)]
    if len(barred) >= _LEAST_ROWS:
        framed = sum(_BARS.match(text) is not None for text in barred) * 2 > len(barred)
        return _by_bars if framed else _by_bars_between
    if sum("\t" in text.strip() for text in texts) >= _LEAST_ROWS:
        return _by_tabs
    if sum(_COMMA_ROW.fullmatch(text) is not None for text in texts) >= _LEAST_ROWS:
        return _by_commas
    return _by_blanks


def _width(parted: Sequence[list[Span]], rows: Sequence[int]) -> tuple[int, int]:
    """How many columns a table has, and how many pieces its rows have at least.

    Most rows have a piece for each; but where the line above them has one more, and some rows too,
    the others leave out what is as in the row above (教育, 卫生).
    """
    counts: dict[int, int] = {}
    for number in rows:
        counts[len(parted[number])] = counts.get(len(parted[number]), 0) + 1
    width = max(counts, key=lambda width: (counts[width], width))
    head = len(parted[rows[0] - 1]) if rows[0] else 0
    if head == width + 1 and counts.get(head, 0) >= _LEAST_ROWS:
        return head, width
    if head == width and counts.get(width - 1, 0) >= _LEAST_ROWS:
        return width, width - 1
    return width, width


def _may_be_head(raw: str, cells: list[Span], width: int, *, above: bool) -> bool:
    """Whether a line has headings of columns; `above`: others are below it already.

    A caption is no such line: few long words, or a number of its table.
    """
    texts = [raw[start:end] for start, end in cells]
    filled = [text for text in texts if text]
    if not 2 <= len(cells) <= width + 1 or not filled or _CAPTION.match(filled[0]):
        return False
    short = all(len(text) <= _MOST_HEADING for text in filled)
    years = sum(_YEAR.fullmatch(text) is not None for text in filled)
    wide = 2 * len(filled) >= width or years > 1 or stub_kind(filled[0]) is not None
    return short and (not above or len(texts) > len(filled) or wide)


def _head(
    raw: str, texts: Sequence[str], parted: Sequence[list[Span]], first: int, width: int
) -> int:
    """The first line of the headings above the first row."""
    head = first
    if head > 1 and len(parted[head - 1]) == 1 and _names_group(texts[head - 1]):
        head -= _may_be_head(raw, parted[head - 2], width, above=False)
    while head > 0 and (
        _RULE.fullmatch(texts[head - 1])
        or _may_be_head(raw, parted[head - 1], width, above=head < first)
    ):
        head -= 1
    return head


def _names_group(line: str) -> bool:
    """Whether a line between headings and the first row may name the rows below it."""
    text = line.strip(_BLANKS + "\r")
    return len(text) <= _MOST_HEADING and not _UNITS.match(text) and not _CAPTION.match(text)


def _fitted(cells: list[Span], width: int) -> list[Span]:
    """A row with too many pieces has blanks in its name: the first pieces are one cell."""
    more = len(cells) - width
    if more <= 0:
        return cells
    return [(cells[0][0], cells[more][1]), *cells[more + 1 :]]


def _has_figure(raw: str, cells: list[Span], part: Callable[[str, int], list[Span]]) -> bool:
    """Whether a line is a row: half of its cells are figures, where only blanks part them."""
    if len(cells) < 2 or any(end - start > _MOST_CELL for start, end in cells):
        return False
    figures = [bool(_FIGURE.fullmatch(raw, start, end)) for start, end in cells]
    years = sum(_YEAR.fullmatch(raw, start, end) is not None for start, end in cells)
    if sum(figures) - years < 1:
        return False
    nothing = sum(bool(_EMPTY.fullmatch(raw, start, end)) for start, end in cells)
    return part is not _by_blanks or sum(figures) + nothing >= (len(cells) - 1) / 2


def _trimmed(text: str, start: int, end: int, base: int) -> Span:
    while start < end and text[start] in _BLANKS + "\r":
        start += 1
    while end > start and text[end - 1] in _BLANKS + "\r":
        end -= 1
    return base + start, base + end


def _by_bars_between(text: str, base: int) -> list[Span]:
    """Cells of a table that has no bars at its edges."""
    edges = [-1, *(match.start() for match in _BARS.finditer(text)), len(text)]
    return [_trimmed(text, left + 1, right, base) for left, right in pairwise(edges)]


def _by_bars(text: str, base: int) -> list[Span]:
    bars = [match.start() for match in _BARS.finditer(text)]
    if not bars:
        return []
    edges = [-1, *bars, len(text)]
    cells = [_trimmed(text, left + 1, right, base) for left, right in pairwise(edges)]
    if text[: bars[0]].strip(_BLANKS) == "":
        cells = cells[1:]
    if text[bars[-1] + 1 :].strip(_BLANKS + "\r") == "":
        cells = cells[:-1]
    return cells


def _by_commas(text: str, base: int) -> list[Span]:
    edges = [-1, *(at for at, char in enumerate(text) if char in ",，"), len(text)]
    cells = [_trimmed(text, left + 1, right, base) for left, right in pairwise(edges)]
    return cells if len(cells) > 1 else []


def _by_tabs(text: str, base: int) -> list[Span]:
    cells: list[Span] = []
    at = 0
    for piece in text.rstrip(_BLANKS + "\r").split("\t"):
        cells.append(_trimmed(text, at, at + len(piece), base))
        at += len(piece) + 1
    return cells if len(cells) > 1 else []


def _by_blanks(text: str, base: int) -> list[Span]:
    parts = (
        _WIDE
        if len(_WIDE.findall(text.strip(_BLANKS + "\r"))) >= 1
        else re.compile("[ \u3000\xa0]+")
    )
    cells: list[Span] = []
    at = 0
    for gap in parts.finditer(text):
        if text[at : gap.start()].strip(_BLANKS):
            cells.append(_trimmed(text, at, gap.start(), base))
        at = gap.end()
    if text[at:].strip(_BLANKS + "\r"):
        cells.append(_trimmed(text, at, len(text), base))
    return cells
