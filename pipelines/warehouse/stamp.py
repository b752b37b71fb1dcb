"""The stamp of a build: which bytes were checked, and what was found.

It is a small file beside the build, written when all checks have run. A build that bears none, or
whose bytes are others by now, is published by nobody. A large file is read once:
where size, times and place on the disk are unchanged, so are the bytes, if it was last written well
before its reading ended. A small one, read within a few ticks of the clock, is read again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from time import time_ns

from pipelines.bilingual import Both
from pipelines.errors import WarehouseError
from pipelines.frames.digests import read_digest, stamp_of_file
from pipelines.warehouse.check import CheckResult

_ALGORITHM = "sha256"  # half a second for a gigabyte
_TICK_NS = 100_000_000  # ten of the coarsest clock that a file system of Linux gives its files
_AGAIN = Both(
    "Run the whole load again; the published file is unchanged.",
    "请重新运行整个装载；已发布的文件未变。",
)


def stamp_of(build: Path) -> Path:
    """Where the stamp of a build is."""
    return build.with_name(f"{build.name}.checked")


def write_stamp(build: Path, results: Sequence[CheckResult]) -> None:
    """Say that the bytes of `build` were checked, and what blocks it."""
    digest = read_digest(build)
    written = max(digest.stamp.mtime_ns, digest.stamp.ctime_ns)
    stamp = {
        _ALGORITHM: digest.sha256,
        "file": digest.stamp if written + _TICK_NS < time_ns() else None,
        "checks": len(results),
        "blocked": [str(result) for result in results if result.blocks],
    }
    stamp_of(build).write_text(json.dumps(stamp, ensure_ascii=False, indent=2), "utf-8")


def require_stamp(build: Path) -> str:
    """Refuse a build that was not checked, was changed since, or did not pass.

    Returns:
        The digest of its bytes (sha256).

    Raises:
        WarehouseError: says which of them it is.
    """
    try:
        stamp = json.loads(stamp_of(build).read_text("utf-8"))
        digest, file, blocked = stamp[_ALGORITHM], stamp["file"], stamp["blocked"]
    except (OSError, ValueError, KeyError, TypeError):
        raise WarehouseError(
            build, Both("its checks did not run", "没有运行检查"), _AGAIN
        ) from None
    if blocked:
        detail = Both(f"it did not pass its checks ({blocked[0]})", f"没有通过检查（{blocked[0]}）")
        raise WarehouseError(build, detail, _AGAIN)
    if file != [*stamp_of_file(build)] and digest != read_digest(build).sha256:
        raise WarehouseError(
            build, Both("it was changed after its checks", "检查之后文件有改动"), _AGAIN
        )
    return str(digest)
