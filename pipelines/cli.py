"""`zhibiao`: the commands. Arguments in, work done by the floors below, tables and messages out."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import duckdb
import polars as pl
import typer
from rich.progress import MofNCompleteColumn, TaskProgressColumn
from rich.table import Column, Table
from rich.text import Text

from pipelines import display, explain_text, lexicon, parse_text, scoring
from pipelines.engines.base import Engine
from pipelines.engines.choose import engine_of
from pipelines.engines.staging import Staging, frame_path, load_info, stage_folder
from pipelines.errors import DocumentError, WarehouseError, ZhibiaoError
from pipelines.frames.store import keep_table
from pipelines.reading.decode import decode
from pipelines.relations import frame_of, in_words
from pipelines.settings import EngineName, load_settings, staging_of
from pipelines.synth import write_reports
from pipelines.terminal import out, prepare, progress, say, settle, unheard, write
from pipelines.text.model import Numeral
from pipelines.warehouse.build import BuildResult, build
from pipelines.warehouse.certify import certify
from pipelines.warehouse.check import CheckResult
from pipelines.warehouse.connect import confined, interrupted, read_only
from pipelines.warehouse.export import Form, export
from pipelines.warehouse.lock import warehouse_lock
from pipelines.warehouse.publish import publish
from pipelines.warehouse.quality import doubts_of, quality_of
from pipelines.warehouse.spreadsheets import disarmed
from pipelines.warehouse.target import check_target, real_target

FAILED = 1
REFUSED = 3  # published, but some files were refused
STOPPED = 130  # as the shell has it for Ctrl-C

app = typer.Typer(
    name="zhibiao",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Output(StrEnum):
    """Forms in which `query` prints rows."""

    table = "table"
    csv = "csv"
    json = "json"


class Partition(StrEnum):
    """By what `export` parts the facts."""

    year = "year"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"zhibiao {version('zhibiao')}")
        raise typer.Exit


@app.callback()
def common(
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Zhibiao (指标): Chinese government reports as a queryable DuckDB warehouse."""


