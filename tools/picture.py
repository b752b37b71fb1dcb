"""The picture of the READMEs: targets of national growth and what became of them.

`python -m tools.picture` draws it in both languages out of tests/golden/national_gdp.csv, which a
test compares with `mart_target` of the reports of the State Council.
"""

from __future__ import annotations

import json
from pathlib import Path

import altair as alt
import polars as pl
import vl_convert

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "golden" / "national_gdp.csv"
IMAGES = ROOT / "docs" / "images"
_FONT = "Noto Sans, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
_WORDS = {
    "targets.svg": ("target", "what the next report states", "growth of China's GDP, %"),
    "targets.zh-CN.svg": ("目标", "次年报告所述结果", "国内生产总值增长，%"),
}


def pictures() -> dict[str, str]:
    """The SVG of each file in docs/images, by its name."""
    rows = pl.read_csv(DATA).with_columns(pl.col("upper").fill_null(pl.col("lower")))
    return {name: _svg(rows, *words) for name, words in _WORDS.items()}


def _svg(rows: pl.DataFrame, target: str, outcome: str, title: str) -> str:
    colours = alt.Scale(domain=[target, outcome], range=["#4c78a8", "#e45756"])
    years = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
    base = alt.Chart(rows)
    values = alt.Y("lower:Q", title=None, scale=alt.Scale(domain=[2, 11], nice=False))
    span = base.mark_bar(color="#c9d6e8", size=18).encode(x=years, y=values, y2="upper:Q")
    kind = alt.Color("kind:N", scale=colours)
    floor = _called(base, target).mark_tick(thickness=3, size=18)
    floor = floor.encode(x=years, y=values, color=kind)
    point = _called(base, outcome).mark_point(filled=True, size=80, opacity=1)
    point = point.encode(x=years, y="outcome:Q", color=kind)
    chart = (
        (span + floor + point)
        .properties(width=760, height=210, title=alt.Title(title, anchor="start"))
        .configure(font=_FONT, background="white")
        .configure_legend(orient="top-right", title=None, labelFontSize=12)
        .configure_view(stroke=None)
    )
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _called(base: alt.Chart, name: str) -> alt.Chart:
    """Rows that the legend calls by a name."""
    return base.transform_calculate(kind=json.dumps(name, ensure_ascii=False))


def main() -> None:
    """Write both files."""
    for name, svg in pictures().items():
        (IMAGES / name).write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
