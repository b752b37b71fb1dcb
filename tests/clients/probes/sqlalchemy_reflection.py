"""duckdb-sqlalchemy: what a tool built on SQLAlchemy sees of the file.

`sqlalchemy_reflection.py WAREHOUSE QUESTIONS`
"""

import json
import sys
from pathlib import Path

import sqlalchemy as sa

questions = json.loads(Path(sys.argv[2]).read_text("utf-8"))
engine = sa.create_engine(
    f"duckdb:///{sys.argv[1]}", connect_args={"read_only": True}, poolclass=sa.NullPool
)
with engine.connect() as con:
    answers = {name: con.execute(sa.text(sql)).scalar_one() for name, sql in questions.items()}
found = sa.inspect(engine)
tables = {}
for name in [*found.get_table_names(), *found.get_view_names()]:
    reflected = sa.Table(name, sa.MetaData(), autoload_with=engine)
    tables[name] = {
        "comment": found.get_table_comment(name)["text"],
        "columns": {column.name: column.comment for column in reflected.columns},
        "untyped": [c.name for c in reflected.columns if isinstance(c.type, sa.types.NullType)],
        "key": [column.name for column in reflected.primary_key],
    }
print(
    json.dumps(
        {
            "version": sa.__version__,
            "answers": answers,
            "views": found.get_view_names(),
            "tables": tables,
        },
        ensure_ascii=False,
    )
)
