"""`python -m zhibiao` is the command `zhibiao`."""

from pipelines.cli import app

app(prog_name="zhibiao")
