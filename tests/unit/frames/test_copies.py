"""The same report twice: which copy is kept, and what is no copy."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.frames.copies import copies_of
from pipelines.frames.overrides import Override
from pipelines.frames.stage import stage_report, to_frames

REPORT = (
    "东沙街道2023年工作总结\n"
    "2023年,街道实现财政总收入3.26亿元,同比增长8.1%,固定资产投资完成12.4亿元,增长2.3%。\n"
    "全年走访企业215家,兑现产业扶持资金1231万元,新增养老床位120张,整改消防安全隐患46处。\n"
    "加装电梯12台,改造老旧小区6个,惠及居民1356户,新建口袋公园3个,居民满意率98.2%。\n"
)


FIGURES = REPORT.replace("215家", "286家").replace("1231万", "980万").replace("46处", "40处")


def found(**files: bytes) -> dict[str, str]:
    rows = [stage_report(data, name.replace("_", "."), Override()) for name, data in files.items()]
    frames = to_frames(rows)
    documents = frames["stg_document"]
    digests = documents["report_sha256"].to_list()
    copies = copies_of(documents.lazy(), frames["stg_observation"].lazy(), digests)
    left = set(
        frames["stg_document"].filter(pl.col("report_sha256").is_in(copies.digests))["file_name"]
    )
    assert left == {reject.file_name for reject in copies.rejects}
    return {reject.file_name: reject.detail for reject in copies.rejects}


def test_another_encoding_is_a_copy():
    assert found(a_txt=REPORT.encode(), bb_txt=REPORT.encode("gb18030")) == {
        "bb.txt": "it says the same as a.txt, which is kept"
    }


def test_the_copy_without_damage_is_kept():
    data = REPORT.encode()
    assert list(found(a_txt=data.replace("东沙".encode(), b"\xff\xff", 1), bbb_txt=data)) == [
        "a.txt"
    ]


def test_a_name_with_a_mark_of_a_copy_gives_way():
    rows = {"报告 (1)_txt": REPORT.encode(), "浙江省东沙街道报告_txt": REPORT.encode("utf-16")}
    assert list(found(**rows)) == ["报告 (1).txt"]


def test_page_furniture_does_not_hide_a_copy():
    other = f"首页 > 政务公开\n发布时间:2024-01-12\n{REPORT}打印 关闭\n"
    assert list(found(a_txt=REPORT.encode(), bb_txt=other.encode())) == ["bb.txt"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(FIGURES, id="figures"),
        pytest.param(REPORT.replace("街道实现", "白石镇实现"), id="a long sentence"),
        pytest.param("全年走访企业215家。\n", id="short"),
    ],
)
def test_another_report_is_no_copy(other: str):
    assert found(a_txt=REPORT.encode(), bb_txt=other.encode()) == {}
