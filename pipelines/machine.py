"""What programs may ask the published file over MCP, the Model Context Protocol: only to read.

Every row of figures says where it comes from: quote, sentence, file, span and confidence. How the
server is started belongs to `pipelines.commands.mcp`; what a question may cost to `warehouse.ask`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from pipelines.errors import ZhibiaoError
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.ask import ask

_INSTRUCTIONS = """\
Figures of Chinese government reports. Values are in base units (元, 人, 平方米, %): divide by
100000000 for 亿元. Find the code of an indicator first (find_indicator), or ask in Chinese
(search_figures). Cite the quote and the file of each figure; where confidence (0 to 1) is low,
read the sentence. The resource zhibiao://dictionary describes every table and column."""

_SOURCE = (
    "seen.quote, seen.sentence, seen.file_name, seen.char_start, seen.char_end, seen.confidence"
)
_FIGURES = f"""
select
    found.region, found.period_label, found.indicator, found.subject, found.measure, found.value,
    found.unit, found.status, found.indicator_code, {_SOURCE}
from search_figures($1, most := $2) as found
inner join mart_observation as seen on found.observation_key = seen.observation_key
order by found.score desc, found.observation_key
"""  # noqa: S608  (our own names)
_SERIES = f"""
select
    cell.region_path, cell.period_label, cell.time_kind, cell.indicator_zh, cell.figure, cell.value,
    cell.unit, cell.display_value, cell.display_unit, cell.other_count, cell.disagreeing_count,
    {_SOURCE}
from mart_series as cell
inner join mart_observation as seen on cell.observation_key = seen.observation_key
where
    cell.indicator_code = $1
    and cell.figure = $2
    and ($3 = '' or contains('/' || cell.region_path || '/', '/' || $3 || '/'))
    and cell.period_year between $4 and $5
order by cell.period_end, cell.period_start, cell.region_path
"""  # noqa: S608
_COMPARED = f"""
select
    cell.region, cell.region_path, cell.period_label, cell.indicator_zh, cell.figure, cell.value,
    cell.unit, rank() over (order by cell.value desc) as place_derived, {_SOURCE}
from mart_series as cell
inner join mart_observation as seen on cell.observation_key = seen.observation_key
where
    cell.indicator_code = $1
    and cell.figure = $2
    and cell.period_kind = 'year'
    and cell.period_year = $3
    and cell.region_level = $4
    and not cell.is_of_span
order by place_derived, cell.region_path
"""  # noqa: S608
_TARGETS = """
select
    goal.region_path, goal.period_label, goal.indicator_zh, goal.measure, goal.target_value,
    goal.lower_value, goal.upper_value, goal.direction, goal.wording, goal.commitment,
    goal.stretch_value, goal.unit, goal.outcome_value, goal.difference_derived,
    goal.is_reached_derived,
    said.quote as target_quote, said.sentence as target_sentence,
    said.file_name as target_file_name, said.char_start as target_char_start,
    said.char_end as target_char_end, said.confidence as target_confidence,
    came.quote as outcome_quote, came.sentence as outcome_sentence,
    came.file_name as outcome_file_name, came.char_start as outcome_char_start,
    came.char_end as outcome_char_end, came.confidence as outcome_confidence
from mart_target as goal
inner join mart_observation as said on goal.target_observation_key = said.observation_key
left join mart_observation as came on goal.outcome_observation_key = came.observation_key
where
    ($1 = '' or goal.indicator_code = $1)
    and ($2 = '' or contains('/' || goal.region_path || '/', '/' || $2 || '/'))
    and goal.period_year between $3 and $4
order by goal.period_end desc, goal.region_path, goal.indicator_zh, goal.measure
"""
_SENTENCES = """
select
    found.region, found.period_year, found.sentence, found.section_path, found.file_name,
    found.title, passage.char_start, passage.char_end
from search_sentences($1, most := $2) as found
inner join dim_passage as passage on found.passage_key = passage.passage_key
order by found.score desc, found.passage_key
"""
_INDICATORS = """
select indicator_code, indicator_zh, indicator_en, matched_name, observation_count
from find_indicator($1, most := $2)
"""
_DICTIONARY = """
select object.name || ': ' || coalesce(object.comment, '') || chr(10) || string_agg(
    '  ' || field.column_name || ' ' || field.data_type || ': ' || coalesce(field.comment, ''),
    chr(10) order by field.column_index
) as description
from (
    select table_name as name, comment from duckdb_tables()
    where not internal and schema_name = 'main'
    union all
    select view_name as name, comment from duckdb_views()
    where not internal and schema_name = 'main'
) as object
inner join duckdb_columns() as field
    on object.name = field.table_name and field.schema_name = 'main' and not field.internal
group by object.name, object.comment
order by object.name
"""
_MOST_ROWS = 500
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Code = Annotated[str, Field(description="indicator_code, such as gdp (see find_indicator)")]
Figure = Annotated[
    Literal["level", "growth", "rank"],
    Field(description="level in base units, growth over the year before in %, or stated rank"),
]
Question = Annotated[
    str, Field(description="Chinese words; a region and a year narrow: 浙江2025年粮食产量")
]
Place = Annotated[
    str, Field(description="full name of a region, with all below it: 浙江省; empty for all")
]
Year = Annotated[int, Field(ge=1900, le=2100)]
Most = Annotated[int, Field(ge=1, le=_MOST_ROWS, description="rows at most")]
Rows = dict[str, Any]


