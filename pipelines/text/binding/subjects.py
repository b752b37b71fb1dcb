"""Whom a figure is about, when that is not the reporting jurisdiction itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from pipelines import lexicon
from pipelines.text.binding.definite import (
    general,
    is_described,
    is_named,
    is_proper_noun,
    proper,
    things,
)
from pipelines.text.binding.nouns import is_attribute
from pipelines.text.grammar.phrases import SILENT, trimmed
from pipelines.text.grammar.roles import BOTH, NOUN, PAUSE, QUOTED, VERB, Role
from pipelines.text.grammar.sites import Run
from pipelines.text.grammar.tokens import INDICATOR, PLACE, Token

_PROPER = frozenset({"nr", "ns", "nt", "nrt", "nrfg"})
_NAME: Final = "nz"  # other names: 大庆油田
_WORD: Final = 2  # characters of a common word


@cache
def _offices() -> tuple[str, ...]:
    return tuple(row[0] for row in lexicon.entries("entity_suffixes") if "body" in row)


def is_office(name: str) -> bool:
    """Whether a name is that of an office or a company, rather than of a place or a building."""
    return name.endswith(_offices())


@cache
def actors() -> tuple[str, ...]:
    """Ends of names of what may act (村, 卫生院); a centre is rather built than builds."""
    return tuple(lexicon.words("actors"))


@cache
def _bodies() -> frozenset[str]:
    return lexicon.words("single_bodies")


@cache
def _units() -> frozenset[str]:
    return lexicon.words("own_units")


@cache
def _programmes() -> tuple[str, ...]:
    return tuple(lexicon.words("programme_nouns"))


def whole(run: Run) -> bool:
    """Whether a noun phrase is, from end to end, the name of a body, a place or a project."""
    kept = trimmed(run)
    name, size = front(kept)
    return name is not None and size == len(kept)


def bare_entity(run: Run) -> bool:
    """Whether a noun phrase is a proper name without an attribute."""
    kept = trimmed(run)
    return bool(kept) and proper(kept)


# Words that a name may be made of.
_NAMING: Final[frozenset[Role]] = frozenset({"noun", "both", "adv", "bracket", QUOTED, PAUSE})


def named(run: Run) -> str | None:
    """The run as a subject's name, quotation marks of a wholly quoted name removed."""
    kept = trimmed(run)
    if not kept:
        return None
    # Words that are silent in an indicator (盈|都|吾角) may be part of a name, and so may an aside
    # within one (中国(安徽)自贸试验区).
    inside = [t for t in run if kept[0].start <= t.start and t.end <= kept[-1].end]
    text = "".join(t.text for t in inside if t.role != "time")
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        text = text[1:-1]
    return text or None


def entity(run: Run) -> str | None:
    """The named body, building or area among the words before an indicator, if there is one."""
    for k in range(len(run) - 1, -1, -1):
        if run[k].role == "de":
            run = run[k + 1 :]
            break
    joint = (k for k, token in enumerate(run) if k and token.text in lexicon.words("joint_words"))
    run = run[: next(joint, len(run))]
    kept = trimmed(run)
    if run and run[0].role == "prep" and run[0].text not in lexicon.words("place_prepositions"):
        return None  # 向公安机关移送案件
    placed = bool(run) and any(t.text in lexicon.words("place_prepositions") for t in run[:2])
    for k in range(len(kept) - 1, -1, -1):
        name = kept[: k + 1]
        pauses = sum(token.role == PAUSE for token in name)
        if (pauses and k + 1 < len(kept)) or any(t.role not in _NAMING for t in name):
            continue
        after = kept[k + 1].role if k + 1 < len(kept) else ""
        if _governed(name) or after in _LISTS or (k + 1 == len(kept) and _listed_on(run, kept)):
            continue
        division = all(token.tag == PLACE or token.role == PAUSE for token in name)
        parts = listed(name)[0] if pauses else [name]
        meant = all(map(_definite, parts)) and len(parts) == pauses + 1
        meant = meant or (placed and len(name) > 1)
        known = len(name) == 1 and name[0].text in _bodies()
        if not general(name) and (division or known or (ends_name(name) and meant)):
            return named(name)
    return None


_FRONT: Final[frozenset[Role]] = frozenset({"noun", QUOTED, "both", "bracket"})


