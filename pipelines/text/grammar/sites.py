"""Each quantity's site: the words that belong to it on its left and on its right.

A site is bounded by the marks of the clause and by the neighbouring quantities; what stands
between two quantities of one clause is shared out here. What the words mean is decided in
`binding`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.grammar.roles import BOTH, MARK, NOUN, PAUSE, QUANTITY, QUOTED, VERB, Role
from pipelines.text.grammar.tokens import INDICATOR, Token

Run = tuple[Token, ...]
_SEPARATORS: Final[frozenset[Role]] = frozenset({PAUSE, "conj"})
_PREDICATES: Final[frozenset[Role]] = frozenset(
    {VERB, "light", "up", "down", "to", "share", "rank", "reach", "compare"}
)


@dataclass(init=False, slots=True)
class Site:
    """Where one quantity stands in its sentence.

    `joined` says that nothing but 、 or 和 parts it from the quantity before; `middle` holds the
    clauses without a quantity since the one before; `clause` counts the clauses of the sentence.
    """

    index: int
    left: Run
    right: Run
    middle: tuple[Run, ...]
    joined: bool
    clause: int
    segment: int  # counts the semicolons before it
    bracket: bool
    part: bool  # 其中 opened this stretch of the sentence
    topical: bool  # the object of a preposition that only names it (依托59个网格)
    served: bool  # the object of a preposition that a predicate follows (向37家企业兑现…)
    opening: bool  # the first number of its clause
    aside: bool  # inside 在 … 中: it only says among what, or when
    among: Run  # what the place is one among: 在全区14个街道中排第8
    tokens: Sequence[Token]  # of the whole sentence
    place: int  # of the quantity among them

    def __init__(
        self,
        index: int,
        left: Run,
        right: Run,
        middle: tuple[Run, ...],
        joined: bool,
        clause: int,
        segment: int,
        bracket: bool,
        part: bool,
        topical: bool,
        served: bool,
        opening: bool,
        aside: bool,
        among: Run,
        tokens: Sequence[Token],
        place: int,
    ) -> None:
        self.index = index
        self.left = left
        self.right = right
        self.middle = middle
        self.joined = joined
        self.clause = clause
        self.segment = segment
        self.bracket = bracket
        self.part = part
        self.topical = topical
        self.served = served
        self.opening = opening
        self.aside = aside
        self.among = among
        self.tokens = tokens
        self.place = place

    @property
    def ahead(self) -> Run:
        """The clause after this one, its numbers left out; few rules ask for it."""
        rest = self.tokens[self.place + 1 :]
        marks = [k for k, token in enumerate(rest) if token.role == MARK][:2]
        if not marks:
            return ()
        end = marks[1] if len(marks) > 1 else len(rest)
        return tuple([t for t in rest[marks[0] + 1 : end] if t.role != QUANTITY])


@dataclass(init=False, slots=True)
class _Words:
    """The words of one gap shared out: right of the number before, between, left of the next."""

    right: Run
    middle: tuple[Run, ...]
    left: Run

    def __init__(
        self,
        right: Run,
        middle: tuple[Run, ...],
        left: Run,
    ) -> None:
        self.right = right
        self.middle = middle
        self.left = left


def sites(tokens: Sequence[Token]) -> tuple[Site, ...]:
    """Sites of the quantities among `tokens`, in order."""
    places = [k for k, token in enumerate(tokens) if token.role == QUANTITY]
    edges = zip([-1, *places], [*places, len(tokens)], strict=True)
    gaps = [tuple(tokens[a + 1 : b]) for a, b in edges]
    shares = _shared(gaps)
    asides, among = _set_apart(shares, gaps, [tokens[place] for place in places])
    rights = [_until_new_predicate(share.right) for share in shares[1:]]
    for number in range(len(places) - 2, -1, -1):
        if not gaps[number + 1]:
            rights[number] = rights[number + 1]  # 四批次17件积案: two counters of one thing
    result: list[Site] = []
    clause = segment = 0
    part = topical = False
    prepositions = lexicon.words("topic_prepositions")
    for number, place in enumerate(places):
        gap, left = gaps[number], _without_separators(shares[number].left)
        marks = [token.text for token in gap if token.role == MARK]
        clause += len(marks)
        segment += marks.count(";")
        part = _part_goes_on(gap, marks, part)
        if gap or number == 0:
            topical = any(t.text in prepositions for t in left)
        served = bool(left) and _serves(left, gaps[number + 1]) and not topical
        # 将1.06万户3.72万人|纳入监测: two counters of those served
        right = _at_marks(gaps[number + 1])[0] if served and gaps[number + 1] else rights[number]
        result.append(
            Site(
                index=tokens[place].number,
                left=left,
                right=right,
                middle=shares[number].middle,
                joined=number > 0 and all(token.role in _SEPARATORS for token in gap),
                clause=clause,
                segment=segment,
                bracket=marks[-1:] == ["("],
                part=part,
                topical=topical,
                served=served,
                opening=number == 0 or bool(marks),
                aside=number in asides,
                among=among.get(number, ()),
                tokens=tokens,
                place=place,
            )
        )
    return tuple(result)


def _shared(gaps: Sequence[Run]) -> list[_Words]:
    shares: list[_Words] = []
    for number, gap in enumerate(gaps):
        parts = _at_marks(gap)
        middle = tuple(run for run in parts[1:-1] if run)
        if number == 0:
            shares.append(_Words((), tuple(run for run in parts[:-1] if run), parts[-1]))
        elif number == len(gaps) - 1:
            shares.append(_Words(parts[0], (), ()))
        elif len(parts) > 1:
            shares.append(_Words(parts[0], middle, parts[-1]))
        else:
            right, left = _share_out(gap, shares[-1].left)
            shares.append(_Words(right, (), left))
    return shares


def _set_apart(
    shares: list[_Words], gaps: Sequence[Run], numbers: Sequence[Token]
) -> tuple[set[int], dict[int, Run]]:
    """Numbers that stand inside a phrase of place, taken out of what stands around it.

    Changes the shares: 满意率在全区14个街道中|居第3 -> 满意率|居第3, and 全区14个街道 by itself.

    Returns:
        The numbers inside, and for the place after one what it is one among.
    """
    asides: set[int] = set()
    among: dict[int, Run] = {}
    for k in range(len(numbers) - 1):
        gap = gaps[k + 1]
        if numbers[k].text.startswith(_PLACE) or not gap or gap[0].role in _NO_PLACE:
            continue
        left, inner = shares[k].left, _at_marks(gap)
        placed = numbers[k + 1].text.startswith(_PLACE) and len(inner) == 1
        begin, end = _bounds(left, inner[0], placed=placed)
        if begin is None or end is None:
            continue
        opens = left[begin].role if begin < len(left) else ""
        outside = left[: begin + 1] if opens == "rank" else left[:begin]
        after = inner[0][end:] if opens == "rank" or placed else inner[0][end + 1 :]
        after = after[1:] if after[:1] and after[0].role == "locative" else after
        inside, behind = left[begin + 1 :], tuple([_named(token) for token in inner[0][:end]])
        shares[k].left = inside
        shares[k + 1].right = behind
        own = () if len(inner) == 1 else shares[k + 1].left
        shares[k + 1].left = (*outside, *after, *own)
        if placed:
            among[k + 1] = (*inside, *behind)
        asides.add(k)
    return asides, among


_PLACE: Final = "第"
_NO_PLACE: Final[frozenset[Role]] = _SEPARATORS | {MARK}


def _named(token: Token) -> Token:
    """全市74个街道: a word for the reporting body, where such bodies are counted."""
    if token.role != "self":
        return token
    return Token(token.start, token.end, token.text, NOUN, token.tag)


def _bounds(left: Run, right: Run, *, placed: bool) -> tuple[int | None, int | None]:
    """Where a phrase of place begins left of a number, and where it ends right of it."""
    places = lexicon.words("place_prepositions")
    prepositions = (k for k in range(len(left) - 1, -1, -1) if left[k].role == "prep")
    begin = next((k for k in prepositions if left[k].text in places), None)
    ends = {"locative", "rank", "from"} if placed else {"locative"}
    end = next((k for k, token in enumerate(right) if token.role in ends), None)
    if begin is not None:
        closed = any(token.role == "locative" for token in left[begin:])
        return begin, None if closed else end
    if placed and right:
        # 位居全市74个街道|第9名
        ranked = (k for k in range(len(left) - 1, -1, -1) if left[k].role == "rank")
        return next(ranked, None), len(right) if end is None else end
    return None, None


def _part_goes_on(gap: Run, marks: Sequence[str], part: bool) -> bool:
    """其中 holds for the numbers after it until a verb or a semicolon."""
    opened = {token.role for token in gap if token.role in {"part", VERB, "light"}}
    return "part" in opened if opened or ";" in marks else part


def _serves(left: Run, right: Run) -> bool:
    """Whether a preposition right before the number makes it the one served; 为 may be a verb.

    So does a verb that makes another act (帮助26家企业|落实贷款), where the act is told.
    """
    if left[-1].text in lexicon.words("causatives"):
        acts = _at_marks(right)[0]
        return any(k and t.role in {VERB, "light"} for k, t in enumerate(acts))
    alone = left[-1].role == "prep" or len(left) == 1
    return alone and left[-1].text in lexicon.words("served_prepositions")


def _at_marks(gap: Run) -> list[Run]:
    parts: list[Run] = []
    begin = 0
    for k, token in enumerate(gap):
        if token.role == MARK:
            parts.append(gap[begin:k])
            begin = k + 1
    parts.append(gap[begin:])
    return parts


def _without_separators(run: Run) -> Run:
    while run and run[0].role in _SEPARATORS:
        run = run[1:]
    return run


def _ends_nominal(left: Run) -> bool:
    """Whether the words left of a number already name what it counts (走访企业, not 走访)."""
    nouns = [token for token in left if token.role in {NOUN, QUOTED, BOTH}]
    return bool(nouns) and left[-1].role not in {VERB, "light", "etc"}


def _share_out(gap: Run, before: Run) -> tuple[Run, Run]:
    """Words between two numbers of one clause: those of the first, those of the second.

    `before` are those left of the first, which may already name the thing counted.
    """
    complete = _ends_nominal(before)
    if not gap or gap[0].role in _SEPARATORS or gap[0].text.startswith(_averages()):
        return (), gap  # 脱贫户326户1180人|人均纯收入1.5万元
    if len(gap) > 1 and gap[0].role == VERB and gap[-1].role == NOUN and before and not complete:
        return gap, gap  # 投入320万元|建成停车位80个
    if gap[0].role == "light" and len(gap) > 1 and gap[1].role == PAUSE:
        return gap[:1], gap[2:]  # 34个|提前完成、2个按期完成
    if gap[0].role in _PREDICATES and (complete or gap[0].role != VERB):
        return (), gap
    told = gap[0].role == "de" and any(token.role in _PREDICATES for token in gap)
    for wanted in () if told else (PAUSE, "conj"):  # 5亿元的甲、乙项目完成35%: both are the thing
        for k, token in enumerate(gap):
            if token.role == wanted and k > 0:
                return gap[:k], gap[k + 1 :]
    return _at_predicate(gap)


def _at_predicate(gap: Run) -> tuple[Run, Run]:
    """The gap shared out where a predicate opens, or before what the second number measures."""
    if len(gap) > 1 and gap[-1].role == BOTH and gap[-2].text in lexicon.words("begun_words"):
        return gap[:-2], gap[-2:]  # 11个小区|已开工8个
    for k in range(1, len(gap)):
        if gap[k].text.startswith(_averages()):
            return gap[:k], gap  # 3处社区食堂|日均就餐300人
        if gap[k].role in _PREDICATES and gap[k - 1].role != "de":
            if k > 1 and gap[k].role == "reach" and gap[k - 1].text.endswith(_measures()):
                return gap[: k - 1], gap  # 16个行政村|集体收入|达到20万元
            return gap[:k], gap[k:]
    named = len(gap) > 1 and gap[-1].tag == INDICATOR
    if named or (len(gap) > 1 and gap[-1].role == NOUN and gap[-1].text.endswith(_measures())):
        return gap[:-1], gap[-1:] if named else gap  # 3.6万亩水稻|亩产|560公斤
    return gap, ()


@cache
def _averages() -> tuple[str, ...]:
    """Words for an average of what follows them (人均, 日均)."""
    return tuple(lexicon.words("per_words") - lexicon.words("per_openers"))


@cache
def _measures() -> tuple[str, ...]:
    """Ends of nouns that a number of their own follows (亩产, 入驻率)."""
    return tuple(lexicon.words("attributes") | lexicon.words("rate_nouns"))


def _until_new_predicate(run: Run) -> Run:
    """The right side ends where 、 opens another predicate (推进2000个项目、完成投资…)."""
    for k, token in enumerate(run):
        if token.role == PAUSE and (
            k == 0 or (k + 1 < len(run) and run[k + 1].role in _PREDICATES - {VERB})
        ):
            return run[:k]
    return run
