"""Files of Stata and SPSS, as another program reads them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pyreadstat
import pytest

from pipelines import contracts
from pipelines.bilingual import Lang
from pipelines.errors import ExportError
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.export import Form, export
from pipelines.warehouse.labelled import SPSS_BYTES, variable_names, write_dta, write_sav
from pipelines.warehouse.relation import Field, Relation

READERS = {"dta": pyreadstat.read_dta, "sav": pyreadstat.read_sav}
FORMS = pytest.mark.parametrize("form", [Form.dta, Form.sav])


def read(path: Path) -> tuple[pl.DataFrame, object]:
    return READERS[path.suffix[1:]](path, output_format="polars")


@FORMS
def test_a_mart_keeps_its_figures_and_sentences(form: Form, built: Path, tmp_path: Path):
    export(built, tmp_path / "out", form, names=["mart_observation"])
    rows, _ = read(tmp_path / "out" / f"mart_observation.{form}")
    with read_only(built) as con:
        want = con.sql(
            "select file_name, coalesce(subject, ''), value::double, sentence, period_end, "
            "cast(observation_key as varchar) "
            "from mart_observation order by file_name, char_start"
        ).fetchall()
    names = ("file_name", "subject", "value", "sentence", "period_end")
    got = rows.select(*names, "observation_key").rows()
    assert got == want
    assert got[0][4] == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        pytest.param(None, "地区 Region", id="both"),
        pytest.param(Lang.zh, "地区", id="zh"),
        pytest.param(Lang.en, "Region", id="en"),
    ],
)
@FORMS
def test_variables_have_labels(
    form: Form, lang: Lang | None, label: str, built: Path, tmp_path: Path
):
    export(built, tmp_path / "out", form, names=["mart_series"], labels=lang)
    _, about = read(tmp_path / "out" / f"mart_series.{form}")
    labels = about.column_names_to_labels
    assert list(labels) == [column.name for column in contracts.table("mart_series").columns]
    assert labels["region"] == label
    # A key has no short label: it has what the glossary says of it.
    zh, en = (getattr(contracts.describe("mart_series", "region_key"), one) for one in ("zh", "en"))
    assert labels["region_key"] == {None: f"{zh} {en}", Lang.zh: zh, Lang.en: en}[lang]
    answers = {None: ("否 no", "是 yes"), Lang.zh: ("否", "是"), Lang.en: ("no", "yes")}[lang]
    assert about.variable_value_labels["is_of_span"] == dict(enumerate(answers))


@FORMS
def test_every_table_and_mart_can_be_written(form: Form, built: Path, tmp_path: Path):
    names = [*contracts.names("tables"), *contracts.names("marts")]
    counts = export(built, tmp_path / "out", form, names=names)
    for name, count in counts.items():
        rows, _ = read(tmp_path / "out" / f"{name}.{form}")
        assert rows.shape == (count, len(contracts.table(name).columns)), name


def table(text: str) -> tuple[duckdb.DuckDBPyConnection, Relation]:
    con = duckdb.connect()
    con.execute("create table t as select $text as said", {"text": text})
    return con, Relation("t", 1, (Field("said", "VARCHAR", "文字", "Text"),))


@pytest.mark.parametrize(
    ("write", "length"),
    [
        pytest.param(write_dta, 100_000, id="Stata takes any"),
        pytest.param(write_sav, SPSS_BYTES, id="SPSS up to its limit"),
    ],
)
def test_a_long_text_is_kept(write, length: int, tmp_path: Path):
    con, relation = table("x" * length)
    path = tmp_path / f"t.{'dta' if write is write_dta else 'sav'}"
    write(con, relation, path)
    assert read(path)[0]["said"].str.len_bytes().to_list() == [length]


def test_a_text_too_long_for_spss_is_refused(tmp_path: Path):
    con, relation = table("长" * (SPSS_BYTES // 3 + 1))
    with pytest.raises(ExportError, match=r"t: said has a text of 32,769 bytes.*Stata"):
        write_sav(con, relation, tmp_path / "t.sav")
    assert not (tmp_path / "t.sav").exists()


@pytest.mark.parametrize(
    ("names", "variables"),
    [
        pytest.param(["region", "gdp_growth"], ["region", "gdp_growth"], id="short"),
        pytest.param(
            ["general_public_budget_expenditure_growth"],
            ["general_public_budget_exp_growth"],
            id="the last word stays",
        ),
        pytest.param(
            [
                "high_tech_manufacturing_value_added_growth",
                "high_tech_manufacturing_value_x_growth",
            ],
            ["high_tech_manufacturing_v_growth", "high_tech_manufacturing_v_grow_2"],
            id="no two alike",
        ),
    ],
)  # fmt: skip
def test_names_have_room_in_stata(names: list[str], variables: list[str]):
    relation = Relation("t", 0, tuple(Field(name, "INTEGER", "", "") for name in names))
    assert list(variable_names(relation).values()) == variables
    assert all(len(variable) <= 32 for variable in variables)


def test_without_its_library_it_says_what_to_install(built, tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(ExportError, match=r"pip install 'zhibiao\[stats\]'"):
        export(built, tmp_path / "out", Form.dta)
    assert not (tmp_path / "out").exists()
