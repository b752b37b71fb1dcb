"""How often the words of a list stand in the reports of a warehouse: a panel to publish from.

Counted is by characters in the clean sentences, as one who reads would search for them. What jieba
makes of the text is in `fact_term`; this module knows nothing of it.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines.bilingual import Both, system
from pipelines.errors import DocumentError, WordListError
from pipelines.reading.decode import decode
from pipelines.relations import frame_of, offer
from pipelines.warehouse.connect import read_only

_PANEL = """
with sentences as (
    select
        passage.report_key,
        passage.sentence,
        length(regexp_replace(passage.sentence, '\\s', '', 'g')) as characters
    from dim_passage as passage
    where passage.report_key != -1
),

lengths as (
    select report_key, sum(characters) as characters from sentences group by report_key
),

counts as (
    select
        sentences.report_key,
        words.term_group,
        words.term,
        {count} as found
    from sentences
    cross join words
    where contains(sentences.sentence, words.term)
),

summed as (
    select report_key, term_group, {by} as term, sum(found) as term_count
    from counts
    group by all
),

cells as (
    select distinct term_group, {by} as term from words
)

select
    region.region,
    region.region_path,
    region.region_code,
    period.period_year,
    report.file_name,
    cells.term_group,
    {shown}
    cast(coalesce(summed.term_count, 0) as bigint) as term_count,
    cast(lengths.characters as bigint) as characters,
    cast(10000 * coalesce(summed.term_count, 0) / nullif(lengths.characters, 0) as decimal(18, 2))
        as per_10000_characters
from dim_report as report
inner join lengths on report.report_key = lengths.report_key
inner join dim_region as region on report.region_key = region.region_key
inner join dim_period as period on report.period_key = period.period_key
cross join cells
left join summed
    on
        report.report_key = summed.report_key
        and cells.term_group = summed.term_group
        and cells.term = summed.term
order by region.region_path, period.period_year, report.file_name, cells.term_group, cells.term
"""
_PLAIN = (
    "(length(sentences.sentence) - length(replace(sentences.sentence, words.term, ''))) "
    "// length(words.term)"
)
_LONGEST = (
    "len(list_filter(regexp_extract_all(sentences.sentence, {pattern}), "
    "lambda found: found = words.term))"
)


_COLUMNS = ("term", "group", "weight")
_HEAVIEST = 10**10


class Word(NamedTuple):
    """A word of a list, the group that it is counted in, and how much it weighs there."""

    term: str
    group: str
    weight: Decimal = Decimal(1)


def read_words(path: Path) -> tuple[Word, ...]:
    """The words of a list: a CSV with a column `term` and, if wanted, `group` and `weight`.

    A file of one word a line needs no heading. Of a word that is there twice the first counts.

    Raises:
        WordListError: the file cannot be read, or holds no words.
    """
    try:
        text = decode(path.read_bytes(), path.name).raw
    except OSError as error:
        why = system(error)
        detail = Both(f"it cannot be read ({why})", f"无法读取（{why.zh}）")
        raise WordListError(path, detail) from error
    except DocumentError as error:
        detail = Both(error.detail.rstrip("."), error.detail.zh.rstrip("。"))
        raise WordListError(path, detail) from error
    rows = [row for row in csv.reader(text.lstrip("\ufeff").splitlines()) if any(row)]
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    places = {name: head.index(name) for name in _COLUMNS if "term" in head and name in head}
    if places:
        rows = rows[1:]
    words: dict[str, Word] = {}
    for row in rows:
        cells = dict.fromkeys(_COLUMNS, "") | {
            name: row[place].strip()
            for name, place in (places or {"term": 0}).items()
            if place < len(row)
        }
        if term := cells["term"]:
            group = cells["group"] if "group" in places else path.stem
            words.setdefault(term, Word(term, group, _weight(path, cells["weight"])))
    if not words:
        raise WordListError(path, Both("there are no words in it", "其中没有词"))
    return tuple(words.values())


def _weight(path: Path, cell: str) -> Decimal:
    try:
        weight = Decimal(cell or 1)
    except InvalidOperation:
        weight = Decimal("NaN")
    if not weight.is_finite() or abs(weight) >= _HEAVIEST:
        detail = Both(
            f"the weight {cell} is not a number below {_HEAVIEST:,}",
            f"权重 {cell} 不是小于 {_HEAVIEST:,} 的数",
        )
        raise WordListError(path, detail)
    return weight


def dictionary_frame(folder: Path) -> pl.DataFrame:
    """The words of all dictionaries of a folder: its CSV files, each named for its file.

    Args:
        folder: where they are. One that does not exist has none.

    Returns:
        The columns of `seed_keywords`, a row a word.

    Raises:
        WordListError: a file cannot be read, or has no words or a weight that is none.
    """
    rows = [
        (f"{path.stem}/{word.term}", path.stem, word.term, word.group, f"{word.weight:f}")
        for path in sorted(folder.glob("*.csv"))
        for word in read_words(path)
    ]
    columns = ("keyword_name", "dictionary", "term", "term_group", "weight")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def dictionaries_hash(folder: Path) -> str:
    """A short hash of all words of a folder, by which a load knows that they changed.

    Raises:
        WordListError: as `dictionary_frame`.
    """
    return sha256(dictionary_frame(folder).write_csv().encode()).hexdigest()[:8]


def keyword_panel(
    file: Path, words: tuple[Word, ...], *, longest: bool = False, by_term: bool = False
) -> pl.DataFrame:
    """Counts of words by report.

    Args:
        file: a published warehouse.
        words: what is counted.
        longest: where one word holds another (数字经济, 经济), count the longer one alone.
        by_term: a row for each word rather than for each group.

    Returns:
        A row a report and group (or word): region, path, code, year, file, term_group, term,
        term_count, characters of the report without blanks, per_10000_characters.

    Raises:
        WarehouseError: the file cannot be opened.
    """
    count = _PLAIN
    if longest:
        ordered = sorted((word.term for word in words), key=lambda term: (-len(term), term))
        pattern = "|".join(map(re.escape, ordered)).replace("'", "''")
        count = _LONGEST.format(pattern=f"'{pattern}'")
    sql = _PANEL.format(
        count=count,
        by="term" if by_term else "''",
        shown="cells.term," if by_term else "",
    )
    with read_only(file) as con:
        offer(
            con,
            "words",
            pl.DataFrame({"term": [w.term for w in words], "term_group": [w.group for w in words]}),
        )
        return frame_of(con.sql(sql))