@contextmanager
def _messages() -> Iterator[None]:
    """What went wrong as one line on standard error, and an exit code that says so."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of a pipe has had enough (`| head`): Click ends in silence
    except (ZhibiaoError, duckdb.Error, OSError) as error:
        if isinstance(error, duckdb.Error) and interrupted(error):
            raise _stopped() from None
        said = _cause(error) if isinstance(error, OSError) else error
        _fail(said)
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt:
        raise _stopped() from None


def _stopped() -> typer.Exit:
    say("stopped; the published file is unchanged", error=True)
    return typer.Exit(STOPPED)


def _cause(error: OSError) -> str:
    """What the system refused, without the number of the error."""
    if error.filename is None or error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}"


def _fail(text: object) -> None:
    say(text, label="failed", style="bold red", error=True)


@app.command(name="build")
def build_command(
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
) -> None:
    """Read the reports, build the warehouse, check it and publish it.

    Only new and changed reports are read; the file is replaced in one step, and only if it passes
    its checks.

    Exit codes: 0 published; 1 failed, the published file is unchanged; 2 wrong usage;
    3 published, but some files were refused (see the table, and etl_reject in the warehouse);
    130 stopped by Ctrl-C.
    """
    with _messages():
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
            result = build(
                staged,
                new,
                load_info(uuid4().hex, staging.seconds, target),
                memory_limit=settings.memory_limit,
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
                _fail(f"not published; {target} is unchanged, the new file is {new}")
                if any(found.blocks and found.is_loss for found in findings):
                    say(
                        "too much of the published file would be lost; if that is wanted, "
                        "run again with --accept-loss",
                        error=True,
                    )
                raise typer.Exit(FAILED)
            aside = publish(new, target)
        if aside:
            say(aside, label="kept", style="yellow", error=True)
        checked = replace(result, rows=result.rows | {"etl_check": len(findings)})
        with unheard():
            _show_summary(target, staging, checked)
            _show_findings(findings)
            _show_rejects(rejects)
        if rejects.height:
            raise typer.Exit(REFUSED)


def _waiting(holder: str) -> None:
    say(f"waiting: the warehouse is being written by {holder}", error=True)


def _stage(reports: Path, target: Path, engine: Engine) -> Staging:
    with progress(MofNCompleteColumn()) as bar:
        task = bar.add_task("reading reports", total=None)
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
    table = Table("file", "reason", "detail", title=f"refused: {rejects.height}")
    for row in rejects.iter_rows():
        table.add_row(*map(Text, map(str, row)))
    out.print(table)


def _show_findings(findings: Iterable[CheckResult]) -> None:
    for found in findings:
        if not found.passed:
            colour = "red" if found.blocks else "yellow"
            say(found, label="check", style=colour)


def _show_summary(target: Path, staging: Staging, result: BuildResult) -> None:
    table = Table("", "rows", title=Text(str(target)), title_justify="left")
    table.columns[1].justify = "right"
    for name, count in sorted(result.rows.items()):
        table.add_row(name, f"{count:,}")
    out.print(table)
    for line in (
        _accounts(staging, result.rows["dim_report"] - 1),
        f"{staging.found} reports, {staging.fresh} read in {staging.seconds:.1f} s; "
        f"built in {result.seconds:.1f} s; published: {target}",
    ):
        say(line)
    if quality := quality_of(target):
        say(
            f"not understood: {quality.unknown_share:.2%} of the numerals; "
            f"without an indicator: {quality.unbound_share:.2%} of the observations; "
            f"doubtful: {doubts_of(target):,} observations (mart_doubt)"
        )


def _accounts(staging: Staging, loaded: int) -> str:
    """What became of every file of the folder: the numbers add up."""
    rules = ", ".join(f"{count} {rule}" for rule, count in staging.left_out.items())
    left = sum(staging.left_out.values())
    return (
        f"{staging.files} files: {loaded} loaded, {staging.files - loaded - left} refused, "
        f"{left} left out" + (f" ({rules})" if rules else "")
    )


@app.command()
def parse(
    file: Annotated[
        str, typer.Argument(help="Report file, or - for standard input (UTF-8 or GB18030).")
    ],
    numerals: Annotated[
        bool, typer.Option("--numerals", help="Print the ledger of numerals instead.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Explain each observation in words."),
    ] = False,
) -> None:
    """Print what one report says as JSON Lines: its observations, or its ledger of numerals."""
    with _messages():
        lexicon.validate(large=False)
        name = "stdin.txt" if file == "-" else Path(file).name
        text = decode(_bytes(file, load_settings().max_report_bytes), name).raw
        if explain:
            for explanation in explain_text(text, file_name=name):
                write("\n".join(explanation.lines()) + "\n\n")
            return
        parsed = parse_text(text, file_name=name)
        records = (
            map(_ledger_line, parsed.numerals)
            if numerals
            else map(scoring.record_of, parsed.observations)
        )
        for record in records:
            write(_json_line(record) + "\n")


def _bytes(file: str, limit: int) -> bytes:
    """The bytes of a report, from standard input for `-`; no more than are needed is read."""
    if file == "-":
        data = sys.stdin.buffer.read(limit + 1)
    else:
        with Path(file).open("rb") as handle:
            data = handle.read(limit + 1)
    if len(data) > limit:
        detail = f"it is longer than the {limit:,} bytes that ZHIBIAO_MAX_REPORT_BYTES allows"
        raise DocumentError(file, "too_large", detail)
    return data


def _ledger_line(numeral: Numeral) -> dict[str, object]:
    return {
        "start": numeral.start,
        "end": numeral.end,
        "text": numeral.text,
        "value": numeral.value,
        "unit": numeral.unit,
        "disposition": numeral.disposition,
    }


def _json_line(record: dict[str, object]) -> str:
    """JSON with exact decimals as plain numbers, which the json module cannot write."""
    cells = (f"{json.dumps(key)}: {_json_value(value)}" for key, value in record.items())
    return "{" + ", ".join(cells) + "}"


def _json_value(value: object) -> str:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return json.dumps(value, ensure_ascii=False, default=str)


@app.command()
def synth(
    count: Annotated[int, typer.Argument(min=1, metavar="N", help="Number of reports.")],
    folder: Annotated[
        Path, typer.Option("--out", help="Output folder; 1,000 reports per subfolder.")
    ] = Path("synth"),
    seed: Annotated[int, typer.Option(help="The same seed writes the same reports.")] = 0,
    characters: Annotated[int, typer.Option(min=1, help="Minimum length in characters.")] = 3000,
) -> None:
    """Write invented reports, for trials and benchmarks: no figure in them is real."""
    with (
        _messages(),
        progress(MofNCompleteColumn()) as bar,
    ):
        task = bar.add_task("writing reports", total=count)
        written = write_reports(
            folder,
            count,
            seed=seed,
            characters=characters,
            progress=lambda done: bar.update(task, completed=done),
        )
        say(f"{count} reports, {written:,} characters: {folder}")


@app.command()
def score(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    gold: Annotated[Path, typer.Argument(help="Folder of gold files (REPORT.jsonl).")],
    misses: Annotated[int, typer.Option(min=0, help="Show the first N disagreements.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Accuracy of a warehouse against hand-annotated observations.

    Figures by field, by measure and by report; with --misses also the sentences where the two
    disagree, the quote in 【】, and what was got and wanted in each wrong field.
    """
    with _messages():
        wanted = scoring.read_gold(gold)
        if not wanted:
            _fail(f"{gold} holds no .jsonl file")
            raise typer.Exit(FAILED)
        predicted, passages = _predictions(warehouse)
        result = scoring.score(predicted, wanted)
        if as_json:
            typer.echo(json.dumps(scoring.figures(result), ensure_ascii=False, indent=2))
            return
        for table in display.score_tables(result):
            out.print(table)
        for miss in result.misses[:misses]:
            out.print(display.disagreement(miss, _sentence(passages, miss)), soft_wrap=True)
        left = len(result.misses) - misses
        if left > 0:
            say(f"{left} more disagreements; --misses N shows them")


