"""The places inside the region of a report: whom a figure may be about instead of the region.

Only names; whether a place is the subject of a figure is decided in `binding`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipelines import lexicon
from pipelines.text.report import divisions
from pipelines.text.report.divisions import Division

# The short name of a province or a city (怀化) means the place; that of a county (和平, 安定) is
# too often a common word.
_SHORT: Final = frozenset({"province", "city"})
# Counties are named in their city's and province's report, not in the country's.
_OF_COUNTRY: Final = frozenset({"province", "city"})


@lru_cache(maxsize=256)
def places_in(path: str | None, level: str | None) -> frozenset[str]:
    """Names of the divisions inside a region.

    Args:
        path: names from the province down (浙江省/杭州市), None where the region is not known.
        level: administrative level of the region.

    Returns:
        Full names, and short ones where they mean nothing else. Empty where the region is not
        known, so that its own name is never taken for another's.
    """
    if level == "country":
        inside = [one for one in divisions.divisions().values() if one.level in _OF_COUNTRY]
        ours = frozenset[str]()
    else:
        own = _division(path)
        inside = list(divisions.below(own.code)) if own else []
        ours = frozenset((own.name, own.short)) if own else frozenset()
    names: set[str] = set()
    for one in inside:
        names.update((one.name, *one.aliases))
        if one.level in _SHORT:
            names.add(one.short)
    # 吉林 is the province in its report, not the city; 白银 is a metal first.
    return frozenset(names) - ours - lexicon.words("no_places")


def _division(path: str | None) -> Division | None:
    if not path:
        return None
    named = divisions.by_name().get(path.rsplit("/", 1)[-1], ())
    return next((one for one in named if divisions.path_of(one) == path), None)
