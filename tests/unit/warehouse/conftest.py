"""Two small invented reports, staged by hand so that every expected row can be counted."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pipelines import contracts
from pipelines.warehouse.build import build
from pipelines.warehouse.loads import LoadInfo
from pipelines.warehouse.staging import seed_frame

# Lists that say what a question asks: there is no need for others in a test.
SEARCHED = (
    "seed_question_words",
    "seed_region_suffixes",
    "seed_no_places",
    "seed_map_codes",
    "seed_keywords",
    "seed_term_negations",
)
HALF = (date(2024, 1, 1), date(2024, 6, 30))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
TEXTS = {
    "a" * 64: "青禾街道半年总结\n上半年税收3亿元,增长5%,全区第2。𠮷里社区走访企业12家。",
    "b" * 64: "云溪县年度报告\n财政收入80亿元。二是抓项目。",
}
LOAD = LoadInfo("load-1", datetime(2024, 7, 1, 8, 30), "0.1.0", "seedhash", 1.5)


def frame(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = contracts.staged_schema(name)
    full = [{column: row.get(column) for column in schema} for row in rows]
    return contracts.enforce(pl.DataFrame(full, schema=schema, strict=False), name)


def document(sha: str, name: str, path: str, level: str, span: tuple[date, date]) -> dict:
    text = TEXTS[sha]
    return {
        "report_sha256": sha,
        "file_name": name,
        "title": text.splitlines()[0],
        "region_path": path,
        "region_level": level,
        "report_kind": "half_year_summary" if span == HALF else "annual_summary",
        "period_start": span[0],
        "period_end": span[1],
        "published_on": date(2024, 7, 15) if span == HALF else None,
        "format": "text",
        "encoding": "utf-8",
        "damaged_count": 0,
        "byte_count": len(text.encode()),
        "char_count": len(text),
        "raw_text": text,
    }


def sentence(sha: str, number: int, words: str) -> dict:
    start = TEXTS[sha].index(words)
    return {
        "report_sha256": sha,
        "passage_no": number,
        "char_start": start,
        "char_end": start + len(words),
        "sentence_text": words,
        "section_path": "",
        "theme": "economy",
    }


def observation(sha: str, number: int, quote: str, value: str, **more: object) -> dict:
    start = TEXTS[sha].index(quote)
    span = HALF if sha.startswith("a") else YEAR
    return {
        "report_sha256": sha,
        "observation_no": number,
        "passage_no": 1,
        "char_start": start,
        "char_end": start + len(quote),
        "locator": "line 1",
        "quote": quote,
        "value": Decimal(value),
        "modifier": "exact",
        "measure": "level",
        "indicator": "税收",
        "indicator_code": "tax_revenue",
        "canonical_code": "tax_revenue",
        "period_start": span[0],
        "period_end": span[1],
        "status": "actual",
        "theme": "economy",
        "binding_rule": "nearest",
        "confidence": Decimal("0.900"),
        **more,
    }


def numeral(row: dict) -> dict:
    return {
        "report_sha256": row["report_sha256"],
        "numeral_no": row["observation_no"],
        "passage_no": row["passage_no"],
        "char_start": row["char_start"],
        "char_end": row["char_end"],
        "numeral_text": row["quote"],
        "value": row["value"],
        "unit": row.get("unit"),
        "disposition": "observation",
        "observation_no": row["observation_no"],
    }


def staged_rows() -> dict[str, list[dict]]:
    a, b = TEXTS
    observations = [
        observation(a, 0, "3亿元", "300000000", unit="元"),
        observation(a, 1, "5%", "5", unit="%", measure="change_rate", basis="yoy"),
        observation(a, 2, "第2", "2", unit="名", measure="rank", basis="level", scope="全区"),
        observation(
            a,
            3,
            "12家",
            "12",
            unit="家",
            passage_no=2,
            indicator="走访企业",
            indicator_code=None,
            canonical_code=None,
            subject="𠮷里社区",
        ),
        observation(
            b,
            0,
            "80亿元",
            "8000000000.12345678",
            unit="元",
            indicator="财政收入",
            indicator_code="general_public_budget_revenue",
            canonical_code="general_public_budget_revenue",
        ),
    ]
    listed = {
        "report_sha256": b,
        "numeral_no": 1,
        "passage_no": 2,
        "char_start": TEXTS[b].index("二是"),
        "char_end": TEXTS[b].index("二是") + 1,
        "numeral_text": "二",
        "disposition": "list_number",
    }
    path = "浙江省/杭州市/青禾区/青禾街道"
    return {
        "stg_document": [
            document(a, "a.txt", path, "township", HALF),
            document(b, "b.txt", "浙江省/云溪县", "county", YEAR),
        ],
        "stg_sentence": [
            sentence(a, 0, "青禾街道半年总结"),
            sentence(a, 1, "上半年税收3亿元,增长5%,全区第2。"),
            sentence(a, 2, "𠮷里社区走访企业12家。"),
            sentence(b, 0, "云溪县年度报告"),
            sentence(b, 1, "财政收入80亿元。"),
            sentence(b, 2, "二是抓项目。"),
        ],
        "stg_observation": observations,
        "stg_numeral": [*(numeral(row) for row in observations), listed],
        "stg_term": [
            {"report_sha256": a, "term": "税收", "term_count": 1},
            {"report_sha256": a, "term": "走访", "term_count": 3},
            {"report_sha256": b, "term": "税收", "term_count": 2},
        ],
        "stg_reject": [
            {
                "file_name": "c.txt",
                "reason": "empty",
                "detail": "nothing in it",
                "detail_zh": "文件是空的",
            }
        ],
        "stg_correction": [],
        "stg_version": [{"report_sha256": sha, "version": "1"} for sha in (a, b)],
        "stg_file": [
            *({"file_name": f"{name}.txt"} for name in "abc"),
            {"file_name": "notes.md", "rule": "beside"},
        ],
    }


class Builds:
    """Builds of a session: what was built once from the same input is copied from then on.

    Most tests need a good file to do something with; a build takes a third of a second of
    processor time, its copy a hundredth. A test of building calls `build` itself.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(
        self,
        staged: dict[str, pl.DataFrame],
        target: Path,
        load: LoadInfo,
        seeds: dict[str, pl.DataFrame],
        finish: Callable[[Path], object] = lambda _: None,
        old: Path | None = None,
    ) -> Path:
        """Build `target`, or copy what the same input gave.

        Args:
            staged: the staged tables.
            target: the file to write.
            load: the account of the run.
            seeds: the seed tables.
            finish: what else is done to a new build; it may leave files beside it.
            old: the file that it is to replace, if it matters.
        """
        said = (target.name, replace(load, replaces=None), finish.__qualname__)
        place = self._folder / self._key(repr(said), {**staged, **seeds}, old)
        if not place.is_dir():
            draft = place.with_suffix(".draft")
            draft.mkdir()
            build(staged, draft / target.name, load, seeds=seeds)
            finish(draft / target.name)
            draft.rename(place)
        for path in place.iterdir():
            shutil.copy(path, target.parent)
        return target

    @staticmethod
    def _key(said: str, tables: dict[str, pl.DataFrame], old: Path | None) -> str:
        digest = hashlib.sha256(said.encode())
        for name in sorted(tables):
            digest.update(f"{name} {tables[name].schema} {tables[name].rows()}".encode())
        if old and old.exists():
            digest.update(old.read_bytes())
        return digest.hexdigest()


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    return Builds(tmp_path_factory.mktemp("builds"))


