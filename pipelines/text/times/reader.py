"""The days that a time expression names, by its form and the years that its sentence leaves open.

Here belongs how an expression is read; in which light, is the business of `in_sentence`, and which
figure a time governs that of `clerk`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache, lru_cache

from pipelines import lexicon
from pipelines.text.calendar import months, plan_years, whole_years
from pipelines.text.model import Period
from pipelines.text.numbers.numerals import whole_number
from pipelines.text.times.expressions import CN, DASH, DATE, DAY, MONTH, NUMERAL


@cache
def _tokens() -> re.Pattern[str]:
    """The pieces of a point, range or part, for reading its days."""
    relative = lexicon.alternation(lexicon.words("relative_years"))
    parts = lexicon.alternation(lexicon.words("year_parts"))
    return re.compile(
        f"(?P<date>{DATE})"
        f"|(?P<echo>(?:这|的)(?:{NUMERAL})年[间中里内]?|(?<=年)(?:{NUMERAL})年(?:[间中里]|$))"
        f"|(?P<year>[12][0-9]{{3}}|[一二][{CN}]{{3}}|[{CN}]{{2}}(?=年)|[0-9]{{2}}(?=年))(?:年度?)?"
        f"|(?P<relative>{relative})"
        f"|(?P<quarters>[一二三四1-4])(?:[、和及][一二三四1-4])*[、和及](?P<to_quarter>[一二三四1-4])季度"
        f"|(?P<part>{parts})"
        f"|[前头](?P<first>{NUMERAL})个?月"
        f"|(?P<months>{MONTH})(?:月份?)?(?:{DASH}|(?:、(?:{MONTH})(?:月份?)?)*[、和])(?P<until>{MONTH})月"
        f"|(?P<month>{MONTH})月"
        f"|(?P<days>{DAY})日?(?:(?:{DASH}|、)(?P<to_day>{DAY}))日|(?P<day>{DAY})日"
        "|(?P<third>[上中下])旬|(?P<edge>[底末初])"
        f"|(?P<as_of>截至|截止到?|^到|^至)|(?P<since>以来|开始|起|至今|迄今)|(?P<off>[以之]?前|[以之]后)"
        f"|(?P<link>{DASH})"
    )


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
        self.points.append(months(self.year, first, last))

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
        self.points.append(months(year, 1, 12))

    def read(self, piece: re.Match[str]) -> None:
        """Take in one piece."""
        name = piece.lastgroup or ""
        if name in ("as_of", "since", "off", "link"):
            self.flags.add(name)
        elif name in ("year", "relative"):
            self.read_year(piece)
        elif name == "date":
            self.read_date(piece)
        elif name in ("to_quarter", "part", "first", "until", "month"):
            self.read_months(piece, name)
        elif self.points:
            self.refine(piece, name)

    def read_year(self, piece: re.Match[str]) -> None:
        """Take in a year, by number or by its distance from another."""
        if piece["year"]:
            self.take_year(whole_number(piece["year"]))
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
        if name == "to_quarter":
            first, last = whole_number(piece["quarters"]), whole_number(piece["to_quarter"])
            if first < last:
                self.narrow(3 * first - 2, 3 * last, "quarter")
        elif name == "part":
            self.narrow(*_parts()[piece["part"]])
        elif name == "first":
            self.narrow(1, min(12, max(1, whole_number(piece["first"]))), "year_to_date")
        elif name == "month":
            self.narrow(whole_number(piece["month"]), whole_number(piece["month"]), "month")
        elif whole_number(piece["months"]) <= whole_number(piece["until"]):
            self.narrow(whole_number(piece["months"]), whole_number(piece["until"]), "months")

    def refine(self, piece: re.Match[str], name: str) -> None:
        """Narrow the last month (or year) to days, a third, or an edge."""
        last = self.points[-1]
        year, month, length = last.end.year, last.end.month, last.end.day
        if name == "third":
            first, final = {"上": (1, 10), "中": (11, 20), "下": (21, length)}[piece["third"]]
            self.points[-1] = Period(date(year, month, first), date(year, month, final))
            self.kind = "month_part"
        elif name in ("day", "to_day"):
            first = whole_number(piece["days"] if name == "to_day" else piece["day"])
            final = whole_number(piece["to_day"]) if name == "to_day" else first
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


def _read_span(surface: str, default: Period | None, spoken: int | None) -> Period | None:
    """Days of a number of years: 近三年, 五年来, 前三年, 今后五年."""
    number = re.search(NUMERAL, surface)
    if default is None or number is None:
        return None
    opener = surface[: number.start()]
    count, last = whole_number(number[0]), default.end.year
    if not count:
        return None  # 0年 is a misprint, and no years are no period
    direction = _openers().get(opener, "past")
    if direction == "future":
        first = (spoken if spoken is not None else last) + (0 if spoken and spoken > last else 1)
        return whole_years(first, first + count - 1)
    if direction == "prior":
        return _prior(count, default)
    if count >= last:
        return None
    return Period(date(last - count + 1, 1, 1), default.end)


def _prior(count: int, default: Period) -> Period | None:
    """前N年: the first years of the plan that runs, when they are over; else the years before.

    A report that covers N years itself compares them with the N years before; in one that covers
    more, they are the first of its own.
    """
    first, last = default.start.year, default.end.year
    if 1 < count < last - first + 1:
        return whole_years(first, first + count - 1)
    if last - first + 1 != count:
        for ordinal in range(1, 40):
            plan = plan_years(ordinal)
            if plan.start.year <= last <= plan.end.year and plan.start.year + count - 1 <= last:
                return (
                    whole_years(plan.start.year, plan.start.year + count - 1) if count < 5 else plan
                )
    return whole_years(first - count, first - 1) if count < first else None


def _read_era(surface: str) -> tuple[str, Period | None]:
    """Kind and days of a five-year plan; a plan that is only named (十四五规划) is no time."""
    found = re.search("第(.{1,3})个五年|([一二三四五六七八九十]{1,2})五", surface)
    if found is None:
        return "plan_name", None
    ordinal = whole_number(found[1] or found[2])
    span = plan_years(ordinal)
    if surface[-1] == "末":
        return "plan_era", months(span.end.year, 1, 12)
    if re.search("计划$|规划$|五年$", surface):
        return "plan_name", span
    return "plan_era", span


def _read_decade(surface: str, default: Period | None) -> Period | None:
    """Days of 八十年代: of the century named, else of the last one that had begun."""
    found = re.search("([二三四五六七八九]十|[2-9]0)年代", surface)
    if found is None:
        return None
    tens = whole_number(found[1])
    century = 2000 if re.match("二十一|21", surface) else 1900
    if not re.search("世纪", surface) and default and default.end.year >= 2000 + tens:
        century = 2000
    return whole_years(century + tens, century + tens + 9)


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
    return "as_of", whole_years(turn, turn)


def _read_ago(surface: str, default: Period | None) -> Period | None:
    """The year that lies so many years back: 五年前, of a report on 2003-2007, is 2002."""
    number = re.match(NUMERAL, surface)
    if default is None or number is None:
        return None
    year = default.end.year - whole_number(number[0])
    return whole_years(year, year) if 0 < year < default.end.year else None


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
        if period and default and surface.endswith("以来") and period.start <= default.end:
            period = Period(period.start, min(period.end, default.end))
    elif form == "decade":
        period = _read_decade(surface, default)
    elif form == "span":
        period = _read_span(surface, default, spoken)
    elif form == "ago":
        period = _read_ago(surface, default)
    elif form == "century":
        kind, period = _read_century(surface, default)
    return kind, period, None
