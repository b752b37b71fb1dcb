"""Every path and knob of the project, read once from the environment and frozen.

Nothing else reads the environment. Vocabulary is no setting: it lives in seeds/.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines.errors import SettingsError

_HERE = Path(__file__).resolve().parent
_PACKAGED = _HERE / "_data"
# A wheel carries sql/ and seeds/ inside the package; a checkout has them beside it.
DATA = _PACKAGED if _PACKAGED.is_dir() else _HERE.parent


class Settings(BaseSettings):
    """What a run needs to know; each field is the environment variable ZHIBIAO_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="ZHIBIAO_", frozen=True)

    reports: Path = Field(
        default=DATA / "seeds" / "reports",
        description="Folder of the reports to read, with all its subfolders.",
    )
    warehouse: Path = Field(
        default=Path("warehouse/zhibiao.duckdb"),
        description="The published DuckDB file.",
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Processes that read reports at the same time.",
    )
    lock_wait: float = Field(
        default=600.0,
        ge=0,
        description="Seconds to wait while another run writes the same warehouse.",
    )


def staging_of(warehouse: Path) -> Path:
    """The staging folder that belongs to the warehouse file `warehouse`."""
    return warehouse.with_name(f".{warehouse.name}.staging")


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable holds a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = f"ZHIBIAO_{first['loc'][0]}".upper()
        raise SettingsError(variable, first["input"], first["msg"]) from None
