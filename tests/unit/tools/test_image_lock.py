"""Reports of pip become a lock with digests."""

from __future__ import annotations

import pytest

from tools.image_lock import compiled, image_lock


def report(*files: tuple[str, str, str, str | None]) -> dict[str, object]:
    """What pip writes of packages: name, version, end of the file's name, digest."""
    return {
        "install": [
            {
                "metadata": {"name": name, "version": version},
                "download_info": {"url": f"{name}-{version}{end}"}
                | ({"archive_info": {"hashes": {"sha256": digest}}} if digest else {}),
            }
            for name, version, end, digest in files
        ]
    }


AMD = report(
    ("Some_Name", "1.0", "-py3-none-any.whl", "a"),
    ("fast", "2.0", "-cp311-x86_64.whl", "b"),
    ("old", "3.0", ".tar.gz", "c"),
    ("checkout", "0.1", "", None),
)


def test_a_package_has_the_digests_of_all_machines():
    lines = image_lock([AMD, report(("fast", "2.0", "-cp311-aarch64.whl", "0"))]).splitlines()
    assert lines[1:] == [
        "fast==2.0 --hash=sha256:0 --hash=sha256:b",
        "old==3.0 --hash=sha256:c",
        "some-name==1.0 --hash=sha256:a",
    ]


def test_only_compiled_files_are_looked_for_once_more():
    assert compiled(AMD) == ["fast==2.0"]


def test_two_versions_of_a_package_are_no_lock():
    with pytest.raises(ValueError, match=r"fast is 2\.0 in one report, 2\.1 in another"):
        image_lock([AMD, report(("fast", "2.1", "-cp311-aarch64.whl", "0"))])
