"""Time expressions of clean text, each with its exact span and, where it can be known, its dates.

Here belongs what a time expression looks like and which days it names, read by itself or beside
the year named before it. Which figure a time governs is the business of `timing`; lengths of time
that measure something (14天, a loan of 3年) are quantities, not times.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from pipelines import lexicon
from pipelines.text.model import Period, TimeExpression

_CN = "〇○零一二三四五六七八九"
_NUMERAL = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_DASH = "[-—–－~～―至到]{1,2}"
_NOT_AFTER = f"(?<![0-9.{_CN}十百千万])"
# Four digits, or two where the next word cannot belong to a length of time (98年底, 五七年度).
_YEAR = (
    f"{_NOT_AFTER}(?:(?:1[89]|20|21)[0-9]{{2}}|(?:一[八九]|二[〇○零])[{_CN}]{{2}})年度?"
    f"|{_NOT_AFTER}(?:[4-9][0-9]|[四五六七八九][{_CN}])年(?=度|[底末初]|[上下]半年)"
)
_YEARS = (
    f"{_NOT_AFTER}(?:(?:1[89]|20|21)[0-9]{{2}}|(?:一[八九]|二[〇○零])[{_CN}]{{2}})年?{_DASH}"
    f"(?:[12][0-9]{{3}}|[0-9]{{2}}|[一二][{_CN}]{{3}}|[{_CN}]{{2}})年度?[底末]?"
)
_FULL_YEAR = f"(?:(?:1[89]|20|21)[0-9]{{2}}|(?:一[八九]|二[〇○零])[{_CN}]{{2}})"
# In 1980、1981年 the last year lends its 年 to those before it.
_LISTED_YEAR = f"{_NOT_AFTER}{_FULL_YEAR}(?=(?:、{_FULL_YEAR}){{1,4}}年)"
_DATE = "(?:19|20)[0-9]{2}(?:-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2})(?![-/0-9])"
_MONTH = "1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]"
_DAY = "3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]|二十|[一二三四五六七八九十]"
_LISTS = (
    "relative_years",
    "year_parts",
    "span_openers",
    "same_periods",
    "now_words",
    "since_anchors",
)
# What the forms hold besides the words of the lists.
_OTHER = (
    "0123456789○〇半十两年月日份旬个至到从自由截止以来开始前后间中里内期时底末初上下这的规计划之起"
    ":/时点分午凌晨早晚世纪代第五—–－~～―-、“”‘’'\"《》度党我国全共"
)


@cache
def _members() -> frozenset[str]:
    """The characters that time expressions are made of."""
    letters = {c for name in _LISTS for word in lexicon.words(name) for c in word}
    return frozenset(letters | set(_OTHER) | set(_CN))


@cache
def _run() -> re.Pattern[str]:
    return re.compile(f"[{''.join(re.escape(c) for c in sorted(_members()))}]{{2,}}")


# 自2021年启动以来: what began may stand between the year and the word.
_SINCE_TAIL = re.compile("[^,，。;；:、0-9]{1,8}以来")
_CLOCKS = f"[0-9](?:[时:][0-9]?|[-/][0-9]{{1,2}}[-/][0-9])|[午晨晚早](?:{_NUMERAL})[时点]"
_ERAS = "五[”’'\"》计规时期]|十[一二三四五六七八九]五"


@cache
def _anchor() -> re.Pattern[str]:
    """What a run must hold to be looked at: without one of these it holds no time."""
    words = lexicon.words("now_words") | lexicon.words("same_periods")
    return re.compile(f"[年月季]|以来|世纪|{lexicon.alternation(words)}|{_CLOCKS}|{_ERAS}")


@cache
def _anchor_finder() -> AhoCorasick:
    """Finds wherever an anchor may stand: all of `_anchor`, forms in figures by two characters."""
    words = {"年", "月", "季", "以来", "世纪"}
    words |= lexicon.words("now_words") | lexicon.words("same_periods")
    digits, numerals = "0123456789", "一二两三四五六七八九十"
    words |= {digit + mark for digit in digits for mark in "时:"}
    words |= {mark + digit for digit in digits for mark in "-/"}
    words |= {part + numeral for part in "午晨晚早" for numeral in digits + numerals}
    words |= {"五" + mark for mark in "”’'\"》计规时期"}
    words |= {"十" + numeral + "五" for numeral in numerals}
    return AhoCorasick(sorted(words), implementation=Implementation.DFA)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of the characters of time expressions that hold an anchor, in order.

    The detailed pattern is tried only there: most of a text is skipped at an automaton's speed.
    """
    members, run, holds = _members(), _run().match, _anchor().search
    stop = 0
    for _, at, _ in _anchor_finder().find_matches_as_indexes(text):
        if at < stop:
            continue
        begin = at
        while begin > stop and text[begin - 1] in members:
            begin -= 1
        whole = run(text, begin)
        if whole:
            stop = whole.end()
            if holds(text, begin, stop):
                yield begin, stop


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern for all forms; the name of the group that matched says which form it is."""
    # Not in 以前年度, 相当年份, 建成后年产.
    words = lexicon.alternation(lexicon.words("relative_years"))
    relative = f"(?<![以相之成])(?:{words})(?![产均轻纪限龄级薪])"
    parts = lexicon.alternation(lexicon.words("year_parts"))
    openers = lexicon.alternation(lexicon.words("span_openers"))
    same = lexicon.alternation(lexicon.words("same_periods"))
    now = lexicon.alternation(lexicon.words("now_words"))
    anchors = lexicon.alternation(lexicon.words("since_anchors"))
    day = f"(?:{_DAY})日?(?:(?:{_DASH}|、)(?:(?:{_MONTH})月)?(?:{_DAY}))?日"
    month = (
        f"{_NOT_AFTER}(?:(?:{_MONTH})(?:月份?)?(?:{_DASH}|、))?(?:{_MONTH})月"
        f"(?:份|{day}|[上中下]旬|[底末初])"
        f"|{_NOT_AFTER}(?:(?:{_MONTH})(?:月份?)?(?:{_DASH}|、))(?:{_MONTH})月"
        # A bare month in Chinese numerals may be a length of time (一月完成); it needs a place
        # where a time stands.
        f"|{_NOT_AFTER}(?:1[0-2]|0?[1-9])月|(?:(?<![^。，；,;:\\n从自到至在于年的])(?:{_MONTH})月)"
    )
    part = f"(?:{parts}|[前头](?:{_NUMERAL})个?月份?|{month})"
    year = f"(?:{_YEAR}|{relative})"
    point = f"{year}(?:的?{part}|[底末初])?"
    opened = "(?:截至|截止到?|到|至|自从|自|从|由)?"
    # 的二十八年间 and 这一年 only repeat the time that they follow.
    echo = (
        f"(?:这一年|这(?:{_NUMERAL})年|的(?:{_NUMERAL})年|(?:{_NUMERAL})年(?=[间中里]))"
        "(?:[间中里内]|时间)?"
    )
    # 较上年前移3位 moves ahead; it tells no time before.
    closed = (
        f"(?:{echo}|以来|至今|迄今|开始|[底]?[以之]?前(?![移进])|[以之]后|[以之]?间|期间|时期|起)?"
    )
    fives = "(?:十[一二三四五六七八九]?|[一二三四五六七八九])五"
    era = (
        f"(?:[“\"‘'《]{fives}[”\"’'》](?!普法)|十[一二三四五六七八九]五(?![年百千万亿个])"
        f"|{_NOT_AFTER}{fives}(?=时期|期间|计划|规划)"
        "|第[一二三四五六七八九十]{1,3}个五年(?:计划|规划)?)"
        "(?:计划|规划)?(?:时期|期间|期末|期内|末期|初期|以来|[末初])?"
    )
    century = "(?:二十一|二十|21|20|本|上)个?世纪"
    schooling = lexicon.alternation(lexicon.words("years_of_school"))
    years_word = f"(?:{_NUMERAL}|半)多?年"
    span = (
        # 学前三年 is a stage of school.
        f"(?<!学)(?:{openers})(?:{_NUMERAL}|半)多?年(?!代|级|期)(?:以来|多?来|[间中里内]|时间)?"
        f"|{_NOT_AFTER}{years_word}(?:以来|多?来|[间中里](?![层部])|内(?!部))"
        f"|{_NOT_AFTER}(?:{_NUMERAL})年(?=累计|合计|总共|共|一共|平均)"
        # At the head of a clause a number of years counts back from the report's end (五年新增…).
        f"|(?<=[。，；：、,;:\\n])(?:{_NUMERAL})年(?![以期制级代的计规行多过之一后前左]|{schooling})"
    )
    clock = (
        f"(?:上午|下午|凌晨|中午|晚上|早上|早|晚)(?:{_NUMERAL})[时点](?:[0-9]{{1,2}}分|半)?"
        # Not in proportions: 5.6:48.2:46.2.
        r"|(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9](?![0-9:]|\.[0-9])|(?<![0-9.])[0-2]?[0-9]时[0-5]?[0-9]分"
    )
    forms = {
        "same": f"(?:{year}的?)?(?:{same})",
        "date": f"{opened}(?<![-/0-9.]){_DATE}{closed}",
        "listed": _LISTED_YEAR,
        "years": f"(?:从|自|由)?(?:{_YEARS}){closed}",
        "point": f"{opened}{point}(?:{_DASH}(?:{point}|{part}))?{closed}",
        "now": now,
        "since": f"(?:党的|我国|全国|中共)?(?:{anchors})以来",
        "era": era,
        "decade": f"(?:{century})?(?:[二三四五六七八九]十|[2-9]0)年代[初中末]?期?",
        "century": f"{century}(?:末|初|中叶)",
        "span": span,
        "part": f"{opened}{part}(?:{_DASH}{part})?(?:以来|[以之]?前|[以之]后|开始|期间|起)?",
        "clock": clock,
    }
    return re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))


@cache
def _tokens() -> re.Pattern[str]:
    """The pieces of a point, range or part, for reading its days."""
    relative = lexicon.alternation(lexicon.words("relative_years"))
    parts = lexicon.alternation(lexicon.words("year_parts"))
    return re.compile(
        f"(?P<date>{_DATE})"
        f"|(?P<echo>(?:这|的)(?:{_NUMERAL})年[间中里内]?|(?<=年)(?:{_NUMERAL})年[间中里])"
        f"|(?P<year>[12][0-9]{{3}}|[一二][{_CN}]{{3}}|[{_CN}]{{2}}(?=年)|[0-9]{{2}}(?=年))(?:年度?)?"
        f"|(?P<relative>{relative})"
        f"|(?P<part>{parts})"
        f"|[前头](?P<first>{_NUMERAL})个?月"
        f"|(?P<months>{_MONTH})(?:{_DASH}|、)(?P<until>{_MONTH})月"
        f"|(?P<month>{_MONTH})月"
        f"|(?P<days>{_DAY})日?(?:(?:{_DASH}|、)(?P<to_day>{_DAY}))日|(?P<day>{_DAY})日"
        "|(?P<third>[上中下])旬|(?P<edge>[底末初])"
        f"|(?P<as_of>截至|截止到?|^到|^至)|(?P<since>以来|开始|起|至今|迄今)|(?P<off>[以之]?前|[以之]后)"
        f"|(?P<link>{_DASH})"
    )


@lru_cache(maxsize=4096)
def _number(text: str) -> int:
    """A small whole number in Arabic or Chinese digits (31, 三十一, 一九八○)."""
    if text.isascii():
        return int(text)
    digits = text.translate(str.maketrans("〇○零一二两三四五六七八九", "0001223456789"))
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return int(tens or 1) * 10 + int(ones or 0)
    return int(digits)


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


@cache
def _relative() -> dict[str, tuple[int, str]]:
    return {word: (int(by), origin) for word, by, origin in lexicon.entries("relative_years")}


@cache
def _parts() -> dict[str, tuple[int, int, str]]:
    rows = lexicon.entries("year_parts")
    return {word: (int(first), int(last), kind) for word, first, last, kind in rows}


@cache
def _anchors() -> dict[str, date]:
    return {word: date.fromisoformat(day) for word, day in lexicon.entries("since_anchors")}


@cache
def _openers() -> dict[str, str]:
    return {fields[0]: fields[1] for fields in lexicon.entries("span_openers")}


def plan_years(ordinal: int) -> Period:
    """The years of China's n-th five-year plan: 1953 and 1958, then every five from 1966 on.

    The years 1963 to 1965 stood between the second and the third plan.
    """
    start = 1953 + 5 * (ordinal - 1) if ordinal <= 2 else 1966 + 5 * (ordinal - 3)
    return Period(date(start, 1, 1), date(start + 4, 12, 31))


class _Reader:
    """Reads the pieces of one point or range from left to right."""

    def __init__(self, default: Period | None, spoken: int | None, context: int | None) -> None:
        self.default, self.spoken, self.context = default, spoken, context
        self.points: list[Period] = []
        self.year = context
        self.own_year: int | None = None
        self.bare_year = False  # the last point is a year that a part may narrow
        self.kind = "year"
        self.flags: set[str] = set()

    def narrow(self, first: int, last: int, kind: str) -> None:
        """Put a stretch of months into the running year."""
        self.kind = kind
        if self.year is None:
            return
        if self.bare_year and self.points:
            self.points.pop()
        self.bare_year = False
        self.points.append(_months(self.year, first, last))

    def take_year(self, year: int, *, outright: bool = True) -> None:
        """Take in a year; 上年 is no year named outright, and later months do not belong to it."""
        if year < 100:
            base = self.points[-1].start.year if self.points else 1900
            year += base // 100 * 100
        if not date.min.year < year < date.max.year:
            return
        self.year = year
        if outright:
            self.own_year = year
        self.bare_year = True
        self.kind = "year"
        self.points.append(_months(year, 1, 12))

    def read(self, piece: re.Match[str]) -> None:
        """Take in one piece."""
        name = piece.lastgroup or ""
        if name in ("as_of", "since", "off", "link"):
            self.flags.add(name)
        elif name in ("year", "relative"):
            self.read_year(piece)
        elif name == "date":
            self.read_date(piece)
        elif name in ("part", "first", "until", "month"):
            self.read_months(piece, name)
        elif self.points:
            self.refine(piece, name)

    def read_year(self, piece: re.Match[str]) -> None:
        """Take in a year, by number or by its distance from another."""
        if piece["year"]:
            self.take_year(_number(piece["year"]))
            return
        distance, origin = _relative()[piece["relative"]]
        base = self.spoken if origin == "spoken" else self.context
        if base is not None:
            self.take_year(base + distance, outright=origin == "spoken")

    def read_date(self, piece: re.Match[str]) -> None:
        """Take in a day in figures alone: 2026-02-01."""
        year, month, day = map(int, re.split("[-/]", piece["date"]))
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            self.take_year(year)
            self.points[-1] = Period(date(year, month, day), date(year, month, day))
            self.kind = "day"

    def read_months(self, piece: re.Match[str], name: str) -> None:
        """Take in a part of a year."""
        if name == "part":
            self.narrow(*_parts()[piece["part"]])
        elif name == "first":
            self.narrow(1, min(12, max(1, _number(piece["first"]))), "year_to_date")
        elif name == "month":
            self.narrow(_number(piece["month"]), _number(piece["month"]), "month")
        elif _number(piece["months"]) <= _number(piece["until"]):
            self.narrow(_number(piece["months"]), _number(piece["until"]), "months")

    def refine(self, piece: re.Match[str], name: str) -> None:
        """Narrow the last month (or year) to days, a third, or an edge."""
        last = self.points[-1]
        year, month, length = last.end.year, last.end.month, last.end.day
        if name == "third":
            first, final = {"上": (1, 10), "中": (11, 20), "下": (21, length)}[piece["third"]]
            self.points[-1] = Period(date(year, month, first), date(year, month, final))
            self.kind = "month_part"
        elif name in ("day", "to_day"):
            first = _number(piece["days"] if name == "to_day" else piece["day"])
            final = _number(piece["to_day"]) if name == "to_day" else first
            if first <= final <= length:
                self.points[-1] = Period(date(year, month, first), date(year, month, final))
                self.kind = "day"
        elif name == "edge":
            self.flags.add("start" if piece["edge"] == "初" else "end")
            self.kind = "year_end" if self.kind == "year" else "month_end"

    def result(self) -> tuple[str, Period | None]:
        """Kind and days of the whole expression."""
        if not self.points:
            return ("reference" if "off" in self.flags else self.kind), None
        first, last = self.points[0], self.points[-1]
        kind, period = self.kind, last
        if "since" in self.flags:
            return "since", self.until_report_ends(first.start)
        if len(self.points) > 1 and first.start <= last.end:
            kind, period = "range", Period(first.start, last.end)
        elif self.names_a_bound():
            return "reference", None
        elif "as_of" in self.flags or "end" in self.flags:
            kind, period = "as_of", Period(date(last.end.year, 1, 1), last.end)
        return kind, period

    def names_a_bound(self) -> bool:
        """Whether it only says before or after what (2020年以前, 年初)."""
        plain = self.kind in ("year", "month", "day")
        return ("off" in self.flags and plain) or "start" in self.flags

    def until_report_ends(self, start: date) -> Period | None:
        """From `start` to the end of the report's period."""
        if self.default is None or start > self.default.end:
            return None
        return Period(start, self.default.end)


