"""The body, place or thing that a clause is about, and how long it stays what clauses are about.

Only the words of a sentence are asked here; which figures take it for their subject is decided in
`bind`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import definite, subjects
from pipelines.text.binding.nouns import indicators, is_attribute, is_rate
from pipelines.text.grammar.phrases import SILENT
from pipelines.text.grammar.roles import BOTH, MARK, NOUN, PAUSE, QUANTITY, QUOTED, VERB, Role
from pipelines.text.grammar.tokens import PLACE, Token


@dataclass(slots=True)
class Topic:
    """What a clause is about.

    `firm` says that it opened the sentence, `acted` that a figure was told of it where it was
    named: then its attributes, too, are told of it. All is told of a `place` that did so.
    """

    name: str
    firm: bool
    acted: bool
    place: bool = False


# What follows a name within a longer name or a list; a predicate does not.
_GOES_ON: Final[frozenset[Role]] = frozenset(
    {QUOTED, PAUSE, "de", QUANTITY, "etc", "locative", "conj", "to"}
)
# What may stand before the name that opens a clause.
_BEFORE_NAME: Final[frozenset[Role]] = frozenset({"time", "adverb", "conj", "part", "self"})
# Characters of a noun phrase that is what its clause is about.
_OWN_THEME: Final = 4


def topics(
    tokens: Sequence[Token],
    meant: Mapping[int, str] | None = None,
    title: str | None = None,
) -> dict[int, Topic | None]:
    """What each clause of a sentence is about, by clause number.

    A body that opens a sentence stays so until another body, the report's own region or a theme of
    its own takes over, or a semicolon ends it. One in mid-sentence stays where it acts, and ends
    with a clause that tells all of it (高原医学中心组建运行).

    Args:
        tokens: the sentence.
        meant: by clause number what it points back to (该项目), as `anaphora` finds it.
        title: the thing that the item is headed with, which its sentences are about where they
            name nobody.
    """
    result: dict[int, Topic | None] = {}
    current = Topic(title, firm=True, acted=True) if title else None
    first = True
    clauses = list(_clauses(tokens))
    for number, (run, mark) in enumerate(clauses):
        size, name = _opener(run)
        if name is None and mark == "(":
            size, name = _before_aside(run)
        figures = bool(name or current) and any(token.role == QUANTITY for token in run)
        if meant and number in meant:
            current = Topic(meant[number], firm=True, acted=True)
        elif name:
            firm = first or (current is not None and current.firm)
            place = any(token.tag == PLACE and token.text == name for token in run)
            place = place or name in subjects.area_parts()
            current = Topic(name, firm, figures, place or ("、" in name and _places(run[:size])))
        elif current and _turns(run):
            current = None
        result[number] = current
        ends = mark in {";", "。"}
        if current and not ends and not figures and mark != "(":
            after = clauses[number + 1][0] if number + 1 < len(clauses) else ()
            ends = _done_with(current, run[size:], after, opened=bool(name))
        current = None if ends else current
        first = mark in {";", "。"} or (first and all(t.role in SILENT for t in run))
    return result


def _places(run: Sequence[Token]) -> bool:
    """Whether places are listed at the end of the words before a predicate."""
    return bool(run) and (run[-1].tag == PLACE or any(token.tag == PLACE for token in run[-3:]))


def _clauses(tokens: Sequence[Token]) -> list[tuple[Sequence[Token], str]]:
    """The clauses of a sentence, each with the mark that ends it."""
    found: list[tuple[Sequence[Token], str]] = []
    begin = 0
    for k, token in enumerate(tokens):
        if token.role == MARK:
            found.append((tokens[begin:k], token.text))
            begin = k + 1
    found.append((tokens[begin:], ""))
    return found


def _done_with(
    topic: Topic, said: Sequence[Token], after: Sequence[Token], *, opened: bool
) -> bool:
    """Whether a clause without figures told all of its topic: 跨江工程完工. A body goes on to act.

    Args:
        topic: what the clause is about.
        said: what it says of it.
        after: the clause after it.
        opened: whether the topic was named in it.
    """
    if not opened:
        return not topic.acted and bool(said) and said[0].role in {NOUN, QUOTED}
    if topic.name.endswith(definite.things()) and _acts(after):
        return True
    if topic.firm:
        return False
    return not any(token.role in {NOUN, QUOTED, "light"} for token in said)


def _acts(run: Sequence[Token]) -> bool:
    """Whether a verb opens a run."""
    first = next((token for token in run if token.role not in SILENT), None)
    return first is not None and first.role in {VERB, BOTH, "light"}


def _turns(run: Sequence[Token]) -> bool:
    """Whether a clause is about something else: our region or another, or a theme without figures.

    全省常住人口增长1%; 履职事项清单全面建立.
    """
    kept = [token for token in run if token.role not in {"time", "adverb", "conj"}]
    if not kept:
        return False
    ours = kept[0].role == "self" and not kept[0].text.startswith(lexicon.affixes("own_grounds"))
    if ours or kept[0].text in lexicon.words("areas"):
        return True
    if any(token.role in {QUANTITY, "part"} for token in kept):
        return False
    theme = ""
    for token in kept:
        if token.role not in {NOUN, BOTH, QUOTED}:
            break
        theme += token.text
    acts = kept[0].role == NOUN and kept[-1].role in {VERB, BOTH, "up", "down"}
    return acts and len(theme) >= _OWN_THEME and kept[0].text not in lexicon.words("class_openers")


def _opener(run: Sequence[Token]) -> tuple[int, str | None]:
    """The body or place with which a clause opens, where a predicate or an attribute follows it.

    Returns where it ends, and its name. A division needs a figure: one without is scenery
    (马鞍山获批枢纽城市).
    """
    k = 0
    while k < len(run) and run[k].role in _BEFORE_NAME:
        k += 1
    name, size = subjects.names(run[k:])
    if name is None:
        return 0, None
    end = k + size
    division = subjects.is_division(run[k:end])
    if division:
        end += _apposition(run[end:])
        if end == len(run) and size < end - k:
            return end, name  # 内蒙古、广西两个自治区,工业总产值增长8%
    if end == len(run) or _is_counted(run[end:]):
        return 0, None  # 三甲医院达到6家
    if name in subjects.area_parts() and any(map(_measures, run[end:])):
        return end, name  # 产业集聚区|建成区|面积
    if division and all(token.role != QUANTITY for token in run):
        return 0, None
    quoted = run[k].role == QUOTED and size == 1
    return (
        (end, name)
        if _predicated(run[k : k + size], name, _next(run, end, name), quoted=quoted)
        or _tells_all(run[end:])
        else (0, None)
    )


def _before_aside(run: Sequence[Token]) -> tuple[int, str | None]:
    """城南泵站工程(总投资2亿元)7月开工: a name that an aside parts from its predicate."""
    name, size = subjects.names(run)
    return (size, name) if name and size == len(run) else (0, None)


def _predicated(whole: Sequence[Token], name: str, following: Token, *, quoted: bool) -> bool:
    """Whether the word behind a name says something of it, rather than going on with the name."""
    if following.role in _GOES_ON:
        return False
    if quoted:
        return True
    if following.text in lexicon.words("thing_parts"):
        return True  # 幼儿园|主体|封顶
    ours = subjects.is_ours(whole) and name.endswith(subjects.actors())  # 县医院|床位
    if following.role == NOUN and not (_measures(following) or ours):
        return False
    if name + following.text in indicators():
        return False  # 国家财政|收入
    ours = following.role == NOUN and subjects.is_ours(whole)
    measured = subjects.measures_something(following)  # 城北污水厂|日处理能力
    sure = following.role not in {NOUN, BOTH} or ours or measured or definite.proper(whole)
    return sure or subjects.acts(name, following)


def _next(run: Sequence[Token], end: int, name: str) -> Token:
    """The word behind a name, or the one that goes on with it to an indicator: 财政|共|收入."""
    later = run[end + 1] if end + 1 < len(run) else run[end]
    parted = run[end].role in SILENT | {"reach"} and name + later.text in indicators()
    return later if parted else run[end]


def _tells_all(rest: Sequence[Token]) -> bool:
    """Whether one word is all that a clause says of a name: 市医院新院区|开诊, 试验区|初具规模."""
    return len(rest) == 1 and (rest[0].role == BOTH or rest[0].tag in _SAYINGS)


_SAYINGS: Final = frozenset({"i", "l"})  # jieba's parts of speech for idioms and set phrases


def _measures(token: Token) -> bool:
    """Whether a word names what is measured of a body: 金鼎大厦|入驻率."""
    return subjects.measures_something(token) or is_attribute(token) or is_rate(token.text)


def _is_counted(rest: Sequence[Token]) -> bool:
    """Whether nothing but a link stands between a name and its number."""
    for token in rest:
        if token.role == QUANTITY:
            return True
        if token.role not in {"reach", "to", "adverb", "time", "from"}:
            return False
    return False


def _apposition(rest: Sequence[Token]) -> int:
    """The words that only count the places before them: 两个|自治区."""
    counts = len(rest) > 1 and rest[0].role == QUANTITY
    return 2 if counts and rest[1].text in lexicon.words("region_suffixes") else 0
