"""How long the star takes to load, and how large it is, against a bare copy of the same Parquet.

    python -m bench.star_load [--observations 1000000] [--folder DIR]

It generates staged tables (invented words, figures that no report states), copies them with
`create table … as from read_parquet(…)`, builds the star of the same files, and prints both times
and sizes. The same number of threads and the same memory serve both.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import datetime
from pathlib import Path

import duckdb

from bench import tables
from pipelines import contracts
from pipelines.warehouse.build import STORAGE_VERSION, build
from pipelines.warehouse.loads import LoadInfo

_THREADS = 2
_MEMORY = "2GB"
# Of one report, as whole provincial reports have them: observations, numerals, sentences, words.
_OBSERVATIONS, _NUMERALS, _SENTENCES, _TERMS = 250, 600, 500, 1500

# Every generated table by name, report after report, as they are staged.
_GENERATED = {
    "stg_document": """
        select
            sha256('报告' || n) as report_sha256,
            'r' || n || '.txt' as file_name,
            '青禾街道' || n || '号报告' as title,
            '浙江省/杭州市/青禾' || (n % 500) || '区' as region_path,
            'county' as region_level,
            'work_report' as report_kind,
            make_date(2000 + n % 25, 1, 1) as period_start,
            make_date(2000 + n % 25, 12, 31) as period_end,
            make_date(2001 + n % 25, 1, 15) as published_on,
            null::varchar as source_url,
            'text' as format,
            'utf-8' as encoding,
            0::integer as damaged_count,
            60000::integer as byte_count,
            20000::integer as char_count,
            md5('报告' || n) as content_key,
            '' as raw_text
        from range({reports}) t(n)
    """,
    "stg_sentence": """
        select
            sha256('报告' || n) as report_sha256,
            i::integer as passage_no,
            (i * 40)::integer as char_start,
            (i * 40 + 39)::integer as char_end,
            '全年完成' || md5('甲' || n || '/' || i) || '共' || i || '项，同比增长'
            || (hash(n, i) % 100) || '%。' as sentence_text,
            '一、工作回顾/' || (i // 50) || '、产业发展' as section_path,
            ['economy', 'urban', 'livelihood', 'other'][(hash(i, n) % 4 + 1)::integer] as theme
        from range({reports}) t(n), range({sentences}) s(i)
        order by n, i
    """,
    "stg_observation": """
        select
            sha256('报告' || n) as report_sha256,
            i::integer as observation_no,
            (i * 2)::integer as passage_no,
            (i * 80 + 4)::integer as char_start,
            (i * 80 + 4 + length(quote))::integer as char_end,
            'line ' || i as locator,
            quote,
            (h % 900000)::decimal(38, 8) as value,
            null::decimal(38, 8) as value_upper,
            ['元', '%', '家', '平方米'][(h % 4 + 1)::integer] as unit,
            'exact' as modifier,
            if(h % 4 = 1, 'change_rate', 'level') as measure,
            if(h % 4 = 1, 'yoy', null) as basis,
            ['生产总值', '财政总收入', '建成项目' || (h % 5000), '走访企业'][(h % 4 + 1)::integer]
            as indicator,
            [null, 'fiscal_revenue_total', 'gdp', null][(h % 4 + 1)::integer] as indicator_code,
            indicator_code as canonical_code,
            if(h % 20 = 0, '松林公司' || (h % 300), null) as subject,
            null::varchar as scope,
            make_date((2000 + n % 25)::integer, 1, 1) as period_start,
            make_date((2000 + n % 25)::integer, 12, 31) as period_end,
            'actual' as status,
            ['economy', 'urban', 'livelihood', 'other'][(h % 4 + 1)::integer] as theme,
            ['nearest', 'inherited', 'list'][(h % 3 + 1)::integer] as binding_rule,
            null::varchar as doubt,
            (0.5 + h % 500 / 1000)::decimal(4, 3) as confidence,
            null::varchar as wording,
            null::varchar as commitment,
            null::varchar as corrected
        from (
            select n, i, hash(n, i) as h, (hash(n, i) % 900000) || '万元' as quote
            from range({reports}) t(n), range({observations}) s(i)
        )
        order by n, i
    """,
    "stg_numeral": """
        select
            sha256('报告' || n) as report_sha256,
            i::integer as numeral_no,
            (i * 500 // 600)::integer as passage_no,
            if(i < 250, i * 80 + 4, i * 30 + 1)::integer as char_start,
            (if(i < 250, i * 80 + 4, i * 30 + 1) + length(numeral_text))::integer as char_end,
            numeral_text,
            (h % 900000)::decimal(38, 8) as value,
            if(i < 250, ['元', '%', '家', '平方米'][(h % 4 + 1)::integer], null) as unit,
            if(i < 250, 'observation', ['date', 'name', 'label', 'idiom'][(h % 4 + 1)::integer])
            as disposition,
            null::varchar as unknown_reason,
            if(i < 250, i, null)::integer as observation_no
        from (
            select
                n, i, hash(n, i) as h,
                if(i < 250, (hash(n, i) % 900000) || '万元', '第' || (hash(n, i) % 90))
                as numeral_text
            from range({reports}) t(n), range({numerals}) s(i)
        )
        order by n, i
    """,
    "stg_term": """
        select
            sha256('报告' || n) as report_sha256,
            '词' || ((i * 17 + hash(n) % 40) % 25000) as term,
            (1 + hash(n, i) % 9)::integer as term_count
        from range({reports}) t(n), range({terms}) s(i)
        order by n, i
    """,
    "stg_reject": """
        select 'x.txt' as file_name, 'empty' as reason, 'nothing in it' as detail,
            '文件是空的' as detail_zh
        limit 0
    """,
    "stg_file": """
        select 'r' || n || '.txt' as file_name, null::varchar as rule
        from range({reports}) t(n)
    """,
}


def generate(folder: Path, observations: int) -> None:
    """Write the staged tables as Parquet."""
    counts = {
        "reports": max(1, observations // _OBSERVATIONS),
        "observations": _OBSERVATIONS,
        "numerals": _NUMERALS,
        "sentences": _SENTENCES,
        "terms": _TERMS,
    }
    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": _THREADS}) as con:
        for name, sql in _GENERATED.items():
            query = sql.format(**counts)
            con.sql(f"copy ({query}) to '{folder / name}.parquet' (compression zstd)")


def bare(folder: Path, target: Path) -> float:
    """Copy every staged table into a new file. Returns the seconds."""
    begun = time.perf_counter()
    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": _THREADS}) as con:
        con.sql(f"attach '{target}' as bare (storage_version '{STORAGE_VERSION}')")
        con.sql("use bare")
        con.begin()
        for name in _GENERATED:
            con.sql(f"create table {name} as from read_parquet('{folder / name}.parquet')")
        con.commit()
        con.sql("use memory")
        con.sql("detach bare")
    return time.perf_counter() - begun


def star(folder: Path, target: Path) -> float:
    """Build the warehouse of the same files. Returns the seconds."""
    staged = {name: folder / f"{name}.parquet" for name in contracts.names("staged")}
    load = LoadInfo("bench", datetime(2024, 1, 1), "bench", "bench")
    return build(staged, target, load, memory_limit=_MEMORY, threads=_THREADS).seconds


def measure(folder: Path, observations: int) -> tables.Figures:
    """Generate, if the folder holds nothing yet, and load both ways.

    Returns:
        `observations`; `seconds` and `bytes`, each of `bare` and `star`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "stg_reject.parquet").exists():
        generate(folder, observations)
    copy, warehouse = folder / "bare.duckdb", folder / "star.duckdb"
    copy.unlink(missing_ok=True)
    seconds = {"bare": bare(folder, copy), "star": star(folder, warehouse)}
    sizes = {"bare": copy.stat().st_size, "star": warehouse.stat().st_size}
    return {"observations": observations, "seconds": seconds, "bytes": sizes}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="keep the files here")
    parser.add_argument("--json", action="store_true", help="print the bare figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        figures = measure(options.folder or Path(scratch), options.observations)
    if options.json:
        print(json.dumps(figures))
    else:
        tables.show([tables.star(figures)])


if __name__ == "__main__":
    main()
