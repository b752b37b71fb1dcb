"""One report in every format: the same observations, each with a locator that leads there."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from report_files import docx_of, page_of, pdf_of, rtf_of, zip_of

from pipelines.frames.overrides import Override
from pipelines.frames.stage import stage_report
from pipelines.reading.decode import decode
from pipelines.reading.formats.apart import read_file

FOLDER = Path(__file__).parents[4] / "seeds" / "reports"
# All samples as one report: long enough to show a difference of one in a hundred. Without the
# pinyin that one site puts in: nobody sets such lines at a fixed width.
RAW = re.sub(
    "\\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǘǚǜ]{1,8}\\)",
    "",
    "\n".join(
        decode(path.read_bytes(), path.name).raw.strip("\ufeff\n ")
        for path in sorted(FOLDER.glob("*.txt"))
    ),
)
LINES = [line.strip() for line in RAW.splitlines() if line.strip()]
WRAP = 36
SAME = 0.99


def trs_page() -> bytes:
    """A page as the most common system of government sites makes it."""
    body = "".join(f"<p style='text-indent:2em'>　　{line}</p>\n" for line in LINES[1:])
    return (
        f"<!DOCTYPE html><html><head><meta charset='gb2312'><title>{LINES[0]}</title>"
        f"<meta name='ArticleTitle' content='{LINES[0]}'><meta name='PubDate' content='2024-01-09'>"
        "</head><body><div class='nav'><a href='/'>首页</a><a href='/z'>政务</a><a href='/x'>新闻"
        f"</a></div><div class='wrap'><div class='xl_title'>{LINES[0]}</div>"
        "<div class='info'>发布时间：2024-01-09 浏览次数：1352次 字号：[大 中 小]</div>"
        f"<div class='TRS_Editor'><style>.a{{}}</style>{body}</div></div>"
        "<div class='footer'>版权所有 浙ICP备05001234号-1 网站标识码3301020001</div></body></html>"
    ).encode("gb18030")


def table_page() -> bytes:
    """A page of old, laid out in tables, its paragraphs parted by <br>."""
    body = "<br><br>&nbsp;&nbsp;".join(LINES)
    return (
        f"<HTML><HEAD><TITLE>{LINES[0]}</TITLE></HEAD><BODY><TABLE><TR><TD><A href=a>首页</A>"
        "<A href=b>机构</A><A href=c>公告</A></TD></TR><TR><TD><TABLE width=780><TR>"
        f"<TD class=body>{body}</TD></TR></TABLE></TD></TR></TABLE></BODY></HTML>"
    ).encode()


def wrapped() -> bytes:
    return "\n".join(
        "\n".join(f"　　{line}"[at : at + WRAP] for at in range(0, len(line) + 2, WRAP))
        for line in LINES
    ).encode()


MATRIX: dict[str, Callable[[], bytes]] = {
    "utf-8.txt": lambda: RAW.encode(),  # noqa: PLW0108
    "gb18030.txt": lambda: RAW.encode("gb18030"),
    "utf-16.txt": lambda: RAW.encode("utf-16"),
    "utf-16-without-mark.txt": lambda: RAW.encode("utf-16-be"),
    "plain.html": lambda: page_of(LINES, title=LINES[0]).encode(),
    "trs.html": trs_page,
    "tables.html": table_page,
    "word.docx": lambda: docx_of(LINES),
    "rich.rtf": lambda: rtf_of(LINES),
    "print.pdf": lambda: pdf_of([LINES], WRAP),
    "wrapped.txt": wrapped,
    "packed.zip": lambda: zip_of({"a.txt": RAW.encode()}),
}


def observations(data: bytes, name: str) -> Counter[tuple[object, ...]]:
    override = Override(region="浙江省", title=LINES[0])
    rows = stage_report(data, name, override)
    assert rows["stg_reject"] == ()
    (document,) = rows["stg_document"]
    raw = str(document[-1])
    found: Counter[tuple[object, ...]] = Counter()
    for row in rows["stg_observation"]:
        start, end, locator, quote, value, _, unit, _, _, _, indicator = row[3:14]
        assert raw[start:end] == quote
        assert locator
        found[value, unit, indicator, row[18], row[19]] += 1
    return found


@pytest.fixture(scope="module")
def expected() -> Counter[tuple[object, ...]]:
    return observations(RAW.encode(), "report.txt")


def same(found: Counter[tuple[object, ...]], wanted: Counter[tuple[object, ...]]) -> float:
    return (found & wanted).total() / max(found.total(), wanted.total())


@pytest.mark.parametrize("name", MATRIX)
def test_every_format_gives_the_same_observations(
    name: str, expected: Counter[tuple[object, ...]]
) -> None:
    assert expected.total() > 100
    assert same(observations(MATRIX[name](), name), expected) >= SAME


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_word_file_gives_the_same_observations(
    tmp_path: Path, expected: Counter[tuple[object, ...]]
) -> None:
    (tmp_path / "a.docx").write_bytes(docx_of(LINES))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to",
         "doc:MS Word 97", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert same(observations((tmp_path / "a.doc").read_bytes(), "a.doc"), expected) >= SAME


def test_text_in_big5_is_read() -> None:
    text = "乾安縣2023年工作總結\n全年走訪企業215家,新增養老床位120張,實現財政總收入3.2億元。\n" * 3
    (document,) = read_file(text.encode("big5"), "a.txt")
    assert document.raw == text
