"""Random changes of a folder of reports, loaded by renewing and by building whole.

A trial needs nothing of pytest: it says in which tables the two ways differ.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from pipelines.engines.local import LocalEngine
from pipelines.engines.staging import frame_path, load_info, stage_folder
from pipelines.frames import corrections
from pipelines.frames.tables import keep_table
from pipelines.settings import staging_of
from pipelines.warehouse.build import build
from pipelines.warehouse.certify import certify
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.publish import publish
from pipelines.warehouse.stamp import stamp_of

REPORTS = 14
# By these, and by nothing else, does a renewed file differ from one that was built whole.
_HOW = "exclude (star_seconds, build_kind, renewed_count, dead_count)"
_PLACES = (
    ("江川省", "province"),
    ("江川省/平湖市", "city"),
    ("江川省/平湖市/柳塘区", "county"),
    ("江川省/平湖市/柳塘区/东沙街道", "township"),
    ("浙江省", "province"),
    ("浙江省/杭州市", "city"),
    ("浙江省/宁波市", "city"),
    ("", ""),
)
_YEARS = (2019, 2020, 2021, 2024, 2025)
_WORDS = ("智慧", "湿地", "驿站", "码头", "灯塔", "果园", "渔港", "书屋")
_SENTENCES = (
    "{year}年，{who}生产总值{a}亿元，同比增长{b}%。",
    "{year}年，全年实现财政总收入{a}亿元，增长{b}%，增速全省第{c}。",
    "{span}期间，常住人口达到{a}万人，生产总值年均增长{b}%。",
    "{span}年末，城镇化率达到{b}%。",
    "{next}年主要预期目标：生产总值增长{b}%以上，财政总收入达到{a}亿元。",
    "力争到{later}年生产总值突破{a}亿元。",
    "{next}年，全省生产总值目标为增长{c}%左右。",
    "走访{word}企业{c}家，新建{word}{c}个。",
    "{word}公司完成产值{a}亿元，新增{word}岗位{c}个，长{c}里。",
    "{year}年{c}月，工业增加值增长{b}%。",
)


def text(dice: random.Random, place: str, year: int) -> str:
    """A report of a place and a year."""
    who = place.rpartition("/")[2] or dice.choice(("本局", "中心"))
    lines = [f"{who}{year}年工作总结", "一、经济发展"]
    span = dice.choice((f"{year - 4}—{year}年", f"{year - 1}—{year}年", f"{year - 2}—{year - 1}年"))
    for _ in range(dice.randint(2, 7)):
        lines.append(
            dice.choice(_SENTENCES).format(
                year=year - dice.choice((0, 0, 0, 1)),
                next=year + 1,
                later=year + dice.choice((2, 5)),
                span=span,
                who=dice.choice((who, "")),
                word=dice.choice(_WORDS),
                a=dice.choice((12.5, 30, 88.31, 450)),
                b=dice.choice((5.5, 6, 7.25, 61.3)),
                c=dice.randint(2, 12),
            )
        )
    return "\n".join(lines) + "\n"


class Trial:
    """A folder that changes, its published file, and how its loads differ from whole builds."""

    def __init__(self, home: Path, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311
        self.home, self.reports, self.target = home, home / "reports", home / "out" / "w.duckdb"
        self.reports.mkdir(parents=True)
        self.target.parent.mkdir()
        self.loads = 0
        self.told: list[str] = []  # what was done, for messages
        self.overrides: dict[str, str] = {}  # file name: region path
        for number in range(REPORTS):
            self._write(f"r{number}.txt")

    def run(self, loads: int) -> list[str]:
        """Load once, then change and load again so many times. Returns what was wrong."""
        wrong = [*self._load()]
        for _ in range(loads):
            for _ in range(self.dice.choice((0, 1, 1, 2))):
                change = self.dice.choice(
                    (self.add, self.edit, self.remove, self.move, self.copy, self.override)
                    + (self.correct,) * 2
                )
                self.told.append(change.__name__)
                change()
            wrong += self._load()
        return [f"{', '.join(self.told)}: {what}" for what in wrong]

    def add(self) -> None:
        """A report more."""
        self._write(f"n{self.loads}-{self.dice.randrange(100)}.txt")

    def edit(self) -> None:
        """A report says something else."""
        self._write(self._one().name)

    def remove(self) -> None:
        """A report goes."""
        self._one().unlink()

    def move(self) -> None:
        """A report gets another name."""
        self._one().rename(self.reports / f"m{self.loads}-{self.dice.randrange(100)}.txt")

    def copy(self) -> None:
        """The same report in another file, but for a blank line: a duplicate, or a second one."""
        one = self._one()
        said = one.read_text("utf-8") + self.dice.choice(("", "\n", "完成。\n"))
        (self.reports / f"copy{self.dice.randrange(100)}.txt").write_text(said, "utf-8")

    def override(self) -> None:
        """reports.csv says something else of a report."""
        place = self.dice.choice(_PLACES)[0]
        self.overrides[self._one().name] = place
        here = {path.name for path in self.reports.glob("*.txt")}
        with (self.reports / "reports.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["file", "region_path"])
            for name, region in sorted(self.overrides.items()):
                if name in here and region:
                    out.writerow([name, region])

    def correct(self) -> None:
        """A reader corrects a figure, or its correction goes."""
        path = self.reports / corrections.FILE_NAME
        if path.exists() and self.dice.random() < 0.2:
            path.unlink()
            return
        with read_only(self.target) as con:
            found = con.sql(
                "select report_sha256, char_start, char_end, value from fact_observation "
                "inner join dim_report using (report_key) order by all"
            ).fetchall()
        if not found:
            return
        sha, start, end, value = self.dice.choice(found)
        field, was, becomes = self.dice.choice(
            (
                ("value", corrections.text_of(value), "17"),
                ("subject", "", "灯塔公司"),
                ("period_end", "", "2018-12-31"),
            )
        )
        day = datetime(2024, 1, 1, tzinfo=UTC).date()
        one = corrections.Correction(0, sha, start, end, field, was, becomes, "扫描", "甲", day)
        corrections.append(path, one)

    def _one(self) -> Path:
        return self.dice.choice(sorted(self.reports.glob("*.txt")) or [self._write("last.txt")])

    def _write(self, name: str) -> Path:
        path = self.reports / name
        place = self.dice.choice(_PLACES)[0]
        path.write_text(text(self.dice, place, self.dice.choice(_YEARS)), "utf-8")
        return path

    def _load(self) -> Iterator[str]:
        self.loads += 1
        self.told.append(f"load {self.loads}")
        if not any(self.reports.glob("*.txt")):
            self._write("last.txt")
        staging = staging_of(self.target)
        tables = stage_folder(self.reports, staging, LocalEngine(1)).tables
        staged = {name: keep_table(one, frame_path(staging, name)) for name, one in tables.items()}
        info = replace(
            load_info(f"load-{self.loads}", 1.0, self.target),
            loaded_at=datetime(2024, 1, 1) + timedelta(hours=self.loads),
        )
        whole, new = (self.target.with_name(name) for name in ("whole.duckdb", "new.duckdb"))
        made = build(staged, new, info)
        blocks = [one for one in certify(new, staged, self.target, accept_loss=True) if one.blocks]
        yield from (f"{new.name}: {one}" for one in blocks)
        if self.loads > 1:
            if made.whole and "dead" not in made.whole:
                yield f"built whole: {made.whole}"
            build(staged, whole, info, full=True)
            certify(whole, staged, self.target, accept_loss=True)
            yield from _differences(whole, new)
            for path in (whole, stamp_of(whole)):
                path.unlink()
        publish(new, self.target)


def _differences(whole: Path, new: Path) -> Iterator[str]:
    """The tables, and what describes them, in which two files differ."""
    with duckdb.connect() as con:
        for name, path in (("one", whole), ("other", new)):
            con.sql(f"attach '{path}' as {name} (read_only)")
        tables = "select table_name, comment, column_count from duckdb_tables() where database_name"
        columns = (
            "select table_name, column_name, data_type, is_nullable, comment "
            "from duckdb_columns() where not internal and database_name"
        )
        for sql in (tables, columns):
            if {*con.sql(f"{sql} = 'one'").fetchall()} != {*con.sql(f"{sql} = 'other'").fetchall()}:
                yield "tables or columns"
        names = con.sql("select table_name from duckdb_tables() where database_name = 'one'")
        for (name,) in sorted(names.fetchall()):
            how = _HOW if name == "etl_load" else ""
            one = f"select * {how} from one.{name}"  # noqa: S608  (our own names)
            other = one.replace("from one.", "from other.")
            for first, second, side in ((one, other, "whole"), (other, one, "renewed")):
                if rows := con.sql(f"({first}) except all ({second})").fetchall():
                    yield f"{name}: {len(rows)} rows only {side}: {rows[0]}"


def trials(home: Path, seeds: range, loads: int) -> list[str]:
    """Run a trial of each seed. Returns what was wrong, with the seed."""
    wrong = []
    for seed in seeds:
        place = home / str(seed)
        wrong += [f"seed {seed}: {what}" for what in Trial(place, seed).run(loads)]
        shutil.rmtree(place)
    return wrong