def _read_points(
    surface: str, default: Period | None, spoken: int | None, context: int | None
) -> tuple[str, Period | None, int | None]:
    reader = _Reader(default, spoken, context)
    for piece in _tokens().finditer(surface):
        reader.read(piece)
    kind, period = reader.result()
    return kind, period, reader.own_year


def _years(first: int, last: int) -> Period | None:
    """Whole years; None where they end before they begin or no calendar has them."""
    if not date.min.year <= first <= last <= date.max.year:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31))


def _read_span(surface: str, default: Period | None, spoken: int | None) -> Period | None:
    """Days of a number of years: 近三年, 五年来, 前三年, 今后五年."""
    number = re.search(_NUMERAL, surface)
    if default is None or number is None:
        return None
    opener = surface[: number.start()]
    count, last = _number(number[0]), default.end.year
    if not count:
        return None  # 0年 is a misprint, and no years are no period
    direction = _openers().get(opener, "past")
    if direction == "future":
        first = (spoken if spoken is not None else last) + (0 if spoken and spoken > last else 1)
        return _years(first, first + count - 1)
    if direction == "prior":
        return _prior(count, default)
    if count >= last:
        return None
    return Period(date(last - count + 1, 1, 1), default.end)


def _prior(count: int, default: Period) -> Period | None:
    """前N年: the first years of the plan that runs, when they are over; else the years before.

    A report that covers N years itself compares them with the N years before.
    """
    first, last = default.start.year, default.end.year
    if last - first + 1 != count:
        for ordinal in range(1, 40):
            plan = plan_years(ordinal)
            if plan.start.year <= last <= plan.end.year and plan.start.year + count - 1 <= last:
                return _years(plan.start.year, plan.start.year + count - 1) if count < 5 else plan
    return _years(first - count, first - 1) if count < first else None


