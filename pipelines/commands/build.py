"""`zhibiao build`: read reports, build a warehouse, check it and publish it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import polars as pl
import typer
from rich.progress import MofNCompleteColumn
from rich.table import Table
from rich.text import Text

from pipelines import lexicon
from pipelines.bilingual import Both, Lang, shown
from pipelines.commands.outcome import FAILED, REFUSED, fail, messages
from pipelines.console import out, progress, say
from pipelines.engines.base import Engine
from pipelines.engines.choose import engine_of
from pipelines.engines.staging import Staging, frame_path, load_info, stage_folder
from pipelines.frames.corrections import IN_ORDER
from pipelines.frames.tables import keep_table
from pipelines.pages.labels import REFUSALS, label
from pipelines.settings import EngineName, load_settings, staging_of
from pipelines.terminal import unheard
from pipelines.warehouse.build import BuildResult
from pipelines.warehouse.build import build as build_star
from pipelines.warehouse.certify import certify
from pipelines.warehouse.check import CheckResult
from pipelines.warehouse.connect import sql_errors
from pipelines.warehouse.lock import warehouse_lock
from pipelines.warehouse.publish import publish
from pipelines.warehouse.quality import doubts_of, quality_of
from pipelines.warehouse.target import check_target, real_target


def build(
    reports: Annotated[
        Path | None, typer.Option(help="Folder of reports (.txt), including subfolders.")
    ] = None,
    warehouse: Annotated[Path | None, typer.Option(help="DuckDB file to publish.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Number of worker processes. Default: one per core.")
    ] = None,
    engine: Annotated[
        EngineName | None,
        typer.Option(help="Where to read reports: processes on this machine (local) or Dask."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of a Dask scheduler. Default: a cluster on this machine."),
    ] = None,
    accept_loss: Annotated[
        bool,
        typer.Option(
            "--accept-loss", help="Publish even if much of the published file would be lost."
        ),
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Build the whole file again, instead of renewing what changed in it."
        ),
    ] = False,
) -> None:
    """Read the reports, build the warehouse, check it and publish it.

    Only new and changed reports are read; the file is replaced in one step, and only if it passes
    its checks.

    Exit codes: 0 published; 1 failed, the published file is unchanged; 2 wrong usage;
    3 published, but some files were refused (see the table, and etl_reject in the warehouse);
    130 stopped by Ctrl-C.
    """
    with messages(), sql_errors():
        settings = load_settings()
        lexicon.validate()
        source = reports or settings.reports
        target = real_target(warehouse or settings.warehouse)
        runner = engine_of(
            engine or settings.engine,
            workers or settings.workers,
            scheduler or settings.scheduler,
            settings.memory_limit,
        )
        check_target(target)
        with warehouse_lock(target, settings.lock_wait, _waiting):
            staging = _stage(source, target, runner)
            staged = _keep(staging, target)
            new = target.with_name(f".{target.name}.build")
            result = build_star(
                staged,
                new,
                load_info(uuid4().hex, staging.seconds, target),
                memory_limit=settings.memory_limit,
                full=full,
            )
            findings = certify(
                new,
                staged,
                target,
                loss_limit=settings.loss_limit,
                accept_loss=accept_loss,
                memory_limit=settings.memory_limit,
            )
            rejects = pl.read_parquet(list(staged["stg_reject"]))
            if any(found.blocks for found in findings):
                with unheard():
                    _show_findings(findings)
                    _show_rejects(rejects)
                fail(
                    Both(
                        f"not published; {target} is unchanged, the new file is {new}",
                        f"没有发布；{target} 未变，新文件为 {new}",
                    )
                )
                if any(found.blocks and found.is_loss for found in findings):
                    say(
                        Both(
                            "too much of the published file would be lost; if that is wanted, "
                            "run again with --accept-loss",
                            "已发布的内容会丢失过多；如确需如此，请加 --accept-loss 重新运行",
                        ),
                        error=True,
                    )
                raise typer.Exit(FAILED)
            aside = publish(new, target)
        if aside:
            say(aside, label=Both("kept", "保留"), style="yellow", error=True)
        checked = replace(result, rows=result.rows | {"etl_check": len(findings)})
        with unheard():
            _show_summary(target, staging, checked)
            _show_findings(findings)
            _show_rejects(rejects)
            _show_corrections(pl.read_parquet(list(staged["stg_correction"])))
        if rejects.height:
            raise typer.Exit(REFUSED)


def _waiting(holder: Both) -> None:
    say(
        Both(
            f"waiting: the warehouse is being written by {holder}",
            f"等待：仓库正由{holder.zh}写入",
        ),
        error=True,
    )


def _stage(reports: Path, target: Path, engine: Engine) -> Staging:
    with progress(MofNCompleteColumn()) as bar:
        task = bar.add_task(shown(Both("reading reports", "读取报告")), total=None)
        return stage_folder(
            reports,
            staging_of(target),
            engine,
            lambda done, total: bar.update(task, completed=done, total=total),
        )


def _keep(staging: Staging, target: Path) -> dict[str, tuple[Path, ...]]:
    return {
        name: keep_table(table, frame_path(staging_of(target), name))
        for name, table in staging.tables.items()
    }


def _show_rejects(rejects: pl.DataFrame) -> None:
    if rejects.is_empty():
        return
    heads = (Both("file", "文件"), Both("reason", "原因"), Both("detail", "说明"))
    title = Both(f"refused: {rejects.height}", f"拒收：{rejects.height}")
    table = Table(*map(shown, heads), title=shown(title))
    for name, reason, detail, zh in rejects.iter_rows():
        kind = Both(reason, f"{label(REFUSALS, reason, Lang.zh)}（{reason}）")
        row = (name, shown(kind), shown(Both(detail, zh)))
        table.add_row(*map(Text, row))
    out.print(table)


def _show_corrections(corrections: pl.DataFrame) -> None:
    """Tell of corrections that did not fit; `etl_correction` has them all."""
    for row in corrections.iter_rows(named=True):
        if (state := row["correction_state"]) not in IN_ORDER:
            name, field = row["file_name"] or row["report_sha256"][:12], row["corrected_field"]
            line, at = row["line_no"], row["char_start"]
            say(
                Both(
                    f"corrections.csv, line {line}: {name}, character {at}: {field} is not "
                    f"corrected ({state})",
                    f"corrections.csv 第 {line} 行：{name} 第 {at} 个字符的 {field} 没有更正"
                    f"（{state}）",
                ),
                label=Both("correction", "更正"),
                style="yellow",
            )


def _show_findings(findings: Iterable[CheckResult]) -> None:
    for found in findings:
        if not found.passed:
            colour = "red" if found.blocks else "yellow"
            say(found, label=Both("check", "检查"), style=colour)


def _show_summary(target: Path, staging: Staging, result: BuildResult) -> None:
    table = Table("", shown(Both("rows", "行数")), title=Text(str(target)), title_justify="left")
    table.columns[1].justify = "right"
    for name, count in sorted(result.rows.items()):
        table.add_row(name, f"{count:,}")
    out.print(table)
    how = Both(f"{result.renewed} reports renewed", f"更新 {result.renewed} 份报告")
    if why := result.whole:
        how = Both(f"whole ({why})", f"整体重建（{why.zh}）")
    say(_accounts(staging, result.rows["dim_report"] - 1))
    say(
        Both(
            f"{staging.found} reports, {staging.fresh} read in {staging.seconds:.1f} s; "
            f"built in {result.seconds:.1f} s, {how}; published: {target}",
            f"{staging.found} 份报告，新读 {staging.fresh} 份，用时 {staging.seconds:.1f} 秒；"
            f"构建用时 {result.seconds:.1f} 秒，{how.zh}；已发布：{target}",
        )
    )
    if quality := quality_of(target):
        unknown, unbound = quality.unknown_share, quality.unbound_share
        doubtful = doubts_of(target)
        say(
            Both(
                f"not understood: {unknown:.2%} of the numerals; "
                f"without an indicator: {unbound:.2%} of the observations; "
                f"doubtful: {doubtful:,} observations (mart_doubt)",
                f"未能识别的数字占 {unknown:.2%}；没有指标的观测占 {unbound:.2%}；"
                f"存疑观测 {doubtful:,} 条（mart_doubt）",
            )
        )


def _accounts(staging: Staging, loaded: int) -> Both:
    """What became of every file of the folder: the numbers add up."""
    left = sum(staging.left_out.values())
    refused = staging.files - loaded - left
    rules = Both("", "")
    if staging.left_out:
        counts = [f"{count} {rule}" for rule, count in staging.left_out.items()]
        rules = Both(f" ({', '.join(counts)})", f"（{'、'.join(counts)}）")
    return Both(
        f"{staging.files} files: {loaded} loaded, {refused} refused, {left} left out{rules}",
        f"{staging.files} 个文件：装载 {loaded}，拒收 {refused}，未读 {left}{rules.zh}",
    )
