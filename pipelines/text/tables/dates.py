"""The time that the heading of a row or column names.

What else a heading says is the business of `headings`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipelines.text.model import Period
from pipelines.text.times.expressions import find_times
from pipelines.text.times.reader import read_time

EDGE = " :：,，、;；/—–-·#*"  # what parts the pieces of a heading
_BARE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度|年)?(?!\d)")
_MONTHS = re.compile(r"(?<!\d)(1?\d)\s*[-—–~至]\s*(1?\d)\s*月(?:份)?")
_THIS = re.compile("本月|当月|本季度?|当季|本年累计|年初至今|本年|今年|年累计")
_SO_FAR = re.compile(
    "[至到]?(?:本|当)(?:月|季度?|期)[止末底]?累计|年初至(?:本月|今)[止末]?(?:累计)?"
    "|1[-—–~至][本当]月"
)
_YEAR_AGO = re.compile("(?:上年|去年)同期(?:数|完成数?)?")
_LAST_YEAR = re.compile("上年(?!增|减|±)(?:决算数?|执行数?|完成数?|实际数?|数|底|末)?")
_OF_TERM = re.compile("[本上]期(?=.)(?!末|初|累计)")  # 上期价格: of what term, `term_before` says
_TEN, _TENTHS = 10, (1, 11, 21)  # days on which the thirds of a month begin
_AT_END = re.compile("(?:年|期)[末底](?!\\d)")  # of whatever year
_CARRIED = re.compile("(?:上年|去年|历年)(?:结余|结转|余额|滚存)")  # this year's, from last year


def time_in(  # noqa: PLR0911  (a way to name a time each)
    body: str, default: Period | None
) -> tuple[Period | None, str]:
    """The time that a heading names, and the heading without it."""
    if _AT_END.match(body) or _OF_TERM.match(body):
        return None, body[2:]
    year = default.end.year if default else None
    ago = _YEAR_AGO.search(body)
    if ago and default:
        return _shifted(default), body.replace(ago[0], "", 1)
    last = _LAST_YEAR.match(body)
    if last and year and last.end() == len(body):
        return Period(date(year - 1, 1, 1), date(year - 1, 12, 31)), body[len("上年") :]
    so_far = _SO_FAR.search(body)
    if so_far and default:
        return _this("本年", default), body.replace(so_far[0], "", 1)
    this = _THIS.search(body)
    if this and default:
        return _this(this[0], default), body.replace(this[0], "", 1)
    months = _MONTHS.search(body)
    found = () if _CARRIED.match(body) else find_times(body)
    if found:
        first = found[0]
        surface = body[first.start : first.end]
        period = read_time(first.form, surface, default, year, year)[1]
        if period is not None:
            return period, (body[: first.start] + body[first.end :]).strip(EDGE)
    bare = _BARE_YEAR.search(body)
    if bare:
        own = int(bare[1])
        return Period(date(own, 1, 1), date(own, 12, 31)), body.replace(bare[0], "", 1)
    if months and year and 1 <= int(months[1]) <= int(months[2]) <= 12:
        return None, body.replace(months[0], "", 1)
    return None, body


def _this(word: str, default: Period) -> Period:
    end = default.end
    if word in ("本月", "当月"):
        return Period(date(end.year, end.month, 1), end)
    if word in ("本季度", "本季", "当季"):
        return Period(date(end.year, (end.month - 1) // 3 * 3 + 1, 1), end)
    return Period(date(end.year, 1, 1), end)


def term_before(period: Period) -> Period | None:
    """The ten days or the month before; None for other spans, whose 上期 may be a year ago."""
    if (period.start.year, period.start.month) != (period.end.year, period.end.month):
        return None
    end = period.start - timedelta(days=1)
    if period.start.day in _TENTHS and period.end.day - period.start.day in (_TEN - 1, _TEN):
        return Period(end.replace(day=_TENTHS[min((end.day - 1) // _TEN, 2)]), end)
    whole = period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
    return Period(end.replace(day=1), end) if whole else None


def _shifted(period: Period) -> Period:
    """The same days a year before."""
    return Period(_year_before(period.start), _year_before(period.end))


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return date(day.year - 1, day.month, day.day)
