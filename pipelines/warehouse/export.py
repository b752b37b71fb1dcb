"""A published warehouse as a folder of files, for programs, spreadsheets and statistics.

What belongs here: which tables and views go, how the folder comes to be there whole or not at all.
How a file is written is the business of `spreadsheets` (CSV, XLSX) and `labelled` (Stata, SPSS)
and `sdmx`.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import duckdb

from pipelines.bilingual import Both, Lang
from pipelines.errors import ExportError
from pipelines.warehouse import croissant, datapackage
from pipelines.warehouse.connect import explain, read_only
from pipelines.warehouse.datapackage import Exported, Load, Part
from pipelines.warehouse.labelled import labelled_library, variable_names, write_dta, write_sav
from pipelines.warehouse.panel import offer_panel
from pipelines.warehouse.relation import Relation, literal, quoted, relation_of
from pipelines.warehouse.sdmx import STRUCTURE, offer_series, write_sdmx, write_structure
from pipelines.warehouse.spreadsheets import (
    headings,
    require_rows,
    write_csv,
    write_xlsx,
    xlsx_library,
)

MANIFEST = "export.json"
COLUMNS = "columns.csv"


class Form(StrEnum):
    """Formats of exported files."""

    parquet = "parquet"
    csv = "csv"
    xlsx = "xlsx"
    dta = "dta"
    sav = "sav"
    sdmx = "sdmx"

    @property
    def suffix(self) -> str:
        """How the names of the files end."""
        return "csv" if self is Form.sdmx else self.value


def export(
    warehouse: Path,
    folder: Path,
    form: Form = Form.parquet,
    *,
    names: Sequence[str] = (),
    panel: Sequence[str] = (),
    by_year: bool = False,
    labels: Lang | None = None,
    force: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> dict[str, int]:
    """Write tables and views of a published file to a new folder, all of one load.

    Beside them stand `columns.csv`, which says what every column is, `export.json`, which says
    what was exported, and two descriptions of the folder, with licence and citation, that programs
    read: `datapackage.json` and `croissant.json`.

    Args:
        warehouse: the published file.
        folder: the folder to make. It appears when everything is written.
        form: the format of the files.
        names: the tables and views to write; where not given, every table as Parquet, or every
            mart in the other formats, but none beside a panel.
            Of no effect as SDMX, which has `mart_series`.
        panel: indicators of which a panel is written, region by year, and its sources.
        by_year: part what belongs to a report by the year of the report; Parquet only.
        labels: the language of headings (CSV, XLSX) and of the labels of variables (Stata, SPSS).
            Without it headings are names of columns, and variables have labels in both languages.
        force: replace what an earlier export left in the folder.
        progress: called with the rows done and the rows to do.

    Returns:
        Rows by table or view.

    Raises:
        WarehouseError: the file cannot be read, or the folder not written.
        ExportError: the folder holds something, a name or indicator is unknown, or the format
            cannot hold what was asked for. Nothing is left behind then.
    """
    folder = folder.resolve()
    if form in _LIBRARIES:
        _LIBRARIES[form]()
    with read_only(warehouse) as con:
        try:
            relations = _chosen(con, form, names, panel)
            if form is Form.xlsx:
                for relation in relations:
                    require_rows(relation)
            with _whole(folder, force) as work:
                how = _How(form, by_year, labels)
                _write(con, relations, work, how, progress or _nothing)
                load = _load(con)
                if form is Form.sdmx:
                    write_structure(con, work / STRUCTURE, load.loaded_at)
                _describe(relations, work / COLUMNS)
                _package(load, relations, work, how)
                _note(load, relations, work, form)
        except duckdb.Error as error:
            raise explain(warehouse, error) from error
        except OSError as error:
            raise explain(folder, error) from error
    return {relation.name: relation.rows for relation in relations}


_LIBRARIES = {
    Form.xlsx: xlsx_library,
    Form.dta: labelled_library,
    Form.sav: labelled_library,
}
_WRITERS = {Form.csv: write_csv, Form.dta: write_dta, Form.sav: write_sav}


class _How(NamedTuple):
    """What was asked of the files."""

    form: Form
    by_year: bool
    labels: Lang | None


def _nothing(_done: int, _total: int) -> None:
    return


def _chosen(
    con: duckdb.DuckDBPyConnection, form: Form, names: Sequence[str], panel: Sequence[str]
) -> tuple[Relation, ...]:
    if form is Form.sdmx:
        return (offer_series(con),)
    panels = offer_panel(con, panel) if panel else ()
    return (*panels, *(_relations(con, form, names) if names or not panel else ()))


def _relations(
    con: duckdb.DuckDBPyConnection, form: Form, names: Sequence[str]
) -> tuple[Relation, ...]:
    """What is to be written, as the file itself declares and describes it."""
    # A mart is one by its name: those that no view answers in time are tables. The schema zh shows
    # the same under other names.
    marts = dict(
        con.sql(
            "select table_name, starts_with(table_name, 'mart_') from duckdb_tables() "
            "where not internal and not temporary and schema_name = 'main' "
            "union all select view_name, true from duckdb_views() "
            "where not internal and not temporary and schema_name = 'main' order by all"
        ).fetchall()
    )
    unknown = [name for name in names if name not in marts]
    if unknown:
        known = ", ".join(marts)
        raise ExportError(
            ", ".join(unknown),
            Both("the warehouse has no such table or view", "仓库中没有这张表或视图"),
            Both(f"It has {known}", f"可选：{known}"),
        )
    chosen = names or [name for name, mart in marts.items() if mart != (form is Form.parquet)]
    return tuple(relation_of(con, name) for name in dict.fromkeys(chosen))


def _write(
    con: duckdb.DuckDBPyConnection,
    relations: Sequence[Relation],
    work: Path,
    how: _How,
    progress: Callable[[int, int], object],
) -> None:
    total = sum(relation.rows for relation in relations)
    done = 0
    for relation in relations:
        path = work / f"{relation.name}.{how.form.suffix}"
        if how.form is Form.xlsx:
            advance = partial(_advance, progress, total, done)
            write_xlsx(con, relation, path, advance, how.labels)
        elif how.form is Form.sdmx:
            write_sdmx(con, relation, path)
        elif how.form is Form.parquet:
            _write_parquet(con, relation, path, how.by_year)
        else:
            _WRITERS[how.form](con, relation, path, how.labels)
        done += relation.rows
        progress(done, total)


def _advance(progress: Callable[[int, int], object], total: int, before: int, rows: int) -> None:
    progress(before + rows, total)


def _write_parquet(
    con: duckdb.DuckDBPyConnection, relation: Relation, path: Path, by_year: bool
) -> None:
    name = quoted(relation.name)
    of_report = "report_key" in relation.columns and not relation.name.startswith("dim_")
    if not (by_year and of_report):
        con.sql(f"copy {name} to {literal(path)} (format parquet, compression zstd)")
        return
    con.sql(
        f"copy (select whole.*, period.period_year as report_year from {name} as whole "  # noqa: S608
        "left join dim_report as report on whole.report_key = report.report_key "
        "left join dim_period as period on report.period_key = period.period_key) "
        f"to {literal(path.with_suffix(''))} "
        "(format parquet, compression zstd, partition_by (report_year))"
    )


def _describe(relations: Sequence[Relation], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("table", "column", "type", "label_zh", "label_en", "zh", "en"))
        for relation in relations:
            for field in relation.fields:
                labels = (field.label_zh, field.label_en)
                words = (*labels, field.zh, field.en)
                lines.writerow((relation.name, field.name, field.type.lower(), *words))


def _load(con: duckdb.DuckDBPyConnection) -> Load:
    (last,) = con.sql(
        "select load_id, loaded_at, report_count from etl_load order by load_no desc limit 1"
    ).fetchall()
    return Load(*last)


def _package(load: Load, relations: Sequence[Relation], work: Path, how: _How) -> None:
    parts = (
        Part(relation, _files_of(relation, work), _heads(relation, how)) for relation in relations
    )
    written = tuple(part for part in parts if part.files)  # parted, a table without rows has none
    structures = (STRUCTURE,) if how.form is Form.sdmx else ()
    exported = Exported(work, how.form.suffix, written, load, structures)
    _write_json(work / datapackage.NAME, datapackage.data_package(exported))
    _write_json(work / croissant.NAME, croissant.croissant(exported))


def _files_of(relation: Relation, work: Path) -> tuple[str, ...]:
    own = (name for name in _files(work) if name.split("/")[0].split(".")[0] == relation.name)
    return tuple(sorted(own))


def _heads(relation: Relation, how: _How) -> tuple[str, ...]:
    """What the columns are called in the files."""
    if how.form in (Form.dta, Form.sav):
        return tuple(variable_names(relation).values())
    return headings(relation, how.labels)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _note(load: Load, relations: Sequence[Relation], work: Path, form: Form) -> None:
    note = {
        "load_id": load.load_id,
        "loaded_at": str(load.loaded_at),
        "format": form.value,
        "rows": {relation.name: relation.rows for relation in relations},
        "files": sorted([*_files(work), MANIFEST]),
    }
    _write_json(work / MANIFEST, note)


def _files(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


@contextmanager
def _whole(folder: Path, force: bool) -> Iterator[Path]:
    """A folder to write in, that takes its place when all went well and is gone otherwise."""
    _may_take(folder, force)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}.part")
    old = work.with_suffix(".old")
    work.mkdir()
    try:
        yield work
        if folder.exists():
            folder.rename(old)
        try:
            work.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _may_take(folder: Path, force: bool) -> None:
    """Only what an export wrote may be replaced, never what somebody else put there."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError(
            folder, Both("it is a file", "这是文件"), Both("Name a folder", "请指定文件夹")
        )
    present = set(_files(folder))
    if not present and not any(folder.iterdir()):
        return
    if present - _exported(folder):
        raise ExportError(
            folder,
            Both("it has files that no export wrote", "其中有并非导出所写的文件"),
            Both("Name another folder", "请另指定文件夹"),
        )
    if not force:
        raise ExportError(
            folder,
            Both("an earlier export is in it", "其中已有一次导出"),
            Both("Replace it with --force", "如需替换，请加 --force"),
        )


def _exported(folder: Path) -> set[str]:
    """The files that an earlier export wrote into the folder."""
    try:
        return set(json.loads((folder / MANIFEST).read_text("utf-8"))["files"])
    except (OSError, ValueError, TypeError, KeyError):
        return set()
