"""Raise the floors of floors.toml to what is reached now. No floor is ever lowered.

    python tests/golden/raise_floors.py

Prints every figure beside its floor; run it when a change made something better.
"""

from __future__ import annotations

from golden_floors import FLOORS, floors
from golden_numerals import numerals_right
from golden_suites import SUITES, figures, measure

HEADER = "# Reached before; tests fail below. Written by raise_floors.py, which only raises.\n"


def main() -> None:
    """Measure all suites at hand and rewrite the floors."""
    kept = floors() if FLOORS.is_file() else {}
    reached = {
        name: figures(measure(name)) for name, suite in SUITES.items() if suite.reports.is_dir()
    }
    reached["numerals"] = {"right": numerals_right()}
    lines = [HEADER]
    for suite in (*SUITES, "numerals"):
        old, new = kept.get(suite, {}), reached.get(suite, {})
        lines.append(f"\n[{suite}]\n")
        for name in dict.fromkeys([*old, *new]):
            floor = max(old.get(name, 0.0), new.get(name, 0.0))
            lines.append(f"{name} = {floor}\n")
            print(f"{suite:9} {name:13} now {new.get(name, '-')!s:7} floor {floor}")
    FLOORS.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
