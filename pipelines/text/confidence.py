"""How sure an observation is: what speaks for and against it, and how often such rows were right.

Here stand the traits of a row, taken from what the rooms found on their way, and how the points of
seeds/confidence.csv make a chance of them. The points are learned by tools/calibrate.py, on rows
that people have judged.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from pipelines import lexicon
from pipelines.text.binding.frame import Frame
from pipelines.text.evidence import finder
from pipelines.text.model import Metadata, Observation, Quantity, Sentence, Timing

Traits = tuple[tuple[str, str], ...]

START: Final = ("all", "rows")  # the row of seeds/confidence.csv that every sum starts from
FRESH: Final = ("all", "fresh")  # what is to be taken off on text that no rule was written after
_SCALE: Final = 100  # points that make the odds e times as high
_MOST: Final = 690  # points: a chance of 0.999; nothing is surer, whatever speaks for it

_ODD_SIGN: Final = re.compile(
    "[^\u4e00-\u9fffA-Za-z0-9“”《》().+、·%-]|[、的在和与及了]$|[在了为将]"
)
_ODD_START: Final = re.compile("[、的和与及等了占]|[0-9]+[^0-9A-Za-z.]")
_BEHIND_MARK: Final = re.compile("[,;:。]")
_BEFORE_MARK: Final = re.compile("[,;:。、(]")
_NO_WORD: Final = frozenset("年月日季度末底的")
_HAN: Final = ("\u4e00", "\u9fff")
_ENDS_OF_RATES: Final = "率比额量数值度重"
_BESIDE: Final = 4  # characters between a name and its number: 同比增长


@dataclass(init=False, slots=True)
class Origin:
    """What an observation was made of and does not say itself."""

    frame: Frame
    timing: Timing
    sentence: str
    place: int  # of the number with its modifiers, in the sentence
    left: str  # words before it in its clause, from the figure before on
    right: str  # words after it, up to the figure after
    twin: str  # what its sentence says of the same thing

    def __init__(
        self,
        frame: Frame,
        timing: Timing,
        sentence: str,
        place: int,
        left: str,
        right: str,
        twin: str,
    ) -> None:
        self.frame = frame
        self.timing = timing
        self.sentence = sentence
        self.place = place
        self.left = left
        self.right = right
        self.twin = twin


def origins(
    text: str,
    sentences: Sequence[Sentence],
    homes: Sequence[int],
    quantities: Sequence[Quantity],
    frames: Mapping[int, Frame],
    timings: Sequence[Timing],
) -> Iterator[Origin]:
    """The origin of each figure of a report, in order.

    Args:
        text: the clean text.
        sentences: its outline.
        homes: index of the sentence of each numeral.
        quantities: its numerals, in order.
        frames: of those that are observations, by index.
        timings: one a numeral.
    """
    numbers = sorted(frames)
    at = 0
    while at < len(numbers):
        home = homes[numbers[at]]
        end = at
        while end < len(numbers) and homes[numbers[end]] == home:
            end += 1
        mates = numbers[at:end]
        sentence = sentences[home]
        whole = text[sentence.start : sentence.end]
        alike: dict[str, list[Frame]] = {}
        for number in mates:
            alike.setdefault(frames[number].indicator, []).append(frames[number])
        for k, number in enumerate(mates):
            quantity = quantities[number]
            start = quantities[mates[k - 1]].tail if k else sentence.start
            stop = quantities[mates[k + 1]].lead if k + 1 < len(mates) else sentence.end
            yield Origin(
                frames[number],
                timings[number],
                whole,
                max(0, quantity.lead - sentence.start),
                _BEHIND_MARK.split(text[start : quantity.lead])[-1],
                _BEFORE_MARK.split(text[quantity.tail : stop], maxsplit=1)[0],
                _twin(frames[number], alike[frames[number].indicator], len(mates)),
            )
        at = end


# What speaks for or against a row, in the order in which `values` tells it.
TRAITS: Final = (
    "measure_rule",
    "name_rule",
    "unit",
    "code",
    "place",
    "length",
    "shape",
    "left_over",
    "right_over",
    "borrowed",
    "twin",
    "period_from",
    "period",
    "status",
    "subject",
    "doubt",
    "report_kind",
    "report_given",
    "era",
)


def values(row: Observation, origin: Origin, report: Metadata) -> tuple[str, ...]:
    """What speaks for and against a row: the value of each of `TRAITS`.

    Args:
        row: the observation, its doubt included.
        origin: what it was made of.
        report: what is known of the report.
    """
    frame, timing = origin.frame, origin.timing
    around = origin.left + origin.right
    taken = row.indicator + (row.subject or "") + (row.scope or "")
    return (
        str(frame.read_by._value_),
        str(frame.kind._value_),
        frame.quantity.dimension or "none",
        "coded" if row.canonical_code else "free",
        _place(row.indicator, origin),
        _step(_LENGTHS, len(row.indicator)),
        _shape(row.indicator),
        _step(_LEFT_OVER, _left_over(origin.left, taken)),
        _step(_RIGHT_OVER, _left_over(origin.right, taken)),
        _step(_BORROWED, len({c for c in row.indicator if c not in around})),
        origin.twin,
        timing.period_from,
        _period(row, report),
        f"{row.status} by {timing.status_from}",
        frame.subject_from if row.subject else "none",
        row.doubt or "none",
        report.report_kind,
        "yes" if report.given else "no",
        _era(report),
    )


def _steps(*bounds: int) -> tuple[str, ...]:
    """What `_upto` says of each number from 0 on; the last is said of all beyond."""
    return tuple([_upto(number, bounds) for number in range(bounds[-1] + 2)])


def _step(steps: tuple[str, ...], number: int) -> str:
    return steps[min(number, len(steps) - 1)]


def traits(said: Sequence[str]) -> Traits:
    """Values as `values` tells them, each with the name of its trait."""
    return tuple(zip(TRAITS, said, strict=True))


def points(found: Traits) -> tuple[tuple[str, str, int], ...]:
    """The traits that speak for a row or against it, with their points: the strongest first."""
    table = _table()
    counted = [(trait, value, table.get((trait, value), 0)) for trait, value in found]
    counted.sort(key=lambda one: -abs(one[2]))
    return tuple([one for one in counted if one[2]])


def confidence(said: Sequence[str]) -> Decimal:
    """The chance that all strict fields of a row are right, 0.001 to 0.999.

    Args:
        said: what speaks for and against it, as `values` tells it.
    """
    total, by_trait = _columns()
    for scored, value in zip(by_trait, said, strict=True):
        total += scored.get(value, 0)
    return chance(total)


@lru_cache(maxsize=2 * _MOST + 1)
def chance(total: int) -> Decimal:
    """The chance that a sum of points stands for."""
    capped = max(-_MOST, min(_MOST, total))
    return Decimal(round(1000 / (1 + math.exp(-capped / _SCALE)))) / 1000


@cache
def _table() -> dict[tuple[str, str], int]:
    rows = lexicon.table("confidence")
    return {(row["trait"], row["value"]): int(row["points"]) for row in rows}


@cache
def _columns() -> tuple[int, tuple[dict[str, int], ...]]:
    """What every row has, and the points of each trait by its values."""
    table = _table()
    by_trait: dict[str, dict[str, int]] = {trait: {} for trait in TRAITS}
    for (trait, value), scored in table.items():
        by_trait.setdefault(trait, {})[value] = scored
    return table.get(START, 0) + table.get(FRESH, 0), tuple([by_trait[t] for t in TRAITS])


def _upto(number: int, bounds: tuple[int, ...]) -> str:
    """The first bound that a number does not pass."""
    for bound in bounds:
        if number <= bound:
            return f"up to {bound}"
    return f"over {bounds[-1]}"


_LENGTHS: Final = _steps(2, 4, 6, 8, 11, 15)
_LEFT_OVER: Final = _steps(0, 1, 2, 3, 5, 8)
_RIGHT_OVER: Final = _steps(0, 1, 2, 4)
_BORROWED: Final = _steps(0, 1, 3, 6)


def _twin(frame: Frame, same: Sequence[Frame], figures: int) -> str:
    """What the sentence says of the same thing: two levels in one unit are seldom both right.

    Args:
        frame: the figure.
        same: all figures of its sentence that have its name, itself among them.
        figures: how many figures are in the sentence.
    """
    if len(same) == 1:
        return "none" if figures > 1 else "alone"
    alike = [mate for mate in same if mate is not frame and mate.measure == frame.measure]
    if not alike:
        return "other measure"
    units = {mate.quantity.unit for mate in alike}
    return "same unit" if frame.quantity.unit in units else "other unit"


def _place(phrase: str, origin: Origin) -> str:
    """Where the words of the indicator stand: beside the number, further left, right, nowhere."""
    if not phrase:
        return "no name"
    at = origin.sentence.rfind(phrase, 0, origin.place)
    if at < 0:
        return "behind" if phrase in origin.sentence else "put together"
    gap = origin.sentence[at + len(phrase) : origin.place]
    if len(gap) <= _BESIDE:
        return "beside"
    return f"{min(3, len(_BEHIND_MARK.findall(gap)))} clauses before"


@cache
def _attribute_ends() -> tuple[str, ...]:
    lists = ("attributes", "tails", "attribute_endings")
    return tuple(sorted(frozenset.union(*map(lexicon.words, lists))))


@cache
def _verbs() -> dict[str, tuple[str, ...]]:
    """Verbs by their first character."""
    found: dict[str, tuple[str, ...]] = {}
    for verb, *_ in lexicon.entries("predicates"):
        found[verb[0]] = (*found.get(verb[0], ()), verb)
    return found


@cache
def _no_part_of_a_name() -> AhoCorasick:
    """Words that the name of a thing seldom has inside: 位居全市 is none."""
    roles = {"reach", "up", "down", "compare", "light", "adverb", "each", "etc", "part", "to"}
    said = [row[0] for row in lexicon.entries("roles") if row[1] in roles and len(row[0]) > 1]
    return finder({*said, *lexicon.words("areas")})


@lru_cache(maxsize=100_000)
def _shape(phrase: str) -> str:
    """What an indicator phrase looks like."""
    if not phrase:
        return "none"
    odd = _ODD_SIGN.search(phrase) or _ODD_START.match(phrase)
    if odd or _no_part_of_a_name().find_matches_as_indexes(phrase[1:]):
        return "odd"
    if "、" in phrase:
        return "list"
    if len(phrase) <= len("完成率") and phrase[-1] in _ENDS_OF_RATES:
        return "rate alone"
    if phrase in lexicon.words("attributes") or phrase in lexicon.words("tails"):
        return "attribute alone"
    verb = "verb and " if phrase.startswith(_verbs().get(phrase[0], ())) else ""
    size = "short" if len(phrase) <= len("走访企业") else "long"
    return f"{verb}{size} {'attribute' if phrase.endswith(_attribute_ends()) else 'thing'}"


@cache
def _carrying_nothing() -> AhoCorasick:
    return finder([row[0] for row in lexicon.entries("roles") if row[1] not in {"noun", "verb"}])


def _left_over(words: str, taken: str) -> int:
    """How many characters of the words say something that no field has taken."""
    left = 0
    for character in _carried(words):
        if character not in taken:
            left += 1
    return left


@lru_cache(maxsize=16384)
def _carried(words: str) -> str:
    """The characters of the words that say something: the same few stand beside many figures."""
    said: set[str] = set()
    at = 0
    for _, start, end in _carrying_nothing().find_matches_as_indexes(words):
        said.update(words[at:start])
        at = end
    said.update(words[at:])
    first, last = _HAN
    return "".join([c for c in said if first <= c <= last and c not in _NO_WORD])


def _period(row: Observation, report: Metadata) -> str:
    if row.period_start is None:
        return "none"
    if report.period is None:
        return "of its own, the report's unknown"
    own = (row.period_start, row.period_end) != (report.period.start, report.period.end)
    return "of its own" if own else "the report's"


def _era(report: Metadata) -> str:
    """The years that a report speaks of, as far apart as their language."""
    if report.period is None:
        return "unknown"
    return _upto(report.period.start.year, (1978, 1999, 2012, 2019, 2022))
