"""What may be at the path of the published file, and what of it must not be lost.

Only a warehouse of this project is ever replaced. One that is damaged, or in which a user keeps
tables or views of their own, is set aside and not thrown away.
"""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb

from pipelines import contracts
from pipelines.bilingual import Both
from pipelines.errors import DamagedError, WarehouseError
from pipelines.settings import staging_of
from pipelines.warehouse.build import wal_of
from pipelines.warehouse.connect import explain, read_only

_SHOWN = 3
_KINDS: tuple[contracts.Kind, ...] = ("tables", "marts")
# By this a table or view of ours is known, whichever version made it: a comment in two languages,
# or in Chinese alone of the views with Chinese names.
_OWN = """
select schema_name || '.' || name
from (
    select schema_name, table_name as name, comment, internal, database_name from duckdb_tables()
    union all
    select schema_name, view_name, comment, internal, database_name from duckdb_views()
)
where
    not internal
    and database_name = current_database()
    and coalesce(comment, '') not like '% | %'
    and not (schema_name = 'zh' and comment is not null)
order by all
"""


class Keep(NamedTuple):
    """Why the file at the target must not be thrown away."""

    kind: Literal["damaged", "replaced"]
    why: Both


class SetAside(NamedTuple):
    """A file that was at the target, and why it was kept."""

    path: Path
    why: Both

    def __str__(self) -> str:
        return f"{self.why}; the file that was replaced is {self.path}"

    @property
    def zh(self) -> str:
        """The same in Chinese."""
        return f"{self.why.zh}；被替换的文件现为 {self.path}"


def real_target(target: Path) -> Path:
    """Where the file is that `target` names: a link to a warehouse stays a link."""
    return Path(os.path.realpath(target)) if target.is_symlink() else target


def check_target(target: Path) -> Keep | None:
    """Refuse to replace what is no warehouse; worth asking before the work is done.

    A file that DuckDB cannot read may be a warehouse that was damaged, or something else that a
    slip of the hand names. It counts as a warehouse where earlier builds left their staging folder.

    Returns:
        Why the file must be kept when it is replaced, or None.

    Raises:
        WarehouseError: a folder, or a file that is no warehouse, is at the target.
    """
    if target.is_dir():
        raise WarehouseError(
            target,
            Both("it is a folder", "这是文件夹"),
            Both("Name a file in it, or another place.", "请指定其中的文件，或另指定位置。"),
        )
    if not target.exists() or wal_of(target).exists():
        return None
    try:
        own = _own_objects(target)
    except DamagedError:
        if not staging_of(target).is_dir():
            raise
        why = Both(f"{target} was damaged and could not be read", f"{target} 已损坏，无法读取")
        return Keep("damaged", why)
    if not own:
        return None
    named, more = Both.quoted(", ".join(own[:_SHOWN])), len(own) - _SHOWN
    if more > 0:
        named = Both(f"{named} and {more} more", f"{named.zh} 等，另有 {more} 个")
    why = Both(
        f"{target} had tables or views that no build made ({named})",
        f"{target} 中有并非构建所建的表或视图（{named.zh}）",
    )
    return Keep("replaced", why)


def aside_of(target: Path, keep: Keep) -> SetAside:
    """A free place beside the target for the file that is there."""
    first = target.with_name(f"{target.name}.{keep.kind}")
    others = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return SetAside(next(path for path in chain([first], others) if not path.exists()), keep.why)


def _own_objects(target: Path) -> list[str]:
    ours = {f"main.{name}" for kind in _KINDS for name in contracts.names(kind)}
    with read_only(target) as con:
        try:
            return [name for (name,) in con.execute(_OWN).fetchall() if name not in ours]
        except duckdb.Error as error:
            raise explain(target, error) from error
