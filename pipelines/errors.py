"""The error family: facts first, the message built from them, saying what to do. Nothing else."""

from __future__ import annotations


class ZhibiaoError(Exception):
    """Base of every error that this project raises on purpose."""


class SeedError(ZhibiaoError):
    """A file of seeds/ is missing or holds a line that cannot be used."""

    def __init__(self, file: str, line: int, detail: str) -> None:
        self.file, self.line, self.detail = file, line, detail
        super().__init__(file, line, detail)

    def __str__(self) -> str:
        return f"seeds/{self.file}, line {self.line}: {self.detail}. Correct the line and run again."


class DocumentError(ZhibiaoError):
    """A report file cannot be read; it becomes a row of etl_reject and the others go on."""

    def __init__(self, file_name: str, reason: str, detail: str) -> None:
        self.file_name, self.reason, self.detail = file_name, reason, detail
        super().__init__(file_name, reason, detail)

    def __str__(self) -> str:
        return f"{self.file_name}: {self.detail}"
