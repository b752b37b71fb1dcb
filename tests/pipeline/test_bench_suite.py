"""The benchmark runs from end to end over a tiny text. What it measures is not judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
_TEXT = """青禾街道2023年上半年工作总结
一、工作成效
上半年，全街道一般公共预算收入2.26亿元，同比增长8.33%。新增企业120家，走访居民3400户。
"""


def _bench(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "qinghe-2023h1.txt").write_text(_TEXT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs") / "performance.md"
    path.write_bytes((ROOT / "docs" / "performance.md").read_bytes())
    return path


@pytest.fixture(scope="module")
def suite(
    reports: Path, document: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict]:
    """What the whole suite printed, and the figures that it kept."""
    kept = tmp_path_factory.mktemp("figures") / "figures.json"
    sizes = ("--rounds", 1, "--characters", 1, "--observations", 250)
    done = _bench(
        "bench.suite", "--no-peers", "--reports", reports, *sizes,
        "--json", kept, "--docs", document,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(kept.read_text("utf-8"))


def test_every_part_has_figures(suite: tuple[str, dict]) -> None:
    _, figures = suite
    observations = {stage["observations"] for stage in figures["stages"]}
    assert len(observations) == 1, "compiled and interpreted find the same"
    assert observations.pop() >= 4
    assert [stage["mode"] for stage in figures["stages"]] == figures["modes"]
    assert "interpreted" in figures["modes"]
    assert figures["hot_spots"]["functions"]
    assert figures["star"]["bytes"]["star"] > 0


def test_each_parser_reads_the_same_texts(suite: tuple[str, dict]) -> None:
    _, figures = suite
    rows = {row["label"]: row for row in figures["race"]["rows"]}
    assert {"zhibiao, interpreted", "jieba.cut", "jieba.posseg.cut"} <= rows.keys()
    for row in rows.values():
        assert "missing" not in row
        assert row["peak_bytes"] > 1_000_000
        assert all(len(read["rounds"]) == 1 for read in row["seconds"].values())
    assert rows["zhibiao, interpreted"]["seconds"]["sample"]["results"] >= 4


def test_tables_are_printed_and_written(suite: tuple[str, dict], document: Path) -> None:
    printed, figures = suite
    written = document.read_text("utf-8")
    for title in ("Side by side", "Start, memory, results", "Stages, interpreted"):
        assert title in printed
        assert f"### {title}" in written
    assert figures["machine"]["commit"] in written
    assert written.count("<!-- end of tables -->") == 1


def test_a_parser_that_is_missing_is_named_and_the_others_go_on() -> None:
    code = (
        "import json; from bench import peers, tables\n"
        "rows = [peers.Contestant('jieba.cut', 'jieba.cut'), peers.Contestant('gone', 'no such')]\n"
        "texts = [('a.txt', '全年完成投资120亿元。')]\n"
        "race = peers.race(rows, texts, texts, 1)\n"
        "table = next(iter(tables.speeds(race)))\n"
        "print(json.dumps([race['rows'], table.rows, table.note]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (jieba, gone), cells, note = json.loads(done.stdout)
    assert jieba["seconds"]["sample"]["results"] > 0
    assert gone["missing"] == "stopped with KeyError: 'no such'"
    assert cells[1][:3] == ["gone", "all", "missing"]
    assert f"gone {gone['missing']}." in note


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("bench.parse_speed", "--reports", "{empty}"), "no text files in", id="empty"),
        pytest.param(
            ("bench.suite", "--docs", "README.md", "--reports", "{empty}"),
            "the document lacks the lines",
            id="no-marks",
        ),
    ],
)
def test_what_cannot_be_done_is_said_at_once(
    arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    done = _bench(*(argument.format(empty=tmp_path) for argument in arguments))
    assert done.returncode == 1
    assert message in done.stderr