Passages = dict[str, list[tuple[int, int, str]]]


def _predictions(warehouse: Path) -> tuple[dict[str, list[scoring.Claim]], Passages]:
    """Observations and sentences by report, the file name without folder and ending."""
    with read_only(warehouse) as con:
        rows = frame_of(con.table("mart_observation")).sort("file_name", "char_start").to_dicts()
        spans = con.sql(
            "select file_name, char_start, char_end, sentence from dim_passage "
            "inner join dim_report using (report_key) order by file_name, char_start"
        ).fetchall()
    claims: dict[str, list[scoring.Claim]] = {}
    for row in rows:
        record = row | {
            "start": row["char_start"],
            "end": row["char_end"],
            "code": row["indicator_code"],
        }
        claims.setdefault(Path(row["file_name"]).stem, []).append(scoring.claim_of(record))
    passages: Passages = {}
    for file_name, *span in spans:
        passages.setdefault(Path(file_name).stem, []).append((span[0], span[1], span[2]))
    return claims, passages


def _sentence(passages: Passages, miss: scoring.Miss) -> Text | None:
    claim = miss.want or miss.got
    for start, end, sentence in passages.get(miss.report, ()):
        if claim and start <= claim.start < end:
            return display.marked(sentence, claim.quote, claim.start - start)
    return None


@app.command()
def sample(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    rows: Annotated[int, typer.Option(min=1, help="Number of observations.")] = 50,
    seed: Annotated[
        int | None, typer.Option(help="The same seed draws the same observations.")
    ] = None,
) -> None:
    """Random observations with their sentences, the quote in 【】, for a person to judge."""
    with _messages():
        number = secrets.randbelow(1_000_000) if seed is None else seed
        with read_only(warehouse) as con:
            draw = con.sql(_SAMPLE, params={"seed": str(number), "rows": rows})
            drawn = frame_of(draw).rows(named=True)
        for place, row in enumerate(drawn, 1):
            out.print(display.observation(row, f"{place}/{len(drawn)}"), soft_wrap=True)
        say(f"{len(drawn)} observations, seed {number}")


