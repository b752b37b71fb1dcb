"""The wheel: pure, or with the compiled parser where ZHIBIAO_WHEEL=compiled asks for it."""

from __future__ import annotations

import os
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledParser(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the parser and puts it into the wheel, which then fits one Python and platform."""

    def dependencies(self) -> list[str]:
        """What the compiler needs: mypyc, and the libraries whose types the parser uses."""
        if not self._wanted():
            return []
        core = self.metadata.core
        return [*core.dependencies, *core.optional_dependencies["compile"]]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the result included.

        Args:
            version: the kind of wheel: `standard` or `editable`.
            build_data: what hatchling goes by; changed in place.
        """
        if version == "editable" or not self._wanted():
            return
        sys.path.insert(0, self.root)
        from pipelines.compile import compile_parser  # noqa: PLC0415  (of this very source)

        made = compile_parser()
        build_data["force_include"][str(made)] = f"pipelines/_compiled/{made.name}"
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    @staticmethod
    def _wanted() -> bool:
        return os.environ.get("ZHIBIAO_WHEEL") == "compiled"
