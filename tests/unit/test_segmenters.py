"""jieba and rjieba: the same words, and the same rows, with either."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines import segmenters
from pipelines.errors import SettingsError
from pipelines.reading.decode import decode
from pipelines.segmenters import SWITCH, SegmenterName, part_of_speech

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "seeds" / "reports"
SHARED = ROOT.parent / "shared"
# Words that the dictionary lacks, has once, and has often; one of them inside another.
ADDED = (
    ("财政总收入", 1_000_000, "indicator"),
    ("增速", 100_000, "n"),
    ("增长", 1_000, "v"),
    ("总收入", 5, "n"),
)


@pytest.fixture(scope="module")
def both() -> tuple[segmenters.Segmenter, segmenters.Segmenter]:
    """rjieba and jieba, with the same words added."""
    pair = made("rjieba"), made("jieba")
    for one in pair:
        for word, often, tag in ADDED:
            assert one.add_word(word, often, tag) == often
    return pair


def made(name: str) -> segmenters.Segmenter:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCH, name)
        segmenters.chosen.cache_clear()
        try:
            return segmenters.new()
        finally:
            segmenters.chosen.cache_clear()


def text_of_samples() -> str:
    paths = sorted(SAMPLES.glob("*.txt"))
    return "\n".join(decode(path.read_bytes(), path.name).raw for path in paths)


def test_each_is_what_was_asked_for(both):
    assert [type(one).__name__ for one in both] == ["Jieba", "_Jieba"]


def test_both_cut_and_tag_the_samples_alike(both):
    compiled, python = both
    text = text_of_samples()
    words = compiled.cut(text, hmm=False)
    assert words == python.cut(text, hmm=False)
    assert len(set(words)) > 1000
    for word in set(words):
        assert part_of_speech(compiled, word) == part_of_speech(python, word), word


def test_with_the_hidden_markov_model_they_differ_in_ranges_of_digits_only(both):
    compiled, python = both
    text = text_of_samples()
    assert [word for word in compiled.cut(text) if not word.isascii()] == [
        word for word in python.cut(text) if not word.isascii()
    ]


@settings(max_examples=500, deadline=None)
@given(
    text=st.text(
        st.sampled_from("财政总收入完成增长百分点用好稳了1.5%-aZ 、,。\r\n\tαé聞"), max_size=40
    )
)
@example(text="收收收百了")  # 收收 and 收, or 收 and 收收: equally likely
@example(text="用足用好")
def test_both_cut_any_text_alike(both, text: str):
    """Rare characters (U+3400, U+20000 …) are left out: rjieba sums up across them, jieba does not,
    and where two ways to cut are equally likely, rounding decides.
    """
    compiled, python = both
    assert compiled.cut(text, hmm=False) == python.cut(text, hmm=False)


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("财政总收入", "indicator"),
        ("增长", "v"),
        ("聞", "x"),  # rjieba alone would say v
        ("2024", "m"),
        ("GDP", "eng"),
        ("5G", "eng"),
        ("。", "x"),
    ],
)
def test_a_word_has_the_same_part_of_speech(both, word: str, tag: str):
    assert [part_of_speech(one, word) for one in both] == [tag, tag]


@pytest.mark.parametrize(
    ("word", "known"), [("财政总收入", True), ("财政", True), ("财", True), ("参选率", False)]
)
def test_both_know_the_same_words(both, word: str, known: bool):
    assert [one.has_word(word) for one in both] == [known, known]


def test_a_part_of_speech_that_the_dictionary_has_stays(both):
    assert [one.tag("增长", hmm=False) for one in both] == [[("增长", "v")]] * 2
    for one in both:
        one.add_word("增长", 1_000, "n")
    assert [one.tag("增长", hmm=False) for one in both] == [[("增长", "v")]] * 2


@pytest.mark.parametrize(
    ("value", "name"),
    [("jieba", "jieba"), ("rjieba", "rjieba"), ("auto", "rjieba"), ("", "rjieba")],
)
def test_the_environment_chooses(value: str, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(SWITCH, value)
    assert segmenters.chosen.__wrapped__() is SegmenterName(name)


def test_another_name_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(SWITCH, "lac")
    with pytest.raises(SettingsError, match="ZHIBIAO_SEGMENTER is lac: it is one of auto, jieba"):
        segmenters.chosen.__wrapped__()


ROWS = """
import sys
from pathlib import Path
from pipelines import parse_text
from pipelines.frames.terms import count_terms
from pipelines.reading.decode import decode
for folder in sys.argv[1:]:
    for path in sorted(Path(folder).glob("*.txt")):
        parsed = parse_text(decode(path.read_bytes(), path.name).raw, file_name=path.name)
        print(path.name, parsed.metadata)
        print(*parsed.observations, *parsed.numerals, sep="\\n")
        print(sorted(count_terms(passage.text for passage in parsed.passages).items()))
"""


def run(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_form_that_is_not_installed_is_named_with_the_remedy():
    code = (
        "import sys; sys.modules['rjieba'] = None\n"
        "from pipelines.errors import SettingsError\nfrom pipelines import segmenters\n"
        "try: segmenters.new()\n"
        "except SettingsError as error: print(error)"
    )
    said = run(code, ZHIBIAO_SEGMENTER="rjieba")
    assert "rjieba is not installed; run pip install 'zhibiao[fast]'" in said.stdout, said.stderr
    auto = run("import sys; sys.modules['rjieba'] = None\n" + ROWS, SAMPLES)
    assert auto.returncode == 0, auto.stderr


@pytest.mark.parametrize(
    "folder",
    [SAMPLES, SHARED / "reports", SHARED / "excerpts", SHARED / "authored"],
    ids=["samples", "real", "excerpts", "authored"],
)
@pytest.mark.slow
def test_either_gives_the_same_rows_and_says_nothing(folder: Path):
    if not folder.is_dir():
        pytest.skip("../shared is not at hand")
    compiled, python = (run(ROWS, folder, ZHIBIAO_SEGMENTER=name) for name in ("rjieba", "jieba"))
    assert [compiled.stderr, python.stderr] == ["", ""]
    assert "Observation(" in compiled.stdout
    assert compiled.stdout == python.stdout


@pytest.mark.parametrize(("name", "loaded"), [("rjieba", "rjieba"), ("jieba", "jieba")])
@pytest.mark.slow
def test_one_of_the_two_is_loaded(name: str, loaded: str):
    code = ROWS + "\nloaded = {name.partition('.')[0] for name in sys.modules}"
    code += "\nprint(*sorted({'jieba', 'rjieba'} & loaded))"
    said = run(code, SAMPLES, ZHIBIAO_SEGMENTER=name)
    assert said.stdout.splitlines()[-1] == loaded, said.stderr


def test_the_choice_is_in_the_name_of_the_extractor():
    code = "from pipelines.frames.extractor import code_hash; print(code_hash())"
    hashes = {run(code, ZHIBIAO_SEGMENTER=name).stdout for name in ("rjieba", "jieba", "auto")}
    assert len(hashes) == 2
    assert all(hashes)
