"""Boring Semantic Layer, alone in its environment: `semantic_layer.py WAREHOUSE MODELS`."""

import json
import sys

import ibis
from boring_semantic_layer import from_yaml

con = ibis.duckdb.connect(sys.argv[1], read_only=True)
models = from_yaml(sys.argv[2], tables={name: con.table(name) for name in con.list_tables()})
# Every measure of every model at once, and one question.
totals = {}
for name, model in models.items():
    row = model.group_by().aggregate(*model.measures).execute().to_dict("records")[0]
    totals[name] = int(row["row_total"])
headline = models["mart_headline"]
asked = (
    headline.filter(lambda t: t.indicator_code.notnull())
    .group_by("indicator_zh", "level_unit")
    .aggregate("row_total", "regions", "max_level_value")
    .execute()
)
print(
    json.dumps(
        {
            "totals": totals,
            "described": {
                name: bool(model.get_dimensions())
                and all(one.description for one in model.get_dimensions().values())
                for name, model in models.items()
            },
            "largest": {
                f"{row.indicator_zh} {row.level_unit}": str(row.max_level_value)
                for row in asked.itertuples()
                if row.max_level_value is not None and row.max_level_value == row.max_level_value
            },
        },
        ensure_ascii=False,
    )
)
