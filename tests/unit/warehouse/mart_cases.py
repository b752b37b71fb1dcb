"""Reports of an invented city and its districts for the tests of marts: what each says.

Every figure is staged by hand, so that every expected row can be counted.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from pipelines import contracts
from pipelines.warehouse.build import build
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.loads import LoadInfo
from pipelines.warehouse.staging import seed_frame

CITY, EAST, WEST = "浙江省/青禾市", "浙江省/青禾市/东岭区", "浙江省/青禾市/西塘区"
LEVELS = {CITY: "city", EAST: "county", WEST: "county"}
# (region, year of the report)
Report = tuple[str, int]
Said = dict[str, object]
WHOLE = {"period_start": date(2021, 1, 1), "period_end": date(2025, 12, 31)}

SEEDS = {
    "seed_indicators": (
        (
            *("code", "name_zh", "name_en", "unit", "theme", "tier", "kind", "prices"),
            *("additive", "aim", "aliases", "broader", "part", "spoken"),
        ),
        *(
            (*cells.split(","), "", "", "")
            for cells in (
                "gdp,地区生产总值,GDP,元,economy,core,flow,constant,yes,,生产总值",
                "tax,税收收入,Tax,元,economy,core,flow,current,yes,,税收",
                "income,人均收入,Income,元,economy,core,ratio,mixed,no,,",
                "green,绿化率,Green,%,economy,extended,ratio,,no,,",
                "allowance,低保标准,Allowance,元/月,economy,extended,ratio,current,no,,",
                "grain,粮食产量,Grain,吨,economy,extended,flow,,yes,,",
                "jobless,失业率,Jobless,%,economy,extended,ratio,,no,lower,",
                "people,人口,People,人,economy,extended,stock,,yes,,",
            )
        ),
    ),
    "seed_units": (
        ("surface", "unit", "dimension"),
        ("元", "元", "money"),
        ("%", "%", "ratio"),
        ("元/月", "元/月", "price"),
        ("名", "名", "rank"),
        ("家", "家", "count"),
        ("人", "人", "count"),
        ("吨", "吨", "mass"),
        ("斤", "斤", "mass"),
    ),
    "seed_conversions": (("unit", "to_unit", "factor"), ("斤", "吨", "0.0005")),
    "seed_regions": (
        ("code", "name", "level", "parent_code", "valid_from", "valid_to", "successor"),
        ("330000", "浙江省", "province", "", "", "", ""),
        ("339900", "青禾市", "city", "330000", "", "", ""),
        ("339901", "东岭区", "county", "339900", "", "", ""),
        ("339902", "西塘区", "county", "339900", "", "", ""),
    ),
    "seed_areas": (("name", "level"), ("全市", "city")),
    "seed_themes": (
        ("code", "name_zh", "name_en"),
        ("economy", "经济", "Economy"),
        ("other", "其他", "Other"),
    ),
}


def say(quote: str, value: str, unit: str | None = "元", **more: object) -> Said:
    """One figure of a report: tax of the report's own year unless told otherwise."""
    return {"quote": quote, "value": Decimal(value), "unit": unit} | more


def grew(quote: str, value: str, **more: object) -> Said:
    return say(quote, value, "%", measure="change_rate", **more)


def placed(place: int, **more: object) -> Said:
    return say(f"第{place}", str(place), "名", measure="rank", basis="level", scope="全市", **more)


def year(number: int) -> dict[str, object]:
    return {"period_start": date(number, 1, 1), "period_end": date(number, 12, 31)}


def staged(
    reports: dict[Report, list[Said]], words: dict[Report, dict[str, int]] | None = None
) -> dict[str, pl.DataFrame]:
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in contracts.names("staged")}
    for number, ((region, covered), figures) in enumerate(reports.items()):
        sha = f"{number:064d}"
        rows["stg_document"].append(
            {
                "report_sha256": sha,
                "file_name": f"{region[-3:-1]}{covered}.txt",
                "title": "报告",
                "region_path": region,
                "region_level": LEVELS[region],
                "report_kind": "work_report",
                **year(covered),
                "format": "text",
                "encoding": "utf-8",
                "damaged_count": 0,
                "byte_count": 900,
                "char_count": 900,
                "raw_text": "文",
            }
        )
        for place, figure in enumerate(figures):
            passage = {
                "report_sha256": sha,
                "passage_no": place,
                "char_start": place * 9,
                "char_end": place * 9 + 9,
                "sentence_text": figure.get("sentence", f"{region}{figure['quote']}"),
                "section_path": "",
                "theme": "economy",
            }
            rows["stg_sentence"].append(passage)
            rows["stg_observation"].append(
                {
                    "indicator": "税收收入",
                    "canonical_code": "tax",
                    "modifier": "exact",
                    "measure": "level",
                    "status": "actual",
                    "theme": "economy",
                    "binding_rule": "nearest",
                    "confidence": Decimal("0.900"),
                    "locator": "line 1",
                    **year(covered),
                    **{key: passage[key] for key in ("report_sha256", "char_start", "char_end")},
                    "observation_no": place,
                    "passage_no": place,
                    **figure,
                }
            )
        for term, count in (words or {}).get((region, covered), {}).items():
            rows["stg_term"].append({"report_sha256": sha, "term": term, "term_count": count})
    frames = {}
    for name, some in rows.items():
        schema = contracts.staged_schema(name)
        full = [{column: row.get(column) for column in schema} for row in some]
        frames[name] = contracts.enforce(pl.DataFrame(full, schema=schema, strict=False), name)
    return frames


def ask(
    tmp_path: Path,
    load: LoadInfo,
    reports: dict[Report, list[Said]],
    sql: str,
    words: dict[Report, dict[str, int]] | None = None,
) -> list[tuple]:
    with read_only(built(tmp_path / "w.duckdb", load, reports, words)) as con:
        return con.sql(sql).fetchall()


def built(
    path: Path,
    load: LoadInfo,
    reports: dict[Report, list[Said]],
    words: dict[Report, dict[str, int]] | None = None,
    more_seeds: dict[str, pl.DataFrame] | None = None,
) -> Path:
    """A warehouse of the reports, with the seeds of this module."""
    return built_of(path, load, staged(reports, words), more_seeds)


def built_of(
    path: Path,
    load: LoadInfo,
    frames: dict[str, pl.DataFrame],
    more_seeds: dict[str, pl.DataFrame] | None = None,
) -> Path:
    """A warehouse of staged frames, with the seeds of this module."""
    seeds = {
        name: pl.DataFrame(cells[1:], schema=dict.fromkeys(cells[0], pl.String), orient="row")
        for name, cells in SEEDS.items()
    }
    # What questions ask is said in lists that serve any reports.
    lists = {
        name: seed_frame(name)
        for name in (
            "seed_question_words",
            "seed_region_suffixes",
            "seed_no_places",
            "seed_map_codes",
            "seed_keywords",
            "seed_term_negations",
        )
    }
    return build(frames, path, load, seeds=seeds | lists | (more_seeds or {})).path
