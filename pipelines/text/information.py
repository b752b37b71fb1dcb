"""What a government's site says of a document above its text: 索引号, 发布机构, 成文日期, 标题.

Its lines are labels with values; none of their numbers is a result.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines import lexicon

_HEAD = 2_000  # characters in which it is
_LEAST = 2  # labels


class Information(NamedTuple):
    """What the labels say, and the lines that they are in."""

    title: str
    agency: str
    lines: tuple[tuple[int, int], ...]  # spans, in order


NONE = Information("", "", ())


@cache
def _labels() -> re.Pattern[str]:
    def spaced(word: str) -> str:
        return " *".join(map(re.escape, word))

    words = sorted((word for word, _ in lexicon.entries("info_labels")), key=len, reverse=True)
    either = "|".join(map(spaced, words))
    return re.compile(
        f"(?:^|(?<=[ |│0-9]))[\\[【]?({either})[\\]】]?(?: *: *|[ |│]+|(?=[0-9])|$)", re.MULTILINE
    )


@cache
def _says() -> dict[str, str]:
    return dict(lexicon.entries("info_labels"))  # type: ignore[arg-type]


@cache
def _anchors() -> tuple[str, ...]:
    return tuple(word for word, says in _says().items() if says == "anchor")


def information(text: str) -> Information:
    """Read the labels above a text.

    Args:
        text: clean text.
    """
    head = text[:_HEAD]
    squeezed = head.replace(" ", "")
    if not any(anchor in squeezed for anchor in _anchors()):
        return NONE
    found = list(_labels().finditer(head))
    labels = [re.sub(r"\s", "", match[1]) for match in found]
    if len(found) < _LEAST or not any(_says()[label] == "anchor" for label in labels):
        return NONE
    said: dict[str, str] = {}
    lines: dict[int, int] = {}
    for number, match in enumerate(found):
        begin = head.rfind("\n", 0, match.start()) + 1
        end = _line_end(head, match.end() - (head[match.end() - 1 : match.end()] == "\n"))
        if begin not in lines and head[begin : match.start()].strip(" |│"):
            continue  # a label within a line of something else
        stop = found[number + 1].start() if number + 1 < len(found) else len(head)
        value = head[match.end() : min(stop, end)].strip(" |│")
        if not value and stop > end:  # on a line of its own
            after = _line_end(head, end + 1)
            value = head[end + 1 : after].strip()
            end = after
        lines[begin] = max(lines.get(begin, 0), end)
        said.setdefault(_says()[labels[number]], value)
    return Information(said.get("title", ""), said.get("agency", ""), tuple(sorted(lines.items())))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def is_information(texts: list[str]) -> bool:
    """Whether the cells of a table are labels and values of this kind."""
    says = [_says().get(re.sub(r"[\s::\[\]【】]", "", text)) for text in texts]
    return "anchor" in says and sum(one is not None for one in says) >= _LEAST
