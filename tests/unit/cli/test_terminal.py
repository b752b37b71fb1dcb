"""Any text can be printed, and what cannot be printed never decides what is published."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.table import Table

from pipelines.console import out, say
from pipelines.terminal import visible
from pipelines.warehouse.connect import read_only

ZHIBIAO = (sys.executable, "-m", "zhibiao")
REPORT = r"东沙街道2023年工作总结。发放\[/x]补贴同比增长2000%。走访企业9家。"


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with a report and a file that is refused; the warehouse to build."""
    reports = tmp_path / "reports"
    (reports / "\\[").mkdir(parents=True)
    (reports / "a.txt").write_text(REPORT, "utf-8")
    (reports / "\\[/x] \x1b[31m.txt").touch()
    return reports, tmp_path / "w.duckdb"


def build(places: tuple[Path, Path]) -> list[str]:
    reports, warehouse = map(str, places)
    return [*ZHIBIAO, "build", "--reports", reports, "--warehouse", warehouse, "--workers", "1"]


def figures(warehouse: Path) -> int:
    with read_only(warehouse) as con:
        return con.sql("select count(*) from fact_observation").fetchall()[0][0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("a\x00b\tc", "a␀b␉c"),
        ("\x7f\x9b", "␡\ufffd"),
        ("\u202e反", "\ufffd反"),
        ("\ud800", "\ufffd"),
        ("甲\n乙", "甲\n乙"),
    ],
)
def test_control_characters_are_shown(text: str, shown: str):
    assert visible(text) == shown


def test_nothing_is_read_as_markup(capsys: pytest.CaptureFixture[str]):
    table = Table("[/x]", title="[bold]")
    table.add_row("\\[/x] \x1b[31m :smile:")
    out.print(table)
    say("[red]甲[/red]", label="check", style="yellow")
    said = capsys.readouterr().out
    assert "\x1b[31m" not in said
    for text in ("[/x]", "[bold]", "\\[/x] ␛[31m :smile:", "[red]甲[/red]"):
        assert text in said


SHELLS = {
    "no reader": "{} | true",
    "closed output": "{} >&-",
    "closed output and error": "{} >&- 2>&-",
    "full disk": "{} > /dev/full",
    "full disk for both": "{} > /dev/full 2>&1",
    "ascii": "PYTHONIOENCODING=ascii {}",
}


QUICK = {"no reader", "full disk"}


@pytest.mark.parametrize(
    "shell",
    [
        pytest.param(shell, id=name, marks=() if name in QUICK else pytest.mark.slow)
        for name, shell in SHELLS.items()
    ],
)
def test_it_publishes_whatever_becomes_of_its_output(shell: str, places: tuple[Path, Path]):
    if "/dev/full" in shell and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    words = " ".join(f"'{word}'" for word in build(places))
    script = "set -o pipefail; " + shell.format(words)
    done = subprocess.run(["bash", "-c", script], check=False, capture_output=True, timeout=120)
    assert done.returncode == 3, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert figures(places[1]) == 2


@pytest.mark.slow
def test_a_query_whose_output_is_lost_has_failed(places: tuple[Path, Path]):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    subprocess.run(build(places), check=False, capture_output=True, timeout=120)
    command = [*ZHIBIAO, "query", str(places[1]), "from dim_unit", "--format", "csv"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, check=False, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert done.returncode == 1
    assert "failed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_reader_of_a_pipe_may_leave(places: tuple[Path, Path]):
    subprocess.run(build(places), check=False, capture_output=True, timeout=120)
    command = [*ZHIBIAO, "query", str(places[1]), "from range(200000)", "--format", "csv"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command, check=False, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60
    )
    os.close(writer)
    assert done.stderr == ""


def test_output_for_programs_is_exact_but_on_a_terminal(places: tuple[Path, Path]):
    pty = pytest.importorskip("pty")
    subprocess.run(build(places), check=False, capture_output=True, timeout=120)
    command = [*ZHIBIAO, "query", str(places[1]), "select chr(27) || 'c' as a", "--format", "csv"]
    piped = subprocess.run(command, check=False, capture_output=True, timeout=60)
    assert piped.stdout == b"a\n\x1bc\n"
    terminal, end = pty.openpty()
    subprocess.run(command, check=False, stdout=end, timeout=60)
    os.close(end)
    shown = os.read(terminal, 1000)
    os.close(terminal)
    assert shown.decode().split() == ["a", "␛c"]


def test_refusals_are_the_last_lines(places: tuple[Path, Path]):
    done = subprocess.run(build(places), check=False, capture_output=True, timeout=120)
    lines = done.stdout.decode().splitlines()
    assert "empty" in lines[-2]
    assert lines[-2].startswith("│ \\[/x] ␛[31m.txt")
