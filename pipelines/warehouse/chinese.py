"""The schema `zh`: every mart as a view with Chinese names, for spreadsheets and BI tools.

A view shows what its mart has, without keys, and what such tools want first: a date, codes for
maps, a value in units to read (亿元, 万人). The names are the labels of the glossary. What a mart
does not say is not worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines import contracts
from pipelines.contracts import Table

SCHEMA = "zh"
# Of the codes for maps, both in dim_region, which has one row a path.
_CODES = ("region_code", "iso_code")
# Units that are read as they are; all others in 万 and 亿.
_PLAIN = "coalesce(measured.dimension, 'ratio') in ('ratio', 'point', 'price', 'rank', 'multiple')"
_SHOWN = f"""
try_cast(
    case
        when {_PLAIN} then mart.value
        when abs(mart.value) >= 100000000 then mart.value / 100000000
        when abs(mart.value) >= 10000 then mart.value / 10000
        else mart.value
    end as decimal(38, 4)
)"""
_SHOWN_UNIT = f"""
case
    when {_PLAIN} then mart.unit
    when abs(mart.value) >= 100000000 then '亿' || coalesce(mart.unit, '')
    when abs(mart.value) >= 10000 then '万' || coalesce(mart.unit, '')
    else mart.unit
end"""


def chinese_views() -> tuple[str, ...]:
    """The statements that make the schema, its views and their comments."""
    return (f"create schema {SCHEMA}", *(line for name in _shown() for line in _statements(name)))


def _shown() -> tuple[str, ...]:
    return tuple(name for name in contracts.names("marts") if name != "mart_search_word")


def _statements(name: str) -> Iterator[str]:
    names, _ = contracts.labels()
    table = contracts.table(name)
    view = f'{SCHEMA}."{names[name].zh}"'
    columns = dict(_columns(table))
    picked = ", ".join(f'{sql} as "{label}"' for label, (sql, _) in columns.items())
    yield f"create view {view} as select {picked} from main.{name} as mart {_joins(table)}"  # noqa: S608  (our own names)
    yield f"comment on view {view} is '{_quoted(contracts.describe_table(name).zh)}'"
    for label, (_, words) in columns.items():
        yield f"""comment on column {view}."{label}" is '{_quoted(words)}'"""


def _columns(table: Table) -> Iterator[tuple[str, tuple[str, str]]]:
    """Label, then what is selected and what it is."""
    _, labels = contracts.labels()
    date = labels["calendar_date"].zh
    have = {column.name for column in table.columns}
    if "period_end" in have:
        yield date, ("mart.period_end", contracts.describe(table.name, "period_end").zh)
    elif "period_year" in have:
        last_day = "make_date(mart.period_year, 12, 31)"
        yield date, (last_day, contracts.describe(table.name, "period_year").zh)
    for column in table.columns:
        name = column.name
        if name.endswith("_key"):
            continue
        yield labels[name].zh, (f"mart.{name}", contracts.describe(table.name, name).zh)
        if name == "region_path":
            for code in (code for code in _CODES if code not in have):
                words = contracts.describe("dim_region", code).zh
                yield labels[code].zh, (f"place.{code}", words)
        if name == "unit" and _wants_display(table):
            for shown, sql in (("display_value", _SHOWN), ("display_unit", _SHOWN_UNIT)):
                yield labels[shown].zh, (sql, contracts.describe("mart_series", shown).zh)


def _wants_display(table: Table) -> bool:
    have = {column.name for column in table.columns}
    return {"value", "unit"} <= have and "display_value" not in have


def _joins(table: Table) -> str:
    have = {column.name for column in table.columns}
    joins = []
    if "region_path" in have:
        joins.append("left join main.dim_region as place on mart.region_path = place.region_path")
    if _wants_display(table):
        joins.append("left join main.dim_unit as measured on mart.unit = measured.unit")
    return " ".join(joins)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