# What goes on with a list that a name begins (上海等省市).
_LISTS: Final[frozenset[Role]] = frozenset({PAUSE, "conj", "etc"})


def _listed_on(run: Run, kept: Run) -> bool:
    """Whether 等 follows the words that were kept of a run."""
    return any(token.role == "etc" and token.start >= kept[-1].end for token in run)


def listed(run: Run) -> tuple[list[Run], int]:
    """The names of a list at the front of a run, and how many tokens they take: 桂花村、民联村."""
    found: list[Run] = []
    end = 0
    while True:
        begin = end + 1 if found else 0
        if begin >= len(run) or (found and run[end].role not in {PAUSE, "conj"}):
            return found, end
        name, size = front(run[begin:])
        if name is None:
            return found, end
        found.append(tuple(run[begin : begin + size]))
        end = begin + size


def names(run: Sequence[Token]) -> tuple[str | None, int]:
    """One name at the front of a run, or a list of them: 桂花村、民联村."""
    name, size = front(run)
    while name and size + 1 < len(run) and run[size].role == PAUSE:
        more, length = front(run[size + 1 :])
        if more is None:
            break
        name, size = f"{name}、{more}", size + 1 + length
    return name, size


def measures_something(token: Token) -> bool:
    """Whether a word names what is measured, rather than a thing."""
    return token.tag == INDICATOR or token.text in lexicon.words("attributes")


def front(run: Sequence[Token]) -> tuple[str | None, int]:
    """The name of a body, place or project at the front of a run: (the name, its tokens).

    It ends at the last generic noun (社区, 公司, 项目 …) of the nouns that open the run, else with
    the name of a division (怀化), and is not one of a class (各社区, 重大项目).
    """
    if not run or (run[0].role not in _FRONT and run[0].tag != PLACE):
        return None, 0
    if run[0].text in area_parts():
        return run[0].text, 1
    size = 0
    text = ""
    attributes = lexicon.words("attributes")
    for k, token in enumerate(run):
        if token.role not in _FRONT and not links_places(run, k):
            break
        if (token.tag == INDICATOR and not _in_name(run, k)) or token.text in attributes:
            break
        if size and token.text in lexicon.words("joint_words"):
            break
        text += "" if token.role == "bracket" else token.text
        # a single word is no name, unless it is a quotation or a body by itself (居委会)
        named_alone = k or token.role == QUOTED or _is_body(token)
        ends = named_alone and (is_named(text) or is_own_office(run, text))
        ends = ends or (k == 0 and (_is_place(token) or text in _bodies()))
        if ends and token.text not in lexicon.words("no_bodies"):
            size = k + 1  # 开放格局 is no 局
    if not size:
        return _division(run)
    name = run[:size]
    if general(name) or not _definite(name) or _governed(name):
        return None, 0
    return named(tuple(name)), size


def links_places(run: Sequence[Token], k: int) -> bool:
    """Whether a word leads from one place to another within a name: 高平|至|沁水|公路."""
    inside = 0 < k < len(run) - 1 and run[k].text in lexicon.words("place_links")
    return inside and is_proper_noun(run[k - 1]) and is_proper_noun(run[k + 1])


def _in_name(run: Sequence[Token], k: int) -> bool:
    """Whether an indicator's name is part of a thing's: 二号院|老旧小区改造|工程."""
    follows = run[k + 1].text if 0 < k < len(run) - 1 else ""
    return follows in things() and proper(run[:k])


def is_own_office(run: Sequence[Token], text: str) -> bool:
    """Whether words that open with our own unit name an office: 镇|农机|站, 区安委办; no 市|站."""
    longer = len(text) > len(run[0].text) + 1
    return longer and run[0].text in _units() and text.endswith(lexicon.affixes("office_endings"))


@cache
def area_parts() -> frozenset[str]:
    """Words for a part of any region (市本级, 中心城区, 贫困地区)."""
    return lexicon.words("area_parts")


def _is_place(token: Token) -> bool:
    """Whether a word is the name of a division that the table of regions lacks: 河口县."""
    long = len(token.text) > _WORD and token.tag == "ns"
    return long and token.text.endswith(lexicon.affixes("own_units"))


