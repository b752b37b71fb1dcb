"""Any DuckDB of Python, alone in its environment: `python_duckdb.py WAREHOUSE QUESTIONS`."""

import json
import sys

import duckdb

with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123  (any old Python will do)
    questions = json.load(file)
with duckdb.connect(sys.argv[1], read_only=True) as con:
    answers = {name: con.sql(sql).fetchall()[0][0] for name, sql in questions.items()}
    row = con.sql(
        "select value, period_end, quote from mart_observation "
        "where period_end is not null order by value desc limit 1"
    ).fetchall()[0]
    try:
        con.sql("create table written (number integer)")
        refused = ""
    except duckdb.Error as error:
        refused = str(error)
print(
    json.dumps(
        {
            "version": duckdb.__version__,
            "answers": answers,
            "types": [type(cell).__name__ for cell in row],
            "refused": refused,
        },
        ensure_ascii=False,
    )
)
