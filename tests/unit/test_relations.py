"""Rows between DuckDB and Polars, with and without pyarrow."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import duckdb
import polars as pl
import pytest

from pipelines.relations import frame_of, offer

ROW = "2.50::decimal(18, 2) as d, 1 as i, date '2024-06-30' as day, '全区' as word, true as yes"
FRAME = pl.DataFrame(
    {
        "word": ["全区", None],
        "value": [Decimal("2.50"), None],
        "day": [date(2024, 6, 30), None],
        "at": [datetime(2024, 6, 30, 8, 15), None],
    },
    schema={
        "word": pl.String,
        "value": pl.Decimal(18, 2),
        "day": pl.Date,
        "at": pl.Datetime("us"),
    },
)


def test_a_relation_becomes_a_frame_with_its_types():
    with duckdb.connect() as con:
        frame = frame_of(con.sql(f"select {ROW}"))
    assert frame.rows() == [(Decimal("2.50"), 1, date(2024, 6, 30), "全区", True)]
    assert frame.schema["d"] == pl.Decimal(18, 2)


def test_no_rows_have_their_types_too():
    with duckdb.connect() as con:
        assert frame_of(con.sql(f"select {ROW} limit 0")).schema["day"] == pl.Date


def test_a_query_that_fails_on_the_way_is_an_error_of_duckdb():
    with duckdb.connect() as con:
        late = con.sql("select cast(if(range = 9000, 'x', '1') as integer) from range(9001)")
        with pytest.raises(duckdb.Error, match="'x'"):
            frame_of(late)


@pytest.mark.parametrize("frame", [FRAME, FRAME.clear()], ids=["rows", "none"])
def test_an_offered_frame_comes_back_as_it_was(frame: pl.DataFrame):
    with duckdb.connect() as con:
        offer(con, "told", frame)
        assert frame_of(con.sql("from told")).equals(frame)
        offer(con, "told", frame.head(1))
        assert len(con.sql("from told").fetchall()) == min(1, frame.height)


def test_an_offered_frame_needs_no_right_to_write_the_file_that_is_open(tmp_path):
    path = str(tmp_path / "w.duckdb")
    duckdb.connect(path).close()
    with duckdb.connect(path, read_only=True) as con:
        offer(con, "told", FRAME)
        assert len(con.sql("from told").fetchall()) == 2


def test_without_pyarrow_all_goes_as_well():
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import duckdb\nfrom pipelines.relations import frame_of, offer\n"
        "con = duckdb.connect()\nframe = frame_of(con.sql('select ' + sys.argv[1]))\n"
        "offer(con, 'told', frame)\nprint(con.sql('select word from told').fetchall())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, ROW],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == "[('全区',)]\n", done.stderr
