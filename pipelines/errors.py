"""The error family: facts first, the message built from them, saying what to do. Nothing else.

`str` of an error is its English message, `zh` the Chinese one.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipelines.bilingual import Both


class ZhibiaoError(Exception):
    """Base of every error that this project raises on purpose."""

    def said(self) -> Both:
        """The message, in both languages."""
        return Both.quoted(super().__str__())

    def __str__(self) -> str:
        return str(self.said())

    @property
    def zh(self) -> str:
        """The message in Chinese."""
        return self.said().zh


class SeedFault(NamedTuple):
    """What is wrong in a file of seeds/: line 0 is the file as a whole."""

    file: str
    line: int
    detail: Both

    def said(self) -> Both:
        """The fault with its place."""
        if not self.line:
            return Both(f"seeds/{self.file}: {self.detail}", f"seeds/{self.file}：{self.detail.zh}")
        return Both(
            f"seeds/{self.file}, line {self.line}: {self.detail}",
            f"seeds/{self.file} 第 {self.line} 行：{self.detail.zh}",
        )

    def __str__(self) -> str:
        return str(self.said())


# So many faults of the seeds are shown at once.
_FAULTS_SHOWN = 10


class SeedError(ZhibiaoError):
    """Files of seeds/ are missing or hold lines that cannot be used; nothing starts."""

    def __init__(self, *faults: SeedFault) -> None:
        self.faults = faults
        super().__init__(*faults)

    def said(self) -> Both:
        """The first faults, a line each."""
        lines = [fault.said() for fault in self.faults[:_FAULTS_SHOWN]]
        more = len(self.faults) - len(lines)
        if more > 0:
            lines.append(Both(f"and {more} more", f"另有 {more} 处"))
        lines.append(
            Both(
                "Nothing was changed. Correct seeds/ and run again.",
                "什么都没有改动。请改正 seeds/ 后重新运行。",
            )
        )
        return Both("\n".join(lines), "\n".join(line.zh for line in lines))


class LineError(ZhibiaoError, ValueError):
    """A line of reports.csv or corrections.csv, or a cell of it, cannot be used."""

    def __init__(self, detail: Both) -> None:
        self.detail = detail
        super().__init__(detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return self.detail


class DocumentError(ZhibiaoError):
    """A report file cannot be read; it becomes a row of etl_reject and the others go on."""

    def __init__(self, file_name: str, reason: str, detail: Both) -> None:
        self.file_name, self.reason, self.detail = file_name, reason, detail
        super().__init__(file_name, reason, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.file_name}: {self.detail}",
            f"{self.file_name}：{self.detail.zh}",
        )


class NoReportsError(ZhibiaoError):
    """A run has nothing to read; the published file stays as it is."""

    def __init__(self, folder: object, detail: Both) -> None:
        self.folder, self.detail = str(folder), detail
        super().__init__(self.folder, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.folder}: {self.detail}. Nothing was changed. Name the folder of the reports.",
            f"{self.folder}：{self.detail.zh}。什么都没有改动。请指定报告所在的文件夹。",
        )


class OverridesError(ZhibiaoError):
    """A reports.csv is there and cannot be opened: without it reports would say something else."""

    def __init__(self, file_name: str, detail: Both) -> None:
        self.file_name, self.detail = file_name, detail
        super().__init__(file_name, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.file_name}: {self.detail}. The published file is unchanged. "
            "Make it readable, or remove it, and run again.",
            f"{self.file_name}：{self.detail.zh}。已发布的文件未变。"
            "请使其可读，或将其移走，再重新运行。",
        )


# What the system and Polars say when nothing more can be written.
_FULL = {
    "No space left on device": Both(
        "the disk is full; make room and run again", "磁盘已满，请腾出空间后重新运行"
    ),
    "File too large": Both(
        "the limit on file size is reached; raise it (ulimit -f)",
        "文件达到大小上限，请调高（ulimit -f）",
    ),
}


class StagingError(ZhibiaoError):
    """What was read cannot be kept; the published file stays as it is."""

    def __init__(self, path: object, detail: Both) -> None:
        self.path, self.detail = str(path), detail
        super().__init__(self.path, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        plain = (meaning for sign, meaning in _FULL.items() if sign in self.detail)
        detail = next(plain, self.detail)
        return Both(
            f"{self.path}: {detail}. The published file is unchanged; "
            "reports staged so far are not read again.",
            f"{self.path}：{detail.zh}。已发布的文件未变；已经读完的报告不再重读。",
        )


class WordListError(ZhibiaoError):
    """A list of words to count cannot be used."""

    def __init__(self, path: object, detail: Both) -> None:
        self.path, self.detail = str(path), detail
        super().__init__(self.path, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.path}: {self.detail}. Write one word a line, or a CSV with a column term.",
            f"{self.path}：{self.detail.zh}。请每行写一个词，或写成含 term 列的 CSV。",
        )


class CompileError(ZhibiaoError):
    """The parser cannot be compiled; the interpreter runs it as it is."""

    def __init__(self, detail: Both) -> None:
        self.detail = detail
        super().__init__(detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"the parser is not compiled: {self.detail}. Everything works without it, but "
            "more slowly. To compile it, install zhibiao[compile] and a C compiler and run "
            "python -m pipelines.compile.",
            f"解析器没有编译：{self.detail.zh}。不编译也都能用，只是较慢。如需编译，"
            "请安装 zhibiao[compile] 和 C 编译器，再运行 python -m pipelines.compile。",
        )


class EngineError(ZhibiaoError):
    """The batches of a load could not be run."""


class LostWorkersError(EngineError):
    """Worker processes kept dying, so batches were left undone."""

    def __init__(self, batches: int, tries: int) -> None:
        self.batches, self.tries = batches, tries
        super().__init__(batches, tries)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.batches} batches were left after the workers of one of them died {self.tries} "
            "times, probably out of memory. Run again with fewer workers: "
            "finished batches are kept.",
            f"还剩 {self.batches} 批没有读：其中一批的进程中断了 {self.tries} 次，多半是内存不足。"
            "请减少进程数后重新运行；读完的批次会保留。",
        )


class EngineMissingError(EngineError):
    """An engine was chosen whose libraries are not installed."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        super().__init__(engine)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"the engine {self.engine} is not installed. "
            f"Run pip install 'zhibiao[{self.engine}]', or choose the engine local.",
            f"引擎 {self.engine} 没有安装。"
            f"请运行 pip install 'zhibiao[{self.engine}]'，或改用引擎 local。",
        )


