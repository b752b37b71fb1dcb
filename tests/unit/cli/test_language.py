"""Messages in Chinese and English: who chooses, what is said, and what never changes."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines import bilingual
from pipelines.bilingual import Both, Lang
from pipelines.cli import app
from pipelines.errors import DocumentError, SeedError, SeedFault, SettingsError, WarehouseError

REPORT = "柳荫镇2023年上半年工作总结\n上半年，全镇实现财政总收入3.25亿元，同比增长6.4%。\n"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("ZHIBIAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    yield
    bilingual.choose(Lang.en, {})


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(REPORT, "utf-8")
    (reports / "b.txt").write_bytes(b"")
    return reports


@pytest.mark.parametrize(
    ("environment_of", "option", "chinese"),
    [
        ({}, None, False),
        ({"LANG": "zh_CN.UTF-8"}, None, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, None, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, None, True),
        ({"LANG": "de_DE.UTF-8"}, None, False),
        ({"LANG": "zh_CN.UTF-8"}, "en", False),
        ({"LANG": "zh_CN.UTF-8", "ZHIBIAO_LANG": "en"}, None, False),
        ({"ZHIBIAO_LANG": "zh"}, None, True),
        ({"ZHIBIAO_LANG": "zh"}, "en", False),
        ({}, "zh", True),
    ],
    ids=str,
)
def test_who_chooses_the_language(environment_of, option, chinese, monkeypatch, tmp_path):
    for name, value in environment_of.items():
        monkeypatch.setenv(name, value)
    before = ("--lang", option) if option else ()
    result = run(*before, "query", tmp_path / "none.duckdb", "select 1")
    assert result.exit_code == 1
    assert ("没有这个文件。请先构建" in result.stderr) is chinese
    assert ("there is no such file. Build it first" in result.stderr) is not chinese


def test_a_language_that_is_not_spoken_is_wrong_usage(monkeypatch):
    assert run("--lang", "fr", "synth", 1).exit_code == 2
    monkeypatch.setenv("ZHIBIAO_LANG", "fr")
    result = run("synth", 1)
    assert result.exit_code == 2
    assert "ZHIBIAO_LANG" in result.stderr


def test_a_load_is_told_in_chinese_and_its_refusals_too(folder, tmp_path):
    target = tmp_path / "w.duckdb"
    result = run("--lang", "zh", "build", "--reports", folder, "--warehouse", target)
    assert result.exit_code == 3
    said = result.stdout
    for words in (
        "2 个文件：装载 1，拒收 1，未读 0",
        "2 份报告，新读 2 份",
        "整体重建（首次装载）",
        "未能识别的数字占 0.00%",
        "拒收：1",
        "空文件（empty）",
        "文件是空的（0 字节）。请放入报告内容，或移走文件。",
    ):
        assert words in said
    assert "refused" not in said
    again = run("build", "--reports", folder, "--warehouse", target)
    assert again.exit_code == 3
    assert "the file is empty (0 bytes)" in again.stdout
    assert "空" not in again.stdout
    table = "select reason, detail, detail_zh from etl_reject"
    (row,) = map(json.loads, run("query", target, table, "--format", "json").stdout.splitlines())
    assert row["reason"] == "empty"
    assert row["detail"].startswith("the file is empty")
    assert row["detail_zh"].startswith("文件是空的")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_is_the_same_in_both(form, folder, tmp_path):
    target = tmp_path / "w.duckdb"
    run("build", "--reports", folder, "--warehouse", target)
    question = ("query", target, "from etl_reject", "--format", form)
    assert run("--lang", "zh", *question).stdout == run("--lang", "en", *question).stdout
    report = folder / "a.txt"
    assert run("--lang", "zh", "parse", report).stdout == run("parse", report).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("parse", "none.txt"), 1, "none.txt：没有这个文件或文件夹"),
        (("parse", "empty.txt"), 1, "empty.txt：文件是空的（0 字节）"),
        (("parse", "image.txt"), 1, "文件是图片，不是文本。请将报告另存为 UTF-8 文本文件后再试。"),
        (("parse", "torn.xlsx"), 1, "zip 文件无法读取"),
        (("build", "--reports", "none"), 1, "没有这个文件夹。什么都没有改动"),
        (("build", "--reports", "nothing"), 1, "其中没有报告（报告是 "),
        (("terms", "w.duckdb", "--dict", "empty.csv"), 1, "empty.csv：文件是空的（0 字节）"),
        (("query", ".", "select 1"), 1, "这是文件夹。请指定其中的文件。"),
        (("query", "w.duckdb"), 2, "请给出一条查询"),
        (("score", "w.duckdb", "."), 1, "中没有 .jsonl 文件"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_goes_wrong_is_said_in_chinese(arguments, code, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing").mkdir()
    for name, data in (
        ("empty.txt", b""),
        ("empty.csv", b""),
        ("image.txt", b"\x89PNG" + b"\x00" * 50),
        ("torn.xlsx", b"PK\x03\x04xl/workbook.xml"),
    ):
        if name in arguments:
            (tmp_path / name).write_bytes(data)
    result = run("--lang", "zh", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    english = run("--lang", "en", *arguments)
    assert english.exit_code == code
    assert said not in english.stderr


@pytest.mark.parametrize(
    ("error", "zh"),
    [
        (
            WarehouseError("a", Both("it is a folder", "这是文件夹"), Both("Name it.", "请指定。")),
            "a：这是文件夹。请指定。",
        ),
        (DocumentError("a", "blank", Both("nothing.", "没有文字。")), "a：没有文字。"),
        (
            SettingsError("ZHIBIAO_WORKERS", 0, Both("too few", "应大于 0")),
            "环境变量 ZHIBIAO_WORKERS 为 0：应大于 0。请改正或取消该变量。",
        ),
        (
            SeedError(SeedFault("units.csv", 3, Both("unit is empty", "unit 为空"))),
            "seeds/units.csv 第 3 行：unit 为空\n什么都没有改动。请改正 seeds/ 后重新运行。",
        ),
    ],
)
def test_an_error_keeps_both_languages_on_its_way_from_a_worker(error, zh):
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301  (our own)
    assert sent.zh == error.zh == zh
    assert str(sent) == str(error)
    assert not any("\u4e00" <= char <= "\u9fff" for char in str(sent))


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("ZHIBIAO_WORKERS", "0", "不应小于 1"),
        ("ZHIBIAO_WORKERS", "two", "应为整数"),
        ("ZHIBIAO_ENGINE", "spark", "可为 local、dask"),
        ("ZHIBIAO_MAX_REPORT_BYTES", "much", "应为大小，如 16MB"),
        ("ZHIBIAO_SEGMENTER", "hand", "可为 auto、jieba、rjieba"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said_in_chinese(
    variable, value, said, folder, monkeypatch
):
    monkeypatch.setenv(variable, value)
    result = run("--lang", "zh", "build", "--reports", folder)
    assert result.exit_code == 1
    assert f"环境变量 {variable} 为 {value}：{said}" in result.stderr


def test_a_score_and_a_sample_have_chinese_headings(folder, tmp_path):
    target, gold = tmp_path / "w.duckdb", tmp_path / "gold"
    run("build", "--reports", folder, "--warehouse", target)
    gold.mkdir()
    lines = run("parse", folder / "a.txt").stdout.splitlines()
    (gold / "a.jsonl").write_text(f"{lines[0]}\n", "utf-8")
    scored = run("--lang", "zh", "score", target, gold, "--misses", 1).stdout
    for words in ("全部报告", "精确率", "按度量", "检出者中一致的比例", "多出  a 第"):
        assert words in scored
    drawn = run("--lang", "zh", "sample", target, "--seed", 1).stdout
    assert "柳荫镇（本级）" in drawn
    assert "2 条观测，随机种子 1" in drawn
    english = run("score", target, gold).stdout + run("sample", target, "--seed", 1).stdout
    assert "all reports" in english
    assert "柳荫镇 itself" in english