def _read_era(surface: str) -> tuple[str, Period | None]:
    """Kind and days of a five-year plan; a plan that is only named (十四五规划) is no time."""
    found = re.search("第(.{1,3})个五年|([一二三四五六七八九十]{1,2})五", surface)
    if found is None:
        return "plan_name", None
    ordinal = _number(found[1] or found[2])
    span = plan_years(ordinal)
    if surface[-1] == "末":
        return "plan_era", _months(span.end.year, 1, 12)
    if re.search("计划$|规划$|五年$", surface):
        return "plan_name", span
    return "plan_era", span


def _read_decade(surface: str, default: Period | None) -> Period | None:
    """Days of 八十年代: of the century named, else of the last one that had begun."""
    found = re.search("([二三四五六七八九]十|[2-9]0)年代", surface)
    if found is None:
        return None
    tens = _number(found[1])
    century = 2000 if re.match("二十一|21", surface) else 1900
    if not re.search("世纪", surface) and default and default.end.year >= 2000 + tens:
        century = 2000
    return _years(century + tens, century + tens + 9)


def _read_since(surface: str, default: Period | None) -> Period | None:
    """Days of 解放以来: from the event to the end of the report's period."""
    start = next(
        (day for word, day in _anchors().items() if surface.endswith(f"{word}以来")), date.max
    )
    return Period(start, default.end) if default and start <= default.end else None


