"""The asset graph as others rely on it: renaming an asset breaks their schedules and alerts."""

from __future__ import annotations

import dagster as dg

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
# asset: (group, assets it is made of)
GRAPH = {
    "report_files": ("sources", set()),
    "vocabulary": ("sources", set()),
    "documents": ("staged", {"report_files", "vocabulary"}),
    "rejects": ("staged", {"report_files"}),
    "files": ("staged", {"report_files"}),
    "corrections": ("staged", {"report_files"}),
    "sentences": ("staged", {"documents"}),
    "numerals": ("staged", {"sentences"}),
    "observations": ("staged", {"numerals"}),
    "terms": ("staged", {"sentences"}),
    "versions": ("staged", {"report_files"}),
    "warehouse_build": ("warehouse", STAR),
    "warehouse_published": ("warehouse", {"warehouse_build"}),
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
    "mart_target": ("marts", {"warehouse_published"}),
    "mart_term_trend": ("marts", {"warehouse_published"}),
    "mart_trusted": ("marts", {"mart_observation", "warehouse_published"}),
    "mart_theme_profile": ("marts", {"warehouse_published"}),
}


def test_asset_graph():
    found = {
        spec.key.to_user_string(): (
            spec.group_name,
            {dep.asset_key.to_user_string() for dep in spec.deps},
        )
        for spec in defs().resolve_all_asset_specs()
    }
    assert {name: found[name] for name in found if found[name][0] != "star"} == GRAPH


def test_a_table_of_the_star_is_made_of_what_its_load_reads():
    star = {
        spec.key.to_user_string(): {dep.asset_key.to_user_string() for dep in spec.deps}
        for spec in defs().resolve_all_asset_specs()
        if spec.group_name == "star"
    }
    assert star.keys() == STAR
    assert {"documents", "observations"} <= star["fact_observation"]
    assert star["dim_theme"] == {"vocabulary"}
    assert {"dim_report", "fact_observation"} <= star["fact_load_change"]
    # What the checks find is written when the file is whole.
    assert {name for name, read in star.items() if not read} == {"etl_check"}


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
        (spec.group_name, spec.metadata["table"])
        for spec in defs().resolve_all_asset_specs()
        if "table" in spec.metadata
    }
    assert found == {(groups[kind], name) for kind in groups for name in contracts.names(kind)}


def test_one_job_loads_it_all():
    job = defs().resolve_job_def("load_reports")
    assert {
        key.to_user_string() for key in job.asset_layer.executable_asset_keys
    } == GRAPH.keys() - {"report_files", "vocabulary"} | STAR


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
    specs = {spec.key.to_user_string(): spec for spec in defs().resolve_all_asset_specs()}
    mart, fact = (
        specs[name].metadata["dagster/column_lineage"].deps_by_column["value"]
        for name in ("mart_observation", "fact_observation")
    )
    assert mart == [dg.TableColumnDep(dg.AssetKey("fact_observation"), "value")]
    assert fact == [dg.TableColumnDep(dg.AssetKey("observations"), "value")]
