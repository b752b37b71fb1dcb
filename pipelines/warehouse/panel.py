"""Panels: a row for each region and year, columns for the indicators that were asked for.

What belongs here: which figures of `mart_series` fill a panel, and how its columns are called. A
panel is a temporary table of the connection, so every format of `export` can write it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb

from pipelines import contracts
from pipelines.bilingual import Both
from pipelines.errors import ExportError
from pipelines.warehouse.relation import Field, Relation, count, literal, quoted

PANEL, SOURCES = "panel", "panel_sources"
_REGION = ("region_code", "region", "region_path", "region_level", "period_year")
# Of whole years and of known regions; a level in another unit than the indicator's own would stand
# among others that it cannot be compared with.
_FIGURES = """
create or replace temporary table panel_sources as
select
    place.region_code,
    series.region,
    series.region_path,
    series.region_level,
    series.period_year,
    series.indicator_code,
    series.indicator_zh,
    series.figure,
    series.value,
    series.unit,
    series.modifier,
    series.other_count,
    series.disagreeing_count,
    series.file_name,
    series.quote,
    series.sentence,
    series.observation_key
from mart_series as series
inner join dim_region as place on series.region_key = place.region_key
inner join dim_indicator as indicator on series.indicator_key = indicator.indicator_key
inner join dim_unit as own on indicator.unit_key = own.unit_key
where
    series.indicator_code in ({codes})
    and series.period_kind = 'year'
    and series.region_key != -1
    and (
        series.figure = 'growth'
        or (series.figure = 'level' and series.unit is not distinct from own.unit)
    )
"""
# A code, a Chinese name or another name of an indicator.
_NAMED = """
select
    indicator.indicator_code,
    indicator.indicator_zh,
    indicator.indicator_en,
    coalesce(unit.unit, '') as unit
from dim_indicator as indicator
inner join dim_unit as unit on indicator.unit_key = unit.unit_key
where
    indicator.is_canonical
    and (
        indicator.indicator_code = $name
        or indicator.indicator_zh = $name
        or list_contains(string_split(coalesce(indicator.aliases, ''), '|'), $name)
    )
order by indicator.indicator_code = $name desc, indicator.indicator_zh = $name desc
limit 1
"""
_NEAR = "select indicator_code, indicator_zh from find_indicator($name) limit 3"


class _Indicator(NamedTuple):
    code: str
    zh: str
    en: str
    unit: str


def offer_panel(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> tuple[Relation, Relation]:
    """Make a panel, and the figures that it is made of, temporary tables of a connection.

    The level of an indicator is under its code, its growth over the year before under
    `CODE_growth`. Empty is what no report says.

    Args:
        con: a read-only connection to the warehouse.
        wanted: codes, Chinese names or other names of canonical indicators; each becomes two
            columns, in this order.

    Returns:
        The panel (`panel`), and its figures with file, quote and sentence (`panel_sources`).

    Raises:
        ExportError: an indicator is not known.
    """
    indicators = list(dict.fromkeys(_indicator(con, name) for name in wanted))
    con.execute(_FIGURES.format(codes=", ".join(literal(one.code) for one in indicators)))
    cells = ", ".join(
        f"max(value) filter (where indicator_code = {literal(one.code)} and "
        f"figure = '{figure}') as {quoted(name)}"
        for one in indicators
        for name, figure in ((one.code, "level"), (f"{one.code}_growth", "growth"))
    )
    by = ", ".join(_REGION)
    con.execute(
        f"create or replace temporary table {PANEL} as "  # noqa: S608  (quoted names)
        f"select {by}, {cells} from {SOURCES} group by {by} order by region_path, period_year"
    )
    return (
        Relation(
            PANEL,
            count(con, PANEL),
            (*_described(con, PANEL, _REGION), *_figures(indicators)),
            "所选指标的面板，每个地区每年一行",
            "The chosen indicators, one row a region and year",
        ),
        Relation(
            SOURCES,
            count(con, SOURCES),
            tuple(_described(con, SOURCES)),
            "面板中每个数值的出处",
            "Where each figure of the panel comes from",
        ),
    )


def _indicator(con: duckdb.DuckDBPyConnection, name: str) -> _Indicator:
    found = con.execute(_NAMED, {"name": name}).fetchone()
    if found is not None:
        return _Indicator(*found)
    try:
        near = con.execute(_NEAR, {"name": name}).fetchall()
    except duckdb.CatalogException:  # a file of an earlier version, which has no such macro
        near = []
    some = ", ".join(f"{code} ({zh})" for code, zh in near)
    advice = (
        Both(f"Did you mean {some}", f"是否指 {some}")
        if some
        else Both(
            "The codes are in dim_indicator, where is_canonical",
            "代码见 dim_indicator 中 is_canonical 为真的行",
        )
    )
    raise ExportError(name, Both("there is no such indicator", "没有这个指标"), advice)


def _figures(indicators: Sequence[_Indicator]) -> Iterator[Field]:
    for code, zh, en, unit in indicators:
        yield Field(
            code,
            "DECIMAL(38,8)",
            f"{zh}，单位：{unit}；出处见 {SOURCES}",
            f"{en}, in {unit}; sources in {SOURCES}",
            f"{zh}({unit})",
            f"{en} ({unit})",
        )
        yield Field(
            f"{code}_growth",
            "DECIMAL(38,8)",
            f"{zh}比上年增长，%；出处见 {SOURCES}",
            f"Growth over the year before of: {en}, in %; sources in {SOURCES}",
            f"{zh}增速%",
            f"{en}, growth %",
        )


def _described(
    con: duckdb.DuckDBPyConnection, table: str, names: Sequence[str] = ()
) -> Iterator[Field]:
    """Columns that come from the warehouse, in the words that it has for them."""
    _, labels = contracts.labels()
    rows = con.execute(
        "select column_name, data_type from duckdb_columns() "
        "where table_name = $table and database_name = 'temp' order by column_index",
        {"table": table},
    ).fetchall()
    for name, kind in rows:
        if names and name not in names:
            continue
        home = "dim_region" if name == "region_code" else "mart_series"
        words = contracts.describe(home, name)
        label = labels.get(name)
        yield Field(name, kind, words.zh, words.en, *((label.zh, label.en) if label else ()))
