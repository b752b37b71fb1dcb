"""What must be true of the warehouse that is published from a folder, whatever the files hold.

The judge trusts nothing that the parser says: it decodes the files itself, and finds the numerals
by the Unicode character database and a list of the Chinese ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
from fuzz_inputs import is_sign

from pipelines.reading import plain

CHINESE = "零〇○一二三四五六七八九十百千万亿萬億两兩俩倆仨廿卅"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it must be."""

    kind: str
    file_name: str
    detail: str


@dataclass(slots=True)
class Tally:
    """What a published folder holds."""

    reports: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    observations: int = 0
    numerals: int = 0
    unknown: int = 0
    faults: list[Fault] = field(default_factory=list)


@cache
def _numeral_class() -> re.Pattern[str]:
    """Runs of characters that are numerals, of any script."""
    signs = "".join(chr(code) for code in range(0x110000) if is_sign(chr(code)))
    return re.compile(f"[\\d{re.escape(signs)}{CHINESE}]+")


def numerals(text: str) -> Iterator[tuple[int, int]]:
    """The spans of all numerals of a raw text."""
    return (match.span() for match in _numeral_class().finditer(text))


def lost(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Numerals of the text that no span of the ledger covers whole."""
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return ((a, b) for a, b in numerals(text) if not all(covered[a:b]))


def judge(warehouse: Path, files: Mapping[str, bytes]) -> Tally:
    """Hold a published warehouse against the files that it was built from.

    Args:
        warehouse: the file.
        files: the bytes of each file that is a report or must be refused, by its name in the
            folder. A name that is not UTF-8 stands with surrogates, as the system gives it.
    """
    tally = Tally()
    with duckdb.connect(str(warehouse), read_only=True) as con:
        refused = con.sql("select file_name, reason, detail from etl_reject").fetchall()
        reports = con.sql(
            "select file_name, encoding, report_key, format from dim_report where report_key != -1"
        ).fetchall()
        refused = [row for row in refused if row[1] != "override"]  # lines of reports.csv
        told = Counter(name for name, *_ in reports) + Counter(name for name, *_ in refused)
        tally.rejects.update(reason for _, reason, _ in refused)
        for name, reason, detail in refused:
            if reason == "internal_error":
                tally.faults.append(Fault("internal error", name, detail))
        _account(tally, files, told)
        for name, encoding, key, form in reports:
            # What is taken out of a page (a text with tags) is other than its bytes decoded;
            # `fuzz_formats` holds the spans of such files against their text.
            if name in files and form == "text":
                _judge_report(con, tally, name, _text(files[name], name, encoding), key)
    return tally


def _text(data: bytes, name: str, encoding: str) -> str:
    """What a file says, damaged places as U+FFFD; a wrong decoding is undone as the reader does."""
    if " as " in encoding:
        return plain.decode_bytes(data, name).text
    return data.decode(encoding, "replace")


def _account(tally: Tally, files: Mapping[str, bytes], told: Counter[str]) -> None:
    """Each file is a report or refused, and once."""
    odd = 0
    for name in files:
        try:
            name.encode()
        except UnicodeEncodeError:
            odd += 1
            continue
        if told.pop(name, 0) != 1:
            tally.faults.append(Fault("not accounted for", name, "neither a report nor refused"))
    if sum(told.values()) != odd:
        detail = f"{odd} files have names that are not UTF-8, the warehouse names {sorted(told)}"
        tally.faults.append(Fault("not accounted for", "", detail))


def _judge_report(
    con: duckdb.DuckDBPyConnection, tally: Tally, name: str, text: str, key: int
) -> None:
    tally.reports += 1
    tally.characters += len(text)
    ledger = con.execute(
        "select char_start, char_end, numeral_text, disposition from fact_numeral"
        " where report_key = ?",
        [key],
    ).fetchall()
    observed = con.execute(
        "select char_start, char_end, quote from fact_observation where report_key = ?", [key]
    ).fetchall()
    tally.numerals += len(ledger)
    tally.observations += len(observed)
    tally.unknown += sum(row[3] == "unknown" for row in ledger)
    for start, end, quote, *_ in (*ledger, *observed):
        if text[start:end] != quote:
            tally.faults.append(Fault("span", name, f"{start}:{end} is not {quote[:40]!r}"))
    missing = list(lost(text, [(start, end) for start, end, *_ in ledger]))
    for start, end in missing[:1]:
        around = text[max(0, start - 12) : end + 12]
        tally.faults.append(
            Fault("numeral lost", name, f"{text[start:end][:40]!r} in {around[:80]!r}")
        )
