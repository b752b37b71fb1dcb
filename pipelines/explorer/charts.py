"""Charts of the explorer: frames in, Altair out. Every mark bears the key of its observation."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from pipelines.bilingual import Lang
from pipelines.explorer.view import open_figure
from pipelines.explorer.words import lang, t

PICK = "pick"
_MOST_MARKS = 4_000


def lines(frame: pl.DataFrame, measure: str) -> Any:
    """Regions over the years; what reports state is filled, what follows from it hollow.

    Args:
        frame: region, day (ISO), value, unit, origin (stated or derived), period, key.
        measure: the title of the axis.
    """
    base = alt.Chart(_plain(frame)).encode(
        x=alt.X("day:T", title=t("year"), axis=alt.Axis(format="%Y", tickCount="year")),
        y=alt.Y("value:Q", title=measure, scale=alt.Scale(zero=False), axis=_axis()),
        color=alt.Color("region:N", title=t("region")),
    )
    points = base.mark_point(size=70, filled=True).encode(
        shape=alt.Shape(
            "origin:N",
            title=None,
            scale=alt.Scale(domain=[t("stated"), t("derived")], range=["circle", "diamond"]),
        ),
        opacity=alt.condition(alt.datum.origin == t("stated"), alt.value(1), alt.value(0.45)),
        tooltip=_tips("region", "period", "value", "unit", "origin"),
    )
    return alt.layer(base.mark_line(opacity=0.6), points.add_params(_pick())).properties(
        # As high as its legend.
        height=max(340, 30 * frame["region"].n_unique() + 60)
    )


def bars(frame: pl.DataFrame, measure: str) -> Any:
    """Regions of one period side by side, the largest first.

    Args:
        frame: region, value, unit, place, period, key.
        measure: the title of the axis.
    """
    return (
        alt.Chart(_plain(frame))
        .mark_bar()
        .encode(
            x=alt.X("value:Q", title=measure, axis=_axis()),
            y=alt.Y("region:N", title=None, sort="-x"),
            tooltip=_tips("place", "region", "period", "value", "unit"),
        )
        .add_params(_pick())
        .properties(height=_height(frame["region"].n_unique()))
    )


def provinces(frame: pl.DataFrame, measure: str) -> Any:
    """A map: the provinces of one period by value; those without a figure are grey.

    Args:
        frame: code (GB/T 2260), region, value, unit, place, period, key.
        measure: the title of the legend.
    """
    said = {row["code"]: row for row in _plain(frame).iter_rows(named=True)}
    shapes = [{**shape, **said.get(shape["id"], {})} for shape in _outlines()]
    values = alt.Color(
        "value:Q",
        title=measure,
        scale=alt.Scale(scheme="blues"),
        legend=alt.Legend(orient="bottom", labelExpr=_axis().labelExpr),
    )
    with_value = _shapes([one for one in shapes if "value" in one]).encode(
        color=values, tooltip=_tips("place", "region", "period", "value", "unit")
    )
    without = _shapes([one for one in shapes if "value" not in one]).encode(
        color=alt.value("#d8dee4")
    )
    return (
        alt.layer(without, with_value.add_params(_pick()))
        # Equal areas, along the parallels that maps of the country use.
        .project("conicEqualArea", rotate=[-105, 0, 0], parallels=[25, 47])
        .properties(height=480)
    )


def _shapes(shapes: list[dict[str, Any]]) -> Any:
    return alt.Chart(alt.InlineData(values=shapes)).mark_geoshape(stroke="white", strokeWidth=0.7)


@cache
def _outlines() -> list[dict[str, Any]]:
    """GeoJSON of the provinces, made by tools/outlines.py."""
    path = Path(__file__).with_name("provinces.json")
    features: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return features


def dumbbells(frame: pl.DataFrame, measure: str) -> Any:
    """Plans and what became of them: two marks and the way between.

    Args:
        frame: one row a mark: name (region and period), what (plan or outcome), value, unit, key.
        measure: the title of the axis.
    """
    base = alt.Chart(_plain(frame)).encode(y=alt.Y("name:N", title=None, sort=None))
    way = base.mark_rule(strokeWidth=3, opacity=0.3).encode(
        x=alt.X("min(value):Q", title=measure, scale=alt.Scale(zero=False), axis=_axis()),
        x2="max(value):Q",
    )
    ends = base.mark_point(size=110, filled=True, opacity=1).encode(
        x=alt.X("value:Q", title=measure, scale=alt.Scale(zero=False)),
        color=alt.Color("what:N", title=None),
        shape=alt.Shape("what:N", title=None),
        tooltip=_tips("name", "what", "value", "unit"),
    )
    return alt.layer(way, ends.add_params(_pick())).properties(
        height=_height(frame["name"].n_unique())
    )


def counts(frame: pl.DataFrame, of: str) -> Any:
    """Numbers of kinds: name and count."""
    return (
        alt.Chart(_plain(frame))
        .mark_bar()
        .encode(
            x=alt.X("count:Q", title=of),
            y=alt.Y("name:N", title=None, sort="-x"),
            tooltip=["name:N", "count:Q"],
        )
        .properties(height=_height(frame.height))
    )


def draw(chart: Any, name: str, alt_text: str) -> None:
    """Show a chart; a mark that is clicked leads to its sentence.

    Args:
        chart: of Altair.
        name: unique on the page.
        alt_text: what it shows, for those who do not see it.
    """
    event = st.altair_chart(
        chart, key=f"chart-{name}", on_select="rerun", selection_mode=PICK, alt=alt_text
    )
    for mark in event.selection.get(PICK, []):
        if key := mark.get("key"):
            open_figure(str(key))


def _height(rows: int) -> int:
    """Pixels for a chart of so many rows."""
    return 24 * rows + 60


def _axis() -> alt.Axis:
    """An axis of values, large ones in words: 3万亿, 3 tn."""
    small = "format(datum.value, ',')"
    if lang() == Lang.zh:
        large = "format(datum.value / 1e8, ',') + '亿'"
        largest = "format(datum.value / 1e12, ',') + '万亿'"
        rest = f"abs(datum.value) >= 1e8 ? {large} : {small}"
        return alt.Axis(labelExpr=f"abs(datum.value) >= 1e12 ? {largest} : {rest}")
    large = "format(datum.value, '~s')"
    for letter, words in (("M", " m"), ("G", " bn"), ("T", " tn")):
        large = f"replace({large}, '{letter}', '{words}')"
    return alt.Axis(labelExpr=f"abs(datum.value) >= 1e6 ? {large} : {small}")


def _pick() -> alt.Parameter:
    return alt.selection_point(name=PICK, fields=["key"], on="click", empty=False)


def _tips(*fields: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip(f"{field}:Q", format=",") if field == "value" else alt.Tooltip(f"{field}:N")
        for field in fields
    ]


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Floats in the place of decimals, which charts do not draw."""
    return frame.head(_MOST_MARKS).with_columns(
        pl.col(name).cast(pl.Float64)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Decimal)
    )
