"""Read spoiled files of every format: each is a report or refused, within its limits.

    python tests/fuzz/fuzz_formats.py --files 1000 --seed 1

Good files of each format are cut, overwritten, doubled and mixed, and read as a load reads them.
Old Word and WPS files are among them where LibreOffice is installed.
The same seed draws the same files. Ends with 1 if anything failed; what failed is written to
`--out`.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

import polars as pl

from pipelines.frames.overrides import Override
from pipelines.frames.stage import INTERNAL_ERROR, Rows, stage_report
from pipelines.reading.formats.legacy import converter
from tools.format_matrix import converted
from tools.report_files import (
    LINES,
    ROWS,
    TITLE,
    docx_of,
    page_of,
    pdf_of,
    placed_pdf_of,
    rtf_of,
    sheet_of,
    zip_of,
)

TABLES = (
    "索引号：11-2\n公开时限：20\n清河镇2023年主要指标\n指标 单位 数量 ±%\n财政收入 万元 120 3.5\n"
    "工业产值 亿元 9.8 -1.2\n- 1 -\n│指标│上半年│\n├──┼──┤\n│产值│[12.4]│\n│税收│(3)│\n- 2 -\n"
)
PLACED = [
    (72 + 110 * column, 780 - 22 * row, cell)
    for row, cells in enumerate((*ROWS, *ROWS[1:]))
    for column, cell in enumerate(cells)
]


def parquet() -> bytes:
    """A table of reports."""
    out = io.BytesIO()
    pl.DataFrame({"标题": [TITLE, None], "正文": [TEXT, "短"], "年份": [2023, 0]}).write_parquet(
        out
    )
    return out.getvalue()


TEXT = "\n".join((TITLE, *LINES)) * 3
GOOD: dict[str, bytes] = {
    "a.txt": TEXT.encode("gb18030"),
    "a.md": f"# {TITLE}\n\n{TEXT}".encode(),
    "a.html": page_of(LINES, ROWS).encode(),
    "a.mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
    b"Content-Type: text/html\r\n\r\n" + page_of(LINES, ROWS).encode() + b"\r\n--B--\r\n",
    "a.docx": docx_of(LINES, ROWS),
    "a.rtf": rtf_of(LINES),
    "a.pdf": pdf_of([LINES, LINES]),
    "a.xlsx": sheet_of(ROWS),
    "a.csv": f"标题,正文\n一,{TEXT[:60]}\n二,{TEXT[60:120]}\n".encode(),
    "a.jsonl": f'{{"text": "{LINES[0]}"}}\n{{"text": "{LINES[1]}"}}\n'.encode(),
    "b.txt": TABLES.encode(),
    "b.pdf": placed_pdf_of([PLACED, PLACED]),
    "a.parquet": parquet(),
    "a.zip": zip_of({"a.txt": TEXT.encode(), "b.html": page_of(LINES).encode()}),
}
OLD = ("a.doc", "a.wps")
EACH_OLD = 100  # so many files to one of these: LibreOffice takes seconds for each
# What another run may meet differently, or what would be a fault of ours.
FAULTS = (INTERNAL_ERROR, "reader_died", "too_slow")


@cache
def old_word() -> bytes:
    """An old Word file, by LibreOffice."""
    return converted(docx_of(LINES, ROWS), "a.docx", "doc:MS Word 97")


def draft(draw: Random, *, old: bool = False) -> tuple[str, bytes]:
    """A file of some format, or an old Word file; spoiled in some way, under some name."""
    name = draw.choice(OLD if old else list(GOOD))
    data = bytearray(old_word() if old else GOOD[name])
    if data[:2] == b"PK" and draw.random() < 0.5:
        data = bytearray(inside(draw, bytes(data)))
    for _ in range(draw.randint(0, 4)):
        at = draw.randrange(len(data)) if data else 0
        way = draw.randrange(5)
        if way == 0:
            del data[at:]
        elif way == 1:
            data[at : at + draw.randint(1, 40)] = draw.randbytes(draw.randint(0, 40))
        elif way == 2:
            data[at:at] = data[at : at + draw.randint(1, 400)] * draw.randint(1, 9)
        elif way == 3:
            data[at:at] = draw.choice(list(GOOD.values()))[: draw.randint(1, 3000)]
        else:
            del data[at : at + draw.randint(1, 400)]
    if draw.random() < 0.2 and not old:
        name = draw.choice(list(GOOD))
    return name, bytes(data)


def inside(draw: Random, data: bytes) -> bytes:
    """A packed file, one of its parts spoiled and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    name = draw.choice(list(members))
    part = bytearray(members[name])
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(part)) if part else 0
        until = at + draw.randint(1, 60)
        if draw.random() < 0.5:
            part[at:until] = b""
        else:
            part[at:at] = part[at:until] * draw.randint(1, 9)
    return zip_of({**members, name: bytes(part)})


def faults_of(rows: Rows) -> list[str]:
    """What is wrong with what was read of a file."""
    found = [str(row[2]) for row in rows["stg_reject"] if row[1] in FAULTS]
    if not rows["stg_document"] and not rows["stg_reject"]:
        found.append("unaccounted for")
    raws = {row[0]: str(row[-1]) for row in rows["stg_document"]}
    for row in rows["stg_observation"]:
        if raws[row[0]][row[3] : row[4]] != row[6] or not row[5]:
            found.append(f"span {row[3:7]}")
    return found


def fuzz(files: int, seed: int, out: Path) -> tuple[Counter[str], list[str]]:
    """Read so many spoiled files; what became of them, and what failed."""
    told: Counter[str] = Counter()
    failed: list[str] = []
    for number in range(files):
        old = number % EACH_OLD == 0 and converter() is not None
        name, data = draft(Random(f"{seed}/{number}"), old=old)  # noqa: S311
        told["old Word"] += old
        rows = stage_report(data, name, Override(), 60)
        told.update(str(row[1]) for row in rows["stg_reject"])
        told["loaded"] += len(rows["stg_document"])
        for fault in faults_of(rows):
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{seed}-{number}-{name}").write_bytes(data)
            failed.append(f"{seed}/{number} {name}: {fault}")
    return told, failed


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("warehouse/fuzz-formats"))
    arguments = parser.parse_args()
    told, failed = fuzz(arguments.files, arguments.seed, arguments.out)
    if converter() is None:
        print("old Word and WPS files left out: LibreOffice, which reads them, is not installed")
    print(f"{arguments.files} files, seed {arguments.seed}: {dict(told.most_common())}")
    for line in failed:
        print(line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
