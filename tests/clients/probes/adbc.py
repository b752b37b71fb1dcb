"""ADBC: the driver inside the wheel of DuckDB, under the driver manager of Arrow.

`adbc.py WAREHOUSE QUESTIONS`
"""

import json
import sys
from pathlib import Path

import adbc_driver_duckdb
import adbc_driver_duckdb.dbapi
import adbc_driver_manager.dbapi
import duckdb

questions = json.loads(Path(sys.argv[2]).read_text("utf-8"))
driver = {
    "driver": adbc_driver_duckdb.driver_path(),
    "entrypoint": "duckdb_adbc_init",
    "db_kwargs": {"path": sys.argv[1], "access_mode": "READ_ONLY"},
}
with adbc_driver_manager.dbapi.connect(**driver) as con, con.cursor() as cursor:
    answers = {}
    for name, sql in questions.items():
        cursor.execute(sql)
        answers[name] = cursor.fetchone()[0]
    cursor.execute("select value, period_end, quote from mart_observation")
    batch = cursor.fetch_arrow_table()
    listed = con.adbc_get_objects(depth="tables").read_all().to_pylist()
    try:
        cursor.execute("create table written (number integer)")
        refused = ""
    except adbc_driver_manager.Error as error:
        refused = str(error)
print(
    json.dumps(
        {
            "version": duckdb.__version__,
            "answers": answers,
            "rows": batch.num_rows,
            "types": [str(field.type) for field in batch.schema],
            "tables": [
                table["table_name"]
                for catalog in listed
                for schema in catalog["catalog_db_schemas"]
                for table in schema["db_schema_tables"] or []
            ],
            "refused": refused,
        },
        ensure_ascii=False,
    )
)
