"""Indicator phrases out of tokens: where a phrase begins, and what is left out of it.

Only words are handled here, not numbers: which side of a number to read, and what a clause
inherits from the one before, is decided in `binding`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from pipelines import lexicon
from pipelines.text.grammar.roles import BOTH, BRACKET, NOUN, PAUSE, QUOTED, TIME, VERB, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import Token

# Words that may stand inside a phrase but never carry anything there.
SILENT: Final[frozenset[Role]] = frozenset({"adverb", TIME, BRACKET, "self", "each"})
# Words that neither open nor close a phrase.
EDGE: Final[frozenset[Role]] = frozenset(
    {
        "adv",
        "de",
        "conj",
        PAUSE,
        "part",
        "prep",
        "from",
        "light",
        "reach",
        "locative",
        "filler",
        "etc",
        "to",
        "compare",
    }
)
NOMINAL: Final[frozenset[Role]] = frozenset({NOUN, QUOTED, BOTH})
VERBAL: Final[frozenset[Role]] = frozenset({VERB, BOTH})
_NAMING: Final[frozenset[Role]] = NOMINAL | VERBAL
_THINGS: Final[frozenset[Role]] = frozenset({NOUN, QUOTED})
# Words before a phrase that are no part of it.
_LEADING: Final[frozenset[Role]] = (SILENT | EDGE) - {"prep"}
_EMPTY: Final[frozenset[Role]] = SILENT | EDGE
# What may stand before a predicate that opens with a word that is verb and noun.
_BEFORE_BOTH: Final[frozenset[Role]] = VERBAL | {"adverb", "adv", "light", TIME, "filler", "conj"}
_TRAILING: Final[frozenset[Role]] = VERBAL | SILENT | {"light", "reach", "adv", "to"}
# Annotators write phrases of about this many characters; a longer one is cut at a later verb.
_LONG: Final = 14
_LIST_LONG: Final = 24
_LISTED: Final = 16


@dataclass(init=False, slots=True)
class Phrase:
    """A run in three parts, and their words: made by `phrase`, once, as rules ask often."""

    lead: Run  # what stands before the phrase
    verbs: Run  # the verbs that open it
    nouns: Run
    verb: str  # the opening verbs as one word
    thing: str  # the nouns as one phrase
    text: str  # the whole, as an indicator is written

    def __init__(
        self,
        lead: Run,
        verbs: Run,
        nouns: Run,
        verb: str,
        thing: str,
        text: str,
    ) -> None:
        self.lead = lead
        self.verbs = verbs
        self.nouns = nouns
        self.verb = verb
        self.thing = thing
        self.text = text

    def __bool__(self) -> bool:
        return bool(self.verbs or self.nouns)


def phrase(lead: Run, verbs: Run, nouns: Run) -> Phrase:
    """A phrase of these parts.

    Args:
        lead: what stands before it.
        verbs: the verbs that open it.
        nouns: what they govern.
    """
    verb, thing = spelled(verbs), spelled(nouns)
    text = thing if not verbs else verb if not nouns else spelled((*verbs, *nouns))
    return Phrase(lead, verbs, nouns, verb, thing, text)


def trimmed(run: Run) -> Run:
    """The run without silent words, and without linking words at its edges."""
    kept = run
    for silent in run:
        if silent.role in SILENT:
            kept = tuple([token for k, token in enumerate(run) if _is_said(run, k)])
            break
    first, last = 0, len(kept)
    while first < last and kept[first].role in EDGE:
        first += 1
    while last > first and kept[last - 1].role in EDGE:
        last -= 1
    return kept[first:last]


def _is_said(run: Run, k: int) -> bool:
    role = run[k].role
    return role not in SILENT or (role == "adverb" and _within(run, k))


def _within(run: Run, k: int) -> bool:
    """Whether a single-character adverb stands inside a name (致富|能|人)."""
    if run[k].role != "adverb" or len(run[k].text) > 1 or not 0 < k < len(run) - 1:
        return False
    # a short word follows: in 财政|共|收入 it is an adverb
    return run[k - 1].role == NOUN == run[k + 1].role and len(run[k + 1].text) == 1


def spelled(run: Run) -> str:
    """The run as text, without silent words and without linking words at its edges."""
    if len(run) == 1:
        return "" if run[0].role in _EMPTY else run[0].text
    kept = trimmed(run)
    said = [t.text for k, t in enumerate(kept) if t.role != "light" or (k and _related(kept, k))]
    return "".join(said)


def _related(run: Run, k: int) -> bool:
    """Whether a verb that carries nothing ends a relative clause: 企业|拥有|的|资金."""
    return k + 1 < len(run) and run[k + 1].role == "de"


def length(run: Run) -> int:
    """Characters of the run as a phrase."""
    return sum(len(token.text) for token in trimmed(run))


def nominal(run: Run) -> bool:
    """Whether the run names anything."""
    return any(token.role in NOMINAL for token in run)


def opens(run: Run, k: int) -> bool:
    """Whether a predicate opens at position `k`: a verb with something for it to govern.

    A word that is verb and noun (服务, 改造) opens one only at the start of the run or after a
    word that leads up to a verb.
    """
    if k + 1 < len(run) and run[k + 1].role == "de":
        return False  # 建成的街区: a relative clause
    if k and run[k - 1].role == "prep":
        return False  # 对共建国家进出口: inside the preposition's object
    role = run[k].role
    if role == VERB:
        return k == 0 or any(token.role in _THINGS for token in run[k + 1 :])
    return role == BOTH and (k == 0 or all(token.role in _BEFORE_BOTH for token in run[:k]))


def without_preposition(run: Run) -> Run:
    """The run without a prepositional phrase that a predicate follows (在人流密集场所|新增).

    A prepositional phrase that only a noun follows belongs to the noun (对“一带一路”国家进出口).
    After a preposition of means the last verb with an object is the predicate (利用空间|建设公园).
    """
    for k, token in enumerate(run):
        if token.role not in {"prep", "from"}:
            continue
        if token.text in lexicon.words("topic_prepositions"):
            acts = [j for j in range(k + 2, len(run)) if _acts(run, j)]
            if acts:
                return run[acts[-1] :]
        for j in range(k + 2, len(run)):
            if run[j].role == "light" or (run[j].role == VERB and opens(run, j)):
                return run[j:]
            if run[j].role == "locative" and j + 1 < len(run):
                return run[j + 1 :]
    return run


def _acts(run: Run, k: int) -> bool:
    """Whether a verb with a noun right after it, or a light verb, stands at `k`."""
    if run[k].role == "light":
        return True
    follows = run[k + 1].role if k + 1 < len(run) else ""
    return run[k].role in VERBAL and follows in {NOUN, QUOTED, "filler"}


def without_light(run: Run) -> Run:
    """What follows the last light verb, if that names anything; 每千名老年人拥有床位 is one."""
    if run and run[0].text.startswith(lexicon.affixes("per_openers")):
        return run
    for k in range(len(run) - 1, -1, -1):
        related = k and _related(run, k)
        if run[k].role == "light" and not related and any(_names(t) for t in run[k + 1 :]):
            return run[k + 1 :]
    return run


def _made_to_act(run: Run) -> Run:
    """帮助|中小企业获得贷款: who got it stands between the two verbs."""
    for k in range(len(run) - 1, 0, -1):
        if run[k].role != "light" or not any(_names(t) for t in run[k + 1 :]):
            continue
        begin = k
        while begin and run[begin - 1].role in NOMINAL:
            begin -= 1
        made = 0 < begin < k and run[begin - 1].text in lexicon.words("causatives")
        return run[begin:] if made else ()
    return ()


def _names(token: Token) -> bool:
    """Whether a word may name a thing; an adjective alone (推进有力) does not."""
    return token.role in _NAMING and not token.tag.startswith("a")


def without_list(run: Run) -> Run:
    """A long list of names before 等 gives way to what follows: 甲、乙、丙等企业 -> 企业."""
    for k in range(len(run) - 1, 0, -1):
        if run[k].role == "etc" and k + 1 < len(run) and nominal(run[k + 1 :]):
            first = next((j for j in range(k) if run[j].role == VERB and opens(run, j)), None)
            verbs = () if first is None else run[first : first + 1]
            aspects = run[k + 1].text in lexicon.words("aspect_nouns")
            if (verbs and length(run) <= _LISTED) or (aspects and length(run) <= _LIST_LONG):
                return run  # 科技、教育、卫生等方面的支出: the list says what they are for
            return (*verbs, *run[k + 1 :])
    return run


def cut(run: Run, *, listed: bool = False) -> Phrase:
    """Finds the indicator phrase at the end of a run.

    It opens at the first predicate that leaves a phrase of usual length; a run without a
    predicate is a noun phrase and is taken whole. `listed` keeps a list before 等.
    """
    whole = run
    run = reduced(run)
    if not listed:
        run = without_list(run)
    while run and run[-1].role in EDGE:
        run = run[:-1]
    lead = _before(whole, run)
    if all(token.role in _EMPTY for token in run):
        return phrase(whole, (), ())
    each = run[0].text.startswith(lexicon.affixes("per_openers"))  # 每万名职工拥有研发人员
    starts = [] if each else [k for k, t in enumerate(run) if t.role in VERBAL and opens(run, k)]
    if run[-1].text.endswith(_measured()):
        # 老年人健康签约服务覆盖率, 危险废物处置能力: a verb after a noun says of what it is
        starts = [k for k in starts if not nominal(run[:k])]
    if not starts:
        return _parted(lead, run)
    k = starts[-1]
    if len(starts) > 1:
        limit = _LIST_LONG if any(t.role in {PAUSE, "conj"} for t in run) else _LONG
        k = next((one for one in starts if length(run[one:]) <= limit), k)
    return _parted((*lead, *run[:k]), run[k:])


@cache
def _measured() -> tuple[str, ...]:
    """Endings of nouns that name a rate, or what a thing is able to do."""
    return tuple(lexicon.words("rate_nouns") | lexicon.words("capacity_nouns"))


def circumstance(run: Run) -> bool:
    """Whether the run only says where or when (在调整初期): it names nothing that is measured."""
    first = next((token for token in run if token.role not in SILENT), None)
    if first is None or first.text not in lexicon.words("place_prepositions"):
        return False
    if any(token.role in {VERB, "light", "locative"} for token in run):
        return False
    # 在全国登记的联合体: a relative clause that opens with a place
    return not any(a.role == BOTH and b.role == "de" for a, b in pairwise(run))


def unframed(run: Run, dimension: str | None) -> Run:
    """The run without how it is reckoned, and of money who approved it: 大会批准的|收入|按同口径.

    What else was approved was done: 国务院批准的项目.
    """
    for k in range(len(run) - 2, 0, -1) if dimension == "money" else ():
        if run[k].role == "de" and run[k - 1].text in lexicon.words("approvals"):
            run = run[k + 1 :]
            break
    return without_manner(run)


def without_manner(run: Run) -> Run:
    """The run without a phrase of how the figure is reckoned: 收入|按自然口径|下降 -> 收入 下降."""
    for k, token in enumerate(run):
        if token.role == "prep" and token.text in lexicon.words("manner_prepositions"):
            ends = lexicon.affixes("manner_words")
            last = next((j for j in range(len(run) - 1, k, -1) if run[j].text.endswith(ends)), k)
            return (*run[:k], *run[last + 1 :]) if last > k else run
    return run


def view(run: Run) -> bool:
    """Whether a clause names a way to part what is told (分类型看, 按地区分)."""
    if len(run) < 2:
        return False
    opens = run[0].text.startswith(lexicon.affixes("view_openers"))
    return opens and run[-1].text.endswith(lexicon.affixes("view_words"))


def reduced(run: Run) -> Run:
    """The run without what only leads up to the phrase: openers, prepositions, light verbs."""
    if not any(token.role == "light" for token in run):
        return _unled(without_preposition(_unled(run)))
    return _made_to_act(run) or _unled(without_light(without_preposition(_unled(run))))


def _before(whole: Run, run: Run) -> Run:
    if not run or not whole or whole[0] is run[0]:
        return () if run else whole
    return tuple([token for token in whole if token.end <= run[0].start])


def _unled(run: Run) -> Run:
    while run and run[0].role in _LEADING:
        run = run[1:]
    return run


def unverbed(run: Run) -> Run:
    """The run without the verbs at its end, where something stands before them."""
    k = len(run)
    while k and run[k - 1].role in _TRAILING:
        k -= 1
    return run[:k] or run


def unplaced(run: Run) -> Run:
    """What stands before a phrase of place: 农业|在灾害中 -> 农业."""
    places = lexicon.words("place_prepositions")
    for k, token in enumerate(run):
        if k and token.role == "prep" and token.text in places:
            return run[:k]
    return run


def _parted(lead: Run, run: Run) -> Phrase:
    k = 0
    while k < len(run) and (run[k].role in VERBAL or run[k].role in {"adverb", "conj"}):
        k += 1
    # 排查整治|出租房屋: a word that is verb and noun goes to the nouns unless it opens the run
    while k > 1 and run[k - 1].role in {BOTH, "conj", "adverb"} and nominal(run[k - 1 :]):
        k -= 1
    # 发行|新增债券: what is new is of the thing, where another verb was done to it
    while k > 1 and run[k - 1].text in lexicon.words("new_words") and run[k - 2].role == VERB:
        k -= 1
    if k == 1 and run[0].role == BOTH and length(run) <= 4 and len(run) > 1:
        k = 0  # 消费支出, 就业岗位: a compound noun
    if k < len(run) and run[k].role in {PAUSE, "conj"} and all(t.role == BOTH for t in run[:k]):
        k = 0  # 服装、鞋帽: the first of a list of things
    return phrase(lead, run[:k], run[k:])