@pytest.fixture(scope="session")
def staged_once() -> dict[str, pl.DataFrame]:
    return {name: frame(name, rows) for name, rows in staged_rows().items()}


@pytest.fixture
def staged(staged_once: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return dict(staged_once)


@pytest.fixture
def seeds() -> dict[str, pl.DataFrame]:
    def text(columns: str, *lines: str) -> pl.DataFrame:
        names = columns.split(",")
        cells = [line.split(",") for line in lines]
        return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")

    return {
        "seed_indicators": text(
            "code,name_zh,name_en,unit,theme,tier,kind,broader,part,prices,additive,aim,aliases,spoken",
            "tax_revenue,税收收入,Tax revenue,元,economy,core,flow,,,current,yes,,税收,",
            "general_public_budget_revenue,一般公共预算收入,Revenue,元,economy,core,flow,,,current,yes,,财政收入,",
            "population,人口,Population,人,livelihood,extended,stock,,,,yes,,,",
        ),
        "seed_units": text(
            "surface,unit,factor,dimension",
            "元,元,1,money",
            "块钱,元,1,money",
            "翻番,%,100,doubling",
            "%,%,1,ratio",
            "人,人,1,count",
        ),
        "seed_conversions": text("unit,to_unit,factor", "斤,吨,0.0005"),
        "seed_regions": text(
            "code,name,level,parent_code,valid_from,valid_to,successor",
            "330000,浙江省,province,,,,",
            "330100,杭州市,city,330000,,,",
            "330199,青禾区,county,330100,2001,2020,339901",
            "339901,云溪县,county,330000,,,",
        ),
        "seed_areas": text("name,level", "全区,county", "全国,country"),
        "seed_themes": text(
            "code,name_zh,name_en",
            "economy,经济运行,Economy",
            "livelihood,民生,Livelihood",
            "other,其他,Other",
        ),
        **{name: seed_frame(name) for name in SEARCHED},
    }


@pytest.fixture
def load() -> LoadInfo:
    return LOAD


@pytest.fixture
def built(
    builds: Builds,
    tmp_path: Path,
    staged: dict[str, pl.DataFrame],
    seeds: dict[str, pl.DataFrame],
    load: LoadInfo,
) -> Path:
    return builds(staged, tmp_path / "new.duckdb", load, seeds)
