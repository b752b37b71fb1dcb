"""Write deploy/image.lock: what the image installs, with the digests of the files (`make lock`).

    python -m tools.image_lock REPORT... > deploy/image.lock
    python -m tools.image_lock --compiled REPORT        name the packages that are compiled

A report is what `pip install --dry-run --report` writes; one for each kind of machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_HEAD = (
    "# Written by `make lock`: what the image installs, and the digests of the files it may be.\n"
)


def image_lock(reports: Iterable[Mapping[str, Any]]) -> str:
    """The lines of the lock: a package with the digests that any of the reports has of it.

    Args:
        reports: of pip, parsed; what has no digest, as the checkout itself, is left out.

    Raises:
        ValueError: two reports have two versions of a package.
    """
    versions: dict[str, str] = {}
    digests: dict[str, set[str]] = {}
    for report in reports:
        for one in report["install"]:
            found = one["download_info"].get("archive_info", {}).get("hashes", {}).get("sha256")
            if found is None:
                continue
            name = one["metadata"]["name"].lower().replace("_", "-")
            version = one["metadata"]["version"]
            if versions.setdefault(name, version) != version:
                raise ValueError(f"{name} is {versions[name]} in one report, {version} in another")
            digests.setdefault(name, set()).add(found)
    lines = (
        " ".join([f"{name}=={versions[name]}", *(f"--hash=sha256:{one}" for one in sorted(found))])
        for name, found in sorted(digests.items())
    )
    return _HEAD + "".join(f"{line}\n" for line in lines)


def compiled(report: Mapping[str, Any]) -> list[str]:
    """The packages of a report whose files fit one kind of machine, each with its version."""
    return [
        f"{one['metadata']['name']}=={one['metadata']['version']}"
        for one in report["install"]
        if one["download_info"]["url"].endswith(".whl")
        and not one["download_info"]["url"].endswith("-any.whl")
    ]


def main(words: list[str]) -> str:
    """What the command prints."""
    reports = [json.loads(Path(word).read_text("utf-8")) for word in words if word[:2] != "--"]
    if "--compiled" in words:
        return " ".join(compiled(reports[0])) + "\n"
    return image_lock(reports)


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]))