class _Warehouse(NamedTuple):
    """The questions, as tools: the names and docstrings are what a client sees."""

    path: Path

    def find_indicator(self, name: str, most: Most = 10) -> Rows:
        """Find the code of an indicator by its name; short forms and typing errors will do."""
        return self._ask(_INDICATORS, (name, most), most)

    def search_figures(self, question: Question, most: Most = 20) -> Rows:
        """Find the figures that a question asks for, best first, each with its source."""
        return self._ask(_FIGURES, (question, most), most)

    def search_sentences(self, question: Question, most: Most = 20) -> Rows:
        """Find sentences of the reports by words, best first."""
        return self._ask(_SENTENCES, (question, most), most)

    def series(
        self,
        indicator_code: Code,
        region: Place = "",
        figure: Figure = "level",
        first_year: Year = 1900,
        last_year: Year = 2100,
        most: Most = 200,
    ) -> Rows:
        """Give one indicator over time: the best source of each region and period."""
        asked = (indicator_code, figure, region, first_year, last_year)
        return self._ask(_SERIES, asked, most)

    def compare(
        self,
        indicator_code: Code,
        year: Year,
        region_level: Literal["province", "city", "county", "township"] = "province",
        figure: Figure = "level",
        most: Most = 200,
    ) -> Rows:
        """Rank the regions of one level by one indicator in one year."""
        return self._ask(_COMPARED, (indicator_code, figure, year, region_level), most)

    def targets(
        self,
        indicator_code: Annotated[str, Field(description="empty for all")] = "",
        region: Place = "",
        first_year: Year = 1900,
        last_year: Year = 2100,
        most: Most = 100,
    ) -> Rows:
        """Give targets with their bounds and wording, and what later reports say came of them."""
        return self._ask(_TARGETS, (indicator_code, region, first_year, last_year), most)

    def query(self, sql: str, most: Most = 200) -> Rows:
        """Run one SQL query that reads (DuckDB). It sees this file alone, for 20 seconds."""
        return self._ask(sql, (), most)

    def dictionary(self) -> str:
        """Every table and column of the file, described in Chinese and English."""
        return "\n\n".join(
            row["description"] for row in self._ask(_DICTIONARY, (), _MOST_ROWS)["rows"]
        )

    def _ask(self, sql: str, params: Sequence[object], most: int) -> Rows:
        try:
            answer = ask(self.path, sql, params, rows=most)
        except ZhibiaoError as error:
            raise ToolError(str(error)) from error
        rows = [
            {name: _plain(value) for name, value in row.items()}
            for row in answer.rows.iter_rows(named=True)
        ]
        return {"rows": rows, "has_more": answer.cut}


def server_of(path: Path) -> MCPServer:
    """A server of the published file. Each question opens the file that is there when it is asked.

    Args:
        path: the published file; it need not exist yet.
    """
    server = MCPServer("zhibiao", instructions=_INSTRUCTIONS, version=version("zhibiao"))
    asked = _Warehouse(path)
    for tool in (
        asked.find_indicator,
        asked.search_figures,
        asked.search_sentences,
        asked.series,
        asked.compare,
        asked.targets,
        asked.query,
    ):
        server.tool(annotations=_READS, structured_output=True)(tool)
    server.resource("zhibiao://dictionary", mime_type="text/plain")(asked.dictionary)
    server.resource("zhibiao://questions", mime_type="text/plain")(_questions)
    return server


def _questions() -> str:
    """Worked questions in SQL."""
    return "\n\n".join(one.sql for one in sqlfiles.statements("queries"))


def _plain(value: object) -> object:
    """A value as JSON has it: exact decimals as numbers where a number has room for them."""
    if not isinstance(value, Decimal):
        # Keys are longer than the 53 bits that most readers of JSON have.
        return str(value) if isinstance(value, int) and abs(value) > 2**53 else value
    if value == value.to_integral_value() and abs(value) <= 2**53:
        return int(value)
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)