class ExtraMissingError(ZhibiaoError):
    """A part of the project is used that comes with an extra, and the extra is not installed."""

    def __init__(self, extra: str, user: str = "", library: str = "") -> None:
        self.extra, self.user, self.library = extra, user, library
        super().__init__(extra, user, library)

    def said(self) -> Both:
        """The message, in both languages."""
        needs = Both.quoted(self.extra)
        if self.user:
            needs = Both(
                f"{self.user} needs {self.library}, which", f"{self.user} 需要 {self.library}，它"
            )
        return Both(
            f"{needs} is not installed. Run pip install 'zhibiao[{self.extra}]'.",
            f"{needs.zh}没有安装。请运行 pip install 'zhibiao[{self.extra}]'。",
        )


class SchedulerError(EngineError):
    """A scheduler does not answer, or has nobody to work for it."""

    def __init__(self, address: Both, detail: Both) -> None:
        self.address, self.detail = address, detail
        super().__init__(address, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.address}: {self.detail}. Start it, correct ZHIBIAO_SCHEDULER or --scheduler, "
            "or leave the address out to work on this machine.",
            f"{self.address.zh}：{self.detail.zh}。请启动它，"
            "或改正 ZHIBIAO_SCHEDULER 或 --scheduler；不写地址则在本机运行。",
        )


