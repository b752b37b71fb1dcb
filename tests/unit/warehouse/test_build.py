from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import contracts
from pipelines.errors import ContractError, WarehouseError
from pipelines.warehouse.build import STORAGE_VERSION, build
from pipelines.warehouse.check import run_checks
from pipelines.warehouse.connect import explain, read_only
from pipelines.warehouse.loads import LoadInfo

Frames = dict[str, pl.DataFrame]


def rows(path: Path, sql: str) -> list[tuple]:
    with read_only(path) as con:
        return con.sql(sql).fetchall()


def test_every_table_is_filled(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    result = build(staged, tmp_path / "w.duckdb", load, seeds=seeds)
    assert result.rows == {
        "dim_date": 367,
        "dim_indicator": 5,
        "dim_keyword": 43,
        "dim_passage": 7,
        "dim_period": 3,
        "dim_region": 7,
        "dim_report": 3,
        "dim_subject": 3,
        "dim_term": 3,
        "dim_theme": 4,
        "dim_unit": 6,
        "etl_file": 4,
        "etl_load": 1,
        "etl_check": 0,  # filled when the file is checked
        "etl_correction": 0,
        "etl_reject": 1,
        "fact_keyword": 0,
        "etl_version": 2,
        "fact_load_change": 0,
        "fact_numeral": 6,
        "fact_observation": 5,
        "fact_term": 3,
    }
    assert result.seconds > 0
    assert [path.name for path in tmp_path.iterdir()] == ["w.duckdb"]


def test_all_checks_pass(built: Path, staged: Frames) -> None:
    results = run_checks(built, staged)
    assert {result.name: result.count for result in results if not result.passed} == {}


def test_the_flat_view_holds_what_was_staged(built: Path) -> None:
    found = rows(
        built,
        "select file_name, region, indicator, indicator_code, subject, measure, value, unit, "
        "period_label, scope, quote from mart_observation order by file_name, char_start",
    )
    assert found == [
        ("a.txt", "青禾街道", "税收", "tax_revenue", None, "level", Decimal("300000000.00000000"),
         "元", "2024年上半年", None, "3亿元"),
        ("a.txt", "青禾街道", "税收", "tax_revenue", None, "change_rate", Decimal("5.00000000"),
         "%", "2024年上半年", None, "5%"),
        ("a.txt", "青禾街道", "税收", "tax_revenue", None, "rank", Decimal("2.00000000"),
         "名", "2024年上半年", "全区", "第2"),
        ("a.txt", "青禾街道", "走访企业", None, "𠮷里社区", "level", Decimal("12.00000000"),
         "家", "2024年上半年", None, "12家"),
        ("b.txt", "云溪县", "财政收入", "general_public_budget_revenue", None, "level",
         Decimal("8000000000.12345678"), "元", "2024年", None, "80亿元"),
    ]  # fmt: skip


def test_headline_lays_level_growth_and_rank_side_by_side(built: Path) -> None:
    found = rows(
        built,
        "select region, level_value, growth_percent, rank_place, rank_scope, rank_basis "
        "from mart_headline order by file_name",
    )
    assert found == [
        ("青禾街道", Decimal("300000000.00000000"), Decimal("5.00000000"), 2, "全区", "level"),
        ("云溪县", Decimal("8000000000.12345678"), None, None, None, None),
    ]


def test_an_extended_indicator_is_canonical(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    company = pl.col("quote") == "12家"
    staged["stg_observation"] = staged["stg_observation"].with_columns(
        indicator_code=pl.when(company).then(pl.lit("people")).otherwise("indicator_code"),
        canonical_code=pl.when(company).then(pl.lit("population")).otherwise("canonical_code"),
        unit=pl.when(company).then(pl.lit("人")).otherwise("unit"),
        subject=pl.lit(None, pl.String),
    )
    path = build(staged, tmp_path / "w.duckdb", load, seeds=seeds).path
    assert rows(
        path,
        "select indicator, indicator_code, canonical_code, indicator_zh from mart_observation "
        "where quote in ('12家', '3亿元') order by char_start",
    ) == [
        ("税收", "tax_revenue", "tax_revenue", "税收收入"),
        ("走访企业", "people", "population", "人口"),
    ]
    assert rows(
        path,
        "select indicator_tier, level_value from mart_headline where indicator_code = 'population'",
    ) == [("extended", Decimal("12.00000000"))]
    assert rows(
        path,
        "select coalesce(indicator_tier, 'free'), count(*) "
        "from dim_indicator group by all order by all",
    ) == [("core", 2), ("extended", 1), ("free", 1)]
    assert not [found.name for found in run_checks(path, staged) if found.blocks]


@pytest.mark.parametrize(
    ("bound", "quotes"), [(0.5, ["3亿元", "5%"]), (0.8, ["3亿元"]), (0.95, [])]
)
def test_trusted_rows_are_those_over_the_bound_of_the_build(
    tmp_path: Path,
    staged: Frames,
    seeds: Frames,
    load: LoadInfo,
    bound: float,
    quotes: list[str],
) -> None:
    said = {"3亿元": Decimal("0.900"), "5%": Decimal("0.799")}
    sure = pl.col("quote").replace_strict(said, default=Decimal("0.100"))
    observations = staged["stg_observation"]
    staged["stg_observation"] = observations.with_columns(
        confidence=sure.cast(observations.schema["confidence"])
    )
    bounded = replace(load, trusted_confidence=bound)
    path = build(staged, tmp_path / "w.duckdb", bounded, seeds=seeds).path
    found = rows(path, "select quote from mart_trusted order by confidence desc")
    assert [quote for (quote,) in found] == quotes


def test_coverage_accounts_for_every_numeral(built: Path) -> None:
    found = rows(
        built,
        "select file_name, disposition, numeral_count, observation_count, numeral_percent "
        "from mart_coverage order by all",
    )
    assert found == [
        ("a.txt", "observation", 4, 4, Decimal("100.00")),
        ("b.txt", "list_number", 1, 0, Decimal("50.00")),
        ("b.txt", "observation", 1, 1, Decimal("50.00")),
    ]


def test_units_bear_the_dimension_of_their_own_name(built: Path) -> None:
    found = rows(built, "select unit, dimension, unit_names from dim_unit order by unit")
    assert found == [
        ("%", "ratio", "%|翻番"),
        ("人", "count", "人"),
        ("元", "money", "元|块钱"),
        ("名", "other", None),
        ("家", "other", None),
        (None, "none", None),
    ]


def test_regions_form_a_tree(built: Path) -> None:
    found = rows(
        built,
        "select child.region_path, child.region_level, child.region_code, above.region, "
        "child.province, child.city, child.county, child.township "
        "from dim_region as child left join dim_region as above "
        "on child.parent_key = above.region_key order by child.region_path",
    )
    town = ("浙江省", "杭州市", "青禾区", "青禾街道")
    assert found == [
        ("全国", "country", None, None, None, None, None, None),
        ("未知", "unknown", None, None, None, None, None, None),
        ("浙江省", "province", "330000", "全国", "浙江省", None, None, None),
        ("浙江省/云溪县", "county", "339901", "浙江省", "浙江省", None, "云溪县", None),
        ("浙江省/杭州市", "city", "330100", "浙江省", "浙江省", "杭州市", None, None),
        ("浙江省/杭州市/青禾区", "county", "330199", "杭州市", *town[:3], None),
        ("浙江省/杭州市/青禾区/青禾街道", "township", None, "青禾区", *town),
    ]


def test_a_region_says_when_it_was_there_and_who_took_over(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    path = build(staged, tmp_path / "w.duckdb", load, seeds=seeds).path
    found = rows(
        path,
        "select region, valid_from_year, valid_to_year, successor_code "
        "from dim_region where region in ('青禾区', '云溪县')",
    )
    assert sorted(found) == [("云溪县", None, None, None), ("青禾区", 2001, 2020, "339901")]


def test_regions_without_a_seed_get_their_level_from_the_report_or_their_depth(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    seeds = seeds | {"seed_regions": seeds["seed_regions"].clear()}
    path = build(staged, tmp_path / "w.duckdb", load, seeds=seeds).path
    found = dict(rows(path, "select region, region_level from dim_region"))
    assert found["云溪县"] == "county"
    assert found["杭州市"] == "city"
    assert found["全国"] == "country"


@pytest.mark.parametrize(
    ("start", "end", "kind", "label", "days"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "year", "2024年", 366),
        (date(2024, 7, 1), date(2024, 12, 31), "half", "2024年下半年", 184),
        (date(2024, 7, 1), date(2024, 9, 30), "quarter", "2024年第三季度", 92),
        (date(2024, 1, 1), date(2024, 3, 31), "quarter", "2024年第一季度", 91),
        (date(2024, 2, 1), date(2024, 2, 29), "month", "2024年2月", 29),
        (date(2024, 1, 1), date(2024, 10, 31), "year_to_date", "2024年1—10月", 305),
        (date(2024, 3, 1), date(2024, 5, 31), "span", "2024年3—5月", 92),
        (date(2021, 1, 1), date(2025, 12, 31), "span", "“十四五”时期", 1826),
        (date(2001, 1, 1), date(2005, 12, 31), "span", "“十五”时期", 1826),
        (date(1966, 1, 1), date(1970, 12, 31), "span", "“三五”时期", 1826),
        (date(2020, 1, 1), date(2024, 12, 31), "span", "2020—2024年", 1827),
        (date(2024, 6, 21), date(2024, 6, 30), "span", "2024年6月21日—2024年6月30日", 10),
        (date(2024, 6, 30), date(2024, 6, 30), "day", "2024年6月30日", 1),
        (None, date(2024, 6, 30), "span", "—2024年6月30日", None),
    ],
    ids=str,
)
def test_periods(
    start: date | None,
    end: date,
    kind: str,
    label: str,
    days: int | None,
    tmp_path: Path,
    staged: Frames,
    seeds: Frames,
    load: LoadInfo,
) -> None:
    changed = staged["stg_observation"].with_columns(
        period_start=pl.lit(start, pl.Date), period_end=pl.lit(end)
    )
    path = build(
        staged | {"stg_observation": changed}, tmp_path / "w.duckdb", load, seeds=seeds
    ).path
    found = rows(
        path,
        "select distinct period_kind, period_label, day_count from fact_observation "
        "inner join dim_period on fact_observation.period_key = dim_period.period_key",
    )
    assert found == [(kind, label, days)]


def test_a_report_of_no_known_region_is_of_the_unknown_one(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    nowhere = staged["stg_document"].with_columns(
        region_path=pl.lit(None, pl.String), region_level=pl.lit(None, pl.String)
    )
    frames = staged | {"stg_document": nowhere}
    path = build(frames, tmp_path / "w.duckdb", load, seeds=seeds).path
    assert rows(path, "select distinct region, region_level from mart_observation") == [
        ("未知", "unknown")
    ]
    assert not [check for check in run_checks(path, frames) if check.blocks]


def test_unknown_and_own_members(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    changed = staged["stg_observation"].with_columns(
        unit=pl.lit(None, pl.String),
        period_start=pl.lit(None, pl.Date),
        period_end=pl.lit(None, pl.Date),
        subject=pl.lit(None, pl.String),
    )
    path = build(
        staged | {"stg_observation": changed}, tmp_path / "w.duckdb", load, seeds=seeds
    ).path
    found = rows(
        path,
        "select distinct unit_key, period_key, period_end_date_key, subject_key "
        "from fact_observation",
    )
    assert found == [(-1, -1, -1, 0)]


def test_a_key_is_the_hash_of_the_natural_key_in_every_release(built: Path) -> None:
    """Bookmarks of BI tools hold keys, so a new way to make them would break what people saved."""

    def key(natural: str) -> int:
        return int(hashlib.md5(natural.encode(), usedforsecurity=False).hexdigest()[:15], 16)

    report = "a" * 64
    ((start,),) = rows(built, "select char_start from fact_observation where quote = '5%'")
    assert rows(
        built,
        "select observation_key, report_key, region_key, passage_key, indicator_key, period_key, "
        "period_end_date_key, unit_key, theme_key from fact_observation where quote = '5%'",
    ) == [
        (
            key(report) + start,
            key(report),
            key("浙江省/杭州市/青禾区/青禾街道"),
            key(report) + 1,
            key("code:tax_revenue"),
            key("2024-01-01/2024-06-30"),
            20240630,
            key("%"),
            key("economy"),
        )
    ]


def content(path: Path) -> dict[str, list[tuple]]:
    with read_only(path) as con:
        return {
            name: con.sql(f"from {name} order by all").fetchall()
            for name in contracts.names("tables")
            if name != "etl_load"
        }


def test_keys_survive_a_rebuild_whatever_the_order(
    built: Path, tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    shuffled = {
        name: some.sample(fraction=1, shuffle=True, seed=7) for name, some in staged.items()
    }
    names = list(shuffled)
    random.Random(7).shuffle(names)  # noqa: S311
    again = build(
        {name: shuffled[name] for name in names},
        tmp_path / "again.duckdb",
        replace(load, load_id="load-2"),
        seeds=seeds,
    )
    assert content(again.path) == content(built)


def test_a_report_keeps_its_keys_when_another_one_goes(
    built: Path, tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    fewer = {
        name: some.filter(pl.col("report_sha256") == "a" * 64)
        if "report_sha256" in some.columns
        else some
        for name, some in staged.items()
    }
    path = build(fewer, tmp_path / "fewer.duckdb", load, seeds=seeds).path
    sql = "select observation_key, quote from mart_observation where file_name = 'a.txt' order by 1"
    assert rows(path, sql) == rows(built, sql)
    assert not rows(path, "from mart_observation where file_name = 'b.txt'")


def test_parquet_lazy_frames_and_frames_load_alike(
    built: Path, tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    folder = tmp_path / "it's staged"
    sources: dict[str, object] = {}
    for name, some in staged.items():
        (folder / name).mkdir(parents=True)
        for number, part in enumerate(some.iter_slices(2)):
            part.write_parquet(folder / name / f"{number}.parquet")
        sources[name] = folder / name / "*.parquet"
    sources["stg_term"] = staged["stg_term"].lazy()
    again = build(sources, tmp_path / "again.duckdb", load, seeds=seeds)  # type: ignore[arg-type]
    assert content(again.path) == content(built)


def test_nothing_staged_is_an_empty_warehouse(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    empty: dict[str, object] = {name: some.clear() for name, some in staged.items()}
    empty["stg_numeral"] = str(tmp_path / "none" / "*.parquet")
    result = build(empty, tmp_path / "w.duckdb", load, seeds=seeds)  # type: ignore[arg-type]
    assert result.rows["fact_observation"] == 0
    assert all(check.passed for check in run_checks(result.path, empty))  # type: ignore[arg-type]


def test_the_file_is_of_the_storage_version_that_all_clients_read(built: Path) -> None:
    ((tags,),) = rows(
        built, "select tags from duckdb_databases() where database_name = current_database()"
    )
    assert tags["storage_version"].startswith(STORAGE_VERSION)


def test_only_types_that_bi_tools_know() -> None:
    known = {"VARCHAR", "INTEGER", "BIGINT", "DATE", "BOOLEAN", "TIMESTAMP"}
    odd = {
        f"{table.name}.{column.name}": column.type
        for table in contracts.tables().values()
        for column in table.columns
        if column.type not in known and not column.type.startswith("DECIMAL")
    }
    assert odd == {}


def test_the_load_tells_of_itself(built: Path) -> None:
    ((*facts, star),) = rows(
        built,
        "select load_id, strftime(loaded_at, '%Y-%m-%d %H:%M'), code_version, seeds_hash, "
        "report_count, reject_count, passage_count, numeral_count, observation_count, "
        "term_count, staging_seconds, star_seconds from etl_load",
    )
    assert facts[:10] == ["load-1", "2024-07-01 08:30", "0.1.0", "seedhash", 2, 1, 6, 6, 5, 3]
    assert facts[10] == Decimal("1.500")
    assert star > 0


def test_a_value_outside_a_closed_list_is_refused_and_nothing_is_left(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    bad = staged["stg_observation"].with_columns(modifier=pl.lit("roughly"))
    with pytest.raises(WarehouseError, match="breaks a rule of the tables"):
        build(staged | {"stg_observation": bad}, tmp_path / "w.duckdb", load, seeds=seeds)
    assert list(tmp_path.iterdir()) == []


def test_the_same_report_twice_is_refused(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    twice = pl.concat([staged["stg_document"]] * 2)
    with pytest.raises(WarehouseError, match="breaks a rule of the tables"):
        build(staged | {"stg_document": twice}, tmp_path / "w.duckdb", load, seeds=seeds)


def test_a_missing_table_is_named(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    del staged["stg_term"]
    with pytest.raises(ContractError, match="it was not staged"):
        build(staged, tmp_path / "w.duckdb", load, seeds=seeds)


def test_parquet_of_another_type_is_refused(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    part = tmp_path / "part.parquet"
    staged["stg_observation"].with_columns(pl.col("value").cast(pl.Float64)).write_parquet(part)
    with pytest.raises(ContractError, match=r"value is DOUBLE where DECIMAL\(38,8\) is declared"):
        build({**staged, "stg_observation": part}, tmp_path / "w.duckdb", load, seeds=seeds)


def test_a_missing_folder_is_named(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    with pytest.raises(WarehouseError, match="folder does not exist"):
        build(staged, tmp_path / "no" / "w.duckdb", load, seeds=seeds)


def test_what_a_crashed_build_left_is_removed(
    tmp_path: Path, staged: Frames, seeds: Frames, load: LoadInfo
) -> None:
    target = tmp_path / "w.duckdb"
    target.write_bytes(b"half a file")
    (tmp_path / "w.duckdb.wal").write_bytes(b"half a log")
    (tmp_path / "w.duckdb.spill").mkdir()
    (tmp_path / "w.duckdb.spill" / "duckdb_temp_storage-0.tmp").write_bytes(b"half a table")
    build(staged, target, load, seeds=seeds)
    assert [path.name for path in tmp_path.iterdir()] == ["w.duckdb"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            duckdb.IOException("IO Error: Could not write file: No space left on device"),
            "disk is full",
        ),
        (OSError(28, "No space left on device"), "disk is full"),
        (
            duckdb.OutOfMemoryException("Out of Memory Error: failed to offload data block"),
            "no room",
        ),
        (duckdb.OutOfMemoryException("Out of Memory Error: could not allocate"), "Raise ZHIBIAO"),
        (PermissionError(13, "Permission denied"), "no permission to read or write"),
        (OSError(18, "Invalid cross-device link"), "a different file system"),
        (duckdb.IOException("IO Error: something new\nand more"), "something new"),
    ],
    ids=["duckdb-full", "system-full", "spill", "memory", "rights", "other-disk", "unknown"],
)
def test_errors_in_plain_words(error: Exception, words: str) -> None:
    assert words in str(explain(Path("w.duckdb"), error))