# Keys are hashes of their own, so the draw depends on the observations and the seed alone.
_SAMPLE = """
select observation.*, passage.char_start as passage_start
from mart_observation as observation
inner join fact_observation as fact using (observation_key)
inner join dim_passage as passage on fact.passage_key = passage.passage_key
order by md5(observation.observation_key || '/' || $seed)
limit $rows
"""


@app.command(name="export")
def export_command(
    warehouse: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    folder: Annotated[Path, typer.Argument(help="Output folder.")],
    form: Annotated[
        Form,
        typer.Option("--format", help="Parquet for programs; CSV or XLSX for spreadsheets."),
    ] = Form.parquet,
    mart: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this view or table; repeat for more. "
            "Default: all tables as Parquet, all marts as CSV or XLSX."
        ),
    ] = None,
    partition: Annotated[
        Partition | None,
        typer.Option(help="Partition fact tables by report year (Parquet)."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier export.")] = False,
) -> None:
    """Write the warehouse, or some of its views, to a folder of Parquet, CSV or XLSX.

    The folder appears when it is complete. In CSV and XLSX no text of a report runs as a formula.

    Exit codes: 0 exported; 1 failed, nothing was left behind; 2 wrong usage; 130 stopped by Ctrl-C.
    """
    if partition and form is not Form.parquet:
        raise typer.BadParameter("only Parquet is parted: leave out --partition")
    with (
        _messages(),
        progress(TaskProgressColumn()) as bar,
    ):
        task = bar.add_task("exporting", total=None)
        rows = export(
            warehouse,
            folder,
            form,
            names=mart or (),
            by_year=partition is not None,
            force=force,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        say(
            f"{len(rows)} {'table' if len(rows) == 1 else 'tables'}, "
            f"{sum(rows.values()):,} rows: {folder}"
        )


@app.command()
def query(
    file: Annotated[Path, typer.Argument(help="Published DuckDB file.")],
    sql: Annotated[str, typer.Argument(help="One SQL query.")],
    output: Annotated[Output, typer.Option("--format", help="Output format.")] = Output.table,
    allow_files: Annotated[
        bool,
        typer.Option(
            "--allow-files", help="Let the query read and write other files, and load extensions."
        ),
    ] = False,
) -> None:
    """Run a query over a warehouse.

    The file is opened read-only, and the query sees no other file. In CSV no text runs as a
    formula.
    """
    with _messages():
        with (read_only if allow_files else confined)(file) as con:
            try:
                relation = con.sql(sql)
                rows = pl.DataFrame()
                if relation is not None:
                    rows = frame_of(in_words(relation, keep_nested=output is Output.json))
            except duckdb.PermissionException as error:
                raise WarehouseError(file, *_CONFINED) from error
        if output is Output.csv:
            write(disarmed(rows).write_csv())
        elif output is Output.json:
            for record in rows.iter_rows(named=True):
                write(_json_line(record) + "\n")
        else:
            table = Table(*(Column(Text(name), overflow="fold") for name in rows.columns))
            for row in rows.iter_rows():
                table.add_row(*(Text("" if cell is None else _cell(cell)) for cell in row))
            out.print(table)
            say(f"{rows.height} rows")


_CONFINED = (
    "the query may not read or write other files, load extensions or change settings",
    "If it is your own query, add --allow-files.",
)


def _cell(value: object) -> str:
    return _json_value(value) if isinstance(value, Decimal) else str(value)


def main() -> None:
    """The command `zhibiao`: any text can be printed, and trouble with printing has a message."""
    prepare()
    try:
        app(prog_name="zhibiao")
    except SystemExit:
        if not settle():
            _fail("standard output cannot be written")
            sys.exit(FAILED)
        raise
