"""The places inside the region of a report."""

from __future__ import annotations

import pytest

from pipelines.text.report.places import places_in

INSIDE = [
    ("湖南省", "province", "怀化"),
    ("湖南省", "province", "怀化市"),
    ("湖南省", "province", "岳阳县"),
    ("浙江省/杭州市", "city", "上城区"),
    ("甘肃省", "province", "白银市"),
    (None, "country", "内蒙古"),
]
OUTSIDE = [
    ("湖南省", "province", "湖南"),
    ("湖南省", "province", "杭州"),
    ("湖南省", "province", "岳阳县城"),
    ("甘肃省", "province", "白银"),
    ("吉林省", "province", "吉林"),
    ("浙江省/杭州市", "city", "杭州"),
    ("浙江省/杭州市", "city", "上城"),
    (None, "country", "上城区"),
    (None, None, "湖南"),
    ("无此省", "province", "怀化"),
]


@pytest.mark.parametrize(("path", "level", "name"), INSIDE)
def test_a_place_of_the_region(path, level, name):
    assert name in places_in(path, level)


@pytest.mark.parametrize(("path", "level", "name"), OUTSIDE)
def test_no_place_of_the_region(path, level, name):
    assert name not in places_in(path, level)
