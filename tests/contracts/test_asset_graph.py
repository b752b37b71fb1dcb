"""The asset graph as others rely on it: renaming an asset breaks their schedules and alerts."""

from __future__ import annotations

import dagster as dg
import pytest

from pipelines import contracts
from pipelines.definitions import defs
from pipelines.warehouse import sqlfiles
from tools.lineage import lineage_file

STAR = {
    "dim_date",
    "dim_indicator",
    "dim_keyword",
    "dim_passage",
    "dim_period",
    "dim_region",
    "dim_report",
    "dim_subject",
    "dim_term",
    "dim_theme",
    "dim_unit",
    "etl_check",
    "etl_correction",
    "etl_file",
    "etl_load",
    "etl_reject",
    "fact_keyword",
    "etl_version",
    "fact_load_change",
    "fact_numeral",
    "fact_observation",
    "fact_term",
}
STAGED = {
    "documents": {"report_files", "vocabulary"},
    "rejects": {"report_files"},
    "files": {"report_files"},
    "corrections": {"report_files"},
    "sentences": {"documents", "vocabulary"},
    "numerals": {"sentences", "vocabulary"},
    "observations": {"numerals", "corrections", "vocabulary"},
    "terms": {"sentences", "vocabulary"},
    "versions": {"report_files", "vocabulary"},
}
SOURCES = {"report_files", "vocabulary", "dictionaries"}
# asset: (group, assets it is made of)
GRAPH = {
    **{name: ("sources", set()) for name in SOURCES},
    **{name: ("staged", made_of) for name, made_of in STAGED.items()},
    "warehouse_build": ("warehouse", {*STAGED, "vocabulary", "dictionaries"}),
    "warehouse_published": ("warehouse", {"warehouse_build", *STAR}),
    "mart_comparison": ("marts", {"mart_headline", "warehouse_published"}),
    "mart_consistency": ("marts", {"mart_headline", "warehouse_published"}),
    "mart_coverage": ("marts", {"warehouse_published"}),
    "mart_doubt": ("marts", {"mart_observation", "warehouse_published"}),
    "mart_headline": ("marts", {"mart_series", "warehouse_published"}),
    "mart_keyword_panel": ("marts", {"warehouse_published"}),
    "mart_load_changes": ("marts", {"warehouse_published"}),
    "mart_observation": ("marts", {"warehouse_published"}),
    "mart_review": ("marts", {"mart_headline", "mart_observation", "warehouse_published"}),
    "mart_search_word": ("marts", {"warehouse_published"}),
    "mart_series": ("marts", {"warehouse_published"}),
    "mart_similarity": ("marts", {"warehouse_published"}),
    "mart_target": ("marts", {"warehouse_published"}),
    "mart_term_trend": ("marts", {"warehouse_published"}),
    "mart_trusted": ("marts", {"mart_observation", "warehouse_published"}),
    "mart_theme_profile": ("marts", {"warehouse_published"}),
}


def key(name: str) -> dg.AssetKey:
    return dg.AssetKey(["reports", name])


def graph() -> dict[str, tuple[str, set[str]]]:
    """Group and sources of every asset; all of them are assets of the corpus `reports`."""
    specs = list(defs().resolve_all_asset_specs())
    assert {spec.key.path[0] for spec in specs} == {"reports"}
    return {
        spec.key.path[-1]: (
            str(spec.group_name).removeprefix("reports_"),
            {dep.asset_key.path[-1] for dep in spec.deps},
        )
        for spec in specs
    }


def test_asset_graph():
    found = graph()
    assert {name: found[name] for name in found if found[name][0] != "star"} == GRAPH


def test_a_table_of_the_star_is_made_of_what_its_load_reads():
    star = {name: read for name, (group, read) in graph().items() if group == "star"}
    assert star.keys() == STAR
    assert all("warehouse_build" in read for read in star.values())
    assert {"documents", "observations"} <= star["fact_observation"]
    assert star["dim_theme"] == {"warehouse_build", "vocabulary"}
    assert "dictionaries" in star["dim_keyword"]
    assert {"dim_report", "fact_observation"} <= star["fact_load_change"]
    # What the checks find is written when the file is whole.
    assert {name for name, read in star.items() if len(read) == 1} == {"etl_check"}


