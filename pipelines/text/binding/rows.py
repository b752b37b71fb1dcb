"""Numbers in a row and the heads they belong to, one to one (分别, 、, 和).

Only pairs rows with heads; which frame a row without heads takes is decided in `bind`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding.frame import Frame
from pipelines.text.binding.nouns import attributed, is_attribute, known
from pipelines.text.grammar.phrases import NOMINAL, VERBAL, spelled, trimmed
from pipelines.text.grammar.roles import BOTH, PAUSE, VERB, Role
from pipelines.text.grammar.sites import Run, Site
from pipelines.text.grammar.tokens import INDICATOR, Token
from pipelines.text.model import Quantity

# jieba's parts of speech for names of places and bodies.
_NAMES: Final = frozenset({"ns", "nt"})
_DIGIT: Final = re.compile("[一二三]")
_ORDINAL: Final = re.compile("第[一二三四五六七八九十]+")
# jieba's parts of speech for words that only specify a noun: numerals (第一), 国有, 大型.
_SPECIFIERS: Final = frozenset({"m", "b"})


def groups(sites: Sequence[Site], quantities: Sequence[Quantity]) -> dict[int, int]:
    """Rows of numbers: index of the first site -> how many numbers stand in the row."""
    rows: dict[int, int] = {}
    first = 0
    for k in range(1, len(sites) + 1):
        goes_on = (
            k < len(sites)
            and (sites[k].joined or _changes_too(sites[first], sites[k]))
            and not sites[k - 1].right
            and (
                quantities[sites[k].index].dimension == quantities[sites[first].index].dimension
                or _dealt(sites[first], sites[k])
            )
        )
        if not goes_on:
            if k - first > 1:
                rows[first] = k - first
            first = k
    return rows


def before(frames: Sequence[Frame], size: int) -> Sequence[Frame]:
    """As many frames before a row, without one that only counts them: 四项指数分别下降…."""
    last = frames[-1] if frames else None
    summed = last and last.value == size and last.thing in lexicon.words("summing_nouns")
    told = frames[:-1] if summed else frames
    return told[-size:] if len(told) >= size else []


def only_counts(token: Token) -> bool:
    """Whether a word only counts the numbers of a row: 一、二、三(季度), 两项|指标."""
    return token.tag == "m" or token.text in lexicon.words("summing_nouns")


def _dealt(first: Site, site: Site) -> bool:
    """死亡率、破案率分别为6.1/10万和|98%: numbers dealt out need not be of one kind."""
    return any(token.role == "each" for token in first.left) and site.clause == first.clause


def _changes_too(first: Site, site: Site) -> bool:
    """分别增长12%和|下降8%: a number of the row with a word of change of its own."""
    return _dealt(first, site) and bool(site.left) and all(t.role in _CHANGES for t in site.left)


_CHANGES: Final[frozenset[Role]] = frozenset({"up", "down"})


def shared_predicates(sites: Sequence[Site]) -> dict[int, str]:
    """The predicate that a row of counted things shares, for those that lack it, by site number.

    325户农户、19户居民正式安置: the first, too, is about 安置.
    """
    shared: dict[int, str] = {}
    for number in range(len(sites) - 1, 0, -1):
        site, before = sites[number], sites[number - 1]
        if site.left or site.opening or not site.right or not before.right:
            continue
        if _specifies(before.right) and len(site.right) > 1:
            # 2个国家级和22个省级区域医疗中心: the thing counted stands behind the last alone
            head = spelled(site.right).removeprefix(site.right[0].text)
            shared[number - 1] = head + shared.get(number, "")
            continue
        tail = shared.get(number) or spelled(_predicate(site.right))
        if tail and not _predicate(before.right):
            shared[number - 1] = tail
    return shared


def _specifies(run: Run) -> bool:
    """Whether a word that only specifies a noun stands alone (国家级)."""
    return len(run) == 1 and run[0].tag in _SPECIFIERS


@cache
def _name_ends() -> tuple[str, ...]:
    return tuple(lexicon.words("works") | lexicon.words("entity_suffixes"))


def _predicate(right: Run) -> Run:
    for k in range(1, len(right)):
        if right[k].role in {VERB, BOTH, "light"}:
            # 核心|支撑|企业, 提档|升级|村: what serves the act, or where it is done, ends a name
            name = right[k].role == BOTH and right[-1].text.endswith(_name_ends())
            return () if name or len(right[k].text) == 1 else right[k:]
    return ()


def heads(head: Run, size: int) -> list[Run]:
    """The heads of a row of `size` numbers, each with the words they share; [] if they do not pair.

    省属企业营业收入、利润 -> 省属企业营业收入 | 省属企业利润.
    限上汽车、家电零售额 -> 限上汽车零售额 | 限上家电零售额.
    城乡居民收入 -> 城镇居民收入 | 农村居民收入.
    """
    run = trimmed(head)
    items = _items(run, _SEPARATORS)
    if len(items) == 1:
        return _split(run, size)
    if len(items) != size:
        # 教育、社会保障和就业、卫生: 和 is inside a name
        items = _items(run, frozenset({PAUSE}))
    if len(items) != size or size < 2:
        return []
    items = [_completed(item, items[-1]) for item in items]
    items = [_of_kind(item, items[-1]) for item in items]
    items = [_numbered(_specified(item, items[-1])) for item in items]
    tail = _shared_tail(items)
    prefix = _shared_prefix(items, tail)
    result = []
    for k, item in enumerate(items):
        full = item
        if tail and k < size - 1 and item[-1].text != tail[-1].text:
            full = (*full, *tail)
        if prefix and k > 0 and item[0].tag != INDICATOR:
            full = (*prefix, *full)
        result.append(full)
    return result


def _completed(item: Run, last: Run) -> Run:
    """城镇, before 农村居民人均可支配收入 as one word: 城镇居民人均可支配收入."""
    if len(item) != 1 or item == last:
        return item
    for _, one, other in (fields[:3] for fields in lexicon.entries("pairs")):
        if {item[0].text, other} == {one, other} and last[0].text.startswith(other):
            rest = last[0].text.removeprefix(other)
            token = Token(item[0].start, item[0].end, one + rest, last[0].role, last[0].tag)
            return (token, *last[1:]) if rest else item
    return item


def _of_kind(item: Run, last: Run) -> Run:
    """急难型, before 支出型临时救助标准: a kind takes what the last kind is said of."""
    if item == last or not item[-1].text.endswith(lexicon.affixes("part_endings")):
        return item
    ending = item[-1].text[-1]
    place = next((k for k, token in enumerate(last) if token.text.endswith(ending)), len(last))
    return (*item, *last[place + 1 :])


def _specified(item: Run, last: Run) -> Run:
    """第一, before 第三产业增加值: a word that only specifies takes all that is specified."""
    if len(item) != 1 or item[0].tag not in _SPECIFIERS or item == last:
        return item
    ordinal = _ORDINAL.match(last[0].text)
    if ordinal and _ORDINAL.fullmatch(item[0].text):
        rest = last[0].text[ordinal.end() :]
        return (item[0].reworded(item[0].text + rest), *last[1:])
    return (*item, *last[1:])


_SEPARATORS: Final[frozenset[Role]] = frozenset({PAUSE, "conj"})


def parted(run: Run) -> list[Run]:
    """The parts of a run that 、 and 和 join."""
    return _items(run, _SEPARATORS)


def parts_of(run: Run, size: int) -> list[Run]:
    """高于全国、全省: a part of the run for each number of a row, or all of it for each."""
    parts = parted(run)
    return parts if len(parts) == size else [run] * size


def says_what(head: Run) -> bool:
    """Whether a head names what is measured, rather than whose figure it is."""
    return known(head) or attributed(head)


def _items(run: Run, separators: frozenset[Role]) -> list[Run]:
    items: list[Run] = []
    begin = 0
    for k, token in enumerate(run):
        if token.role in separators:
            items.append(run[begin:k])
            begin = k + 1
    items.append(run[begin:])
    return [item for item in items if item]


def _numbered(item: Run) -> Run:
    """一, before 产业: 第一产业."""
    number = len(item) > 1 and _DIGIT.fullmatch(item[0].text) and item[1].text.startswith("产业")
    return (item[0].reworded("第" + item[0].text), *item[1:]) if number else item


def _split(run: Run, size: int) -> list[Run]:
    """城乡居民收入 -> 城镇居民收入 | 农村居民收入; 三次产业 -> 第一产业 | 第二产业 | 第三产业."""
    for k, token in enumerate(run):
        for word, *parts in (fields[:4] for fields in lexicon.entries("pairs")):
            names = [name for name in parts if name]
            if len(names) == size and word in token.text and token.text not in names:
                return [(*run[:k], _renamed(token, word, name), *run[k + 1 :]) for name in names]
    return []


def _renamed(token: Token, word: str, name: str) -> Token:
    return token.reworded(token.text.replace(word, name))


def _shared_tail(items: Sequence[Run]) -> Run:
    """The last noun of the last item, where it names an attribute and the others lack one."""
    last = items[-1]
    if (
        len(last) > 1
        and last[-1].role in VERBAL
        and not any(i[-1].role in VERBAL for i in items[:-1])
    ):
        return last[-1:]  # 道路、河道|整治
    if (
        len(last) > 1
        and is_attribute(last[-1])
        and not any(is_attribute(i[-1]) for i in items[:-1])
    ):
        begin = len(last) - 1
        while begin > 1 and last[begin - 1].text in lexicon.words("per_words"):
            begin -= 1  # 门诊、住院|次均费用
        return last[begin:]
    return ()


def _shared_prefix(items: Sequence[Run], tail: Run) -> Run:
    """The modifiers of the first item, where the others have none of their own."""
    first = items[0]
    bare = len(items[1]) - (len(tail) if len(items) == 2 else 0)
    core = max(1, bare) if tail else 1
    prefix = first[: len(first) - core]
    rest = [len(item) - (len(tail) if k == len(items) - 1 else 0) for k, item in enumerate(items)]
    others = max(rest[1:])
    nominal = all(token.role in NOMINAL for token in prefix)
    if any(item[0].tag in _NAMES for item in (prefix, *items[1:]) if item):
        return ()  # 中亚五国、东盟进出口: names need no modifier and are none
    return prefix if prefix and nominal and others <= 1 < len(first) else ()
