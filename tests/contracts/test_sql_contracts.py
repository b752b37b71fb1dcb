"""The SQL and its glossary hold together: descriptions, lists, names, the dictionary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import polars as pl
import pytest
import yaml

from pipelines import contracts, lexicon
from pipelines.text import model
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.staging import seed_frame
from tools.dictionary import dictionary, links

ROOT = Path(__file__).resolve().parents[2]
TABLES = contracts.tables()
COLUMNS = [
    pytest.param(table.name, column.name, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_described_in_both_languages(name: str) -> None:
    words = contracts.describe_table(name)
    assert HAN.search(words.zh)
    assert re.search(r"[A-Za-z]{2}", words.en)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_column_is_described_in_both_languages(table: str, column: str) -> None:
    words = contracts.describe(table, column)
    assert HAN.search(words.zh)
    assert re.search(r"[A-Za-z]{2}", words.en)


def test_the_glossary_holds_nothing_unused() -> None:
    tables, columns = contracts.glossary()
    used = set()
    for table in TABLES.values():
        for column in table.columns:
            own = f"{table.name}.{column.name}"
            used.add(own if own in columns else column.name)
    assert set(tables) == set(TABLES)
    assert set(columns) == used


def test_the_glossary_says_nothing_twice() -> None:
    """YAML lets the last of two equal keys win in silence."""
    text = (contracts.SQL / "glossary.yml").read_text("utf-8")
    parsed = yaml.safe_load(text)
    sections = dict(re.findall(r"^(\w+):\n((?:  .*\n|\n)+)", text, re.MULTILINE))
    assert sections.keys() == parsed.keys()
    for section, lines in sections.items():
        keys = re.findall(r"^  ([\w.]+):(?: \{.*)?$", lines, re.MULTILINE)
        assert len(keys) == len(set(keys)) == len(parsed[section])


def test_every_column_but_keys_has_a_label() -> None:
    views, labels = contracts.labels()
    shown = [table for table in TABLES.values() if table.kind in ("tables", "marts")]
    columns = {column.name for table in shown for column in table.columns}
    assert set(labels) == {name for name in columns if not name.endswith("_key")}
    assert set(views) == set(contracts.names("marts"))
    assert all(len(words.zh) <= 16 and len(words.en) <= 40 for words in labels.values())


@pytest.mark.parametrize("name", contracts.names("marts"))
def test_labels_of_a_mart_differ(name: str) -> None:
    _, labels = contracts.labels()
    words = [labels[c.name] for c in TABLES[name].columns if c.name in labels]
    for language in ("zh", "en"):
        assert len({getattr(word, language) for word in words}) == len(words)


def test_one_name_has_one_type() -> None:
    types: dict[str, set[str]] = {}
    for table in TABLES.values():
        for column in table.columns:
            types.setdefault(column.name, set()).add(column.type)
    # A count is an integer in a table, and what count(*) gives in a view.
    odd = {name: some for name, some in types.items() if len(some) > 1}
    assert odd == {
        "numeral_count": {"INTEGER", "BIGINT"},
        "observation_count": {"INTEGER", "BIGINT"},
    }


def test_every_macro_of_the_file_is_described() -> None:
    kept = {path.stem for folder in contracts.MACROS for path in contracts.files(folder)}
    assert set(contracts.macros()) == kept
    assert all(HAN.search(words.zh) for words in contracts.macros().values())


@pytest.mark.parametrize(
    "folder", ["staged", "seeds", "tables", "loads", "marts", *contracts.MACROS]
)
def test_a_file_is_named_for_what_it_makes(folder: str) -> None:
    made_in = {"loads": "insert into", "marts": "create view"}
    what = made_in.get(folder, "create macro" if folder in contracts.MACROS else "create table")
    for path in contracts.files(folder):
        # a mart that no view answers in time is a table
        kept = folder == "marts" and not contracts.table(path.stem).is_view
        made = "create table" if kept else what
        assert re.search(rf"{made} {path.stem}\b", path.read_text("utf-8")), path.name


@pytest.mark.parametrize("folder", ["staged", "seeds", "tables", "marts"])
def test_a_file_states_its_grain(folder: str) -> None:
    for path in contracts.files(folder):
        assert path.read_text("utf-8").startswith("-- grain: "), path.name


def test_every_table_has_a_load() -> None:
    assert {load.name for load in sqlfiles.loads()} == set(contracts.names("tables"))


def test_facts_bear_no_index_and_dimensions_a_primary_key() -> None:
    keyed = {
        path.stem
        for path in contracts.files("tables")
        if re.search(r"primary key(?! stands|:)", path.read_text("utf-8").split("create", 1)[1])
    }
    # A passage is as long as a fact.
    assert keyed == {name for name in TABLES if name.startswith("dim_")} - {"dim_passage"}


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("fact_observation", "modifier", get_args(model.Modifier)),
        ("fact_observation", "measure", get_args(model.Measure)),
        ("fact_observation", "status", get_args(model.Status)),
        ("fact_observation", "doubt", get_args(model.Doubt)),
        ("fact_numeral", "disposition", get_args(model.Disposition)),
    ],
    ids=["modifier", "measure", "status", "doubt", "disposition"],
)
def test_closed_lists_are_those_of_the_parser(
    table: str, column: str, values: tuple[str, ...]
) -> None:
    text = (contracts.SQL / "tables" / f"{table}.sql").read_text("utf-8")
    listed = re.search(rf"\b{column} in \(([^)]*)\)", text)
    assert listed is not None
    assert re.findall(r"'(\w+)'", listed.group(1)) == list(values)


def test_every_basis_of_the_vocabulary_may_be_stored() -> None:
    text = (contracts.SQL / "tables" / "fact_observation.sql").read_text("utf-8")
    listed = re.search(r"\bbasis in \(([^)]*)\)", text)
    assert listed is not None
    used = {fields[1] for fields in lexicon.entries("bases")}
    assert used <= set(re.findall(r"'(\w+)'", listed.group(1)))


@pytest.mark.parametrize("name", contracts.names("seeds"))
def test_seed_files_keep_their_contracts(name: str) -> None:
    frame = seed_frame(name)
    contract = contracts.table(name).schema
    kept = contracts.enforce(frame.select(*contract), name)
    key = next(iter(contract))
    assert kept[key].is_unique().all()
    assert not kept.filter(pl.col(key) == "").height


def test_indicators_name_themes_and_units_of_the_seeds() -> None:
    indicators = seed_frame("seed_indicators")
    assert set(indicators["theme"]) <= set(seed_frame("seed_themes")["code"])
    assert set(indicators["unit"]) - {""} <= set(seed_frame("seed_units")["unit"])


def test_regions_name_their_parents_and_known_levels() -> None:
    regions = seed_frame("seed_regions")
    assert set(regions["parent_code"]) - {""} <= set(regions["code"])
    text = (contracts.SQL / "tables" / "dim_region.sql").read_text("utf-8")
    listed = re.search(r"region_level in \(([^)]*)\)", text)
    assert listed is not None
    assert set(regions["level"]) <= set(re.findall(r"'(\w+)'", listed.group(1)))


def test_links_name_tables_and_their_keys() -> None:
    found = links(TABLES)
    assert ("fact_observation", "period_end_date_key", "dim_date") in found
    assert ("dim_region", "parent_key", "dim_region") in found
    assert ("fact_numeral", "observation_key", "fact_observation") in found
    assert not [link for link in found if link[2] not in TABLES]


def test_orphans_are_sought_along_every_link() -> None:
    link = re.compile(
        r"'(\w+)' as table_name,\s+'(\w+)' as key_name,.*?anti join (\w+) as parent", re.DOTALL
    )
    sought = [
        found
        for name in ("orphans", "orphans_of_reports")
        for found in link.findall((contracts.SQL / "checks" / f"{name}.sql").read_text("utf-8"))
    ]
    assert sorted(sought) == sorted(links(TABLES))


def test_the_committed_dictionary_is_up_to_date() -> None:
    committed = (ROOT / "docs" / "dictionary.md").read_text("utf-8")
    assert committed == dictionary(), "write it anew: python -m tools.dictionary"


def test_worked_queries_state_their_question_in_both_languages() -> None:
    for path in contracts.files("queries"):
        zh, en = path.read_text("utf-8").splitlines()[:2]
        assert HAN.search(zh), path.name
        assert re.match(r"-- [A-Z].*\?$", en), path.name
