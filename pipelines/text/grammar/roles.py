"""The grammatical roles of words: the closed list, and the names under which rules ask for them.

A word has its role from seeds/lexicon (`roles`, `predicates`, `attributes`), else from jieba's part
of speech. What a role lets a word do is decided by who asks.
"""

from __future__ import annotations

from typing import Final, Literal

Role = Literal[
    "adv",  # an adverb of jieba's
    "adverb",  # may stand anywhere and carries nothing
    "blank",
    "both",  # a verb and a noun: opens a predicate only at the start of a run
    "bracket",
    "compare",  # opens a comparison (比, 较)
    "conj",
    "de",  # 的
    "down",  # a change downwards
    "downnoun",  # 降幅
    "each",  # 分别
    "etc",  # 等
    "filler",  # 各, 这
    "from",  # 从, 由
    "light",  # says only that something was done (完成, 实现)
    "locative",  # 中, 方面
    "mark",  # , ; : and other marks that end a clause
    "noun",
    "part",  # 其中
    "pause",  # 、
    "prep",
    "quantity",
    "quoted",
    "rank",  # 居, 位列
    "reach",  # links a head to its number (达到, 为)
    "self",  # the reporting body itself (街道)
    "share",  # 占
    "sharenoun",  # 比重
    "time",
    "to",  # where a change arrives (至, 到)
    "up",  # a change upwards
    "upnoun",  # 增幅
    "verb",  # opens a predicate wherever an object follows
]

QUANTITY: Final = "quantity"
TIME: Final = "time"
QUOTED: Final = "quoted"
BRACKET: Final = "bracket"
MARK: Final = "mark"
PAUSE: Final = "pause"
NOUN: Final = "noun"
VERB: Final = "verb"
BOTH: Final = "both"
BLANK: Final = "blank"
