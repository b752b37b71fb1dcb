"""Each way to spoil a seed is found before any work, with its file and line."""

import ast
import shutil
import tomllib
from pathlib import Path

import pytest

from pipelines import contracts, definitions, lexicon
from pipelines.errors import SeedError
from pipelines.seeds import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may spoil."""
    return shutil.copytree(
        lexicon.SEEDS, tmp_path / "seeds", ignore=shutil.ignore_patterns("reports")
    )


def faults(folder: Path) -> list[str]:
    with pytest.raises(SeedError) as caught:
        read(folder)
    return [str(fault) for fault in caught.value.faults]


def append(file: Path, line: str) -> int:
    """Add a line; its number."""
    text = file.read_text("utf-8")
    file.write_text(f"{text.rstrip()}\n{line}\n", "utf-8")
    return len(file.read_text("utf-8").splitlines())


def test_the_seeds_of_the_project_are_good(folder: Path):
    assert len(read(folder).lists["roles"].rows) > 400


# What is spoiled: the file, the line that spoils it, what is said of that line.
WORDS = "lexicon/words.tsv"
TIMES = "lexicon/times.tsv"
SPOILED = {
    "a closed value": (WORDS, "铺设绿道\tpredicates\t\tstong", "'stong' is none of strong, both"),
    "a role": (WORDS, "猛涨\troles\tupp", "role 'upp' is none of light"),
    "no trailing column": (WORDS, "猛涨\troles", "role is empty; a word of roles has one"),
    "no list": (WORDS, "凉亭", "lists is empty"),
    "an unknown list": (WORDS, "凉亭\tworcs", "lists 'worcs' is none of roles, predicates"),
    "a cell of no list": (WORDS, "凉亭\tworks\tlight", "role is filled; no list of the word has"),
    "a cell too many": ("lexicon/codes.tsv", "凉亭\tcode_neutral\ttail\tn", "4 cells where 3"),
    "spaces for a tab": (WORDS, "凉亭  works", "lists is empty"),
    "a word twice": (WORDS, "完成\tworks", "完成 is already in line 2"),
    "an integer": (TIMES, "老早前年\trelative_years\t\t\t\tthree\tspoken", "'three' is no integer"),
    "a date": (TIMES, "开埠\tsince_anchors" + "\t" * 7 + "1843-13-01", "'1843-13-01' is no date"),
    "a theme of a word": (
        "lexicon/themes.tsv",
        "绿道\ttheme_words\tparks",
        "not in themes.csv, code",
    ),
    "a unit twice": ("units.csv", "元,元,1,money", "元 is already in line 2"),
    "a dimension": ("units.csv", "斗,斗,10,volum", "dimension 'volum' is none of age, area"),
    "a factor": ("units.csv", "斗,斗,ten,volume", "factor 'ten' is no decimal"),
    "a CSV cell too few": ("units.csv", "斗,斗,10", "3 cells where 4 are wanted"),
    "an empty cell": ("units.csv", ",斗,10,volume", "surface is empty"),
    "a unit of an indicator": (
        "indicators.csv",
        "tea,茶叶,Tea,钱两,economy,core,flow,,,,yes,,,",
        "unit '钱两' is not in units.csv, unit",
    ),
    "a theme of an indicator": (
        "indicators.csv",
        "tea,茶叶,Tea,吨,tea,core,flow,,,,yes,,,",
        "theme 'tea' is not in themes.csv, code",
    ),
    "an alias twice": (
        "indicators.csv",
        "tea,茶叶,Tea,吨,economy,core,flow,,,,yes,,茶|茶,",
        "'茶|茶' is no names",
    ),
    "a kind of an indicator": (
        "indicators.csv",
        "tea,茶叶,Tea,吨,economy,core,heap,,,,yes,,,",
        "kind 'heap' is none of flow, stock, ratio",
    ),
    "a broader indicator": (
        "indicators.csv",
        "tea,茶叶,Tea,吨,economy,core,flow,drinks,rural,,yes,,,",
        "broader 'drinks' is not in indicators.csv, code",
    ),
    "a parent": ("regions.csv", "990101,某县,county,990100,,,,", "parent_code '990100' is not in"),
}


@pytest.mark.parametrize(("file", "line", "said"), SPOILED.values(), ids=SPOILED)
def test_a_spoiled_line_is_named(file: str, line: str, said: str, folder: Path):
    number = append(folder / file, line)
    (fault,) = faults(folder)
    assert fault.startswith(f"seeds/{file}, line {number}: ")
    assert said in fault


def spoil_encoding(folder: Path) -> None:
    path = folder / "themes.csv"
    path.write_bytes(path.read_bytes() + "tea,茶叶,Tea\n".encode("gb18030"))


def spoil_header(folder: Path) -> None:
    path = folder / "themes.csv"
    path.write_text(path.read_text("utf-8").replace("name_en", "english", 1), "utf-8")


def spoil_schema(folder: Path) -> None:
    append(folder / "schema.toml", "[[")


def spoil_name(folder: Path) -> None:
    (folder / "lexicon/codes.tsv").rename(folder / "lexicon/codes.txt")


FILES = {
    "no table": (
        lambda folder: (folder / "regions.csv").unlink(),
        "regions.csv: the file is missing",
    ),
    "no schema": (
        lambda folder: (folder / "schema.toml").unlink(),
        "schema.toml: the file is missing",
    ),
    "a broken schema": (spoil_schema, "schema.toml: the file is no TOML"),
    "no list": (spoil_name, "lexicon/codes.tsv: the file is missing"),
    "an unknown list": (spoil_name, "lexicon/codes.txt: the file is not declared in schema.toml"),
    "an encoding": (spoil_encoding, "themes.csv, line 21: the line is not UTF-8"),
    "a header": (
        spoil_header,
        "themes.csv, line 1: the header must be code name_zh name_en, parted by",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), FILES.values(), ids=FILES)
def test_a_spoiled_file_is_named(spoil, said: str, folder: Path):
    spoil(folder)
    assert any(fault.startswith(f"seeds/{said}") for fault in faults(folder))


@pytest.mark.parametrize("kind", ["themes.cod", "txt"])
def test_a_kind_that_nobody_knows_takes_no_value(kind: str, folder: Path):
    schema = folder / "schema.toml"
    known = 'theme = "themes.code"'
    schema.write_text(schema.read_text("utf-8").replace(known, f'theme = "{kind}"'), "utf-8")
    with pytest.raises(KeyError, match=kind):
        read(folder)


def test_a_list_of_one_word_has_one(folder: Path):
    append(folder / WORDS, "凉亭\tarea_noun")
    assert faults(folder) == ["seeds/lexicon/words.tsv: area_noun has 2 words; it has exactly one"]


def test_the_order_of_lines_means_nothing(folder: Path):
    before = read(folder)
    for path in (*folder.rglob("*.tsv"), *folder.rglob("*.csv")):
        header, *lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(lines)]) + "\n", "utf-8")
    assert read(folder) == before


def test_a_file_that_excel_has_saved_is_read(folder: Path):
    path = folder / "themes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(folder).tables["themes"].rows == read(lexicon.SEEDS).tables["themes"].rows


def test_ten_faults_are_shown_and_the_rest_counted(folder: Path):
    for number in range(12):
        append(folder / WORDS, f"动词{number}\tpredicates\t\tweek")
    with pytest.raises(SeedError) as caught:
        read(folder)
    said = str(caught.value).splitlines()
    assert len([line for line in said if line.startswith("seeds/")]) == 10
    assert said[-2:] == ["and 2 more", "Nothing was changed. Correct seeds/ and run again."]


def test_dagster_does_not_load_spoiled_seeds(folder: Path, monkeypatch: pytest.MonkeyPatch):
    append(folder / WORDS, "铺设绿道\tpredicates\t\tstong")
    monkeypatch.setattr(lexicon, "SEEDS", folder)
    with pytest.raises(SeedError, match="stong"):
        definitions.defs()


def users() -> dict[str, list[str]]:
    """The modules that name each list or ask for each table: text/grammar/tokens."""
    found: dict[str, list[str]] = {name: [] for name in declared()}
    tables = read(lexicon.SEEDS).tables
    package = Path(lexicon.__file__).parent
    for path in sorted(package.rglob("*.py")):
        source = path.read_text("utf-8")
        if "lexicon" in source or "words(" in source:
            nodes = ast.walk(ast.parse(source))
            strings = {node.value for node in nodes if isinstance(node, ast.Constant)}
            module = path.relative_to(package).with_suffix("").as_posix()
            for name, modules in found.items():
                if f'table("{name}")' in source if name in tables else name in strings:
                    modules.append(module)
    for name, modules in found.items():
        if (contracts.SQL / "seeds" / f"seed_{name}.sql").is_file():
            modules.append("warehouse/staging")
    return found


def declared() -> dict[str, dict]:
    """What the schema says of every table and every list."""
    schema = tomllib.loads((lexicon.SEEDS / "schema.toml").read_text("utf-8"))
    lists = [table["lists"] for table in schema["lexicon"].values()]
    return {name: spec for specs in (schema["tables"], *lists) for name, spec in specs.items()}


def test_the_schema_names_the_modules_that_use_each_table_and_list():
    """Nothing is dead, and whoever changes a word sees who asks for it."""
    assert {name: spec["used_by"] for name, spec in declared().items()} == users()
    assert all(spec["used_by"] for spec in declared().values())
