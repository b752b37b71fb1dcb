from __future__ import annotations

import pytest

from pipelines.text.times.cues import cues


def said(text: str) -> list[tuple[str, str]]:
    return [(text[cue.start : cue.end], cue.says) for cue in cues(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争新建5处", [("力争", "plan")]),
        ("计划三月底前修渠6条", [("计划", "plan")]),
        ("全年计划10月开工", [("计划", "plan")]),
        ("年计划三万亩", []),
        ("计划于年底开工", [("计划于", "plan")]),
        ("预计投入300万元", [("预计投", "plan")]),
        ("预计增长5%", [("预计", "rough")]),
        ("争取到专项债券3亿元", []),
        ("争取到2030年建成", [("争取到20", "plan")]),
        ("将建成5处", [("将建成", "plan")]),
        ("已建成5处", [("已", "done")]),
        ("将8个站点合并为3个", []),
        ("争取上级资金300万元", []),
        ("争取新增专项债券6亿元", []),
        ("争取新增规上企业6家", [("争取新增", "plan")]),
        ("超额完成目标任务的120%", []),
        ("第三个五年计划", []),
        ("实施倍增行动计划", []),
        ("搭建虚拟平台", []),
        ("为了群众", []),
    ],
)
def test_cues(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("工业总产值计划比上年增长6%", True),
        ("粮食产量计划达到9万吨", True),
        ("消费水平计划提高2%", True),
        ("基本建设投资计划安排9亿元", True),
        ("全年计划签约8个", True),
        ("比原投资计划减少6%", False),
        ("按计划增加设备3台", False),
        ("超计划增加设备3台", False),
        ("第二个五年计划比第一个增加5亿元", False),
        ("倍增行动计划增加企业3家", False),
    ],
)
def test_a_plan_is_a_verb_before_a_change(text: str, plans: bool) -> None:
    assert bool(said(text)) is plans
