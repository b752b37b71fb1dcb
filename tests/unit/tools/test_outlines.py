"""The outlines of the map: unpacked right, thinned without gaps, all provinces there."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

import pipelines.explorer
from tools.outlines import outlines, unpacked

SHIPPED = json.loads(
    (Path(pipelines.explorer.__file__).parent / "provinces.json").read_text("utf-8")
)


def packed(points: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """A ring as the package has it: zigzag steps, from where it starts."""
    steps = [(0, 0), *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))]
    text = "".join(chr(64 + ((step << 1) ^ (step >> 31))) for pair in steps for step in pair)
    return text, list(points[0])


def feature(code: str, *rings: list[tuple[int, int]]) -> dict:
    polygons = [packed(ring) for ring in rings]
    geometry = {
        "type": "MultiPolygon",
        "coordinates": [[text] for text, _ in polygons],
        "encodeOffsets": [[start] for _, start in polygons],
    }
    return {"id": code, "geometry": geometry}


def square(west: int, south: int, size: int) -> list[tuple[int, int]]:
    return [(west, south), (west + size, south), (west + size, south + size), (west, south + size)]


def made(*features: dict) -> dict[str, list]:
    found = outlines({"features": list(features)})["features"]
    return {one["id"]: one["geometry"]["coordinates"] for one in found}


def area(ring: list) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def test_steps_are_unpacked():
    points = [(1024, 2048), (1000, 2100), (-5, 0)]
    assert unpacked(*packed(points)) == [(x / 1024, y / 1024) for x, y in points]


def test_rings_are_closed_clockwise_and_thinned():
    ring = square(1024, 1024, 2048)
    ring.insert(1, (2048, 1024))  # on the way: of no use
    ((outer,),) = made(feature("110000", ring))["110000"]
    assert outer[0] == outer[-1]
    assert len(outer) == 5
    assert area(outer) == -4


def test_an_islet_goes_but_a_small_region_does_not():
    assert len(made(feature("110000", square(0, 0, 2048), square(9000, 0, 3)))["110000"]) == 1
    ((dot,),) = made(feature("820000", square(9000, 0, 3)))["820000"]
    assert area(dot) < 0


def test_neighbours_still_share_their_border():
    border = [(2048, 0), (2190, 500), (1900, 1100), (2048, 2048)]
    west = [(0, 0), *border, (0, 2048)]
    east = [*reversed(border), (4096, 0), (4096, 2048)]
    shapes = made(feature("110000", west), feature("120000", east))
    points = [{tuple(p) for p in shapes[code][0][0]} for code in ("110000", "120000")]
    assert len(points[0] & points[1]) == 4


def test_what_is_no_province_is_left_out():
    county = feature("110101", square(0, 0, 2048))
    assert list(made(feature("110000", square(0, 0, 2048)), county)) == ["110000"]


@pytest.mark.parametrize("shape", SHIPPED["features"], ids=lambda one: one["id"])
def test_shipped_rings_are_closed_and_clockwise(shape: dict):
    outer = [polygon[0] for polygon in shape["geometry"]["coordinates"]]
    assert outer
    assert all(ring[0] == ring[-1] and area(ring) < 0 for ring in outer)


def test_every_province_has_an_outline():
    regions = Path(__file__).parents[3] / "seeds" / "regions.csv"
    lines = regions.read_text("utf-8").splitlines()[1:]
    cells = [line.split(",") for line in lines]
    provinces = {one[0] for one in cells if one[2] == "province" and not one[5]}
    assert {one["id"] for one in SHIPPED["features"]} == provinces