class LockedError(ZhibiaoError):
    """Another run writes the same warehouse and did not end in time."""

    def __init__(self, warehouse: object, holder: Both) -> None:
        self.warehouse, self.holder = str(warehouse), holder
        super().__init__(self.warehouse, holder)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.warehouse} is being written by {self.holder}. Run again when it is done.",
            f"{self.warehouse} 正由{self.holder.zh}写入。请待其结束后重新运行。",
        )


class ContractError(ZhibiaoError):
    """A frame or a file does not hold the columns that sql/ declares for it."""

    def __init__(self, table: str, detail: Both) -> None:
        self.table, self.detail = table, detail
        super().__init__(table, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.table} breaks its contract: {self.detail}. sql/ declares its columns.",
            f"{self.table} 与约定不符：{self.detail.zh}。各列在 sql/ 中声明。",
        )


class WarehouseError(ZhibiaoError):
    """A warehouse file cannot be built, checked, published or read. `advice` says what to do."""

    def __init__(self, path: object, detail: Both, advice: Both) -> None:
        self.path, self.detail, self.advice = str(path), detail, advice
        super().__init__(self.path, detail, advice)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.path}: {self.detail}. {self.advice}",
            f"{self.path}：{self.detail.zh}。{self.advice.zh}",
        )


class DamagedError(WarehouseError):
    """What stands in the place of a warehouse file is no readable DuckDB file."""


class QueryError(ZhibiaoError):
    """A statement of SQL failed; DuckDB says why."""

    def __init__(self, detail: Both) -> None:
        self.detail = detail
        super().__init__(detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return self.detail


class SettingsError(ZhibiaoError):
    """An environment variable holds a value that cannot be used. A secret one is given as None."""

    def __init__(self, variable: str, value: object, detail: Both) -> None:
        self.variable, self.detail = variable, detail
        self.value = None if value is None else str(value)
        super().__init__(variable, self.value, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        what = Both("cannot be used", "的值不能用")
        if self.value is not None:
            what = Both(f"is {self.value}", f"为 {self.value}")
        return Both(
            f"{self.variable} {what}: {self.detail}. Correct the variable, or unset it.",
            f"环境变量 {self.variable} {what.zh}：{self.detail.zh}。请改正或取消该变量。",
        )


class PlaceError(ZhibiaoError):
    """A run was sent to a folder, a file or a scheduler that the settings do not allow."""

    def __init__(self, place: str, variable: str, detail: Both) -> None:
        self.place, self.variable, self.detail = place, variable, detail
        super().__init__(place, variable, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.place}: {self.detail}. To allow it, set {self.variable} and restart Dagster.",
            f"{self.place}：{self.detail.zh}。如需允许，请设置 {self.variable} 并重启 Dagster。",
        )


class CorpusError(ZhibiaoError):
    """The YAML file of a corpus says what cannot be used."""

    def __init__(self, folder: Path, field: str, detail: str) -> None:
        self.folder, self.field, self.detail = folder, field, detail
        super().__init__(folder, field, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        place = self.folder / "defs.yaml"
        return Both(
            f"{place}: {self.field}: {self.detail}. Correct it and reload.",
            f"{place}：{self.field}：{self.detail}。请改正后重新加载。",
        )


class AlertError(ZhibiaoError):
    """The webhook took no message. Its address is a secret, so only the host is named."""

    def __init__(self, host: str, detail: Both) -> None:
        self.host, self.detail = host, detail
        super().__init__(host, detail)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"the webhook at {self.host} did not take the message: {self.detail}. "
            "Check ZHIBIAO_WEBHOOK_URL.",
            f"{self.host} 没有收下通知：{self.detail.zh}。请检查 ZHIBIAO_WEBHOOK_URL。",
        )


class ExportError(ZhibiaoError):
    """Something cannot be exported as was asked. `advice` says what to do."""

    def __init__(self, what: object, detail: Both, advice: Both) -> None:
        self.what, self.detail, self.advice = str(what), detail, advice
        super().__init__(self.what, detail, advice)

    def said(self) -> Both:
        """The message, in both languages."""
        return Both(
            f"{self.what}: {self.detail}. {self.advice}.",
            f"{self.what}：{self.detail.zh}。{self.advice.zh}。",
        )
