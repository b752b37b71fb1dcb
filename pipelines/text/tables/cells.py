"""What headings and unit make of one cell: its measure, unit, basis, subject and time.

Which headings stand over a cell is the business of `read`, what one of them says that of
`headings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipelines import lexicon
from pipelines.text.binding.codes import codes_of
from pipelines.text.model import Measure, Period, quantity
from pipelines.text.tables.headings import UnitOf, unit_of
from pipelines.text.times.expressions import find_times

RATIOS = ("%", "‰")


def within(caption: Period | None, default: Period | None) -> Period | None:
    """The time of a caption; of a year that the report is in the middle of, the report's part."""
    if caption is None or default is None:
        return caption
    to_date = caption.end == default.end and caption.start.year == default.start.year
    covers = caption.start <= default.start and default.end <= caption.end
    return default if covers and not to_date else caption


def settled(
    measure: Measure, unit: UnitOf | None, *, percent: bool
) -> tuple[Measure, UnitOf | None]:
    """What a figure says in the light of its unit; `percent`: its column or itself has a %.

    Args:
        measure: what the headings say.
        unit: the unit of the figure, if any.
        percent: whether its column or itself has a %.
    """
    if unit is None:
        return measure, unit
    if measure == "level" and unit.unit in RATIOS:
        return "share", unit
    money = unit.dimension in ("money", "price")
    if (measure == "change_rate" and money) or (
        measure in ("level", "change_rate") and unit.unit == "百分点"
    ):
        return "change_amount", unit  # 涨跌(元), 增幅(百分点)
    if measure == "level" and unit.dimension == "price":
        return "price", unit
    if measure == "change_amount" and unit.unit == "%":
        # 增减% is a growth; 增减 of a rate is told in points.
        return ("change_rate", unit) if percent else (measure, unit_of("百分点"))
    return measure, unit


def priced(unit: UnitOf | None, units: Sequence[str]) -> UnitOf | None:
    """The unit of a figure in money in a row of prices: 元/桶 for 元."""
    if unit is None or unit.dimension != "money" or len(units) != 1:
        return unit
    price = unit_of(units[0])
    of_it = price is not None and price.dimension == "price"
    return price if price is not None and of_it and price.factor == unit.factor else unit


def expected(indicator: str, units: Sequence[str]) -> UnitOf | None:
    """The one of several units of a table that the indicator asks for."""
    any_unit = unit_of(units[0])
    if any_unit is None:
        return None
    made = quantity(
        start=0,
        end=1,
        lead=0,
        tail=1,
        value=any_unit.factor,
        upper=None,
        unit=any_unit.unit,
        counter=any_unit.counter,
        dimension=any_unit.dimension,
        modifier="exact",
        disposition="observation",
    )
    wanted = codes_of(indicator, made, "level").unit
    fitting = [one for unit in units if (one := unit_of(unit)) and one.unit == wanted]
    return fitting[0] if wanted and fitting else None


def counted(indicator: str) -> UnitOf | None:
    """The unit of an amount that no heading gives, by its name: 户 of 户数, 人 of 党员数."""
    for noun, unit in lexicon.column("counted_nouns", "unit").items():
        if indicator.endswith(noun):
            return unit_of(unit)
    if indicator.endswith("数") and len(indicator) > 1:
        found = unit_of(indicator[-2])
        return found if found is not None and found.dimension in ("count", "person") else None
    return None


def basis_of(text: str, measure: Measure) -> str | None:
    """What a heading sets a change against: mom or yoy, None where it does not say."""
    if measure not in ("change_rate", "change_amount"):
        return None
    return (
        "mom"
        if "环比" in text
        else "yoy"
        if any(w in text for w in ("同", "上年", "去年"))
        else None
    )


def subject_of(name: str, level: str | None, own: str = "") -> str | None:
    """Whom a row is about; None for the reporting jurisdiction itself (全县 of a county).

    Args:
        name: the heading of the row.
        level: administrative level of the reporting region, if known.
        own: the name of that region.
    """
    if not name or name == own or (_levels().get(name) == level and level is not None):
        return None
    if name.startswith(_WHOLE) and len(name) == _WHOLE_NAME and (not own or own[-1] == name[-1]):
        return None  # 全市 of a city that is a county, or of who knows which
    return name


def without_area(name: str) -> str:
    """A name without the area that it opens with: 常住人口 of 全市常住人口."""
    return next((name[len(area) :] for area in _levels() if name.startswith(area)), name)


_WHOLE, _WHOLE_NAME = "全", 2  # 全市


@cache
def _levels() -> dict[str, str]:
    return dict(lexicon.entries("areas"))  # type: ignore[arg-type]


def is_time(text: str) -> bool:
    """Whether the name of a row or column is a time and nothing else: 1-5月."""
    times = find_times(text)
    return len(times) > 0 and times[0].start == 0 and times[-1].end >= len(text) - 1


def is_region(text: str) -> bool:
    """Whether the name of a row is that of an area: 石塘街道, 全区."""
    return len(text) >= 2 and (text.endswith(lexicon.affixes("area_endings")) or text in _levels())


def is_whole(text: str) -> bool:
    """Whether the name of a row is that of the whole area with its total: 全区合计."""
    return any(text.startswith(level) and len(text) <= len(level) + 2 for level in _levels())


def is_part(text: str) -> bool:
    """Whether a heading is a part of the area and nothing else: 城镇, 市本级."""
    return text in lexicon.words("table_parts")


def head_of(name: str) -> str:
    """The head of a name that its parts may leave out: 增加值 of 第二产业增加值."""
    heads = [word for word in lexicon.affixes("part_heads") if name.endswith(word)]
    longest = max(heads, key=len, default="")
    return lexicon.column("part_heads", "head").get(longest, longest)
