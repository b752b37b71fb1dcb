"""The error family: facts first, the message built from them, saying what to do. Nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class ZhibiaoError(Exception):
    """Base of every error that this project raises on purpose."""


class SeedFault(NamedTuple):
    """What is wrong in a file of seeds/: line 0 is the file as a whole."""

    file: str
    line: int
    detail: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"seeds/{self.file}{line}: {self.detail}"


# So many faults of the seeds are shown at once.
_FAULTS_SHOWN = 10


class SeedError(ZhibiaoError):
    """Files of seeds/ are missing or hold lines that cannot be used; nothing starts."""

    def __init__(self, *faults: SeedFault) -> None:
        self.faults = faults
        super().__init__(*faults)

    def __str__(self) -> str:
        shown = [str(fault) for fault in self.faults[:_FAULTS_SHOWN]]
        more = len(self.faults) - len(shown)
        if more > 0:
            shown.append(f"and {more} more")
        return "\n".join([*shown, "Nothing was changed. Correct seeds/ and run again."])


class DocumentError(ZhibiaoError):
    """A report file cannot be read; it becomes a row of etl_reject and the others go on."""

    def __init__(self, file_name: str, reason: str, detail: str) -> None:
        self.file_name, self.reason, self.detail = file_name, reason, detail
        super().__init__(file_name, reason, detail)

    def __str__(self) -> str:
        return f"{self.file_name}: {self.detail}"


class NoReportsError(ZhibiaoError):
    """A run has nothing to read; the published file stays as it is."""

    def __init__(self, folder: object, detail: str) -> None:
        self.folder, self.detail = str(folder), detail
        super().__init__(self.folder, detail)

    def __str__(self) -> str:
        return f"{self.folder}: {self.detail}. Nothing was changed. Name the folder of the reports."


class OverridesError(ZhibiaoError):
    """A reports.csv is there and cannot be opened: without it reports would say something else."""

    def __init__(self, file_name: str, detail: str) -> None:
        self.file_name, self.detail = file_name, detail
        super().__init__(file_name, detail)

    def __str__(self) -> str:
        return (
            f"{self.file_name}: {self.detail}. The published file is unchanged. "
            "Make it readable, or remove it, and run again."
        )


# What the system and Polars say when nothing more can be written.
_FULL = {
    "No space left on device": "the disk is full; make room and run again",
    "File too large": "the limit on file size is reached; raise it (ulimit -f)",
}


class StagingError(ZhibiaoError):
    """What was read cannot be kept; the published file stays as it is."""

    def __init__(self, path: object, detail: str) -> None:
        self.path, self.detail = str(path), detail
        super().__init__(self.path, detail)

    def __str__(self) -> str:
        plain = (meaning for sign, meaning in _FULL.items() if sign in self.detail)
        return (
            f"{self.path}: {next(plain, self.detail)}. The published file is unchanged; "
            "reports staged so far are not read again."
        )


class WordListError(ZhibiaoError):
    """A list of words to count cannot be used."""

    def __init__(self, path: object, detail: str) -> None:
        self.path, self.detail = str(path), detail
        super().__init__(self.path, detail)

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}. Write one word a line, or a CSV with a column term."


class CompileError(ZhibiaoError):
    """The parser cannot be compiled; the interpreter runs it as it is."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)

    def __str__(self) -> str:
        return (
            f"the parser is not compiled: {self.detail}. Everything works without it, but "
            "more slowly. To compile it, install zhibiao[compile] and a C compiler and run "
            "python -m pipelines.compile."
        )


class EngineError(ZhibiaoError):
    """The batches of a load could not be run."""


class LostWorkersError(EngineError):
    """Worker processes kept dying, so batches were left undone."""

    def __init__(self, batches: int, tries: int) -> None:
        self.batches, self.tries = batches, tries
        super().__init__(batches, tries)

    def __str__(self) -> str:
        return (
            f"{self.batches} batches were left after the workers of one of them died {self.tries} "
            "times, probably out of memory. Run again with fewer workers: "
            "finished batches are kept."
        )