def _read_century(surface: str, default: Period | None) -> tuple[str, Period | None]:
    """到本世纪末 is the last year of the century in which the report stands."""
    if default is None or not surface.endswith("末"):
        return "reference", None
    turn = (default.end.year + 99) // 100 * 100
    return "as_of", _years(turn, turn)


_POINTS = ("point", "part", "years", "date", "listed")


@lru_cache(maxsize=65536)
def read_time(
    form: str, surface: str, default: Period | None, spoken: int | None, context: int | None
) -> tuple[str, Period | None, int | None]:
    """Read one time expression.

    Args:
        form: how it was found (a group of the pattern): point, part, years, span, era …
        surface: its characters.
        default: the report's period.
        spoken: the year in which the report was given: what 今年 names.
        context: the year that a part of a year without one (5月, 上半年) and 当年 belong to.

    Returns:
        The kind, the days (None for a mere reference), and the year it names outright.
    """
    if form in _POINTS:
        return _read_points(surface, default, spoken, context)
    kind: str = {"same": "same_period", "clock": "clock"}.get(form, form)
    period: Period | None = None
    if form == "now" and default is not None:
        period = Period(date(default.end.year, 1, 1), default.end)
    elif form == "since":
        period = _read_since(surface, default)
    elif form == "era":
        kind, period = _read_era(surface)
    elif form == "decade":
        period = _read_decade(surface, default)
    elif form == "span":
        period = _read_span(surface, default, spoken)
    elif form == "century":
        kind, period = _read_century(surface, default)
    return kind, period, None


