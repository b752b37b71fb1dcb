"""The asset graph as others rely on it: renaming an asset breaks their schedules and alerts."""

from __future__ import annotations

from pipelines.definitions import defs
from pipelines.warehouse import sqlfiles

# asset: (group, assets it is made of)
GRAPH = {
    "report_files": ("sources", set()),
    "documents": ("staged", {"report_files"}),
    "rejects": ("staged", {"report_files"}),
    "sentences": ("staged", {"documents"}),
    "numerals": ("staged", {"sentences"}),
    "observations": ("staged", {"numerals"}),
    "terms": ("staged", {"sentences"}),
    "warehouse_build": (
        "warehouse",
        {"documents", "rejects", "sentences", "numerals", "observations", "terms"},
    ),
    "warehouse_published": ("warehouse", {"warehouse_build"}),
}


def test_asset_graph():
    found = {
        spec.key.to_user_string(): (
            spec.group_name,
            {dep.asset_key.to_user_string() for dep in spec.deps},
        )
        for spec in defs().resolve_all_asset_specs()
    }
    assert found == GRAPH


def test_every_check_of_sql_is_an_asset_check_and_blocks_where_it_says_so():
    repository = defs().get_repository_def()
    found = {
        key.name: repository.asset_graph.get(key).blocking
        for key in repository.asset_graph.asset_check_keys
    }
    assert found == {check.name: check.severity == "blocking" for check in sqlfiles.checks()}


def test_one_job_loads_it_all():
    job = defs().resolve_job_def("load_reports")
    assert {
        key.to_user_string() for key in job.asset_layer.executable_asset_keys
    } == GRAPH.keys() - {"report_files"}
