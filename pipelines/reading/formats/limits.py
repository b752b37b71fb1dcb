"""What the settings say of a file, and the refusals that all formats share."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.bilingual import Both
from pipelines.errors import DocumentError


class Limits(NamedTuple):
    """What one file may ask for, and how its columns are named."""

    unpacked_bytes: int = 200_000_000  # of all that a file holds, unpacked
    pages: int = 2_000
    members: int = 5_000  # files of an archive, rows of a table of reports
    depth: int = 3  # archives in archives
    columns: str = ""  # of tables of reports: text=报告内容,region=所属地


DEFAULT = Limits()


def damaged(file_name: str, kind: Both, error: Exception | Both) -> DocumentError:
    """The refusal of a file that is not what its first bytes promise.

    Args:
        file_name: its name, for messages and titles.
        kind: what the file should be, in words.
        error: what the library says.
    """
    why = error
    if isinstance(why, Exception):
        why = Both.quoted(" ".join(str(why).split())[:200] or type(why).__name__)
    return DocumentError(
        file_name,
        "damaged",
        Both(
            f"the {kind} cannot be read ({why}). Save it again and try again.",
            f"{kind.zh}无法读取（{why.zh}）。请重新保存后再试。",
        ),
    )


def encrypted(file_name: str, kind: Both) -> DocumentError:
    """The refusal of a file behind a password."""
    return DocumentError(
        file_name,
        "encrypted",
        Both(
            f"the {kind} asks for a password. Save it without one.",
            f"{kind.zh}设有密码。请另存为不加密的文件。",
        ),
    )


def no_text(file_name: str, kind: Both) -> DocumentError:
    """The refusal of a file without a word."""
    detail = Both(f"there is no text in the {kind}.", f"{kind.zh}中没有文字。")
    return DocumentError(file_name, "blank", detail)


def too_large(file_name: str, what: Both, setting: str) -> DocumentError:
    """The refusal of a file that unpacks to more than the settings allow.

    Args:
        file_name: its name, for messages and titles.
        what: is too large, in words.
        setting: the variable that sets the limit.
    """
    detail = Both(
        f"{what}. Split the file, or raise {setting}.",
        f"{what.zh}。请拆分文件，或调高 {setting}。",
    )
    return DocumentError(file_name, "too_large", detail)


def missing(file_name: str, kind: Both, package: str) -> DocumentError:
    """The refusal of a format whose library is not installed.

    Args:
        file_name: its name, for messages and titles.
        kind: what the file should be, in words.
        package: what to install.
    """
    return DocumentError(
        file_name,
        "format_missing",
        Both(
            f"to read a {kind}, {package} is needed. Run pip install 'zhibiao[formats]'.",
            f"读取{kind.zh}需要 {package}。请运行 pip install 'zhibiao[formats]'。",
        ),
    )
