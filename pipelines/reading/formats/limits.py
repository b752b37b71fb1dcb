"""What the settings say of a file, and the refusals that all formats share."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.errors import DocumentError


class Limits(NamedTuple):
    """What one file may ask for, and how its columns are named."""

    unpacked_bytes: int = 200_000_000  # of all that a file holds, unpacked
    pages: int = 2_000
    members: int = 5_000  # files of an archive, rows of a table of reports
    depth: int = 3  # archives in archives
    columns: str = ""  # of tables of reports: text=报告内容,region=所属地


DEFAULT = Limits()


def damaged(file_name: str, kind: str, error: Exception | str) -> DocumentError:
    """The refusal of a file that is not what its first bytes promise.

    Args:
        file_name: its name, for messages and titles.
        kind: what the file should be, in words.
        error: what the library says.
    """
    detail = " ".join(str(error).split())[:200] or type(error).__name__
    return DocumentError(
        file_name, "damaged", f"the {kind} cannot be read ({detail}). Save it again and try again."
    )


def encrypted(file_name: str, kind: str) -> DocumentError:
    """The refusal of a file behind a password."""
    return DocumentError(
        file_name, "encrypted", f"the {kind} asks for a password. Save it without one."
    )


def no_text(file_name: str, kind: str) -> DocumentError:
    """The refusal of a file without a word."""
    return DocumentError(file_name, "blank", f"there is no text in the {kind}.")


def too_large(file_name: str, what: str, setting: str) -> DocumentError:
    """The refusal of a file that unpacks to more than the settings allow.

    Args:
        file_name: its name, for messages and titles.
        what: is too large, in words.
        setting: the variable that sets the limit.
    """
    return DocumentError(file_name, "too_large", f"{what}. Split the file, or raise {setting}.")


def missing(file_name: str, kind: str, package: str) -> DocumentError:
    """The refusal of a format whose library is not installed.

    Args:
        file_name: its name, for messages and titles.
        kind: what the file should be, in words.
        package: what to install.
    """
    return DocumentError(
        file_name,
        "format_missing",
        f"to read a {kind}, {package} is needed. Run pip install 'zhibiao[formats]'.",
    )
