"""Outlines of the provinces for the map of the explorer, out of the npm package echarts 4.9.0.

    npm pack echarts@4.9.0 && tar xzf echarts-4.9.0.tgz
    python -m tools.outlines package/map/json/china.json > pipelines/explorer/provinces.json

Points are moved to a grid, and those that fall together are dropped. Neighbours share the points of
their border, so they still share it afterwards: no gap opens, as it would where each is simplified
by itself.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Ring = list[Point]

# Grid lines a degree: a twentieth is less than a pixel of the map.
_GRID = 20
# What the package counts in: 1,024 steps a degree.
_STEPS = 1024


def outlines(packed: dict[str, Any]) -> dict[str, Any]:
    """The provinces as GeoJSON features, `id` their code of GB/T 2260.

    Args:
        packed: the FeatureCollection of the package, its coordinates packed into strings.
    """
    features = [
        {"type": "Feature", "id": feature["id"], "geometry": _geometry(feature["geometry"])}
        for feature in packed["features"]
        if feature["id"].endswith("0000")
    ]
    return {"type": "FeatureCollection", "features": sorted(features, key=lambda one: one["id"])}


def _geometry(packed: dict[str, Any]) -> dict[str, Any]:
    polygons = [packed["coordinates"]]
    offsets = [packed["encodeOffsets"]]
    if packed["type"] == "MultiPolygon":
        (polygons,), (offsets,) = polygons, offsets
    made = [
        list(_rings(polygon, starts)) for polygon, starts in zip(polygons, offsets, strict=True)
    ]
    kept = [polygon for polygon in made if polygon] or [_dot(polygons[0][0], offsets[0][0])]
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [[[x / _GRID, y / _GRID] for x, y in ring] for ring in polygon] for polygon in kept
        ],
    }


def _rings(polygon: list[str], starts: list[list[int]]) -> Iterator[Ring]:
    """The rings of a polygon that have an area: the outer one clockwise, holes the other way.

    So d3 has them, and Vega with it; GeoJSON is otherwise indifferent or wants the reverse.
    """
    for number, (packed, start) in enumerate(zip(polygon, starts, strict=True)):
        ring = _on_grid(unpacked(packed, start))
        area = _area(ring)
        if area == 0:
            if number == 0:
                return
            continue
        yield ring if (area < 0) == (number == 0) else ring[::-1]


def unpacked(packed: str, start: list[int]) -> list[tuple[float, float]]:
    """The points of a ring in degrees: each character is a step from the point before, zigzag."""
    x, y = start
    points = []
    for east, north in zip(packed[::2], packed[1::2], strict=True):
        x += _step(east)
        y += _step(north)
        points.append((x / _STEPS, y / _STEPS))
    return points


def _step(packed: str) -> int:
    number = ord(packed) - 64
    return (number >> 1) ^ -(number & 1)


def _on_grid(points: list[tuple[float, float]]) -> Ring:
    """A closed ring of points of the grid: none twice in a row, none on the way between two."""
    near = [(round(x * _GRID), round(y * _GRID)) for x, y in points]
    near.append(near[0])
    ring = [near[0]]
    for point in near[1:]:
        if point == ring[-1]:
            continue
        if len(ring) > 1 and _is_between(ring[-2], ring[-1], point):
            ring[-1] = point
        else:
            ring.append(point)
    return ring


def _is_between(a: Point, b: Point, c: Point) -> bool:
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return cross == 0 and (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0


def _area(ring: Ring) -> int:
    """Twice the area; below zero for a clockwise ring."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))


def _dot(packed: str, start: list[int]) -> list[Ring]:
    """A small square in the place of a region that no grid point lies in."""
    points = unpacked(packed, start)
    x = math.floor(points[0][0] * _GRID)
    y = math.floor(points[0][1] * _GRID)
    return [[(x, y), (x, y + 2), (x + 2, y + 2), (x + 2, y), (x, y)]]


def main() -> None:
    """Write the outlines of the file that is named to standard output."""
    packed = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    json.dump(outlines(packed), sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