def _is_body(token: Token) -> bool:
    """Whether one word is the name of a body: 居委会, 中央财政, 市图书馆."""
    if token.text in _bodies() or _is_place(token):
        return True
    if len(token.text) < _LEAST_NAME:
        return False
    proper = token.tag in _PROPER or (token.tag == _NAME and not token.text.endswith(things()))
    named = proper and token.text not in lexicon.words("entity_suffixes")
    return (named and is_named(token.text)) or token.text[0] in _units()


def _division(run: Sequence[Token]) -> tuple[str | None, int]:
    """The divisions that open a run; 岳阳|楼 goes on."""
    size = 0
    while size < len(run) and run[size].tag == PLACE:
        size += 1
    if not size or (size < len(run) and run[size].role == NOUN and len(run[size].text) == 1):
        return None, 0
    return named(tuple(run[:size])), size


def _definite(name: Sequence[Token]) -> bool:
    """Whether a name means one body, place or thing: by a proper noun, as ours, by its length.

    医院 alone is a class, 市|医院 is not. A programme (“安居”工程) is none of these.
    """
    text = _text(name)
    if text.rstrip("”").endswith(_programmes()):
        if proper([token for token in name if token.role != QUOTED]):
            return True
        site = name[:-1]  # 滨湖数字文创园|项目: named after where it is
        return ends_name(site) and len(_text(site)) >= _LONG_NAME and not general(site)
    if proper(name) or (len(text) >= _LEAST_NAME and not is_described(text)):
        return True
    return _is_body(name[0]) if len(name) == 1 else name[0].text in _units()


def _governed(name: Sequence[Token]) -> bool:
    """Whether what is done to a thing opens its name: 建设|苏州人工智能学院, 强化|项目."""
    verbal = len(name) > 1 and name[0].role == BOTH
    verbal = verbal and len(name[0].text + name[1].text) > _WORD  # 望|梅|路农贸市场 is a name
    return verbal and (proper(name[1:]) or not proper(name))


# A name of this many characters may be a name without a proper noun in it (社会治理指挥中心).
_LEAST_NAME = 4
_LONG_NAME: Final = 6  # and so many, that of the place of a project


def _text(run: Sequence[Token]) -> str:
    return "".join(token.text for token in run if token.role != "bracket")


def ends_name(run: Sequence[Token]) -> bool:
    """Whether a run, as it is, may be a name: its last word is a generic noun."""
    return bool(run) and run[-1].text not in lexicon.words("no_bodies") and is_named(_text(run))


def prefix(run: Run) -> tuple[str | None, int]:
    """A name at the front of a noun phrase with something of it after: (the name, its tokens)."""
    name, size = front(run)
    following = next((t for t in run[size:] if t.role not in SILENT), None)
    if name is None or following is None:
        return None, 0
    quoted = following.role == QUOTED and name in area_parts()
    if following.role not in {"noun", "both", "verb", "adv"} and not quoted:
        return None, 0
    definite = proper(run[:size]) or measures_something(following)
    # 星湖机场|旅客|吞吐量: what is measured may be parted from the name
    told = measures_something(run[-1]) or (run[0].text in _units() and is_attribute(run[-1]))
    definite = definite or (following.role == NOUN and told)
    definite = definite or (name in area_parts() and is_attribute(run[-1]))
    return (name, size) if definite or acts(name, following) else (None, 0)


def acts(name: str, following: Token) -> bool:
    """Whether the word behind a name is what the body did (渔湾村|流转), not done to it."""
    does = following.role in {BOTH, VERB} and following.text not in lexicon.words("done_to")
    if does and name.endswith(lexicon.affixes("phases")):
        return True  # 锂电产业园二期|交付厂房
    own_office = is_office(name) or name.endswith(lexicon.affixes("office_endings"))
    return does and ((name[0] in _units() and own_office) or name.endswith(actors()))


def is_thing(run: Run) -> bool:
    """Whether a generic noun ends a noun phrase, be it a name or a class."""
    kept = trimmed(run)
    return bool(kept) and ends_name(kept)


def one_thing(run: Run) -> bool:
    """Whether a noun phrase behind a verb of building is one thing (新建|实验小学东校区)."""
    return ends_name(run) and not general(run) and _definite(run)


def is_division(run: Sequence[Token]) -> bool:
    """Whether nothing but names of divisions are in a run."""
    return all(token.tag == PLACE or token.role == PAUSE for token in run)


def is_ours(run: Sequence[Token]) -> bool:
    """Whether our own unit opens a name (县医院)."""
    return run[0].text in _units()
