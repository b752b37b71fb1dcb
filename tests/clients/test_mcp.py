"""A program asks the warehouse over MCP: with the official client, of a server of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters
from mcp.types import TextResourceContents

from pipelines.machine import server_of

ZHIBIAO = str(Path(sys.executable).with_name("zhibiao"))
SOURCE = {"quote", "sentence", "file_name", "char_start", "char_end", "confidence"}


def call(path: Path, tool: str, **arguments: Any) -> Any:
    """What a tool answers in-process: its result, whatever it is."""

    async def asked() -> Any:
        async with Client(server_of(path)) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(asked())


def rows_of(path: Path, tool: str, **arguments: Any) -> list[dict[str, Any]]:
    result = call(path, tool, **arguments)
    assert not result.is_error, result.content
    rows: list[dict[str, Any]] = result.structured_content["rows"]
    return rows


def test_a_client_starts_the_server_and_asks_over_standard_input(warehouse: Path):
    async def asked() -> tuple[list[Any], Any]:
        command = StdioServerParameters(
            command=ZHIBIAO, args=["mcp", str(warehouse)], env=dict(os.environ)
        )
        async with Client(command) as client:
            tools = (await client.list_tools()).tools
            return tools, await client.call_tool("query", {"sql": "select 7 as answer"})

    tools, result = asyncio.run(asked())
    assert {tool.name for tool in tools} == {
        "find_indicator", "search_figures", "search_sentences", "series", "compare", "targets",
        "query",
    }  # fmt: skip
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    assert result.structured_content == {"rows": [{"answer": 7}], "has_more": False}


def test_over_http_on_this_machine_alone(warehouse: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [ZHIBIAO, "mcp", str(warehouse), "--http", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert server.stdout is not None
        heard = ""
        while "Uvicorn running" not in heard:
            line = server.stdout.readline()
            assert line, heard
            heard += line

        async def asked() -> Any:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                return await client.call_tool("find_indicator", {"name": "社零"})

        assert asyncio.run(asked()).structured_content["rows"]
        assert f"http://127.0.0.1:{port}" in heard
    finally:
        server.terminate()
        server.wait(timeout=60)


QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("search_figures", {"question": "财政总收入"}),
    "series": ("series", {"indicator_code": "fiscal_revenue_total"}),
    "growth": ("series", {"indicator_code": "fiscal_revenue_total", "figure": "growth"}),
    "place": ("series", {"indicator_code": "fiscal_revenue_total", "region": "采荷街道"}),
    "compare": (
        "compare",
        {"indicator_code": "fiscal_revenue_total", "year": 2024, "region_level": "township"},
    ),
}


@pytest.mark.parametrize(("tool", "arguments"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_each_figure_says_where_it_stands(warehouse: Path, tool: str, arguments: dict[str, Any]):
    rows = rows_of(warehouse, tool, **arguments)
    assert rows
    for row in rows:
        assert row.keys() >= SOURCE
        assert row["quote"] in row["sentence"]
        assert row["char_end"] - row["char_start"] == len(row["quote"])
        assert 0 < row["confidence"] < 1


def test_a_region_narrows_and_its_beginning_alone_does_not(warehouse: Path):
    found = rows_of(warehouse, "series", indicator_code="fiscal_revenue_total", region="采荷街道")
    assert {row["region_path"].split("/")[-1] for row in found} == {"采荷街道"}
    assert not rows_of(warehouse, "series", indicator_code="fiscal_revenue_total", region="采荷")


def test_targets_have_both_sources(warehouse: Path):
    rows = rows_of(warehouse, "targets")
    assert rows
    for row in rows:
        assert row["target_quote"] in row["target_sentence"]
        assert (row["outcome_value"] is None) == (row["outcome_quote"] is None)


def test_sentences_and_indicators(warehouse: Path):
    assert all("财政" in row["sentence"] for row in rows_of(
        warehouse, "search_sentences", question="财政总收入", most=3
    ))  # fmt: skip
    assert rows_of(warehouse, "find_indicator", name="财政总收入")[0]["indicator_code"] == (
        "fiscal_revenue_total"
    )


def test_resources_describe_the_file(warehouse: Path):
    async def read(uri: str) -> str:
        async with Client(server_of(warehouse)) as client:
            (content,) = (await client.read_resource(uri)).contents
            assert isinstance(content, TextResourceContents)
            return content.text

    assert "mart_observation" in asyncio.run(read("zhibiao://dictionary"))
    assert "Which targets did regions set" in asyncio.run(read("zhibiao://questions"))


HOSTILE = {
    "reads a file": "from read_csv('/etc/passwd')",
    "reads a file as text": "from read_text('/etc/passwd')",
    "copies": "copy dim_report to '/tmp/stolen.csv'",
    "attaches": "attach '/tmp/other.duckdb'",
    "installs": "install httpfs",
    "loads": "load httpfs",
    "sets": "set enable_external_access = true",
    "pragma": "pragma enable_profiling = 'json'",
    "drops": "drop table fact_observation",
    "updates": "update fact_observation set value = 0",
    "two statements": "select 1; select 2",
    "nothing": "",
    "does not parse": "selec 1",
}


@pytest.mark.parametrize("sql", HOSTILE.values(), ids=HOSTILE.keys())
def test_sql_only_reads_this_file(warehouse: Path, sql: str):
    before = warehouse.read_bytes()
    result = call(warehouse, "query", sql=sql)
    assert result.is_error
    assert "Traceback" not in result.content[0].text
    assert warehouse.read_bytes() == before


def test_rows_are_limited_and_more_is_said(warehouse: Path):
    result = call(warehouse, "query", sql="from range(1000)", most=5).structured_content
    assert len(result["rows"]) == 5
    assert result["has_more"]
    assert call(warehouse, "query", sql="select 1", most=100_000).is_error


def test_numbers_keep_their_digits(warehouse: Path):
    sql = "select 2.50::decimal(38,8) a, 3.00::decimal(38,8) b, 9007199254740993 c, 0.1 + 0.2 d"
    (row,) = rows_of(warehouse, "query", sql=sql)
    assert row == {"a": 2.5, "b": 3, "c": "9007199254740993", "d": 0.3}


def test_a_new_file_answers_the_next_question(warehouse: Path, tmp_path: Path):
    target, other = tmp_path / "w.duckdb", tmp_path / "new.duckdb"
    shutil.copy(warehouse, target)
    shutil.copy(warehouse, other)
    with duckdb.connect(str(other)) as con:
        con.execute("delete from etl_load")

    async def asked() -> list[int]:
        async with Client(server_of(target)) as client:
            first = await client.call_tool("query", {"sql": "select count(*) n from etl_load"})
            other.replace(target)
            second = await client.call_tool("query", {"sql": "select count(*) n from etl_load"})
            target.unlink()
            gone = await client.call_tool("query", {"sql": "select 1"})
            assert gone.is_error
            return [one.structured_content["rows"][0]["n"] for one in (first, second)]

    assert asyncio.run(asked()) == [1, 0]
