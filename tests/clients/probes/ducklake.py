"""The warehouse as a DuckLake with a SQLite catalog, filled by several processes at a time.

`ducklake.py WAREHOUSE QUESTIONS` answers out of the lake. Each of the writers copies the facts of
its share of the reports; the first one of them all copies what there is once.
"""

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import duckdb

WRITERS = 3
TRIES = 100
FACTS = ("dim_passage", "fact_observation", "fact_numeral", "fact_term")


def open_lake(folder: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for name in ("sqlite_scanner", "ducklake"):
        package = Path(find_spec(f"duckdb_extension_{name}").origin).parent
        (extension,) = package.rglob(f"{name}.duckdb_extension")
        con.sql(f"load '{extension}'")
    con.sql(
        f"attach 'ducklake:sqlite:{folder}/catalog.sqlite' as lake (data_path '{folder}/data', "
        "meta_journal_mode 'wal', meta_busy_timeout 30000)"
    )
    con.sql("set ducklake_max_retry_count = 100")
    return con


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.sql("select table_name from duckdb_tables() where database_name = 'warehouse'")
    return [name for (name,) in found.fetchall()]


def begin(warehouse: str, folder: Path) -> None:
    """Make the tables, and fill those that have no part for every report."""
    with open_lake(folder) as con:
        con.sql(f"attach '{warehouse}' as warehouse (read_only)")
        for name in tables(con):
            none = "limit 0" if name in FACTS else ""
            con.sql(f"create table lake.{name} as from warehouse.{name} {none}")


def write(warehouse: str, folder: Path, share: int) -> None:
    """Copy the facts of a share of the reports, a transaction a table."""
    with open_lake(folder) as con:
        con.sql(f"attach '{warehouse}' as warehouse (read_only)")
        for name in FACTS:
            insert(
                con,
                f"insert into lake.{name} from warehouse.{name} "
                f"where abs(report_key) % {WRITERS} = {share}",
            )


def insert(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Again, where SQLite let another writer go first: what is refused leaves nothing behind."""
    for _ in range(TRIES):
        try:
            con.sql(sql)
            return
        except duckdb.TransactionException as error:
            if "database is locked" not in str(error):
                raise
    sys.exit(f"refused {TRIES} times: {sql}")


def read(folder: Path, questions: Path) -> None:
    asked = json.loads(questions.read_text("utf-8"))
    with open_lake(folder) as con:
        con.sql("use lake")
        answers = {
            name: con.sql(sql).fetchall()[0][0]
            for name, sql in asked.items()
            if "duckdb_" not in sql and " mart_" not in sql
        }
        (snapshots,) = con.sql("select count(*) from ducklake_snapshots('lake')").fetchone()
    print(json.dumps({"answers": answers, "snapshots": snapshots}, ensure_ascii=False))


if __name__ == "__main__":
    source, second, *rest = sys.argv[1:]
    if rest:
        write(source, Path(second), int(rest[0]))
    else:
        with tempfile.TemporaryDirectory() as made:
            begin(source, Path(made))
            writers = [
                subprocess.Popen([sys.executable, __file__, source, made, str(share)])
                for share in range(WRITERS)
            ]
            failed = [writer.wait() for writer in writers]
            if any(failed):
                sys.exit("a writer failed")
            read(Path(made), Path(second))
