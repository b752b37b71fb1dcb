"""The dashboard of `tools.superset_dashboard` as files that Superset imports.

    python -m tools.superset_bundle docs/superset/zhibiao
    python -m tools.superset_bundle --zip superset.zip --warehouse warehouse/zhibiao.duckdb

The first writes the folder that is committed, the second a zip with the path of a warehouse in it.
Columns and their descriptions are those of the schema `zh`, made in an empty database; the format
is that of an export of Superset 6.1. Nothing here talks to Superset.
"""

from __future__ import annotations

import argparse
import json
import shutil
import zipfile
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import duckdb
import yaml

from pipelines import contracts
from pipelines.warehouse.chinese import SCHEMA, chinese_views
from tools import superset_dashboard as dashboard
from tools.superset_dashboard import Added, Chart, Dataset, Filter, Metric

Record = dict[str, Any]

_VERSION = "1.0.0"  # of the format
_URI: Final = "duckdb:////full/path/to/zhibiao.duckdb"
# Read-only, and SQL Lab can reach no other file: DuckDB itself refuses.
_CONNECT: Final = {
    "read_only": True,
    "config": {"enable_external_access": "false", "lock_configuration": "true"},
}
_OPERATORS: Final = {"==": "EQUALS", ">": "GREATER_THAN", "IN": "IN"}
_ROW = 12  # columns of a row of the dashboard


def bundle(uri: str = _URI) -> dict[str, str]:
    """The files of the bundle, by their paths in it.

    Args:
        uri: where Superset finds the warehouse, as SQLAlchemy writes it.
    """
    records = {
        "metadata.yaml": {
            "version": _VERSION,
            "type": "Dashboard",
            "timestamp": "2026-01-01T00:00:00+00:00",
        },
        "databases/zhibiao.yaml": _database(uri),
        f"dashboards/{dashboard.SLUG}.yaml": _dashboard(),
    }
    for dataset in dashboard.DATASETS:
        records[f"datasets/zhibiao/{dataset.mart}.yaml"] = _dataset(dataset)
    for chart in dashboard.CHARTS:
        records[f"charts/{chart.name}.yaml"] = _chart(chart)
    return {
        path: yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
        for path, record in records.items()
    }


def view(mart: str) -> str:
    """The name of a mart in the schema `zh`."""
    names, _ = contracts.labels()
    return names[mart].zh


@cache
def columns() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """By view of the schema `zh`, its columns: label, type, what it is in Chinese."""
    with duckdb.connect(":memory:") as con:
        for folder in ("functions", *contracts.KINDS):
            for path in contracts.files(folder):
                con.execute(path.read_text("utf-8"))
        for statement in chinese_views():
            con.execute(statement)
        rows = con.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() "
            "where schema_name = $schema order by table_name, column_index",
            {"schema": SCHEMA},
        ).fetchall()
    return {
        name: tuple((column, kind, about) for _, column, kind, about in found)
        for name, found in groupby(rows, key=itemgetter(0))
    }


def _uuid(*names: str) -> str:
    """The same for the same thing in every bundle: a second import replaces the first."""
    return str(uuid5(NAMESPACE_URL, "/".join(("zhibiao", *names))))


def _database(uri: str) -> Record:
    return {
        "database_name": "指标数据仓库",
        "sqlalchemy_uri": uri,
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_file_upload": False,
        "extra": {"engine_params": {"connect_args": _CONNECT}},
        "uuid": _uuid("database"),
        "version": _VERSION,
    }


def _dataset(dataset: Dataset) -> Record:
    found = columns()[view(dataset.mart)]
    dates = [name for name, kind, _ in found if kind == "DATE"]
    return {
        "table_name": view(dataset.mart),
        "main_dttm_col": dates[0] if dates else None,
        "description": contracts.describe_table(dataset.mart).zh,
        "schema": SCHEMA,
        "filter_select_enabled": True,
        "uuid": _uuid("dataset", dataset.mart),
        "metrics": [_metric(metric) for metric in dataset.metrics],
        "columns": [
            *(_column(name, kind, about, None) for name, kind, about in found),
            *(_added(added) for added in dataset.added),
        ],
        "version": _VERSION,
        "database_uuid": _uuid("database"),
    }


def _metric(metric: Metric) -> Record:
    return {
        "metric_name": metric.name,
        "verbose_name": metric.name,
        "expression": metric.sql,
        "description": metric.about,
        "d3format": metric.shown,
    }


def _added(added: Added) -> Record:
    return _column(added.name, "VARCHAR", added.about, added.sql)


def _column(name: str, kind: str, about: str, sql: str | None) -> Record:
    return {
        "column_name": name,
        "verbose_name": name,
        "is_dttm": kind in {"DATE", "TIMESTAMP"},
        "is_active": True,
        "type": kind,
        "groupby": True,
        "filterable": True,
        "expression": sql,
        "description": about,
    }


def _chart(chart: Chart) -> Record:
    return {
        "slice_name": chart.title,
        "description": chart.about,
        "viz_type": chart.kind,
        "params": _form(chart),
        "query_context": json.dumps(_query(chart), ensure_ascii=False),
        "uuid": _uuid("chart", chart.name),
        "version": _VERSION,
        "dataset_uuid": _uuid("dataset", chart.mart),
    }