class EngineMissingError(EngineError):
    """An engine was chosen whose libraries are not installed."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        super().__init__(engine)

    def __str__(self) -> str:
        return (
            f"the engine {self.engine} is not installed. "
            f"Run pip install 'zhibiao[{self.engine}]', or choose the engine local."
        )


class ExtraMissingError(ZhibiaoError):
    """A part of the project is used that comes with an extra, and the extra is not installed."""

    def __init__(self, extra: str, user: str = "", library: str = "") -> None:
        self.extra, self.user, self.library = extra, user, library
        super().__init__(extra, user, library)

    def __str__(self) -> str:
        needs = f"{self.user} needs {self.library}, which" if self.user else self.extra
        return f"{needs} is not installed. Run pip install 'zhibiao[{self.extra}]'."


class SchedulerError(EngineError):
    """A scheduler does not answer, or has nobody to work for it."""

    def __init__(self, address: str, detail: str) -> None:
        self.address, self.detail = address, detail
        super().__init__(address, detail)

    def __str__(self) -> str:
        return (
            f"{self.address}: {self.detail}. Start it, correct ZHIBIAO_SCHEDULER or --scheduler, "
            "or leave the address out to work on this machine."
        )


class LockedError(ZhibiaoError):
    """Another run writes the same warehouse and did not end in time."""

    def __init__(self, warehouse: object, holder: str) -> None:
        self.warehouse, self.holder = str(warehouse), holder
        super().__init__(self.warehouse, holder)

    def __str__(self) -> str:
        return f"{self.warehouse} is being written by {self.holder}. Run again when it is done."


class ContractError(ZhibiaoError):
    """A frame or a file does not hold the columns that sql/ declares for it."""

    def __init__(self, table: str, detail: str) -> None:
        self.table, self.detail = table, detail
        super().__init__(table, detail)

    def __str__(self) -> str:
        return f"{self.table} breaks its contract: {self.detail}. sql/ declares its columns."


class WarehouseError(ZhibiaoError):
    """A warehouse file cannot be built, checked, published or read. `advice` says what to do."""

    def __init__(self, path: object, detail: str, advice: str) -> None:
        self.path, self.detail, self.advice = str(path), detail, advice
        super().__init__(self.path, detail, advice)

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}. {self.advice}"


class DamagedError(WarehouseError):
    """What stands in the place of a warehouse file is no readable DuckDB file."""


class QueryError(ZhibiaoError):
    """A statement of SQL failed; DuckDB says why."""


class SettingsError(ZhibiaoError):
    """An environment variable holds a value that cannot be used. A secret one is given as None."""

    def __init__(self, variable: str, value: object, detail: str) -> None:
        self.variable, self.detail = variable, detail
        self.value = None if value is None else str(value)
        super().__init__(variable, self.value, detail)

    def __str__(self) -> str:
        what = "cannot be used" if self.value is None else f"is {self.value}"
        return f"{self.variable} {what}: {self.detail}. Correct the variable, or unset it."


class PlaceError(ZhibiaoError):
    """A run was sent to a folder, a file or a scheduler that the settings do not allow."""

    def __init__(self, place: str, variable: str, detail: str) -> None:
        self.place, self.variable, self.detail = place, variable, detail
        super().__init__(place, variable, detail)

    def __str__(self) -> str:
        return f"{self.place}: {self.detail}. To allow it, set {self.variable} and restart Dagster."


class CorpusError(ZhibiaoError):
    """The YAML file of a corpus says what cannot be used."""

    def __init__(self, folder: Path, field: str, detail: str) -> None:
        self.folder, self.field, self.detail = folder, field, detail
        super().__init__(folder, field, detail)

    def __str__(self) -> str:
        return f"{self.folder / 'defs.yaml'}: {self.field}: {self.detail}. Correct it and reload."


class AlertError(ZhibiaoError):
    """The webhook took no message. Its address is a secret, so only the host is named."""

    def __init__(self, host: str, detail: str) -> None:
        self.host, self.detail = host, detail
        super().__init__(host, detail)

    def __str__(self) -> str:
        return (
            f"the webhook at {self.host} did not take the message: {self.detail}. "
            "Check ZHIBIAO_WEBHOOK_URL."
        )


class ExportError(ZhibiaoError):
    """Something cannot be exported as was asked. `advice` says what to do."""

    def __init__(self, what: object, detail: str, advice: str) -> None:
        self.what, self.detail, self.advice = str(what), detail, advice
        super().__init__(self.what, detail, advice)

    def __str__(self) -> str:
        return f"{self.what}: {self.detail}. {self.advice}."
