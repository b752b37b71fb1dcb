"""What the figures before say of a number besides its name: its population, its basis, its measure.

A number that names no whole is a part of what was told before; a place right after a growth is one
by growth. What its own words say was read in `measures`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipelines import lexicon
from pipelines.text.binding import distances
from pipelines.text.binding.frame import AMOUNTS, Frame, Named, Scene
from pipelines.text.binding.kinds import MeasureKind, NameKind
from pipelines.text.binding.measured import Measured, basis_of
from pipelines.text.grammar.phrases import spelled

# A place moves by these: 前移3位, 提升2个位次.
_PLACES: Final = frozenset({"位", "位次", "个位次", "名"})
_SHARES: Final = (MeasureKind.SHARE, MeasureKind.PROPORTION)
# Measures of an amount of which a part is told (其中民间投资占67%).
_TOLD: Final = ("level", "change_rate")
# Words of a part that says nothing of its whole by itself (税收占比).
_SHORT: Final = 2
# Names that are taken over whole.
_SAME: Final = (NameKind.HEAD, NameKind.SENTENCE_BEFORE)


def told_before(
    scene: Scene, number: int, named: Named, scope: str | None
) -> tuple[Measured, str | None]:
    """The reading and the population of a number, with what the figures before say of it.

    Args:
        scene: the sentence.
        number: the site.
        named: the name that was found.
        scope: the population that its own words name, if any.
    """
    reading, near = _set_against(scene, number, scene.readings[number]), scene.near()
    if reading.measure == "rank" and scope is None:
        scope = _among(scene, number, named)
    if near is None:
        return reading, scope if scope != distances.OTHER else None
    if reading.kind is MeasureKind.SHARE and named.kind is NameKind.HEAD and _done(near, scope):
        return replace(reading, measure="completion"), None
    return _as_change(scene, number, reading, named, near), _scope(
        scene, number, reading, named, near, scope
    )


def _set_against(scene: Scene, number: int, reading: Measured) -> Measured:
    """What a change is compared with, where its own words do not say."""
    if reading.kind is not MeasureKind.CHANGE or reading.basis:
        return reading
    basis = _compared_for_all(scene, number) or _with_figure(scene, number)
    return replace(reading, basis=basis) if basis else reading


def _compared_for_all(scene: Scene, number: int) -> str | None:
    """与2000年相比,粮食增长12%,棉花增长8%: a clause that only compares does so for all."""
    segment = scene.sites[number].segment
    for site in reversed(scene.sites[: number + 1]):
        for run in reversed(site.middle if site.segment == segment else ()):
            if run and run[-1].role == "compare":
                return basis_of(run)
    last = scene.near()
    beside = last and last.segment == segment and last.clause >= scene.sites[number].clause - 1
    # 比2000年增长12%,棉花增长8%
    return "vs_year" if beside and last and last.basis == "vs_year" else None


def _with_figure(scene: Scene, number: int) -> str | None:
    """比2020年的270亿元增长141%: what it is compared with has a number of its own."""
    site, before = scene.sites[number], scene.sites[number - 1]
    if not number or site.opening or all(token.role != "compare" for token in before.left):
        return None
    plan = any(token.text in distances.plans() for token in before.left)
    return "vs_plan" if plan else "vs_year"


def _done(near: Frame, scope: str | None) -> bool:
    """完成投资8亿元,占总投资的70%: how far the work is done."""
    amount = near.measure == "level" and near.thing.endswith(lexicon.only("investment_noun"))
    return amount and scope in lexicon.words("plan_totals")


def _among(scene: Scene, number: int, named: Named) -> str | None:
    """在全省开发区中,增速排第5,总量排第6: what the clause before, or the place before, says."""
    site = scene.sites[number]
    for run in reversed(site.middle):
        places = lexicon.words("place_prepositions")
        if len(run) > 2 and run[0].text in places and run[-1].role == "locative":
            return spelled(run[1:-1]) or None
    told = [f for f in scene.frames if f.segment == site.segment and f.thing == named.thing]
    ranks = [frame for frame in told if frame.measure == "rank"]
    return ranks[-1].scope if ranks else None


def _as_change(scene: Scene, number: int, reading: Measured, named: Named, near: Frame) -> Measured:
    if near.measure == "change_rate" and _of_growth(scene, number, reading, named, near):
        return replace(reading, basis="growth")
    rate = reading.measure == "share" and reading.kind in (
        MeasureKind.PROPORTION,
        MeasureKind.ARRIVED,
    )
    if rate and named.kind in _SAME and near.measure == "change_rate" and not reading.head:
        return replace(reading, measure="change_rate")  # 一季度下降6%,前三季度回升到2.9%
    return reading


def _of_growth(scene: Scene, number: int, reading: Measured, named: Named, near: Frame) -> bool:
    """增长6%,居全国第四: the place of the growth; 总量居第四 and 升至第四位 are of the level."""
    site = scene.sites[number]
    if reading.measure != "rank" or named.kind is not NameKind.HEAD or reading.basis != "level":
        return False
    own = {token.text for token in site.left} & lexicon.words("rank_topics")
    moves = {token.role for token in site.left} & {"from", "to"}
    return not own and not moves and near.clause >= site.clause - 1


def _scope(
    scene: Scene, number: int, reading: Measured, named: Named, near: Frame, scope: str | None
) -> str | None:
    alike = near.measure == reading.measure and near.thing == named.thing
    if scope is None and alike and "to" in reading.trail:
        return near.scope  # 从全国第13位升至第9位
    moved = near.measure == "rank" and scene.quantities[scene.sites[number].index].unit in _PLACES
    if scope == distances.OTHER or (moved and reading.measure == "change_amount"):
        return near.scope  # 高出其2个百分点; 前移3位
    if scope is None and reading.kind in _SHARES and reading.measure == "share":
        return _whole(scene, number, reading, near)
    return scope


def _whole(scene: Scene, number: int, reading: Measured, near: Frame) -> str | None:
    """财政收入6亿元,税收占比89%: a part that names no whole is of the amount before."""
    parts = lexicon.words("part_words")
    head = tuple([token for token in reading.head if token.role != "part"])
    said = [token for token in scene.sites[number].left if token.text in parts]
    alone = not head or head[0].text in parts
    short = len(head) > 1 and head[1].text in parts and len(head[0].text) <= _SHORT
    # 可再生能源装机占比: of what, all know
    if not said or not (alone or short or said[-1].role == "share"):
        return None
    if scene.sites[number].part and not alone and not near.part:
        # 固定资产投资增长8%,其中民间投资占67%: what 其中 is said of, be it its growth that was told
        told = (f for f in reversed(scene.frames) if not f.bracket and f.measure in _TOLD)
        whole = next(told, None)
        return whole.root.text or None if whole else None
    levels = [
        frame
        for frame in scene.frames
        if frame.measure == "level" and frame.segment == near.segment and not frame.bracket
    ]
    if alone:
        # 调处纠纷566起,其中物业类212起,占比37%: the part is the last, the whole before it
        shares = (f for f in scene.frames if f.measure == "share" and f.segment == near.segment)
        if any(frame.scope is None for frame in shares):
            return None  # 60岁以上71人,占18%,其中65岁以上53人,占13%: both of what goes unsaid
        part = levels.pop() if levels else None
        if part and part.part and not levels:
            levels = [frame for frame in scene.told if frame.measure == "level" and not frame.part]
        levels = [f for f in levels if part and f.quantity.unit == part.quantity.unit]
    else:
        levels = [f for f in levels if f.quantity.dimension in AMOUNTS]
    return levels[-1].root.thing or None if levels else None
