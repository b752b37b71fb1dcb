"""Read an exported folder with the readers of each standard; prints what they found as JSON.

Run in an environment of `environments/catalogues.txt`, with the folder as the only argument.
"""

import json
import logging
import sys
from pathlib import Path

import frictionless
import mlcroissant
import sdmx

folder = Path(sys.argv[1])
messages: list[str] = []


class Keep(logging.Handler):
    """Keeps what readers complain of."""

    def emit(self, record: logging.LogRecord) -> None:
        messages.append(record.getMessage())


logging.getLogger().addHandler(Keep(logging.WARNING))

report = frictionless.validate(str(folder / "datapackage.json"))
records = {}
dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
for one in dataset.metadata.record_sets:
    records[one.id] = sum(1 for _ in dataset.records(record_set=one.id))
found = {
    "valid": report.valid,
    "errors": report.flatten(["title", "note"]),
    "rows": {task.name: task.stats["rows"] for task in report.tasks if task.type == "table"},
    "records": records,
}
if (folder / "structure.xml").exists():
    structure = sdmx.read_sdmx(folder / "structure.xml")
    data = sdmx.read_sdmx(folder / "series.csv", structure=structure.dataflow["SERIES"])
    found["dimensions"] = [one.id for one in structure.structure["SERIES"].dimensions]
    found["observations"] = len(data.data[0].obs)
print(json.dumps(found | {"messages": messages}, ensure_ascii=False))
