"""`python -m zhibiao` is the command `zhibiao`."""

from pipelines.cli import main

main()
