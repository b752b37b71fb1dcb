"""Compile the parser with mypyc: `python -m pipelines.compile`, which `make setup` calls.

The types that mypy holds the source to are what mypyc makes machine code of; the source stays as it
is and is what one reads, edits and debugs. Needs a C compiler and the `compile` extra; without
either everything works as before, only more slowly. How it is found again is told in `compiled`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from pipelines import compiled
from pipelines.bilingual import Both, system
from pipelines.errors import CompileError


def compile_parser() -> Path:
    """Compile the source as it is now, and drop what was made of earlier versions.

    Returns:
        The folder of the compiled modules. Where they are there already, nothing is done.

    Raises:
        CompileError: mypyc or a C compiler is missing or fails, or the folder is read-only.
    """
    target = compiled.place()
    if target.is_dir():
        return target
    try:
        compiled.HOME.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=compiled.HOME) as work:
            library = _build(Path(work))
            made = _kept(library)
            try:
                made.rename(target)
            except OSError:
                # Another process may have been first: what it made is the same.
                if not target.is_dir():
                    raise
    except OSError as error:
        raise CompileError(system(error)) from error
    for other in compiled.HOME.iterdir():
        if other != target and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)
    return target


def _build(work: Path) -> Path:
    """Compile into the folder `work`; returns the root below which the modules stand."""
    try:
        from mypyc.build import mypycify  # noqa: PLC0415  (an extra, and slow to import)
        from setuptools import Distribution  # noqa: PLC0415
        from setuptools.errors import CCompilerError  # noqa: PLC0415
    except ImportError as error:
        raise CompileError(
            Both(f"{error.name} is not installed", f"没有安装 {error.name}")
        ) from None
    # mypyc names the modules by their paths from where it stands, and takes whatever else stands
    # there for part of the program: beside an installed package, all other packages.
    (work / compiled.PACKAGE.name).symlink_to(compiled.PACKAGE)
    paths = [str(path.relative_to(compiled.PACKAGE.parent)) for path in compiled.sources()]
    with contextlib.chdir(work):
        try:
            extensions = mypycify(
                ["--config-file", os.devnull, "--strict", "--ignore-missing-imports", *paths],
                opt_level="2",
                debug_level="0",
                group_name=compiled.GROUP,
                multi_file=True,  # one at a time, they compile in two thirds of the time
                target_dir=str(work / "c"),
            )
            distribution = Distribution({"name": compiled.GROUP, "ext_modules": extensions})
            command = distribution.get_command_obj("build_ext")
            command.build_lib, command.build_temp = str(work / "lib"), str(work / "o")
            distribution.run_command("build_ext")
        except SystemExit as error:
            raise CompileError(
                Both("mypyc refused the source (see above)", "mypyc 不接受源码（见上）")
            ) from error
        except CCompilerError as error:
            raise CompileError(
                Both(f"the C compiler failed ({error})", f"C 编译器出错（{error}）")
            ) from error
    return work / "lib"


def _kept(library: Path) -> Path:
    """One folder with the shared library and the modules, named as `compiled` looks for them."""
    package = library / compiled.PACKAGE.name
    for shared in library.glob(f"{compiled.GROUP}*"):
        shared.rename(package / shared.name)
    return package


if __name__ == "__main__":
    try:
        print(f"the parser is compiled: {compile_parser()}")
    except CompileError as error:
        sys.exit(str(error))