def test_only_what_is_made_by_itself_can_be_materialized():
    found = defs().get_repository_def().asset_graph
    assert {each.path[-1] for each in found.materializable_asset_keys} == {
        *STAGED,
        "warehouse_build",
        "warehouse_published",
    }
    assert {each.path[-1] for each in found.observable_asset_keys} == SOURCES


# check: the asset at which it is found; all others are found at the file that was built
ABOUT = {
    "confidence_in_range": "fact_observation",
    "facts_present": "dim_report",
    "files_accounted": "etl_file",
    "files_refused": "rejects",
    "internal_errors": "rejects",
    "numerals_bound": "fact_numeral",
    "numerals_complete": "fact_observation",
    "numerals_understood": "fact_numeral",
    "observations_lost": "fact_observation",
    "periods_ordered": "dim_period",
    "quality_kept": "etl_load",
    "reports_gone": "dim_report",
    "reports_refused": "dim_report",
    "spans_inside": "dim_passage",
    "spans_verify": "fact_observation",
    "unbound_share": "fact_observation",
    "unknown_share": "fact_numeral",
}
OF_THE_FILE = {
    "comments_present",
    "keys_unique",
    "orphans",
    "orphans_of_reports",
    "row_counts",
    "unknown_members",
}


def test_a_check_is_found_at_the_asset_that_it_speaks_of():
    found = {
        each.name: each.asset_key.path[-1]
        for each in defs().get_repository_def().asset_graph.asset_check_keys
    }
    assert found == ABOUT | dict.fromkeys(OF_THE_FILE, "warehouse_build")


def test_a_blocking_check_keeps_back_the_step_that_publishes():
    """Dagster runs no step below an asset whose blocking check failed: all must be above it."""
    graph = defs().get_repository_def().asset_graph
    above = graph.get(key("warehouse_published")).parent_keys
    blocking = [each for each in graph.asset_check_keys if graph.get(each).blocking]
    assert blocking
    assert {each.asset_key for each in blocking} <= above


def test_every_check_of_sql_is_an_asset_check_and_blocks_where_it_says_so():
    repository = defs().get_repository_def()
    found = {
        key.name: repository.asset_graph.get(key).blocking
        for key in repository.asset_graph.asset_check_keys
    }
    asked = (*sqlfiles.checks(), *sqlfiles.losses())
    blocks = {check.name: check.severity == "blocking" for check in asked}
    assert found == blocks | {"files_refused": False}


def test_the_tables_and_views_of_sql_are_assets():
    groups = {"staged": "staged", "tables": "star", "marts": "marts"}
    found = {
        (str(spec.group_name).removeprefix("reports_"), spec.metadata["table"])
        for spec in defs().resolve_all_asset_specs()
        if "table" in spec.metadata
    }
    assert found == {(groups[kind], name) for kind in groups for name in contracts.names(kind)}


def test_one_job_loads_it_all():
    layer = defs().resolve_job_def("load_reports").asset_layer
    graph = defs().get_repository_def().asset_graph
    assert layer.executable_asset_keys == graph.executable_asset_keys
    assert layer.asset_graph.asset_check_keys == graph.asset_check_keys


@pytest.mark.slow
def test_the_lineage_of_columns_is_what_the_sql_says():
    committed = (contracts.SQL / "lineage.yml").read_text("utf-8")
    assert committed == lineage_file(), "run make lineage"


def test_every_column_of_the_lineage_exists():
    columns = {
        f"{table.name}.{column.name}"
        for table in contracts.tables().values()
        for column in table.columns
    }
    for table, found in contracts.lineage().items():
        assert {f"{table}.{column}" for column in found} <= columns
        assert {source for sources in found.values() for source in sources} <= columns


def test_a_figure_of_a_mart_leads_back_to_its_observation():
    specs = {spec.key.path[-1]: spec for spec in defs().resolve_all_asset_specs()}
    mart, fact = (
        specs[name].metadata["dagster/column_lineage"].deps_by_column["value"]
        for name in ("mart_observation", "fact_observation")
    )
    assert mart == [dg.TableColumnDep(key("fact_observation"), "value")]
    assert fact == [dg.TableColumnDep(key("observations"), "value")]
