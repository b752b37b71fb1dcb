"""`mart_series` for statistical offices: SDMX-CSV 2.0, and its structure in SDMX-ML 3.0.

What belongs here: dimensions, attributes and code lists; how a period is written there. Which
figures there are is settled by the mart; those of an unknown region have no place in a code list
of areas and stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent, register_namespace

import duckdb

from pipelines import contracts
from pipelines.warehouse.relation import Field, Relation, count, literal, plain_decimal, quoted

SERIES, STRUCTURE = "series", "structure.xml"
_AGENCY, _VERSION = "ZHIBIAO", "1.0.0"
_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
_SPACES = {name: f"{_SCHEMAS}/{name}" for name in ("message", "structure", "common")}
_URN = "urn:sdmx:org.sdmx.infomodel"
# No row of SDMX-CSV may be cut in two by its text.
_LINE = "regexp_replace({}, '[\\r\\n\\t]+', ' ', 'g')"
# By the days of a period, not its kind: a span of any days is a start and a duration.
_FREQUENCY = """
case
    when whole and months = 12 then 'A'
    when whole and months = 6 then 'S'
    when whole and months = 3 then 'Q'
    when whole and months = 1 then 'M'
    when days = 1 then 'D'
    else '_O'
end"""
_TIME = """
case freq
    when 'A' then strftime(period_start, '%Y')
    when 'S' then strftime(period_start, '%Y') || '-S' || (month(period_start) + 5) // 6
    when 'Q' then strftime(period_start, '%Y') || '-Q' || (month(period_start) + 2) // 3
    when 'M' then strftime(period_start, '%Y-%m')
    when 'D' then strftime(period_start, '%Y-%m-%d')
    else strftime(period_start, '%Y-%m-%d') || '/P'
        || if(whole and months % 12 = 0, months // 12 || 'Y', days || 'D')
end"""
# A code of GB/T 2260 where a region has one of its own, else its key.
_AREAS = """
create or replace temporary table areas as
select
    region_key,
    region_path,
    if(
        region_code is not null and count(*) over (partition by region_code) = 1,
        region_code,
        'R' || replace(cast(region_key as varchar), '-', '_')
    ) as area
from dim_region
"""
_TABLE = f"""
create or replace temporary table {SERIES} as
with measured as (
    select
        series.*,
        areas.area,
        date_diff('day', period_start, period_end) + 1 as days,
        date_diff('month', period_start, period_end + 1) as months,
        -- from the first day of a month, quarter, half or year to its last
        day(period_start) = 1
        and day(period_end + 1) = 1
        and (month(period_start) - 1) % date_diff('month', period_start, period_end + 1) = 0
        as whole
    from mart_series as series
    inner join areas on series.region_key = areas.region_key
    where series.region_key != -1
),

timed as (select *, {_FREQUENCY} as freq from measured)

select
    'dataflow' as "STRUCTURE",
    '{_AGENCY}:SERIES({_VERSION})' as "STRUCTURE_ID",
    'I' as "ACTION",
    freq as "FREQ",
    area as "REF_AREA",
    indicator_code as "INDICATOR",
    upper(figure) as "FIGURE",
    {_TIME} as "TIME_PERIOD",
    value as "OBS_VALUE",
    unit as "UNIT_MEASURE",
    upper(time_kind) as "TIME_KIND",
    modifier as "MODIFIER",
    scope as "SCOPE",
    other_count as "OTHER_COUNT",
    disagreeing_count as "DISAGREEING_COUNT",
    file_name as "FILE_NAME",
    {_LINE.format("quote")} as "QUOTE",
    {_LINE.format("sentence")} as "SENTENCE"
from timed
order by "REF_AREA", "INDICATOR", "FIGURE", "TIME_PERIOD"
"""  # noqa: S608  (our own names)


class _Concept(NamedTuple):
    """A column of the file: its role, its code list if it has one, the words for it."""

    id: str
    role: str
    codes: str
    zh: str
    en: str


_CONCEPTS = (
    _Concept("FREQ", "Dimension", "CL_FREQ", "频率", "Frequency"),
    _Concept("REF_AREA", "Dimension", "CL_AREA", "地区", "Region"),
    _Concept("INDICATOR", "Dimension", "CL_INDICATOR", "指标", "Indicator"),
    _Concept("FIGURE", "Dimension", "CL_FIGURE", "项目", "Figure"),
    _Concept("TIME_PERIOD", "TimeDimension", "", "时期", "Period"),
    _Concept("OBS_VALUE", "Measure", "", "数值", "Value"),
    _Concept("UNIT_MEASURE", "Attribute", "", "单位", "Unit"),
    _Concept("TIME_KIND", "Attribute", "CL_TIME_KIND", "时间性质", "Kind of time"),
    *(
        _Concept(name.upper(), "Attribute", "", label.zh, label.en)
        for name, label in contracts.labels()[1].items()
        if name
        in (
            "modifier", "scope", "other_count", "disagreeing_count", "file_name", "quote",
            "sentence",
        )
    ),
)  # fmt: skip
_FREQUENCIES = (
    ("A", "年度", "Annual"),
    ("S", "半年度", "Half-yearly"),
    ("Q", "季度", "Quarterly"),
    ("M", "月度", "Monthly"),
    ("D", "每日", "Daily"),
    ("_O", "其他", "Other"),
)
_FIGURES = (
    ("LEVEL", "水平", "Level"),
    ("GROWTH", "增速", "Growth"),
    ("RANK", "位次", "Rank"),
)
_TIME_KINDS = (
    ("DAY", "某日", "Of a day"),
    ("PART_OF_YEAR", "年内一段", "Of a part of a year"),
    ("YEAR", "全年", "Of a year"),
    ("SPAN_SUM", "多年合计", "Sum of a span of years"),
    ("SPAN_AVERAGE", "多年平均", "Yearly average of a span"),
    ("END_OF_SPAN", "期末", "At the end of a span"),
)


def offer_series(con: duckdb.DuckDBPyConnection) -> Relation:
    """Make the rows of the file a temporary table of a connection.

    Args:
        con: a read-only connection to the warehouse.
    """
    con.execute(_AREAS)
    con.execute(_TABLE)
    words = {concept.id: (concept.zh, concept.en) for concept in _CONCEPTS}
    words |= {
        "STRUCTURE": ("结构类别", "Kind of structure"),
        "STRUCTURE_ID": ("结构标识", "Identity of the structure"),
        "ACTION": ("操作", "Action"),
    }
    fields = con.sql(f"describe {SERIES}").fetchall()
    about = contracts.describe_table("mart_series")
    return Relation(
        SERIES,
        count(con, SERIES),
        tuple(Field(name, kind, *words[name], *words[name]) for name, kind, *_ in fields),
        about.zh,
        about.en,
    )


def write_sdmx(con: duckdb.DuckDBPyConnection, relation: Relation, path: Path) -> None:
    """Write the rows as SDMX-CSV.

    Args:
        con: the connection to which `offer_series` gave the rows.
        relation: what it returned.
        path: the new CSV file.
    """
    cells = ", ".join(
        f"{plain_decimal(field.name)} as {quoted(field.name)}"
        if field.type.startswith("DECIMAL")
        else quoted(field.name)
        for field in relation.fields
    )
    query = f"select {cells} from {quoted(relation.name)}"  # noqa: S608  (quoted names)
    con.sql(f"copy ({query}) to {literal(path)} (format csv, header)")


def write_structure(con: duckdb.DuckDBPyConnection, path: Path, prepared: datetime) -> None:
    """Write what the dimensions, attributes and codes of the rows are, as SDMX-ML.

    Args:
        con: the connection to which `offer_series` gave the rows.
        path: the new XML file.
        prepared: when the rows were loaded (UTC).
    """
    areas = con.sql(
        "select distinct area, region_path, '' from areas "
        'inner join series on area = "REF_AREA" order by all'
    ).fetchall()
    indicators = con.sql(
        "select distinct indicator_code, indicator_zh, indicator_en from dim_indicator "
        'inner join series on indicator_code = "INDICATOR" where is_canonical order by all'
    ).fetchall()
    lists = {
        "CL_FREQ": _FREQUENCIES,
        "CL_AREA": areas,
        "CL_INDICATOR": indicators,
        "CL_FIGURE": _FIGURES,
        "CL_TIME_KIND": _TIME_KINDS,
    }
    for name, space in _SPACES.items():
        register_namespace(name, space)
    tree = ElementTree(_structure(f"{prepared:%Y-%m-%dT%H:%M:%SZ}", lists))
    indent(tree)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _structure(prepared: str, lists: Mapping[str, Iterable[tuple[str, str, str]]]) -> Element:
    root = Element(_tag("message", "Structure"))
    head = SubElement(root, _tag("message", "Header"))
    SubElement(head, _tag("message", "ID")).text = "ZHIBIAO_SERIES"
    SubElement(head, _tag("message", "Test")).text = "false"
    SubElement(head, _tag("message", "Prepared")).text = prepared
    SubElement(head, _tag("message", "Sender"), id=_AGENCY)
    body = SubElement(root, _tag("message", "Structures"))
    shelf = _child(body, "Codelists")
    for concept in (one for one in _CONCEPTS if one.codes):
        found = _artefact(shelf, "Codelist", concept.codes, concept.zh, concept.en)
        for code, zh, en in lists[concept.codes]:
            _named(_child(found, "Code", id=code), zh, en)
    concepts = _artefact(_child(body, "ConceptSchemes"), "ConceptScheme", "CS", "概念", "Concepts")
    for concept in _CONCEPTS:
        _named(_child(concepts, "Concept", id=concept.id), concept.zh, concept.en)
    words = ("政府报告指标序列", "Series of indicators from government reports")
    structure = _artefact(_child(body, "DataStructures"), "DataStructure", "SERIES", *words)
    parts = _child(structure, "DataStructureComponents")
    for kind, roles in _LISTS:
        into = _child(parts, f"{kind}List", id=f"{kind}Descriptor")
        for place, concept in enumerate(_of_role(roles), 1):
            _component(into, concept, place)
    flow = _artefact(_child(body, "Dataflows"), "Dataflow", "SERIES", *words)
    _child(flow, "Structure").text = _reference("datastructure.DataStructure", "SERIES")
    return root


_LISTS = (
    ("Dimension", ("Dimension", "TimeDimension")),
    ("Attribute", ("Attribute",)),
    ("Measure", ("Measure",)),
)


def _of_role(roles: tuple[str, ...]) -> Iterator[_Concept]:
    return (concept for concept in _CONCEPTS if concept.role in roles)


def _component(into: Element, concept: _Concept, place: int) -> None:
    extra = {"Dimension": {"position": str(place)}, "Attribute": {"usage": "optional"}}
    found = _child(into, concept.role, id=concept.id, **extra.get(concept.role, {}))
    identity = _child(found, "ConceptIdentity")
    identity.text = f"{_reference('conceptscheme.Concept', 'CS')}.{concept.id}"
    shape = _child(found, "LocalRepresentation")
    if concept.codes:
        _child(shape, "Enumeration").text = _reference("codelist.Codelist", concept.codes)
    else:
        kinds = {"TimeDimension": "ObservationalTimePeriod", "Measure": "Decimal"}
        _child(shape, "TextFormat", textType=kinds.get(concept.role, "String"))
    if concept.role == "Attribute":
        _child(_child(found, "AttributeRelationship"), "Observation")


def _artefact(into: Element, kind: str, name: str, zh: str, en: str) -> Element:
    found = _child(into, kind, id=name, agencyID=_AGENCY, version=_VERSION)
    _named(found, zh, en)
    return found


def _named(element: Element, zh: str, en: str) -> None:
    for lang, text in (("zh", zh), ("en", en)):
        if text:
            name = SubElement(element, _tag("common", "Name"))
            name.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
            name.text = text


def _reference(kind: str, name: str) -> str:
    return f"{_URN}.{kind}={_AGENCY}:{name}({_VERSION})"


def _child(into: Element, name: str, **attributes: str) -> Element:
    return SubElement(into, _tag("structure", name), attributes)


def _tag(space: str, name: str) -> str:
    return f"{{{_SPACES[space]}}}{name}"
