"""The command `zhibiao` with batches of two reports: a handful of reports keeps workers busy.

python small_batches.py build --reports DIR --warehouse FILE
"""

from __future__ import annotations

if __name__ == "__main__":
    from pipelines.cli import app
    from pipelines.frames import store

    store._BATCH_REPORTS = 2
    app()
