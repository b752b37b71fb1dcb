"""Every path and knob of the project, read once from the environment and frozen.

Nothing else reads the environment. Vocabulary is no setting: it lives in seeds/.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ByteSize,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from pipelines.bilingual import Both, Lang
from pipelines.errors import SettingsError
from pipelines.segmenters import SegmenterName

_HERE = Path(__file__).resolve().parent
_PACKAGED = _HERE / "_data"
# A wheel carries sql/ and seeds/ inside the package; a checkout has them beside it.
DATA = _PACKAGED if _PACKAGED.is_dir() else _HERE.parent

PREFIX = "ZHIBIAO_"  # of the variables


class EngineName(StrEnum):
    """Where reports are read."""

    local = "local"
    dask = "dask"


class Settings(BaseModel):
    """What a run needs to know; each field is the environment variable ZHIBIAO_<NAME>.

    `make settings` writes their descriptions, in both languages, to docs/settings.md.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True
    )

    reports: Path = Field(
        default=DATA / "seeds" / "reports",
        description="Folder of the reports to read, including subfolders.",
        json_schema_extra={"zh": "报告所在的文件夹，连同全部子文件夹。"},
    )
    warehouse: Path = Field(
        default=Path("warehouse/zhibiao.duckdb"),
        description="The published DuckDB file.",
        json_schema_extra={"zh": "发布的 DuckDB 文件。"},
    )
    dictionaries: Path = Field(
        default=DATA / "seeds" / "dictionaries",
        description="Folder of word lists (CSV files with term and, if wanted, group and weight) "
        "that are counted in every report: mart_keyword_panel.",
        json_schema_extra={
            "zh": "词表（含 term 列，可另有 group、weight 列的 CSV）所在的文件夹，"
            "各报告按其计词：mart_keyword_panel。"
        },
    )
    allowed_roots: tuple[Path, ...] = Field(
        default_factory=tuple,
        description="Folders that a run of Dagster may be sent to from the launchpad, with all "
        "below them, separated by colons; the folders of the two settings above are always "
        "among them.",
        json_schema_extra={
            "zh": "在 Dagster 启动面板里可以指定的文件夹（连同其下一切），以冒号分隔；"
            "上面两项设置所在的文件夹总是可以。"
        },
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Number of worker processes that read reports; default: one per core.",
        json_schema_extra={"zh": "同时读取报告的进程数；不设则每核一个。"},
    )
    engine: EngineName = Field(
        default=EngineName.local,
        description="Where reports are read: processes on this machine, or Dask.",
        json_schema_extra={"zh": "报告在哪里读取：local 为本机进程，dask 为 Dask。"},
    )
    scheduler: str | None = Field(
        default=None,
        description="Address of a Dask scheduler, such as tcp://host:8786; default: a cluster on "
        "this machine.",
        json_schema_extra={"zh": "Dask 调度器地址，如 tcp://host:8786；不设则自建集群。"},
    )
    lang: Lang | None = Field(
        default=None,
        description="Language of messages of the command line, zh or en; default: that of the "
        "locale (LC_ALL, LC_MESSAGES, LANG), and English where that is not Chinese.",
        json_schema_extra={
            "zh": "命令行消息的语言，zh 或 en；不设则依系统区域设置（LC_ALL、LC_MESSAGES、LANG），"
            "非中文环境用英文。"
        },
    )
    segmenter: SegmenterName = Field(
        default=SegmenterName.auto,
        description="What cuts text into words: jieba, or rjieba, its compiled form, with the same "
        "results; auto takes rjieba where it is installed.",
        json_schema_extra={
            "zh": "分词用 jieba 还是其编译版 rjieba，结果相同；auto 表示装了 rjieba 就用 rjieba。"
        },
    )
    memory_limit: str = Field(
        default="1GB",
        description="Memory that DuckDB may use before it spills to disk; also the limit of a "
        "Dask worker.",
        json_schema_extra={"zh": "DuckDB 用到多少内存后转存磁盘；也是每个 Dask 进程的上限。"},
    )
    max_report_bytes: ByteSize = Field(
        default=ByteSize(16_000_000),
        gt=0,
        description="Size of the largest report that is read, such as 16MB. "
        "Reading takes up to 165 times as much memory.",
        json_schema_extra={"zh": "可读取的最大报告，如 16MB；读取所需内存最多为其 165 倍。"},
    )
    max_unpacked_bytes: ByteSize = Field(
        default=ByteSize(200_000_000),
        gt=0,
        description="What a zip, Word or Excel file may unpack to, such as 200MB.",
        json_schema_extra={"zh": "zip、Word 或 Excel 文件解压后最多多大，如 200MB。"},
    )
    max_pages: int = Field(
        default=2_000,
        gt=0,
        description="Pages that a PDF file may have.",
        json_schema_extra={"zh": "一份 PDF 最多多少页。"},
    )
    max_members: int = Field(
        default=100_000,
        gt=0,
        description="Files that a zip file, and rows that a table of reports may have.",
        json_schema_extra={"zh": "一个 zip 最多含多少文件，一张报告表最多多少行。"},
    )
    columns: str | None = Field(
        default=None,
        pattern=r"^(?:\s*(?:text|title|region|province|city|county|year|date|url)\s*=[^,=]+(?:,|$))*$",
        description="Names of columns of tables of reports: text=报告内容,region=所属地, or a file "
        "with one such pair a line. Of text, "
        "title, region, province, city, county, year, date and url, those that are not named here "
        "are known by their usual names.",
        json_schema_extra={
            "zh": "报告表的列名，如 text=报告内容,region=所属地，或每行一对的文件；"
            "未写的按常用列名识别。"
        },
    )
    format_seconds: float = Field(
        default=120.0,
        gt=0,
        description="Processor seconds that taking one file of a foreign format (PDF, Word, web "
        "page …) apart may take.",
        json_schema_extra={
            "zh": "拆解一份其他格式的文件（PDF、Word、网页等）最多用多少秒处理器时间。"
        },
    )
    format_memory: ByteSize = Field(
        default=ByteSize(3_000_000_000),
        gt=500_000_000,
        description="Address space of the process that takes files of foreign formats apart.",
        json_schema_extra={"zh": "拆解其他格式文件的进程可用的地址空间。"},
    )
    report_seconds: float = Field(
        default=600.0,
        gt=0,
        description="Processor seconds that the reading of one report may take; one that takes "
        "longer is refused (too_slow), and the next run tries it again.",
        json_schema_extra={
            "zh": "读取一份报告最多用多少秒处理器时间；超过即拒收（too_slow），下次运行再试。"
        },
    )
    loss_limit: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="Part of the published reports that may be refused now, and of the "
        "observations of unchanged reports that may be missing now, before a load is not "
        "published (0.1: a tenth). One or two reports and fewer than ten observations are no "
        "matter, unless they are half of all; 0 allows none. zhibiao build --accept-loss publishes "
        "it.",
        json_schema_extra={
            "zh": "已发布的报告中如今被拒收的、以及未改动的报告中如今缺少的观测，各占多少以内"
            "仍予发布（0.1 即一成）；不足三份报告、不足十条观测不计，但占到一半的除外；"
            "0 表示一条也不许少。zhibiao build --accept-loss 可照样发布。"
        },
    )
    trusted_confidence: float = Field(
        default=0.9,
        ge=0,
        le=1,
        description="Confidence from which on an observation is shown in mart_trusted; a build "
        "keeps the bound that was set then.",
        json_schema_extra={"zh": "置信度达到多少的观测列入 mart_trusted；以构建时的设置为准。"},
    )
    lock_wait: float = Field(
        default=600.0,
        ge=0,
        description="Seconds to wait for another run that is writing the same warehouse.",
        json_schema_extra={"zh": "另一次运行正在写同一个库时等待的秒数。"},
    )
    automation: bool = Field(
        default=False,
        description="Whether Dagster's schedule and the sensor that loads what changed start "
        "switched on, until someone switches them.",
        json_schema_extra={
            "zh": "在没有人开关过之前，Dagster 的定时任务和自动装载的感应器是否默认开启。"
        },
    )
    nightly_cron: str = Field(
        default="30 2 * * *",
        description="Start of the nightly load, as a five-field cron expression.",
        json_schema_extra={"zh": "夜间装载的时间，cron 五段式。"},
    )
    timezone: ZoneInfo = Field(
        default=ZoneInfo("Asia/Shanghai"),
        description="Time zone of the nightly load, such as Asia/Shanghai.",
        json_schema_extra={"zh": "夜间装载所用的时区，如 Asia/Shanghai。"},
    )
    watch_seconds: int = Field(
        default=30,
        ge=1,
        description="Seconds between two looks of the sensor at the reports folder. "
        "A change is loaded once two looks in a row find the same files.",
        json_schema_extra={"zh": "感应器两次查看文件夹之间的秒数；连续两次所见相同，才装载变化。"},
    )
    late_hours: float = Field(
        default=26.0,
        gt=0.1,
        description="Hours after which a published file that was not replaced is overdue.",
        json_schema_extra={"zh": "发布文件多少小时没有更新即算逾期。"},
    )
    page_hosts: tuple[str, ...] = Field(
        default_factory=tuple,
        description="Names, separated by commas, by which browsers reach Dagster's page through a "
        "proxy, such as dagster.example.org; without any it answers on this machine alone.",
        json_schema_extra={
            "zh": "浏览器经代理访问 Dagster 页面所用的主机名，以逗号分隔，"
            "如 dagster.example.org；不设则只在本机应答。"
        },
    )
    webhook_url: HttpUrl | None = Field(
        default=None,
        repr=False,  # it may hold a token: never shown
        description="URL to POST to when a run fails or the warehouse is overdue; default: none.",
        json_schema_extra={"zh": "运行失败或逾期时通知（POST）的网址；不设则不通知。"},
    )

    @model_validator(mode="before")
    @classmethod
    def _of_the_environment(cls, given: Mapping[str, object]) -> Mapping[str, object]:
        """What is given, and of other fields what their variables say; an empty one says nothing.

        A few lines instead of pydantic-settings, which takes 0.03 s to load.
        """
        said = {name: os.environ.get(f"{PREFIX}{name.upper()}") for name in cls.model_fields}
        return {name: value for name, value in said.items() if value} | {**given}

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders in which runs of Dagster may read and write, links followed."""
        # The warehouse may be a link; what it names is what a run replaces.
        warehouses = (self.warehouse.parent.resolve(), self.warehouse.resolve().parent)
        others = (folder.resolve() for folder in (self.reports, *self.allowed_roots))
        return tuple(dict.fromkeys((*warehouses, *others)))

    @field_validator("columns", mode="before")
    @classmethod
    def _of_a_file(cls, given: object) -> object:
        """The names of columns that a file has, one a line (text=报告内容)."""
        if not isinstance(given, str) or not given.strip() or "=" in given:
            return given
        try:
            lines = Path(given).read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeError) as error:
            raise ValueError(
                f"it names no pair such as text=报告内容, nor a file: {error}"
            ) from None
        return ",".join(line.strip() for line in lines if line.strip())

    @field_validator("allowed_roots", mode="before")
    @classmethod
    def _folders(cls, value: object) -> object:
        return [one for one in value.split(os.pathsep) if one] if isinstance(value, str) else value

    @field_validator("page_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return [one.strip().lower() for one in value.split(",") if one.strip()]

    @field_validator("memory_limit")
    @classmethod
    def _is_a_size(cls, value: str) -> str:
        TypeAdapter(ByteSize).validate_python(value)
        return value


def staging_of(warehouse: Path) -> Path:
    """The staging folder that belongs to the warehouse file `warehouse`."""
    return warehouse.with_name(f".{warehouse.name}.staging")


# What pydantic says most often, by the type of its error; the rest is quoted.
_CHINESE = {
    "int_parsing": "应为整数",
    "float_parsing": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "byte_size": "应为大小，如 16MB",
    "byte_size_unit": "应为大小，如 16MB",
    "enum": "可为 {expected}",
    "literal_error": "可为 {expected}",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不应小于 {ge}",
    "less_than_equal": "不应大于 {le}",
    "url_parsing": "不是网址",
    "url_scheme": "不是网址",
    "string_pattern_mismatch": "写法不对",
    "zoneinfo_str": "不是时区名，如 Asia/Shanghai",
}


def _chinese(kind: str, facts: Mapping[str, object]) -> str:
    listed = str(facts.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return _CHINESE.get(kind, "").format(**{**facts, "expected": listed.replace(", ", "、")})


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable holds a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        secret = not Settings.model_fields[name].repr
        value = None if secret else first["input"]
        detail = Both(first["msg"], _chinese(first["type"], first.get("ctx", {})) or first["msg"])
    # Outside the handler, so that nothing keeps the error of pydantic, which quotes the value.
    raise SettingsError(f"{PREFIX}{name.upper()}", value, detail)


def settings_with(said: Mapping[str, object]) -> Settings:
    """The settings of this process, but for some of them.

    Args:
        said: values by name, which win.

    Raises:
        SettingsError: a variable holds a value that cannot be used.
        ValidationError: one of those given cannot be used.
    """
    load_settings()
    return Settings(**said)  # type: ignore[arg-type]
