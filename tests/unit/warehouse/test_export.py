"""Exported folders: what is in them, read back by other programs, and how they come to be there."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from pipelines import contracts
from pipelines.bilingual import Lang
from pipelines.errors import ExportError, WarehouseError
from pipelines.relations import frame_of
from pipelines.warehouse import export as export_module
from pipelines.warehouse.build import build
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.export import Form, export
from pipelines.warehouse.loads import LoadInfo
from pipelines.warehouse.relation import Field, Relation
from pipelines.warehouse.spreadsheets import SHEET_ROWS, as_csv, require_rows, write_csv, write_xlsx

Frames = dict[str, pl.DataFrame]
DANGEROUS = ("=1+1", "+1", "-1", "@A1", "\tx", "\rx", "＝1", "＋1", "－1", "＠A1")
HARMLESS = ("甲=乙", " =1", "'=1", "", "5%")


def stored(warehouse: Path, sql: str) -> list[tuple]:
    with read_only(warehouse) as con:
        return con.sql(sql).fetchall()


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.fixture
def texts() -> tuple[duckdb.DuckDBPyConnection, Relation]:
    """A table of texts that may be dangerous, beside numbers of the same look."""
    con = duckdb.connect()
    con.sql("create table t (n integer, said varchar, value decimal(38, 8))")
    for n, text in enumerate((*DANGEROUS, *HARMLESS)):
        con.execute("insert into t values (?, ?, ?)", [n, text, Decimal("-1.50000001")])
    fields = (
        Field("n", "INTEGER", "序号", "Number"),
        Field("said", "VARCHAR", "文字", "Text"),
        Field("value", "DECIMAL(38,8)", "数值", "Value"),
    )
    return con, Relation("t", len(DANGEROUS) + len(HARMLESS), fields)


def test_parquet_holds_every_table_exactly(built: Path, tmp_path: Path):
    rows = export(built, tmp_path / "out")
    assert set(rows) == set(contracts.names("tables"))
    for name in rows:
        path = tmp_path / "out" / f"{name}.parquet"
        with read_only(built) as con:
            want = con.table(name).pl()
        got = pl.read_parquet(path)
        assert got.schema == want.schema, name
        assert got.sort(got.columns).equals(want.sort(want.columns)), name
        assert got.height == rows[name]


def test_parquet_parts_the_facts_by_the_year_of_the_report(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", by_year=True)
    assert {path.name for path in (tmp_path / "out" / "fact_observation").iterdir()} == {
        "report_year=2024"
    }
    assert (tmp_path / "out" / "dim_report.parquet").is_file()
    got = pl.read_parquet(tmp_path / "out" / "fact_observation", hive_partitioning=True)
    assert got["report_year"].to_list() == [2024] * 5
    with read_only(built) as con:
        want = con.table("fact_observation").pl()
    assert got.select(want.columns).sort("observation_key").equals(want.sort("observation_key"))


def test_reports_of_no_known_period_have_a_part_of_their_own(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
):
    nowhen = staged["stg_document"].with_columns(
        period_start=pl.lit(None, pl.Date), period_end=pl.lit(None, pl.Date)
    )
    path = build(staged | {"stg_document": nowhen}, tmp_path / "w.duckdb", load, seeds=seeds).path
    export(path, tmp_path / "out", by_year=True, names=["fact_term"])
    got = pl.read_parquet(tmp_path / "out" / "fact_term", hive_partitioning=True)
    assert got["report_year"].to_list() == [None] * 3


def test_csv_of_a_mart_is_what_the_mart_holds(built: Path, tmp_path: Path):
    assert export(built, tmp_path / "out", Form.csv, names=["mart_observation"]) == {
        "mart_observation": 5
    }
    path = tmp_path / "out" / "mart_observation.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    found = read_csv(path)
    want = stored(
        built,
        "select file_name, subject, rtrim(rtrim(value::varchar, '0'), '.'), quote, sentence, "
        "period_end::varchar "
        "from mart_observation order by file_name, char_start",
    )
    assert [
        (row["file_name"], row["subject"] or None, row["value"], row["quote"], row["sentence"],
         row["period_end"])
        for row in found
    ] == want  # fmt: skip
    assert "8000000000.12345678" in {row["value"] for row in found}
    assert "𠮷里社区" in {row["subject"] for row in found}


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        pytest.param("3", "decimal(38, 8)", "3", id="whole"),
        pytest.param("-1200", "decimal(38, 8)", "-1200", id="zeros of the number itself"),
        pytest.param("0.50", "decimal(18, 2)", "0.5", id="fraction"),
        pytest.param("0", "decimal(18, 2)", "0", id="nothing"),
        pytest.param("300", "decimal(18, 0)", "300", id="no digits behind the point"),
        pytest.param(None, "decimal(18, 2)", "", id="none"),
    ],
)
def test_a_decimal_has_no_zeros_behind_it(
    value: str | None, kind: str, written: str, tmp_path: Path
):
    con = duckdb.connect()
    con.execute(
        f"create table t as select 1 as n, cast($value as {kind}) as value", {"value": value}
    )
    number = Field("value", kind.upper().replace(" ", ""), "数值", "Value")
    relation = Relation("t", 1, (Field("n", "INTEGER", "序号", "Number"), number))
    write_csv(con, relation, tmp_path / "t.csv")
    (row,) = read_csv(tmp_path / "t.csv")
    (_, line) = as_csv(frame_of(con.sql("from t"))).splitlines()
    assert (row["value"], line) == (written, f"1,{written}")


def test_csv_without_a_name_holds_every_mart(built: Path, tmp_path: Path):
    assert set(export(built, tmp_path / "out", Form.csv)) == set(contracts.names("marts"))


def test_no_text_runs_as_a_formula_in_csv(texts, tmp_path: Path):
    con, relation = texts
    write_csv(con, relation, tmp_path / "t.csv")
    found = read_csv(tmp_path / "t.csv")
    assert [row["said"] for row in found] == [
        *(f"'{text}" for text in DANGEROUS),
        *HARMLESS,
    ]
    assert {row["value"] for row in found} == {"-1.50000001"}


def test_no_text_runs_as_a_formula_in_xlsx(texts, tmp_path: Path):
    con, relation = texts
    write_xlsx(con, relation, tmp_path / "t.xlsx", lambda _rows: None)
    cells = list(openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]["B"])[1:]
    # XML turns a carriage return into a line feed unless it is escaped, as Excel does it.
    assert [(cell.value or "").replace("_x000D_", "\r") for cell in cells] == [
        *DANGEROUS,
        *HARMLESS,
    ]
    assert {cell.data_type for cell in cells if cell.value} <= {"s", "inlineStr"}
    assert [cell.quotePrefix for cell in cells] == [True] * len(DANGEROUS) + [False] * len(HARMLESS)
    assert {row["value"] for row in read_xlsx(tmp_path / "t.xlsx")} == {-1.50000001}


def test_xlsx_keeps_numbers_days_and_every_digit(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", Form.xlsx, names=["mart_observation"])
    found = read_xlsx(tmp_path / "out" / "mart_observation.xlsx")
    assert [row["value"] for row in found] == [300000000, 5, 2, 12, "8000000000.12345678"]
    assert found[0]["region"] == "青禾街道"
    assert found[3]["subject"] == "𠮷里社区"
    assert found[0]["subject"] is None
    assert found[0]["period_end"].date() == date(2024, 6, 30)
    # A key has more digits than a number of Excel.
    keys = {str(key) for (key,) in stored(built, "select observation_key from mart_observation")}
    assert {str(row["observation_key"]) for row in found} == keys


def test_xlsx_says_what_its_columns_are(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", Form.xlsx, names=["mart_headline"])
    book = openpyxl.load_workbook(tmp_path / "out" / "mart_headline.xlsx")
    assert book.sheetnames[0] == "mart_headline"
    lines = {
        line[0]: line[2:] for line in book.worksheets[1].iter_rows(min_row=2, values_only=True)
    }
    words = contracts.describe("mart_headline", "growth_percent")
    assert lines["growth_percent"] == ("增速%", "Growth %", words.zh, words.en)
    assert list(lines) == [column.name for column in contracts.table("mart_headline").columns]


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        pytest.param(None, ["file_name", "indicator", "growth_percent", "report_key"], id="names"),
        pytest.param(Lang.zh, ["文件名", "指标", "增速%", "report_key"], id="zh"),
        pytest.param(Lang.en, ["File name", "Indicator", "Growth %", "report_key"], id="en"),
    ],
)
@pytest.mark.parametrize("form", [Form.csv, Form.xlsx])
def test_headings_are_names_or_labels(
    form: Form, lang: Lang | None, heads: list[str], built: Path, tmp_path: Path
):
    export(built, tmp_path / "out", form, names=["mart_headline"], labels=lang)
    read = {Form.csv: read_csv, Form.xlsx: read_xlsx}[form]
    (first, *_) = read(tmp_path / "out" / f"mart_headline.{form}")
    if lang is None:
        heads = [{"indicator": "indicator_zh"}.get(head, head) for head in heads]
    assert set(heads) <= set(first)
    assert len(first) == len(contracts.table("mart_headline").columns)


def test_amounts_have_commas_and_years_none(built: Path, tmp_path: Path):
    export(built, tmp_path / "out", Form.xlsx, names=["mart_series"])
    sheet = openpyxl.load_workbook(tmp_path / "out" / "mart_series.xlsx").worksheets[0]
    head, first = (list(row) for row in sheet.iter_rows(min_row=1, max_row=2))
    looks = {name.value: cell.number_format for name, cell in zip(head, first, strict=True)}
    assert (looks["value"], looks["period_year"]) == ("#,##0", "General")


@pytest.mark.parametrize("form", Form)
def test_columns_and_load_stand_beside_the_files(form: Form, built: Path, tmp_path: Path):
    rows = export(built, tmp_path / "out", form)
    described = {(line["table"], line["column"]) for line in read_csv(tmp_path / "out/columns.csv")}
    if form is Form.sdmx:  # whose columns have names of SDMX
        declared = {"series": set(read_csv(tmp_path / "out/series.csv")[0])}
    else:
        declared = {name: {one.name for one in contracts.table(name).columns} for name in rows}
    assert described == {(name, column) for name in rows for column in declared[name]}
    note = json.loads((tmp_path / "out" / "export.json").read_text("utf-8"))
    assert note["load_id"] == "load-1"
    assert note["rows"] == rows
    assert set(note["files"]) == {path.name for path in (tmp_path / "out").iterdir()}


def test_progress_reaches_its_end(built: Path, tmp_path: Path):
    told: list[tuple[int, int]] = []
    rows = export(
        built, tmp_path / "out", Form.xlsx, progress=lambda done, total: told.append((done, total))
    )
    assert told == sorted(told)
    assert told[-1] == (sum(rows.values()),) * 2


def test_a_sheet_has_its_limit():
    field = Field("n", "INTEGER", "", "")
    require_rows(Relation("mart", SHEET_ROWS - 1, (field,)))
    with pytest.raises(ExportError, match=r"1,048,576 rows.*CSV or Parquet"):
        require_rows(Relation("mart", SHEET_ROWS, (field,)))


def test_a_cell_has_its_limit(tmp_path: Path):
    con = duckdb.connect()
    con.sql("create table t as select repeat('长', 32768) as said")
    with pytest.raises(ExportError, match="row 1 has a text of 32,768"):
        write_xlsx(
            con,
            Relation("t", 1, (Field("said", "VARCHAR", "", ""),)),
            tmp_path / "t.xlsx",
            lambda _rows: None,
        )


def test_without_its_library_xlsx_says_what_to_install(built, tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ExportError, match=r"pip install 'zhibiao\[xlsx\]'"):
        export(built, tmp_path / "out", Form.xlsx)
    assert not (tmp_path / "out").exists()


def test_a_folder_in_use_is_left_alone(built: Path, tmp_path: Path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("x", "utf-8")
    for force in (False, True):
        with pytest.raises(ExportError, match="no export wrote"):
            export(built, folder, force=force)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_an_earlier_export_is_replaced_only_by_force(built: Path, tmp_path: Path):
    folder = tmp_path / "out"
    export(built, folder)
    with pytest.raises(ExportError, match="--force"):
        export(built, folder, Form.csv)
    export(built, folder, Form.csv, names=["mart_coverage"], force=True)
    assert {path.name for path in folder.iterdir()} == {
        "mart_coverage.csv",
        "columns.csv",
        "croissant.json",
        "datapackage.json",
        "export.json",
    }
    # What a person put beside it keeps it.
    (folder / "notes.txt").write_text("x", "utf-8")
    with pytest.raises(ExportError, match="no export wrote"):
        export(built, folder, force=True)


def test_an_empty_folder_is_taken(built: Path, tmp_path: Path):
    (tmp_path / "out").mkdir()
    export(built, tmp_path / "out")
    assert (tmp_path / "out" / "export.json").is_file()


def test_a_failure_leaves_the_earlier_export_and_nothing_else(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    export(built, tmp_path / "out", names=["dim_theme"])
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_module, "_describe", full)
    with pytest.raises(WarehouseError, match="disk is full"):
        export(built, tmp_path / "out", force=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {built.name, "out"}


def test_a_name_that_is_not_there_is_told_with_those_that_are(built: Path, tmp_path: Path):
    with pytest.raises(ExportError, match=r"mart_nothing.*no such table.*mart_observation"):
        export(built, tmp_path / "out", names=["mart_nothing"])
    assert not (tmp_path / "out").exists()


def test_an_export_is_the_same_twice(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo, built: Path
):
    other = build(
        {name: frame.reverse() for name, frame in staged.items()},
        tmp_path / "other.duckdb",
        replace(load),
        seeds=seeds,
    ).path
    export(built, tmp_path / "one", Form.csv, names=["mart_observation", "mart_coverage"])
    export(other, tmp_path / "two", Form.csv, names=["mart_observation", "mart_coverage"])
    for path in (tmp_path / "one").glob("mart_*.csv"):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