def _form(chart: Chart) -> Record:
    """What the page of the chart has in its form."""
    form: Record = {
        "viz_type": chart.kind,
        "row_limit": chart.rows,
        "adhoc_filters": [
            {
                "clause": "WHERE",
                "expressionType": "SIMPLE",
                "subject": column,
                "operator": operator,
                "operatorId": _OPERATORS[operator],
                "comparator": value,
            }
            for column, operator, value in chart.where
        ],
    }
    if chart.kind == "table":
        form |= {
            "query_mode": "raw",
            "all_columns": list(chart.columns),
            "order_by_cols": [
                json.dumps([name, rising], ensure_ascii=False) for name, rising in chart.order
            ],
        }
    elif chart.columns:
        form |= {
            "x_axis": chart.columns[0],
            "groupby": list(chart.columns[1:]),
            "metrics": list(chart.metrics),
        }
    return form | chart.form


def _query(chart: Chart) -> Record:
    """What the server asks of the warehouse where no browser draws the chart: for its REST API."""
    asked: Record = {
        "columns": list(chart.columns),
        "filters": [
            {"col": column, "op": operator, "val": value} for column, operator, value in chart.where
        ],
        "orderby": [list(order) for order in chart.order],
        "row_limit": chart.rows,
    }
    if chart.metrics:
        asked["metrics"] = list(chart.metrics)
    return {"queries": [asked], "result_format": "json", "result_type": "full"}


def _dashboard() -> Record:
    return {
        "dashboard_title": dashboard.TITLE,
        "slug": dashboard.SLUG,
        "published": True,
        "uuid": _uuid("dashboard"),
        "position": _position(),
        "metadata": {
            "color_scheme": "supersetColors",
            "cross_filters_enabled": True,
            "filter_bar_orientation": "VERTICAL",
            "native_filter_configuration": [_filter(one) for one in dashboard.FILTERS],
        },
        "version": _VERSION,
    }


def _position() -> Record:
    """The grid of the dashboard: a row of text, then rows of charts."""
    rows = ["ROW-about", *(f"ROW-{names[0]}" for names in dashboard.ROWS)]
    within = ["ROOT_ID", "GRID_ID"]
    position: Record = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": dashboard.TITLE}},
        "ROW-about": _row("about", ["MARKDOWN-about"]),
        "MARKDOWN-about": {
            "type": "MARKDOWN",
            "id": "MARKDOWN-about",
            "children": [],
            "parents": [*within, "ROW-about"],
            "meta": {"width": _ROW, "height": 15, "code": dashboard.ABOUT},
        },
    }
    charts = {chart.name: chart for chart in dashboard.CHARTS}
    for names in dashboard.ROWS:
        position[f"ROW-{names[0]}"] = _row(names[0], [f"CHART-{name}" for name in names])
        for name in names:
            position[f"CHART-{name}"] = {
                "type": "CHART",
                "id": f"CHART-{name}",
                "children": [],
                "parents": [*within, f"ROW-{names[0]}"],
                "meta": {
                    "chartId": _number(name),
                    "width": charts[name].width,
                    "height": charts[name].height,
                    "sliceName": charts[name].title,
                    "uuid": _uuid("chart", name),
                },
            }
    return position


def _row(name: str, children: list[str]) -> Record:
    return {
        "type": "ROW",
        "id": f"ROW-{name}",
        "children": children,
        "parents": ["ROOT_ID", "GRID_ID"],
        "meta": {"background": "BACKGROUND_TRANSPARENT"},
    }


def _number(name: str) -> int:
    """The number of a chart in the bundle; Superset gives it another."""
    return [chart.name for chart in dashboard.CHARTS].index(name) + 1


def _filter(one: Filter) -> Record:
    return {
        "id": f"NATIVE_FILTER-{_uuid('filter', one.title)}",
        "type": "NATIVE_FILTER",
        "name": one.title,
        "filterType": "filter_select",
        "targets": [
            {"column": {"name": one.column}, "datasetUuid": _uuid("dataset", one.mart)},
        ],
        "controlValues": {
            "multiSelect": True,
            "enableEmptyFilter": False,
            "defaultToFirstItem": False,
            "inverseSelection": False,
            "searchAllOptions": True,
        },
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "cascadeParentIds": [],
        "scope": {
            "rootPath": ["ROOT_ID"],
            "excluded": [_number(name) for name in one.unknown_to],
        },
    }


def write(folder: Path) -> None:
    """Write the bundle as a folder, in place of the one that is there."""
    files = bundle()
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def pack(target: Path, warehouse: Path) -> None:
    """Write the bundle as a zip that Superset imports.

    Args:
        target: the zip.
        warehouse: the file that the dashboard is to show.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in bundle(f"duckdb:///{warehouse.resolve()}").items():
            packed.writestr(f"zhibiao/{path}", text)


def _main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", help="write the bundle as a folder")
    parser.add_argument("--zip", type=Path, help="write the bundle as a zip")
    parser.add_argument("--warehouse", type=Path, help="the file that the zip is to show")
    given = parser.parse_args(arguments)
    if (given.zip is None) != (given.warehouse is None) or given.zip is given.folder is None:
        parser.error("give a folder, or --zip together with --warehouse")
    if given.folder:
        write(given.folder)
    if given.zip:
        pack(given.zip, given.warehouse)


if __name__ == "__main__":
    _main()
