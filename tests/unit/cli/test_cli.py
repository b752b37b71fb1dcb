"""What the commands print and with which code they end."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.commands.json_lines import json_value

REPORT = "东沙街道2023年上半年工作总结\n上半年，街道实现财政总收入3.25亿元，同比增长6.4%。\n"
OBSERVATION = [
    "start",
    "end",
    "quote",
    "value",
    "unit",
    "modifier",
    "measure",
    "indicator",
    "code",
    "subject",
    "scope",
    "period_start",
    "period_end",
    "status",
    "optional",
]


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments, **more: CliRunner().invoke(app, [*map(str, arguments)], **more)


@pytest.fixture(scope="module")
def warehouse(warehouse_of: Callable[[Mapping[str, str]], Path]) -> Path:
    return warehouse_of({"a.txt": REPORT})


@pytest.mark.parametrize(
    "command", ["build", "parse", "score", "sample", "export", "query", "synth"]
)
def test_every_command_explains_itself(command: str, run):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert command in result.output


def test_parse_prints_observations_of_a_file(run, tmp_path: Path):
    path = tmp_path / "2023h1.txt"
    path.write_text(REPORT, "utf-8")
    lines = [json.loads(line) for line in run("parse", path).stdout.splitlines()]
    assert [line["quote"] for line in lines] == ["3.25亿元", "6.4%"]
    assert [list(line) for line in lines] == [OBSERVATION] * 2
    assert all(REPORT[line["start"] : line["end"]] == line["quote"] for line in lines)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_parse_reads_standard_input(encoding: str, run):
    result = run("parse", "-", input=REPORT.encode(encoding))
    assert [json.loads(line)["value"] for line in result.stdout.splitlines()] == [325000000, 6.4]


def test_parse_prints_the_ledger(run):
    result = run("parse", "-", "--numerals", input=REPORT.encode())
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert {tuple(line) for line in lines} == {
        ("start", "end", "text", "value", "unit", "disposition")
    }
    assert all(REPORT[line["start"] : line["end"]] == line["text"] for line in lines)
    assert {"observation", "date"} <= {line["disposition"] for line in lines}


def test_parse_explains(run):
    blocks = run("parse", "-", "--explain", input=REPORT.encode()).stdout.strip().split("\n\n")
    assert [block.split()[0] for block in blocks] == ["3.25亿元", "6.4%"]
    assert all("\n  period   " in block and "by rule '" in block for block in blocks)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "No such file"), (b"", "empty"), (bytes(64), "text")]
)
def test_parse_says_why_it_cannot(content: bytes | None, said: str, run, tmp_path: Path):
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)
    result = run("parse", path)
    assert result.exit_code == 1
    assert "failed" in result.stderr
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("455000000.00000000"), "455000000"),
        (Decimal("10.07000000"), "10.07"),
        (Decimal("1E+12"), "1000000000000"),
        (Decimal("-0.50"), "-0.5"),
        (Decimal("100"), "100"),
        (Decimal("123456789012345678901234567890.12345678"), None),
        ("全区", '"全区"'),
        (None, "null"),
        (True, "true"),
    ],
)
def test_json_value(value: object, text: str | None):
    assert json_value(value) == (str(value) if text is None else text)


def test_synth_writes_reports_and_says_how_many(run, tmp_path: Path):
    done = run("synth", "3", "--out", str(tmp_path / "out"), "--characters", "200", "--seed", "4")
    assert done.exit_code == 0
    assert re.fullmatch(r"3 reports, [0-9,]+ characters: .*out\n", done.stdout)
    assert len(list((tmp_path / "out").rglob("*.txt"))) == 3


def test_query_prints_a_table(run, warehouse: Path):
    result = run("query", warehouse, "select 1.50::decimal(9, 4) as 数值, null as 空, '[x]' as b")
    assert result.exit_code == 0
    assert "数值" in result.output
    assert "1.5 " in result.output
    assert "[x]" in result.output


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\\[/x]补贴", "\\[/x]补贴"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\u202eb", "a\ufffdb"),
        ("一\u3000二", "一\u3000二"),
    ],
)
def test_what_is_printed_is_shown_and_not_obeyed(value, shown, run, warehouse: Path):
    result = run("query", warehouse, f"select '{value}' as \"[/y]\"")
    assert result.exit_code == 0
    assert shown in result.output
    assert "[/y]" in result.output


def test_query_prints_csv_and_json(run, warehouse: Path):
    sql = "select 1 as a, '甲' as b"
    assert run("query", warehouse, sql, "--format", "csv").stdout == "a,b\n1,甲\n"
    assert json.loads(run("query", warehouse, sql, "--format", "json").stdout) == {
        "a": 1,
        "b": "甲",
    }


def test_a_query_comes_from_a_file_or_from_standard_input(run, warehouse: Path, tmp_path: Path):
    script = tmp_path / "a query.sql"
    script.write_text("-- 几份报告\nselect 1.00::decimal(9, 4) as n;\n", "utf-8")
    csv = ("--format", "csv")
    assert run("query", warehouse, "--file", script, *csv).stdout == "n\n1\n"
    assert run("query", warehouse, "-", *csv, input="select 7 as n").stdout == "n\n7\n"


@pytest.mark.parametrize("more", [(), ("select 1", "--file", "{script}")], ids=["none", "two"])
def test_a_query_is_given_once(more: tuple[str, ...], run, warehouse: Path, tmp_path: Path):
    script = tmp_path / "q.sql"
    script.write_text("select 1", "utf-8")
    result = run("query", warehouse, *(word.format(script=script) for word in more))
    assert result.exit_code == 2
    assert "Give one query" in result.output


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 'x') to '{w}'",
        "copy (select 'x') to '{folder}/x.csv'",
        "export database '{folder}/all'",
        "from read_text('{secret}')",
        "from '{secret}'",
        "from glob('{folder}/*')",
        "attach '{folder}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set memory_limit = '1MB'",
        "from app",
    ],
)
def test_a_query_sees_its_file_alone(sql: str, run, warehouse: Path, tmp_path: Path):
    (tmp_path / "secret.csv").write_text("word\nsesame\n")
    names = {"w": warehouse, "folder": tmp_path, "secret": tmp_path / "secret.csv"}
    before = warehouse.read_bytes()
    result = run("query", warehouse, sql.format(**names))
    assert result.exit_code == 1
    assert "failed" in result.stderr
    assert "sesame" not in result.output
    assert warehouse.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_files_are_allowed_where_that_is_asked(run, warehouse: Path, tmp_path: Path):
    path = tmp_path / "units.csv"
    sql = f"copy (from dim_unit) to '{path}'"
    refused = run("query", warehouse, sql)
    assert "add --allow-files" in refused.stderr
    assert run("query", warehouse, sql, "--allow-files").exit_code == 0
    assert path.read_text("utf-8").startswith("unit_key")


def test_a_folder_is_no_warehouse(run, tmp_path: Path):
    result = run("query", tmp_path, "select 1")
    assert f"{tmp_path}: it is a folder. Name a file in it." in result.stderr


def test_a_file_of_another_database_is_no_reason_to_fetch_an_extension(run, tmp_path: Path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as con:
        con.execute("create table etl_load (a)")
        con.commit()
    result = run("query", path, "select 1")
    assert result.exit_code == 1
    assert "it is not a DuckDB file" in result.stderr


@pytest.mark.parametrize(
    ("sql", "csv", "record"),
    [
        ("select 1 as a, 2 as a, 3 as a", "a,a_1,a_2\n1,2,3\n", {"a": 1, "a_1": 2, "a_2": 3}),
        ("select [1, 2] as a, {'b': 3} as c", "a,c\n\"[1, 2]\",{'b': 3}\n",
         {"a": [1, 2], "c": {"b": 3}}),
        ("select date '290000-12-31' as a", "a\n290000-12-31\n", {"a": "290000-12-31"}),
        ("select [date '290000-12-31'] as a", "a\n[290000-12-31]\n", {"a": "[290000-12-31]"}),
        ("select chr(27) || '[31m' as a", "a\n\x1b[31m\n", {"a": "\x1b[31m"}),
        ("select interval 2 day as a, 1.50 as b", "a,b\n2 days,1.5\n", {"a": "2 days", "b": 1.5}),
    ],
    ids=["names twice", "nested", "late date", "list of late dates", "escape", "interval"],
)  # fmt: skip
def test_query_prints_any_value(sql: str, csv: str, record: dict, run, warehouse: Path):
    assert run("query", warehouse, sql, "--format", "csv").stdout == csv
    assert json.loads(run("query", warehouse, sql, "--format", "json").stdout) == record
    assert run("query", warehouse, sql).exit_code == 0


@pytest.mark.parametrize("piped", [True, False])
def test_parse_reads_no_more_than_the_limit(piped, run, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ZHIBIAO_MAX_REPORT_BYTES", "1kB")
    path = tmp_path / "sparse.txt"
    with path.open("wb") as handle:
        handle.truncate(2000 if piped else 3_000_000_000)
    result = run("parse", "-", input=path.read_bytes()) if piped else run("parse", path)
    assert result.exit_code == 1
    assert "ZHIBIAO_MAX_REPORT_BYTES" in result.stderr
    assert "Traceback" not in result.stderr


def test_no_text_of_a_csv_runs_as_a_formula(run, warehouse: Path):
    sql = "select '=1+1' as a, '甲' as b, '＠x' as c, '' as d, null as e, -5 as f"
    said = run("query", warehouse, sql, "--format", "csv").stdout
    assert said == "a,b,c,d,e,f\n'=1+1,甲,'＠x,\"\",,-5\n"


@pytest.mark.parametrize("sql", ["delete from dim_report", "create table t (a int)", "selec 1"])
def test_query_changes_nothing(sql: str, run, warehouse: Path):
    before = warehouse.read_bytes()
    result = run("query", warehouse, sql)
    assert result.exit_code == 1
    assert "failed" in result.stderr
    assert warehouse.read_bytes() == before


def test_query_of_a_missing_file_says_so_and_makes_none(run, tmp_path: Path):
    result = run("query", tmp_path / "no.duckdb", "select 1")
    assert result.exit_code == 1
    assert not (tmp_path / "no.duckdb").exists()


def test_score_compares_with_gold(run, warehouse: Path, tmp_path: Path):
    with duckdb.connect(str(warehouse), read_only=True) as con:
        (row,) = con.sql(
            "select char_start, char_end, quote from mart_observation where unit = '元'"
        ).fetchall()
    gold = dict.fromkeys(OBSERVATION) | {
        "start": row[0],
        "end": row[1],
        "quote": row[2],
        "value": 1,
        "unit": "元",
        "modifier": "exact",
        "measure": "level",
        "indicator": "财政总收入",
        "status": "actual",
        "optional": False,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(gold, ensure_ascii=False) + "\n", "utf-8")
    result = run("score", warehouse, tmp_path, "--misses", 9)
    assert result.exit_code == 0
    assert "detection" in result.output
    lines = [line.split() for line in result.output.splitlines()]
    assert ["value", "325000000", "1"] in lines
    assert "街道实现财政总收入【3.25亿元】" in result.output
    assert "extra" in result.output
    assert "by measure" in result.output
    assert "1 more disagreements" in run("score", warehouse, tmp_path, "--misses", 1).output
    figures = json.loads(run("score", warehouse, tmp_path, "--json").stdout)
    assert figures["gold"] == 1
    assert figures["detection"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667}
    assert figures["fields"]["value"] == 0
    assert figures["measures"]["change_rate"]["predicted"] == 1
    assert list(figures["reports"]) == ["a"]
    assert figures["coded"] == 2  # both of 财政总收入
    (tmp_path / "none.csv").write_text("code,name_zh\ngdp,地区生产总值\n", "utf-8")
    counted = run("score", warehouse, tmp_path, "--json", "--codes", tmp_path / "none.csv")
    assert json.loads(counted.stdout)["coded"] == 0


def test_a_list_of_codes_without_codes_is_refused(run, warehouse: Path, tmp_path: Path):
    (tmp_path / "a.jsonl").write_text("", "utf-8")
    (tmp_path / "codes.csv").write_text("name_zh\n地区生产总值\n", "utf-8")
    result = run("score", warehouse, tmp_path, "--codes", tmp_path / "codes.csv")
    assert result.exit_code == 1
    assert "column `code`" in result.output


def test_a_sample_is_drawn_again_with_its_seed(run, warehouse: Path):
    first, again = (run("sample", warehouse, "--seed", 7).output for _ in range(2))
    assert first == again
    assert "【3.25亿元】" in first
    assert "2 observations, seed 7" in first
    one = run("sample", warehouse, "--rows", 1).output
    assert "1 observations, seed " in one


def test_score_without_gold_is_a_failure(run, warehouse: Path, tmp_path: Path):
    assert run("score", warehouse, tmp_path).exit_code == 1


def test_wrong_usage_has_its_own_code(run):
    assert run("build", "--workers", "0").exit_code == 2


def test_a_bad_setting_is_one_line(run, monkeypatch):
    monkeypatch.setenv("ZHIBIAO_WORKERS", "many")
    result = run("build")
    assert result.exit_code == 1
    assert "ZHIBIAO_WORKERS is many" in result.stderr
