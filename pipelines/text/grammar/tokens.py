"""A sentence as a row of tokens, each with its grammatical role in the genre's clause grammar.

Roles come from seeds/lexicon/words.tsv first and from jieba's part of speech second. Words of the
indicator seeds and of the roles are kept whole. Quantities, times, quotations and brackets are one
token each, so that no rule looks inside them. What the tokens mean to each other is not decided
here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, cast, final

from pipelines import lexicon, segmenters
from pipelines.text.grammar.roles import (
    BLANK,
    BOTH,
    BRACKET,
    MARK,
    NOUN,
    PAUSE,
    QUANTITY,
    QUOTED,
    TIME,
    VERB,
    Role,
)
from pipelines.text.marks import BETWEEN_WORDS
from pipelines.text.model import Quantity, Sentence, TimeExpression

INDICATOR: Final = "indicator"  # part of speech of a canonical indicator's name
PLACE: Final = "place"  # part of speech of a division inside the report's region
_LONGEST_PLACE: Final = 4  # words that the name of a division may fall into
_COMPARED: Final = "比"
_FROM: Final = ("由", "从", "自")
_PREDICATES: Final[frozenset[Role]] = frozenset({"verb", "light", "reach", "up", "down", "to"})

# Quotations and titles are names, brackets and the marks of notes asides. None may nest.
# Each branch begins with one mark, so that the search runs to the next.
_ASIDE: Final = "([【〔"
_WHOLE = re.compile(
    r"“[^”\n]{0,40}”|\"[^\"\n]{0,40}\"|‘[^’\n]{0,40}’|「[^」\n]{0,40}」|《[^》\n]{0,60}》|\([^()\n]{0,80}\)"
    r"|\[[0-9]{1,3}[\]】〕]|【[0-9]{1,3}[\]】〕]|〔[0-9]{1,3}[\]】〕]"
)
# The number of an item: 1.新建公厕12座;2.改造公厕3座; 一是35户企业停产.
_ORDER = "[一二三四五六七八九十]+"
_ITEM = f"(?P<item>[0-9]{{1,2}}[.、](?![0-9])|{_ORDER}(?:、(?!{_ORDER})|是))"
_FIRST_ITEM, _LATER_ITEM = re.compile(_ITEM), re.compile(f"[;:]{_ITEM}")

# jieba's tag set (ICTCLAS): the first letter is the word class.
_BY_CLASS: Final[dict[str, Role]] = {
    "v": BOTH,
    "p": "prep",
    "c": "conj",
    "d": "adv",
    "u": "adverb",
    "y": "adverb",
    "r": "filler",
}


@final
class Token:
    """A word of a sentence (clean offsets). `number` is the quantity's for a quantity.

    A plain class: tokens are made by the thousand.
    """

    __slots__ = ("end", "number", "role", "start", "tag", "text")

    def __init__(
        self, start: int, end: int, text: str, role: Role, tag: str, number: int = -1
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.role = role
        self.tag = tag
        self.number = number

    def reworded(self, text: str) -> Token:
        """A word that stands at the same place."""
        return Token(self.start, self.end, text, self.role, self.tag)


@cache
def _roles() -> dict[str, Role]:
    strengths: dict[str, Role] = {"strong": VERB, "both": BOTH}
    roles = {fields[0]: strengths[fields[1]] for fields in lexicon.entries("predicates")}
    roles.update((fields[0], NOUN) for fields in lexicon.entries("attributes"))
    # The schema allows no other.
    roles.update((fields[0], cast("Role", fields[1])) for fields in lexicon.entries("roles"))
    return roles


@cache
def known_names() -> frozenset[str]:
    """Names and aliases of core indicators: kept whole as tokens.

    Those of the extended tier stay open, for in lists they share heads (甲、乙产量) and verbs
    (新增甲、乙); what in them must not fall apart is in the list `compounds`.
    """
    core = (row for row in lexicon.table("indicators") if row["tier"] == "core")
    names = (name for row in core for name in f"{row['name_zh']}|{row['aliases']}".split("|"))
    return frozenset(filter(None, names))


@cache
def _segmenter() -> segmenters.Segmenter:
    segmenter = segmenters.new()
    for name in sorted(known_names()):
        segmenter.add_word(name, 1_000_000, INDICATOR)
    for word, role in _roles().items():
        if role in {"to", "reach", "upnoun", "downnoun", "sharenoun"} and len(word) > 1:
            segmenter.add_word(word, 100_000, "v")
        elif not segmenter.has_word(word):
            often = 1_000 if role in {NOUN, VERB, BOTH} else 100_000
            segmenter.add_word(word, often, "n" if role == NOUN else "v")
    for word, tag in sorted(lexicon.tokens().items()):
        if segmenter.cut(word, hmm=False) != [word]:
            segmenter.add_word(word, 100_000, tag)
    for word, tag in lexicon.column("compounds", "tag").items():
        segmenter.add_word(word, 100_000, tag)
    return segmenter


def is_word(text: str) -> bool:
    """Whether the dictionary has the text as one word (出生率, not 参选率)."""
    return _segmenter().has_word(text)


def _role(word: str, tag: str) -> Role:
    if role := _roles().get(word):
        return role
    if word == "、":
        return PAUSE
    if word in BETWEEN_WORDS:
        return MARK
    return _BY_CLASS.get(tag[:1], NOUN)


def _words(text: str, start: int, end: int) -> list[Token]:
    tokens: list[Token] = []
    position = start
    left: Token | None = None
    before = 0  # the traits of `left`
    # Without the hidden Markov model unknown names fall into single characters, which tells them.
    chunk = text[start:end]
    found = _segmenter().cut(chunk, hmm=False) if end - start > 1 else [chunk]
    known = _KNOWN.pieces
    for number, word in enumerate(found):
        pieces = known.get(word) or _pieces(word)
        if word.endswith(_COMPARED) and (
            found[number + 1] in _compared_with()
            if position + len(word) < end
            else text[end : end + 1] not in _FROM  # 收入比|由上年的2.31
        ):
            pieces = _before_number(word, pieces)
        for piece, role, kind, traits in pieces:
            stop = position + len(piece)
            right = Token(position, stop, piece, role, kind)
            position = stop
            if left and (traits & _JOINS or before & _LEADS):
                joined = _joined(left, right)
                if joined:
                    left = tokens[-1] = joined
                    before = _traits(joined.text, joined.role)
                    continue
            if role == BLANK:
                left = None
                continue
            if traits & _PREDICATE and left and before & _MARKER:
                # 将安排, not 将甲改为乙
                tokens[-1] = Token(left.start, left.end, left.text, "adverb", left.tag)
            left, before = right, traits
            tokens.append(right)
    return tokens


_Pieces = tuple[tuple[str, Role, str, int], ...]
# Start, end, role and, of a quantity, which one it is.
_Spot = tuple[int, int, Role, int]

# What a word may do to its neighbours, told once for each word.
_JOINS: Final = 1  # it may end a word that the one before begins
_LEADS: Final = 2  # it may begin a word that the next one ends
_MARKER: Final = 4  # it may lead up to a verb
_PREDICATE: Final = 8


def _traits(text: str, role: Role) -> int:
    endings, prefixes, singles, markers = _joining()
    return (
        _JOINS * (text in endings or role == "self")
        + _LEADS * (text in prefixes or text in singles)
        + _MARKER * (text in markers)
        + _PREDICATE * (role in _PREDICATES)
    )


@cache
def _change_words() -> tuple[str, ...]:
    changes = {word for word, role in _roles().items() if role in {"up", "down"} and len(word) > 1}
    return tuple(changes)


@cache
def _change_ends() -> frozenset[str]:
    return frozenset([word[-1] for word in _change_words()])


_MOST_WORDS: Final = 100_000


@final
class _Known:
    """The pieces of the words that were met; a plain dict is three times as fast as `lru_cache`."""

    def __init__(self) -> None:
        self.pieces: dict[str, _Pieces] = {}

    def cache_parameters(self) -> dict[str, int]:
        """As of `lru_cache`."""
        return {"maxsize": _MOST_WORDS}

    def cache_clear(self) -> None:
        """As of `lru_cache`."""
        self.pieces.clear()


_KNOWN: Final = _Known()


def _pieces(word: str) -> _Pieces:
    """A dictionary word as (text, role, part of speech, traits), or the two that it runs into one.

    价格|上涨: a noun and a change.
    """
    if len(_KNOWN.pieces) >= _MOST_WORDS:
        _KNOWN.cache_clear()
    pieces = _KNOWN.pieces[word] = _new_pieces(word)
    return pieces


def _new_pieces(word: str) -> _Pieces:
    tag = segmenters.part_of_speech(_segmenter(), word)
    if word.isspace():
        return (_piece(word, BLANK, tag),)
    if word in known_names():
        return (_piece(word, NOUN, INDICATOR),)  # whatever the segmenter's dictionary has
    changes = word[-1] in _change_ends() and word not in _roles()  # few words end so
    if changes and word.endswith(_change_words()):
        return _linked(word, max((w for w in _change_words() if word.endswith(w)), key=len))
    if len(word) == 2 and [_roles().get(one) for one in word] == ["locative", "rank"]:
        return _linked(word, word[1])  # 社区中|排第2名
    return (_piece(word, _role(word, tag), tag),)


@cache
def _compared_with() -> frozenset[str]:
    """Regions and plans: 收入|比|全省, 收入|比|预算数."""
    return lexicon.words("areas") | lexicon.words("plan_nouns") | lexicon.words("plan_names")


def _before_number(word: str, pieces: _Pieces) -> _Pieces:
    """价格|比, before a time, a number or a region: a noun and a link."""
    whole = word == _COMPARED or word in _roles() or word in known_names()
    return pieces if whole else _linked(word, _COMPARED)


def _linked(word: str, link: str) -> _Pieces:
    first = word.removesuffix(link)
    return _piece(first, _role(first, "n"), "n"), _piece(link, _role(link, "v"), "v")


def _piece(text: str, role: Role, tag: str) -> tuple[str, Role, str, int]:
    return text, role, tag, _traits(text, role)


@cache
def _joining() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    names = ("noun_endings", "verb_prefixes", "single_nouns", "verb_markers")
    endings, prefixes, singles, markers = map(lexicon.words, names)
    return endings, prefixes, singles, markers


def _joined(left: Token, right: Token) -> Token | None:
    """Two touching words that make one: 新+开工 a verb, 收缴+率 and 高+能级 a noun."""
    endings, prefixes, singles, _ = _joining()
    if right.role == "self" and left.role == NOUN:
        return Token(left.start, right.end, left.text + right.text, NOUN, "ns")  # 东湖+街道
    if right.role in {VERB, BOTH} and left.text in prefixes:
        return Token(left.start, right.end, left.text + right.text, VERB, "v")
    if left.role in {VERB, BOTH, "light"} and right.text in endings:
        return Token(left.start, right.end, left.text + right.text, NOUN, "n")
    if left.text in singles and right.role in {NOUN, BOTH}:
        # two single characters are a name rather than a word (高+沙)
        tag = "n" if len(right.text) > 1 else "nr"
        return Token(left.start, right.end, left.text + right.text, NOUN, tag)
    return None


def words_of(text: str) -> list[Token]:
    """Tokens of a text without numbers (a heading)."""
    return _words(text, 0, len(text))


def tokenize(
    text: str,
    sentence: Sentence,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    places: frozenset[str] = frozenset(),
) -> list[Token]:
    """Tokens of one sentence.

    Args:
        text: the clean text of the report.
        sentence: the sentence.
        quantities: those of the sentence that may become observations, in order.
        times: the time expressions that overlap the sentence, in order.
        places: names of the divisions inside the report's region.

    Returns:
        Tokens in order, not overlapping; a quantity's token spans its modifiers too.
    """
    whole: list[_Spot] = [(q.lead, q.tail, QUANTITY, i) for i, q in enumerate(quantities)]
    taken = whole.copy()
    free = [t for t in times if _free(t.start, t.end, taken)]
    dates: list[_Spot] = [(t.start, t.end, TIME, -1) for t in free]
    for match in _WHOLE.finditer(text, sentence.start, sentence.end):
        # An aside is one with the dates in it (工农业总产值(按1990年不变价计算,下同)21亿元).
        around = taken if match.group()[0] in _ASIDE else [*taken, *dates]
        if _free(match.start(), match.end(), around):
            kind: Role = BRACKET if match.group()[0] in _ASIDE else QUOTED
            whole.append((match.start(), match.end(), kind, -1))
    whole += [date for date in dates if _free(date[0], date[1], whole)]
    taken = whole.copy()
    first = _FIRST_ITEM.match(text, sentence.start, sentence.end)
    for item in (first, *_LATER_ITEM.finditer(text, sentence.start, sentence.end)):
        if item and _free(item.start("item"), item.end("item"), taken):
            whole.append((item.start("item"), item.end("item"), BLANK, -1))
    tokens: list[Token] = []
    position = sentence.start
    for start, end, kind, index in sorted(whole):
        if start > position:
            tokens += _words(text, position, start)
        if kind != BLANK:
            tokens.append(Token(start, end, text[start:end], kind, kind, index))
        position = max(position, end)
    if position < sentence.end:
        tokens += _words(text, position, sentence.end)
    return _placed(tokens, places) if places else tokens


def _placed(tokens: list[Token], places: frozenset[str]) -> list[Token]:
    """The tokens with the names of places whole: 株|洲, and 怀化, which may be a verb."""
    openings = _openings(places)
    opens = [k for k, token in enumerate(tokens) if token.text in openings]
    if not opens:
        return tokens
    result: list[Token] = tokens[: opens[0]]
    k = opens[0]
    while k < len(tokens):
        if tokens[k].text not in openings:
            result.append(tokens[k])
            k += 1
            continue
        text, place, size = "", "", 0
        for j in range(k, min(k + _LONGEST_PLACE, len(tokens))):
            if tokens[j].role in _WHOLE_ROLES:
                break
            text += tokens[j].text
            if text not in openings:
                break
            if text in places:
                place, size = text, j + 1 - k
        if size:
            last = tokens[k + size - 1]
            result.append(Token(tokens[k].start, last.end, place, NOUN, PLACE))
        else:
            result.append(tokens[k])
        k += size or 1
    return result


@lru_cache(maxsize=16)
def _openings(places: frozenset[str]) -> frozenset[str]:
    """All that a place may begin with, the whole name included."""
    return frozenset([place[:end] for place in places for end in range(1, len(place) + 1)])


# What is one token whatever words are in it, and what parts names.
_WHOLE_ROLES: Final[frozenset[Role]] = frozenset({QUANTITY, TIME, QUOTED, BRACKET, MARK, PAUSE})


def _free(start: int, end: int, taken: Sequence[_Spot]) -> bool:
    return all(end <= s or start >= e for s, e, _, _ in taken)
