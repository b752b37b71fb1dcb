"""Time expressions of clean text: where they are, and which form each has.

Here belongs what a time expression looks like. Which days it names is read in `reader`; lengths of
time that measure something (14天, a loan of 3年) are quantities, not times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from pipelines import lexicon
from pipelines.text.model import TimeExpression, tuple_of

CN = "〇○零一二三四五六七八九"
NUMERAL = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
DASH = "[-—–－~～―至到]{1,2}"
_NOT_AFTER = f"(?<![0-9.{CN}十百千万])"
# Four digits, or two where the next word cannot belong to a length of time (98年底, 五七年度).
_YEAR = (
    f"{_NOT_AFTER}(?:(?:1[89]|20|21)[0-9]{{2}}|(?:一[八九]|二[〇○零])[{CN}]{{2}})年度?"
    f"|{_NOT_AFTER}(?:[4-9][0-9]|[四五六七八九][{CN}])年(?=度|[底末初]|[上下]半年)"
)
_YEARS = (
    f"{_NOT_AFTER}(?:(?:1[89]|20|21)[0-9]{{2}}|(?:一[八九]|二[〇○零])[{CN}]{{2}})年?{DASH}"
    f"(?:[12][0-9]{{3}}|[0-9]{{2}}|[一二][{CN}]{{3}}|[{CN}]{{2}})年度?[底末]?"
)
_FULL_YEAR = f"(?:(?:1[89]|20|21)[0-9]{{2}}|(?:一[八九]|二[〇○零])[{CN}]{{2}})"
# In 1980、1981年 the last year lends its 年 to those before it.
_LISTED_YEAR = f"{_NOT_AFTER}{_FULL_YEAR}(?=(?:、{_FULL_YEAR}){{1,4}}年)"
DATE = "(?:19|20)[0-9]{2}(?:-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2})(?![-/0-9])"
MONTH = "1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]"
DAY = "3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]|二十|[一二三四五六七八九十]"
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
    return frozenset(letters | set(_OTHER) | set(CN))


@cache
def _run() -> re.Pattern[str]:
    return re.compile(f"[{''.join(re.escape(c) for c in sorted(_members()))}]{{2,}}")


# 自2021年启动以来: what began may stand between the year and the word.
_SINCE_TAIL = re.compile("[^,，。;；:、0-9]{1,8}以来")
_CLOCKS = f"[0-9](?:[时:][0-9]?|[-/][0-9]{{1,2}}[-/][0-9])|[午晨晚早](?:{NUMERAL})[时点]"
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


def _unless_plan(words: frozenset[str]) -> str:
    """The words, but not where they begin the name of a plan (年初|预算)."""
    names = [name for name in lexicon.words("plan_names") if name not in words]
    begun = [name for name in names if name.startswith(tuple(words))]
    return f"(?!{lexicon.alternation(begun)})(?:{lexicon.alternation(words)})"


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern for all forms; the name of the group that matched says which form it is."""
    # Not in 以前年度, 相当年份, 建成后年产, nor where it names an item of accounts (上年结转).
    words = lexicon.alternation(lexicon.words("relative_years"))
    # nor in 投产后年可新增
    relative = f"(?<![以相之成])(?<![产工运营用](?=后))(?:{words})(?![产均轻纪限龄级薪]|结[转余])"
    parts = lexicon.alternation(lexicon.words("year_parts"))
    openers = lexicon.alternation(lexicon.words("span_openers"))
    same = _unless_plan(lexicon.words("same_periods"))
    now = lexicon.alternation(lexicon.words("now_words"))
    anchors = lexicon.alternation(lexicon.words("since_anchors"))
    day = f"(?:{DAY})日?(?:(?:{DASH}|、)(?:(?:{MONTH})月)?(?:{DAY}))?日"
    month = (
        f"{_NOT_AFTER}(?:(?:{MONTH})(?:月份?)?(?:{DASH}|、))?(?:{MONTH})月"
        f"(?:份|{day}|[上中下]旬|[底末初])"
        f"|{_NOT_AFTER}(?:(?:{MONTH})(?:月份?)?(?:{DASH}|(?:、(?:{MONTH})(?:月份?)?)*[、和]))"
        f"(?:{MONTH})月"
        # A bare month in Chinese numerals may be a length of time (一月完成); it needs a place
        # where a time stands.
        f"|{_NOT_AFTER}(?:1[0-2]|0?[1-9])月|(?:(?<![^。，；,;:\\n从自到至在于年的])(?:{MONTH})月)"
    )
    # 二、四季度工作安排 at the head of a line is a numbered heading; 一、二季度产值 tells of both
    heads = lexicon.alternation(lexicon.words("heading_status") | lexicon.words("list_works"))
    numbered = f"(?<![^\\n\u3000 ])[一二三四]、[一二三四]季度(?:{heads})"
    quarters = f"{_NOT_AFTER}(?!{numbered})[一二三四1-4](?:[、和及][一二三四1-4]){{1,3}}季度"
    # 提前两个月 is earlier by a length of time
    part = f"(?:{quarters}|(?<!提)(?:{parts}|[前头](?:{NUMERAL})个?月份?)|{month})"
    year = f"(?:{_YEAR}|{relative})"
    point = f"{year}(?:的?{part}|[底末初])?"
    opened = "(?:截至|截止到?|到|至|自从|自|从|由)?"
    # 的二十八年间 and 这一年 only repeat the time that they follow.
    echo = (
        f"(?:这一年|这(?:{NUMERAL})年|的(?:{NUMERAL})年|(?:{NUMERAL})年(?=[间中里]|平均))"
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
        "(?:计划|规划)?(?:时期|期间|期末|期内|末期|初期|(?:实施|开局)?以来|[末初])?"
    )
    century = "(?:二十一|二十|21|20|本|上)个?世纪"
    changes = lexicon.alternation(lexicon.words("changes_of_years"))
    schooling = lexicon.alternation(lexicon.words("years_of_school"))
    years_word = f"(?:{NUMERAL}|半)多?年"
    span = (
        # 学前三年 is a stage of school, 提前一年 no time.
        f"(?<![学提])(?:{openers})(?:{NUMERAL}|半)多?年(?!代|级|期)(?:以来|多?来|[间中里内]|时间)?"
        f"|{_NOT_AFTER}{years_word}(?:以来|多?来|[间中里](?![层部])|内(?!部))"
        # 争取用三年时间
        f"|(?<=用)(?:{NUMERAL})年(?=左右?的?时间|的?时间)"
        f"|{_NOT_AFTER}(?:{NUMERAL})年(?=累计|合计|总共|共|一共|平均)"
        # 收入五年增长30%; no name of an action (五年提升行动), and no run of years (连续五年增长)
        f"|{_NOT_AFTER}(?<![续第每隔])(?:{NUMERAL})年(?=(?:{changes})(?!行动|计划|工程))"
        # At the head of a clause a number of years counts back from the report's end (五年新增…).
        f"|(?<=[。，；：、,;:\\n])(?:{NUMERAL})年(?![以期制级代的计规行多过之一后前左]|{schooling})"
    )
    clock = (
        f"(?:上午|下午|凌晨|中午|晚上|早上|早|晚)(?:{NUMERAL})[时点](?:[0-9]{{1,2}}分|半)?"
        # Not in proportions: 5.6:48.2:46.2.
        r"|(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9](?![0-9:]|\.[0-9])|(?<![0-9.])[0-2]?[0-9]时[0-5]?[0-9]分"
    )
    forms = {
        "same": f"(?:{year}的?)?(?:{same})",
        "date": f"{opened}(?<![-/0-9.]){DATE}{closed}",
        "listed": _LISTED_YEAR,
        "years": f"(?:从|自|由)?(?:{_YEARS}){closed}",
        "point": f"{opened}{point}(?:{DASH}(?:{point}|{part}))?{closed}",
        "now": now,
        "since": f"(?:党的|我国|全国|中共)?(?:{anchors})以来",
        "era": era,
        "decade": f"(?:{century})?(?:[二三四五六七八九]十|[2-9]0)年代[初中末]?期?",
        "century": f"{century}(?:末|初|中叶)",
        # 由五年前的63%提高到67%; 提前两年前 and 学前 are no such time
        "ago": f"{_NOT_AFTER}(?<![提学第续])(?:{NUMERAL})年[以之]?前(?![{CN}0-9移进期])",
        "span": span,
        "part": (
            f"{opened}{part}(?:{DASH}{part})?(?:以来|[以之]?前(?![移进])|[以之]后|开始|期间|起)?"
        ),
        "clock": clock,
    }
    return re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))


@lru_cache(maxsize=16384)
def _forms(window: str, begin: int, stop: int) -> tuple[tuple[int, int, str], ...]:
    """Start, end and form of the time expressions that begin in `begin:stop` of a window.

    The times of a report are few, and written again and again.
    """
    found: list[tuple[int, int, str]] = []
    for match in _pattern().finditer(window, begin):
        if match.start() >= stop:
            break
        found.append((match.start(), match.end(), match.lastgroup or ""))
    return tuple(found)


def find_times(text: str) -> tuple[TimeExpression, ...]:
    """All time expressions of clean text, in order, without overlap."""
    found: list[TimeExpression] = []
    since = _SINCE_TAIL.match
    for begin, stop in _runs(text):
        # No form looks further back than one character. Four more behind, for what a form may not
        # stand before; no match begins there.
        first = max(0, begin - 1)
        for at, to, form in _forms(text[first : stop + 4], begin - first, stop - first):
            start, end = first + at, first + to
            if form in ("point", "part") and text[start] in "自从" and (tail := since(text, end)):
                end = tail.end()
            if text[end : end + 1] != "=":  # 价格指数(上年=100): what the index is of
                found.append(tuple_of(TimeExpression, (start, end, form)))
    return tuple(found)
