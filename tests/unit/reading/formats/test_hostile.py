"""Files made to harm who reads them: each is refused within its limit, and nothing is written."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from pipelines.errors import DocumentError
from pipelines.frames.overrides import Override
from pipelines.frames.stage import stage_report
from pipelines.reading.document import Document, Refused
from pipelines.reading.formats import apart, registry, worker
from pipelines.reading.formats.limits import Limits
from tools.report_files import docx_of, page_of, pdf_of, sheet_of, zip_of

REPORT = "2023年,街道走访企业215家,新增养老床位120张。\n".encode()


def bomb(data: bytes, name: str, content: bytes) -> bytes:
    """The archive `data` with the member `name` replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active.cell(1_048_576, 16_384).value = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def nested(depth: int) -> bytes:
    data = zip_of({"a.txt": REPORT})
    for _ in range(depth):
        data = zip_of({"in.zip": data})
    return data


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
NINE = zip_of({f"{n}.txt": b"1" for n in range(9)})
SWOLLEN = bomb(docx_of(["1"]), "word/media/x.xml", b" " * 300_000)
WIDE = "<html><table><tr><td colspan=99999 rowspan=99999>1<td>2</table>税收"
SMALL = Limits(unpacked_bytes=100_000, pages=3, members=5, depth=2)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        pytest.param(zip_of({"a.txt": b"1" * 200_000}), "a.zip", "too_large", id="zip bomb"),
        pytest.param(
            zip_of({f"{n}.txt": b"1" * 40_000 for n in range(4)}), "a.zip", "too_large", id="many"
        ),
        pytest.param(NINE, "a.zip", "too_large", id="members"),
        pytest.param(SWOLLEN, "a.docx", "too_large", id="docx"),
        pytest.param(far_cell(), "a.xlsx", "too_large", id="a cell far away"),
        pytest.param(pdf_of([["一"]] * 5), "a.pdf", "too_large", id="pages"),
        pytest.param(b"text\n1,2\n" * 9, "a.csv", "too_large", id="rows"),
    ],
)  # fmt: skip
def test_what_asks_for_too_much_is_refused(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        list(registry.read(data, name, SMALL))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (bomb(docx_of(["1"]), "word/document.xml", ENTITIES), "a.docx"),
        (bomb(sheet_of([[1, 2]]), "xl/sharedStrings.xml", ENTITIES), "a.xlsx"),
    ],
)
def test_what_declares_entities_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(DocumentError, match="it declares entities"):
        list(registry.read(data, name))


def test_a_library_that_panics_damages_one_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(*_: object, **__: object) -> None:
        raise pl.exceptions.PanicException("assertion failed: offset + length <= self.length")

    monkeypatch.setattr(pl, "read_parquet", panics)
    out = io.BytesIO()
    pl.DataFrame({"text": ["2023年,走访企业215家。"]}).write_parquet(out)
    with pytest.raises(DocumentError) as caught:
        list(registry.read(out.getvalue(), "a.parquet"))
    assert caught.value.reason == "damaged"


def test_archives_in_archives_end_somewhere() -> None:
    (found,) = registry.read(nested(4), "a.zip", SMALL)
    assert isinstance(found, Refused)
    assert found.reason == "too_large"
    (document,) = registry.read(nested(1), "a.zip", SMALL)
    assert isinstance(document, Document)


def test_names_that_lead_out_or_move_the_terminal_are_made_harmless(tmp_path: Path) -> None:
    os.chdir(tmp_path)
    packed = zip_of(
        {
            "../../up.txt": REPORT,
            "/etc/a.txt": REPORT,
            "\x1b[2Jb.txt": REPORT,
            "c\\..\\d.txt": REPORT,
        }
    )
    parts = [one.part for one in registry.read(packed, "a.zip")]
    assert parts == ["up.txt", "etc/a.txt", "\ufffd[2Jb.txt", "c/d.txt"]
    assert list(tmp_path.iterdir()) == []


def test_members_of_one_name_are_two_reports() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", REPORT)
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("a.txt", REPORT.replace(b"215", b"216"))
    rows = stage_report(out.getvalue(), "x.zip", Override())
    assert [row[1] for row in rows["stg_document"]] == ["x.zip/a.txt", "x.zip/a.txt~2"]
    assert len({row[0] for row in rows["stg_document"]}) == 2
    assert [row[0] for row in rows["stg_file"]] == ["x.zip/a.txt", "x.zip/a.txt~2"]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<html><body>" + "<div>" * 50_000 + "税收3亿元", id="deep"),
        pytest.param(WIDE, id="wide"),
        pytest.param('<!DOCTYPE html [<!ENTITY a "&b;&b;">]><p>&a;税收3亿元', id="entities"),
        pytest.param("<html><body><p>" + "<b>" * 20_000 + "税收3亿元", id="deep inline"),
        pytest.param("<html><table>" * 300 + "税收3亿元", id="tables in tables"),
    ],
)  # fmt: skip
def test_odd_pages_are_read_or_refused(page: str) -> None:
    try:
        raw = "".join(one.raw for one in registry.read(page.encode(), "a.html"))
    except DocumentError as error:
        raw = f"税收 {error.reason}"
    assert "税收" in raw


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("report.txt", "w", 0)),
        ("open", ("report.txt", None, os.O_CREAT)),
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("subprocess.Popen", ("sh",)),
        ("os.remove", ("a",)),
    ],
)
def test_a_reader_may_not_write_start_or_connect(event: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(PermissionError):
        worker.guard(event, arguments)


def test_a_reader_may_read() -> None:
    worker.guard("open", ("report.txt", "rb", os.O_RDONLY))
    worker.guard("import", ("json",))


def test_the_reader_is_a_process_apart_and_comes_back_when_it_died() -> None:
    page = page_of(["2023年,街道走访企业215家。"]).encode()
    (first,) = apart.read_file(page, "a.html")
    process = apart._READER._process
    assert process is not None
    assert process.pid != os.getpid()
    process.kill()
    process.wait()
    (second,) = apart.read_file(page, "a.html")
    assert second == first


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ZHIBIAO_FORMAT_SECONDS", "0.001")
    with pytest.raises(DocumentError, match="ZHIBIAO_FORMAT_SECONDS") as caught:
        list(apart.read_file(pdf_of([["街道走访企业" * 100]] * 400), "a.pdf"))
    assert caught.value.reason == "too_slow"
    monkeypatch.delenv("ZHIBIAO_FORMAT_SECONDS")
    (found,) = apart.read_file(page_of(["走访企业215家。"]).encode(), "b.html")
    assert isinstance(found, Document)
