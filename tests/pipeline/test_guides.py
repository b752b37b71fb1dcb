"""The commands of the guides run as written, in order, and the tables there are their answers."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from pipelines import contracts
from pipelines.cli import app

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ("analysts.md", "analysts.zh-CN.md")
# With how many commands there are at least.
RUN = {"analysts.md": 7, "analysts.zh-CN.md": 7, "bi.md": 4, "bi.zh-CN.md": 1}
EXPORTS = ("exports.md", "exports.zh-CN.md")
# Under the heading of a question: its SQL, then the first rows of the answer.
_ANSWERED = re.compile(
    r"^## (\d\d) .*?^```sql\n.*?^```\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a checkout is one, with the warehouse of the samples."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("seeds", "sql"):
        (folder / name).symlink_to(ROOT / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        said = "2025年,街道将继续抓好各项工作。"
        draft = docx.Document()
        draft.add_paragraph(said)
        draft.save("draft.docx")
        Path("draft.txt").write_text(said, "utf-8")
        run("zhibiao build --reports seeds/reports --warehouse warehouse/zhibiao.duckdb")
    return folder


def run(command: str) -> str:
    command, *_ = command.split(" > ")  # into a file: what it prints is asked for here
    program, *arguments = shlex.split(command)
    assert program == "zhibiao"
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": "80"})
    assert done.exit_code == 0, f"{command}\n{done.output}"
    return done.stdout


def commands(guide: str) -> list[str]:
    text = (ROOT / "docs" / guide).read_text("utf-8")
    return re.findall(r"^    (?:\.venv/bin/)?(zhibiao .*)$", text, re.MULTILINE)


@pytest.mark.parametrize("guide", RUN)
@pytest.mark.slow
def test_a_guide_runs_as_written(guide: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    found = commands(guide)
    assert len(found) >= RUN[guide]
    for command in found:
        run(command)


@pytest.mark.parametrize("path", contracts.files("queries"), ids=lambda path: path.stem)
@pytest.mark.slow
def test_each_question_is_answered_by_its_command(
    path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    command = f"zhibiao query warehouse/zhibiao.duckdb --file sql/queries/{path.name}"
    answer = list(csv.reader(io.StringIO(run(f"{command} --format csv"))))
    assert run(command)
    for guide in GUIDES:
        answered = dict(_ANSWERED.findall((ROOT / "docs" / guide).read_text("utf-8")))
        shown = [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in answered[path.stem[:2]].splitlines()
            if line.startswith("|") and not line.startswith("| ---")
        ]
        assert shown == answer[: len(shown)]
        assert bool(shown) == (len(answer) > 1), "an answer has a table"


@pytest.mark.parametrize("guide", EXPORTS)
@pytest.mark.slow
def test_every_export_of_the_guide_can_be_made(
    guide: str, desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(desk)
    found = commands(guide)
    assert len(found) >= 8
    for number, command in enumerate(found):
        # In the list of forms what each does stands behind many blanks.
        form, *_ = re.split(r"\s{3,}", command)
        for word, name in (
            ("WAREHOUSE", "warehouse/zhibiao.duckdb"),
            ("数据库文件", "warehouse/zhibiao.duckdb"),
            ("FOLDER", str(tmp_path / str(number))),
            ("目录", str(tmp_path / str(number))),
            (" panel --", f" {tmp_path / str(number)} --"),
        ):
            form = form.replace(word, name)
        run(form)
        assert (tmp_path / str(number) / "export.json").is_file(), form
