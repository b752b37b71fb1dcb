"""The models of the marts: every column is there, every expression names one, examples run."""

from __future__ import annotations

import re

import pytest
import yaml
from typer.testing import CliRunner

from pipelines import contracts
from pipelines.cli import app
from pipelines.warehouse.semantics import semantics

MODELS = yaml.safe_load(semantics())
EXAMPLES = MODELS.pop("examples")


def test_the_command_prints_them():
    result = CliRunner().invoke(app, ["semantics"])
    assert result.exit_code == 0
    assert result.output == semantics()


def test_every_mart_is_a_model():
    assert set(MODELS) == set(contracts.names("marts"))


@pytest.mark.parametrize("name", contracts.names("marts"))
def test_dimensions_are_the_columns_and_measures_ask_for_them(name: str):
    model, columns = MODELS[name], contracts.table(name).schema
    assert set(model["dimensions"]) == set(columns)
    assert not set(model["measures"]) & set(columns)
    for measure in model["measures"].values():
        assert set(re.findall(r'_\["(\w+)"\]', measure["expr"])) <= set(columns)
        assert "|" in measure["description"]
    dates = [one for one in model["dimensions"].values() if one.get("is_time_dimension")]
    assert len(dates) == sum(str(kind) == "Date" for kind in columns.values())


def test_unlike_values_are_never_summed():
    sums = [
        measure["expr"]
        for model in MODELS.values()
        for measure in model["measures"].values()
        if ".sum()" in measure["expr"]
    ]
    assert sums
    assert all('_count"' in expr for expr in sums)


def test_examples_are_the_worked_queries():
    assert [one["name"] for one in EXAMPLES] == [path.stem for path in contracts.files("queries")]
    for one in EXAMPLES:
        assert one["sql"].startswith(("select", "with", "from"))
        assert one["question_zh"]
        assert one["question_en"]
