"""Hostile and odd report files, drawn from a seed: the same seed gives the same bytes.

What a file is made of belongs here; what must be true of the warehouse that is built from it is
the business of `fuzz_judge`.
"""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from itertools import islice
from pathlib import Path
from random import Random

from pipelines import synth
from pipelines.frames.overrides import COLUMNS
from pipelines.lexicon import SEEDS
from pipelines.reading.decode import decode

SHARED = Path(__file__).parents[2] / ".." / "shared"
OVERRIDES = b"reports.csv"
LONG_LINE = 5_000_000  # characters of the one line that is drawn now and then


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to write: its name as bytes (not all are UTF-8), its bytes, and what was done."""

    name: bytes
    data: bytes
    kinds: tuple[str, ...]


def folder(seed: int, number: int, count: int, *, rare: bool = True) -> tuple[Draft, ...]:
    """The files of one folder.

    Args:
        seed: of the whole run.
        number: which folder of the run.
        count: files in it.
        rare: whether some of the files may be megabytes long.
    """
    draw = Random(f"{seed}/{number}")  # noqa: S311
    pairs = _pairs(seed, number * count)
    drafts = tuple(_file(draw, place, pairs, rare=rare) for place in range(count))
    return (_overrides(draw, drafts), *drafts[1:]) if draw.random() < 0.5 else drafts


def _file(draw: Random, place: int, pairs: Iterator[str], *, rare: bool) -> Draft:
    if draw.random() < 0.2:
        kinds, text = ["units"], _title(draw) + "".join(islice(pairs, 64))
    elif rare and draw.random() < 0.001:
        kinds, text = ["long line"], _title(draw) + _long_line(draw)
    else:
        kinds, text = ["base"], draw.choice(_bases())
    if len(text) < 100_000:
        for _ in range(draw.choice((0, 1, 1, 2, 3))):
            kind = draw.choice(tuple(MUTATIONS))
            text = MUTATIONS[kind](draw, text)
            kinds.append(kind)
    data = text.encode("utf-8", "surrogatepass")
    if draw.random() < 0.25:
        kind = draw.choice(tuple(ENCODINGS))
        data = ENCODINGS[kind](draw, text)
        kinds.append(kind)
    return Draft(_name(draw, place), data, tuple(kinds))


@cache
def _bases() -> tuple[str, ...]:
    """Texts to begin from: samples, invented reports, and real ones where they are at hand."""
    samples = [_read(path) for path in sorted((SEEDS / "reports").glob("*.txt"))]
    invented = [report.text for report in synth.reports(60, seed=7, characters=900)]
    folders = ("reports", "excerpts", "authored", "corpus")
    found = [path for name in folders for path in sorted((SHARED / name).glob("*.txt"))]
    # Slices of a few thousand characters: variety, not length, finds faults.
    real = [text[at : at + 2500] for text in map(_read, found) for at in range(0, len(text), 9000)]
    return (*samples, *invented, *real)


def _read(path: Path) -> str:
    return decode(path.read_bytes(), path.name).raw


def _title(draw: Random) -> str:
    place = draw.choice(("东沙街道", "清河镇", "松阳县", "湖南省", "杭州市上城区", ""))
    year = draw.choice(("2023年", "2024年上半年", "二〇二二年", "", "0年", "9999年"))
    return f"{place}{year}{draw.choice(('工作总结', '政府工作报告', '统计公报', '工作计划'))}\n"


SIZES = (1, 1, 2, 3, 4, 6, 9, 15, 21, 30, 31, 40, 80, 400, 5000)
SCRIPTS = (0x660, 0x966, 0xE50, 0xFF10, 0x1D7CE, 0x1D7D8, 0x104A0)  # where other digits begin
ROUGH = ("几十", "数百", "十几", "三四十", "百余", "一半", "近万", "上亿", "零", "首位")


def _some(draw: Random, chars: str, size: int) -> str:
    return "".join(draw.choice(chars) for _ in range(size))


def _in_script(zero: int, digits: str) -> str:
    return digits.translate({ord("0") + digit: zero + digit for digit in range(10)})


# A numeral from its digits.
NUMERALS: tuple[Callable[[Random, str], str], ...] = (
    lambda _, digits: digits,
    lambda _, digits: f"{int(digits[:30]):,}",
    lambda draw, digits: f"{digits}.{draw.randrange(10 ** draw.choice((1, 2, 9)))}",
    lambda draw, digits: _some(draw, "零一二三四五六七八九十百千万亿两〇廿卅", len(digits)),
    lambda draw, digits: _some(draw, "壹贰叁肆伍陆柒捌玖拾佰仟万亿零", min(len(digits), 40)),
    lambda draw, digits: _in_script(draw.choice(SCRIPTS), digits),
    lambda draw, _: _some(draw, _signs(), draw.choice((1, 1, 2, 5))),
    lambda draw, digits: f"{digits[:3]}分之{draw.choice((digits, '九', '0'))}",
    lambda draw, digits: f"{digits[:9]}{draw.choice('-—~至/到、:.·')}{digits[-9:]}",
    lambda _, digits: " ".join(digits[:60]),
    lambda draw, _: draw.choice(ROUGH),
    lambda draw, digits: draw.choice(("-", "−", "负", "零下", "+", "±")) + digits[:20],
    lambda draw, digits: digits[:20] + draw.choice("百千万亿") + draw.choice(("", "余", digits)),
)


def _numeral(draw: Random) -> str:
    """A numeral of any script and any size."""
    return draw.choice(NUMERALS)(draw, _some(draw, "0123456789", draw.choice(SIZES)))


@cache
def _signs() -> str:
    """Numerals that are signs of their own: ① ⑴ Ⅻ ㋀ ½ ² 〡."""
    ranges = (
        range(0xB2, 0xBF),
        range(0x2070, 0x208A),
        range(0x2150, 0x2189),
        range(0x2460, 0x24FF),
    )
    more = (
        range(0x2776, 0x2794),
        range(0x3021, 0x302A),
        range(0x3220, 0x33FF),
        range(0x1F100, 0x1F10D),
    )
    chars = (chr(code) for codes in (*ranges, *more) for code in codes)
    return "".join(char for char in chars if is_sign(char))


def is_sign(char: str) -> bool:
    """Whether a character is a numeral by itself: a circled, Roman, fraction or telegraph sign."""
    if unicodedata.category(char) in ("No", "Nl"):
        return True
    return unicodedata.name(char, "").startswith("IDEOGRAPHIC TELEGRAPH SYMBOL")


FORMS = (
    "{i}{n}{u},同比增长{n}{u}。",
    "{i}增长{n}{u},居全市第{n}{u}。",
    "完成{i}{n}{u},占{n}{u}。",
    "{i}下降{n}{u}至{n}{u},完成全年任务的{n}{u}。",
    "力争{i}达到{n}{u}以上,比上年提高{n}{u}。",
    "{i}从{n}{u}增加到{n}{u},净增{n}{u};",
    "{i}{n}{u}{n}{u},每{u}{n}{u},人均{n}{u}。",
    "{i}、{i}分别为{n}{u}、{n}{u},{i}率{n}{u}。",
    "向{n}{u}发放{i}{n}{u},年均增长{n}{u}。",
    "全街道{i}{n}{u}。",
)


@cache
def _table(name: str, column: str) -> tuple[str, ...]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row[column] for row in csv.DictReader(file) if row.get(column))


@cache
def _shuffled_pairs(seed: int) -> Sequence[tuple[str, str]]:
    pairs = [
        (i, u) for i in _table("indicators", "name_zh") for u in ("", *_table("units", "surface"))
    ]
    Random(seed).shuffle(pairs)  # noqa: S311
    return pairs


def _pairs(seed: int, start: int) -> Iterator[str]:
    """Sentences that walk through every indicator with every unit, in every measure."""
    pairs, at = _shuffled_pairs(seed), start * 13
    draw = Random(f"{seed}/{start}/pairs")  # noqa: S311
    while True:
        indicator, unit = pairs[at % len(pairs)]
        at += 1
        form = draw.choice(FORMS)
        while "{n}" in form:
            number = str(
                draw.choice((0, 1, 3, 12, 99.5, 100, 101, 2.75, 1500, 10_000_000, "三", "两"))
            )
            form = form.replace("{n}", number, 1)
        yield form.replace("{i}", indicator).replace("{u}", unit) + draw.choice(("", "", "\n"))


def _long_line(draw: Random) -> str:
    unit = draw.choice(
        (
            "7",
            "走访企业3家,",
            "财政总收入",
            ",",
            "工作好。",
            "地区,12.5,8.3%,第3,",
            "1 ",
            "十",
            "(",
            "① ",
        )
    )
    return (unit * (LONG_LINE // len(unit)))[:LONG_LINE]


# --- what may stand in reports.csv ---

REGIONS = (
    "浙江省/杭州市/上城区", "", "/", "浙江省//杭州市", "/".join("区" * 40), "=A(1)", "无此地",
    "全国", "x" * 300, "[/x]", "\x1b[31m", "浙江省/杭州市/上城区/闸弄口街道/荷塘社区/网格/楼",
)  # fmt: skip
DAYS = (
    "2024-01-01", "2024-06-30", "2024-12-31", "", "0001-01-01", "9999-12-31", "2024-02-30", "明年",
    "2024/1/1", "0000-00-00", "[bold]", "١٩٩٩-٠١-٠١", "2" * 5000,
)  # fmt: skip
TITLES = ("", "2023年工作总结", "[/x]", "=1+1", "'; drop table", "题" * 5000, "\u202e", "\x00")
URLS = ("", "https://example.org/a", "javascript:alert(1)", "x y", "\\[/x]")


def _overrides(draw: Random, drafts: Sequence[Draft]) -> Draft:
    """What a hurried hand writes into reports.csv of some of the files, and of others."""
    out = StringIO(newline="")
    rows = csv.writer(out)
    header = list(COLUMNS)
    if draw.random() < 0.1:
        draw.shuffle(header)
    rows.writerow(header)
    for draft in draw.sample(drafts, min(20, len(drafts))):
        name = draft.name.decode("utf-8", "replace")
        line = (draw.choice(REGIONS), draw.choice(TITLES), *draw.choices(DAYS, k=3))
        rows.writerow([draw.choice((name, name, name, "gone.txt", "")), *line, draw.choice(URLS)])
    data = out.getvalue().encode("utf-8", "replace")
    if draw.random() < 0.3:
        kind = draw.choice(tuple(ENCODINGS))
        data = ENCODINGS[kind](draw, data.decode())
    if draw.random() < 0.1:
        data = data.replace(b",", b'"', 1)
    return Draft(OVERRIDES, data, ("reports.csv",))


# --- what may be done to a text ---


def _place(draw: Random, text: str) -> int:
    return draw.randrange(len(text) + 1)


def _insert(draw: Random, text: str, what: str) -> str:
    at = _place(draw, text)
    return text[:at] + what + text[at:]


def _strew(draw: Random, text: str, pick: Callable[[], str], most: int = 30) -> str:
    for _ in range(draw.randint(1, most)):
        text = _insert(draw, text, pick())
    return text


def _cut(draw: Random, text: str) -> str:
    a, b = sorted((_place(draw, text), _place(draw, text)))
    return draw.choice((text[a:b], text[:a] + text[b:], text[:a], text[b:])) or "。"


def _splice(draw: Random, text: str) -> str:
    other = draw.choice(_bases())
    return text[: _place(draw, text)] + other[_place(draw, other) :]


def _repeat(draw: Random, text: str) -> str:
    at = _place(draw, text)
    piece = text[at : at + draw.choice((1, 2, 3, 8, 30, 200))]
    return _insert(draw, text, piece * draw.choice((2, 5, 40, 400)))


def _shuffle(draw: Random, text: str) -> str:
    lines = text.split(draw.choice(("\n", "。", ",", "3")))
    draw.shuffle(lines)
    return draw.choice(("\n", "。", ",", "")).join(lines)


def _swap_numerals(draw: Random, text: str) -> str:
    out = [_numeral(draw) if c.isdigit() and draw.random() < 0.2 else c for c in text]
    return "".join(out)


def _sentences(draw: Random, text: str) -> str:
    def pick() -> str:
        indicator, unit = (
            draw.choice(_table("indicators", "name_zh")),
            draw.choice(_table("units", "surface")),
        )
        form = draw.choice(FORMS).replace("{i}", indicator).replace("{u}", unit)
        while "{n}" in form:
            form = form.replace("{n}", _numeral(draw), 1)
        return form

    return _strew(draw, text, pick, 6)


def _date(draw: Random) -> str:
    year = draw.choice(
        (
            "0",
            "00",
            "0000",
            "202\n0",
            "1",
            "99",
            "1899",
            "2023",
            "2024",
            "2199",
            "9999",
            "12345",
            "二〇二三",
            "零零",
        )
    )
    month, day = (
        draw.choice(("0", "1", "2", "12", "13", "99", "十三")),
        draw.choice(("0", "29", "30", "31", "32", "三十二")),
    )
    return draw.choice(
        (
            f"{year}年{month}月{day}日",
            f"截至{year}年底,",
            f"{year}年以来,",
            f"近{year}年,",
            f"{year}年上半年",
            f"{year}-{month}-{day}",
            f"{month}月至{day}月",
            f"{year}年至{month}年",
            f"前{year}年",
            f"今后{month}年",
            f"“{draw.choice('零一九十')}五”期间",
            f"第{draw.choice(('九十九', '零', '一'))}个五年计划",
            f"{year}年{month}季度",
            f"{month}月{day}日至{day}日",
            f"{day}:{month}",
            f"{month}世纪末",
            f"{year}年代",
            f"到{year}年,",
        )
    )


HEADINGS = (
    "一、",
    "(一)",
    "1.",
    "1、",
    "第一,",
    "第一章 ",
    "二、",
    "(二)",
    "三、下一步工作安排",
    "(1)",
    "①",
    "一是",
    "——",
    "◆",
    "一、2023年工作回顾",
    "2024年工作思路",
)
MARKUP = (
    "<b>",
    "</td><td>",
    "&nbsp;",
    "[/x]",
    "\\[/x]",
    "[bold]",
    "**",
    "| 1 | 2 |",
    "\t",
    "\t\t12\t3.5%\t",
    "<script>",
    "{{n}}",
    "%s",
    "';--",
    "=1+1",
    "\\u0000",
    "&#49;",
)
CONTROLS = (
    "\x00",
    "\x01",
    "\x08",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\r",
    "\r\n",
    "\n\n\n",
    "\ufffd",
    "\ufffe",
)
BIDI = (
    "\u202e",
    "\u202d",
    "\u2066",
    "\u2067",
    "\u2069",
    "\u200f",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u0301",
    "\ufe0f",
)
PRIVATE = (
    "\ue000",
    "\uf8ff",
    "\U000f0000",
    "\U0010fffd",
    "\ue5ce",
    "𠮷",
    "\U0001f600",
    "㌔",
    "\u3000",
)


def _pick(words: Sequence[str]) -> Callable[[Random, str], str]:
    return lambda draw, text: _strew(draw, text, lambda: draw.choice(words))


def _headings(draw: Random, text: str) -> str:
    lines = text.split("\n")
    for _ in range(draw.randint(1, 20)):
        at = draw.randrange(len(lines) + 1)
        lines.insert(
            at, draw.choice(HEADINGS) + draw.choice(("工作扎实推进", "", "走访企业3家。", "2023年"))
        )
    return "\n".join(lines)


MUTATIONS: Mapping[str, Callable[[Random, str], str]] = {
    "cut": _cut,
    "spliced": _splice,
    "repeated": _repeat,
    "shuffled": _shuffle,
    "numerals": _swap_numerals,
    "numerals strewn": lambda draw, text: _strew(draw, text, lambda: _numeral(draw), 12),
    "sentences": _sentences,
    "dates": lambda draw, text: _strew(draw, text, lambda: _date(draw), 12),
    "headings": _headings,
    "markup": _pick(MARKUP),
    "controls": _pick(CONTROLS),
    "bidi": _pick(BIDI),
    "private use": _pick(PRIVATE),
    "surrogates": _pick(("\ud800", "\udfff", "\ud83d\ude00")),
    "marks gone": lambda draw, text: (
        text.translate(dict.fromkeys(map(ord, draw.choice(("。", ",,、", "\n", "。,,、;;::\n")))))
        or "。"
    ),
}


# --- what may be done to its bytes ---


def _as(encoding: str, mark: bytes = b"") -> Callable[[Random, str], bytes]:
    return lambda _, text: mark + text.encode(encoding, "replace")


def _flip(draw: Random, text: str) -> bytes:
    data = bytearray(text.encode("utf-8", "replace"))
    for _ in range(draw.choice((1, 3, 50))):
        if data:
            data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data)


def _halve(draw: Random, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    return data[: draw.randrange(len(data) + 1)]


ENCODINGS: Mapping[str, Callable[[Random, str], bytes]] = {
    "gb18030": _as("gb18030"),
    "utf-8 with mark": _as("utf-8", codecs.BOM_UTF8),
    "utf-16 le": _as("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16 be": _as("utf-16-be", codecs.BOM_UTF16_BE),
    "big5": _as("big5"),
    "bytes flipped": _flip,
    "bytes cut": _halve,
    "utf-16 surrogates": lambda _, text: (
        codecs.BOM_UTF16_LE + text.encode("utf-16-le", "surrogatepass")
    ),
}

NAMES = (
    "{n}.txt",
    "{n}.txt",
    "{n}.txt",
    "{n}.txt",
    "东沙街道2023年工作总结{n}.txt",
    "{n} [bold]x[/x].txt",
    "{n}\\[/x].txt",
    "{n}'\";--.txt",
    "{n}%s{{}}.TXT",
    "{n}\n新行.txt",
    "{n}\x1b[31m.txt",
    "{n}\u202etxt.txt",
    "深/{n}/层.txt",
    "{n}𠮷🌍.txt",
    "{n}" + "长" * 60 + ".txt",
    "2023年上半年/{n}.txt",
    "{n}.doc",
    "{n}.yml",
    "{n}",
    "0年{n}.txt",
    "#{n}?&=.txt",
)


def _name(draw: Random, place: int) -> bytes:
    name = draw.choice(NAMES).format(n=place)
    if draw.random() < 0.01:
        return name.replace("{n}", str(place)).encode("gb18030")
    return name.encode("utf-8")