def find_times(text: str, default: Period | None) -> tuple[TimeExpression, ...]:
    """All time expressions of clean text, in order, without overlap.

    今年 is read as the last year of `default`; a report given in the year after has its words read
    again by `timing`, which knows what is a plan. A part of a year without a year of its own
    belongs to the year named last in its sentence, else to the report's.

    Args:
        text: clean text.
        default: the report's period, None where it is not known.

    Returns:
        The expressions; `period` is None for a mere reference (同期) or where no year is known.
    """
    return tuple(time for time, _ in find_forms(text, default))


def find_forms(text: str, default: Period | None) -> list[tuple[TimeExpression, str]]:
    """As `find_times`, with the form of each expression, for reading it again."""
    found: list[tuple[TimeExpression, str]] = []
    home = default.end.year if default else None
    context, reach = home, 0
    forms, since = _pattern().finditer, _SINCE_TAIL.match
    for begin, stop in _runs(text):
        # Two characters more, for what a form may not stand before; none of them can join a match.
        for match in forms(text, begin, stop + 2):
            start, end, form = match.start(), match.end(), match.lastgroup or ""
            tail = since(text, end) if match.group()[0] in "自从" else None
            if tail and form in ("point", "part"):
                end = tail.end()
            if context != home and text.find("。", reach, start) >= 0:
                context = home
            kind, period, own = read_time(form, text[start:end], default, home, context)
            if own is not None and kind not in ("since", "range"):
                context, reach = own, end
            found.append((TimeExpression(start, end, kind, period), form))
    return found
