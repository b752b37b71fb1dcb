"""Zhibiao beside jieba and beside what one could use instead: the same texts, the same run.

Each contestant (`bench.contestant`) waits in a process of its own; round after round each reads the
texts in turn, so that a machine that grows busy slows all of them alike. What counts is the CPU
time of the process that reads. A slow one reads every tenth text; all the others read that share
once more by itself, and the ratio to the slow one is taken from it.

The peers live in `.venv-bench`, made here, since the parser needs none of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from bench.sample import ROOT, Texts

HOME = ROOT / ".venv-bench"
PINS = Path(__file__).with_name("requirements-peers.txt")
# The sets of texts.
SAMPLE, SHARE, DENSE = "sample", "share", "densest"
_TENTH = 10
MODES = {"compiled": {}, "interpreted": {"ZHIBIAO_COMPILED": "0"}}

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contestant:
    """A row of the comparison: its label, its name in `bench.contestant`, and where it lives."""

    label: str
    reader: str
    package: str = ""  # of the peers' environment; the others are in this one
    mode: str = "compiled"
    slow: bool = False


PEERS = (
    Contestant("JioNLP, money", "jionlp money", package="jionlp"),
    Contestant("JioNLP, time", "jionlp time", package="jionlp"),
    Contestant(
        "Recognizers, 7 models", "recognizers", package="ms-recognizers-text-suite", slow=True
    ),
    Contestant(
        "Recognizers, time", "recognizers time", package="ms-recognizers-text-suite", slow=True
    ),
)


def contestants(modes: Sequence[str], *, peers: bool) -> list[Contestant]:
    """All rows: zhibiao in the modes that are present, jieba, the floor and, if wanted, the peers.

    Args:
        modes: names of MODES.
        peers: whether the peers take part, which are installed if they are not yet.
    """
    return [
        *(Contestant(f"zhibiao, {mode}", "zhibiao", mode=mode) for mode in modes),
        Contestant("jieba.cut", "jieba.cut"),
        Contestant("jieba.posseg.cut", "jieba.posseg", slow=True),
        Contestant("a plain number regex", "number regex"),
        *(PEERS if peers else ()),
    ]


def race(rows: Sequence[Contestant], texts: Texts, dense: Texts, rounds: int) -> Figures:
    """Let all read in turn, round after round.

    Args:
        rows: who takes part.
        texts: what they read; the slow ones read every tenth of them.
        dense: what all but the slow ones read besides.
        rounds: how often.

    Returns:
        `sets`: texts and characters of each set; `rows`: for each contestant its label, version,
        CPU seconds to start, peak bytes, and by set the seconds of each round and the number of
        results. Of one that cannot take part, `missing` says why.
    """
    sets = {SAMPLE: texts, SHARE: texts[::_TENTH], DENSE: dense}
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as started:
        file = Path(scratch) / "texts.json"
        file.write_text(json.dumps(sets), "utf-8")
        runners = [started.enter_context(_Runner(row, file)) for row in rows]
        for _ in range(rounds):
            for name in sets:
                for runner in runners:
                    if name == SHARE or not runner.row.slow:
                        runner.read(name)
        return {
            "sets": {
                name: {"texts": len(some), "characters": sum(len(text) for _, text in some)}
                for name, some in sets.items()
            },
            "rows": [runner.end() for runner in runners],
        }


class _Runner:
    """The process of one contestant. Once something has failed, it only says what."""

    def __init__(self, row: Contestant, texts: Path) -> None:
        self.row = row
        self._figures: Figures = {"label": row.label, "slow": row.slow, "seconds": {}}
        self._errors: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._process: subprocess.Popen[str] | None = None
        missing = install(row.package) if row.package else ""
        if missing:
            self._figures["missing"] = missing
            return
        python = HOME / "bin" / "python" if row.package else sys.executable
        self._process = subprocess.Popen(  # noqa: S603
            [python, "-m", "bench.contestant", row.reader, texts],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            cwd=ROOT,
            env=os.environ | MODES[row.mode],
        )
        self._figures |= self._answer()

    def __enter__(self) -> _Runner:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            with self._process:  # closes its pipes and waits for its end
                self._process.kill()
        self._errors.close()

    def read(self, name: str) -> None:
        """Read a set once."""
        if "missing" in self._figures:
            return
        answer = self._answer(name)
        if answer.keys() >= {"seconds", "results"}:
            of = self._figures["seconds"].setdefault(name, {"rounds": [], "results": 0})
            of["rounds"].append(answer["seconds"])
            of["results"] = answer["results"]
        else:
            self._figures |= answer

    def end(self) -> Figures:
        """All figures, when the last round is over."""
        if self._process and self._process.stdin and "missing" not in self._figures:
            self._process.stdin.close()
            self._figures |= self._answer()
        return self._figures

    def _answer(self, line: str = "") -> Figures:
        """The next line that the process prints, after it was sent one, if any."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return {}
        try:
            if line:
                print(line, file=process.stdin, flush=True)
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if answer:
            return dict(json.loads(answer))
        self._errors.seek(0)
        lines = self._errors.read().split("\n")
        return {"missing": "stopped with " + next((x for x in reversed(lines) if x.strip()), "?")}


@cache
def install(package: str) -> str:
    """Put a peer into the environment of the peers, which is made if it is not there.

    Returns:
        Why it could not be installed; nothing where it is there.
    """
    if not (HOME / "bin" / "python").exists():
        venv.create(HOME, with_pip=True)
    command = [HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--retries=1"]
    done = subprocess.run(  # noqa: S603
        [*command, "--constraint", PINS, package],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return ""
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return f"could not be installed: {errors[0] if errors else done.stderr}"
