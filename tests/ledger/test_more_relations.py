"""Growth, parts within a whole, steps in their order: what does not hold, and what only looks so."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.ledger.among import among
from perfmon_xl.ledger.changes import changes
from perfmon_xl.ledger.gaps import gaps
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.ledger.relations import NO_SUBJECT
from perfmon_xl.ledger.steps import out_of_order, steps


def facts(text: str) -> list[str]:
    return [
        breach.fact
        for sentence in sentences(text, 2025)
        for relation in (changes, gaps, among)
        for breach in relation(sentence, NO_SUBJECT)
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("上年同期接诉42件，本期接诉63件，增长40%。", "应当是增长 50%"),
        ("去年收治病畜250头，今年收治200头，下降25%。", "应当是下降 20%"),
        ("2024年同期办件1.50万件，本期办件1.80万件，增幅为25%。", "应当是增长 20%"),
        ("上年同期发生火情8起，今年5起，减少2起。", "应当是减少 3起"),
        ("上年能耗40吨，今年36吨，上升10%。", "应当是下降 10%"),
        ("计划采购60台，到货45台，少25台。", "60台 与 45台 相差 15台"),
        ("预算80万元，拨付50万元，差20万元。", "80万元 与 50万元 相差 30万元"),
        ("38个点位中农村点位21个、城区点位19个。", "21个＋19个 = 40个"),
        ("巡护里程1200公里，其中北线、中线共700公里，其余线路共520公里。", "700公里＋520公里 = 1220公里"),
        ("发放种苗9000株，其中油茶5000株，其余为杉木3000株。", "5000株＋3000株 = 8000株"),
    ],
)
def test_what_does_not_hold(wrong: str, said: str) -> None:
    told = facts(wrong)
    assert len(told) == 1, told
    assert said in told[0]


@pytest.mark.parametrize(
    "right",
    [
        "上年同期接诉42件，本期接诉63件，增长50%。",
        "去年收治病畜250头，今年收治200头，下降20%。",
        "2024年同期办件1.5万件，本期办件1.8万件，增幅为20%。",
        "上年同期30件，本期26件，下降13.33%。",
        "上年同期30件，本期26件，其中线上20件，增长40%。",  # another growth than that of the two
        "上年接待游客约40万人次，今年46万人次，增长15%。",
        "上年能耗40吨，今年36吨，比目标下降12%。",
        "计划采购60台，到货45台，少15台。",
        "计划采购60台，到货45台，验收40台，少20台。",  # of which two it is the gap is not said
        "38个点位中农村点位21个、城区点位17个。",
        "38个点位中农村点位21个。",
        "120名学员中女性70名、党员65名。",  # one may be both
        "200份问卷中190份满意，12份有建议。",
        "巡护里程1200公里，其中北线、中线共700公里，其余线路共500公里。",
        "已安装路灯300盏，其中东区180盏，其余60盏尚未安装。",
        "计划植树500亩，其中春季300亩，其余200亩安排在秋季。",
    ],
)
def test_what_holds(right: str) -> None:
    assert facts(right) == []


@given(st.integers(2, 5000), st.integers(2, 5000))
def test_growth_that_was_computed_holds(earlier: int, now: int) -> None:
    change = ((Decimal(now) / earlier - 1) * 100).quantize(Decimal("0.01"))
    word = "增长" if change >= 0 else "下降"
    if change:
        assert facts(f"上年同期{earlier}件，本期{now}件，{word}{abs(change)}%。") == []


@given(st.lists(st.integers(1, 900), min_size=2, max_size=5), st.integers(1, 50))
def test_parts_above_the_whole_are_found_and_parts_below_it_are_not(parts: list[int], over: int) -> None:
    names = ("东片", "西片", "南片", "北片", "中片")
    listed = "、".join(f"{name}{n}棵" for name, n in zip(names, parts, strict=False))
    assert facts(f"{sum(parts)}棵树中{listed}。") == []
    assert len(facts(f"{max(sum(parts) - over, 1)}棵树中{listed}。")) == (1 if sum(parts) > 1 else 0)


def turned(text: str) -> list[tuple[str, str]]:
    return [(a.name, b.name) for a, b in out_of_order(steps(sentences(text, 2025)))]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("5月20日挂网采购，5月8日签订合同。", ("发布招标公告", "签订合同")),
        ("2025年3月18日开标，3月9日确定供应商。", ("开标", "确定中标单位")),
        ("合同于6月3日签订，5月20日进场施工。", ("签订合同", "开工")),
        ("7月2日完工；6月28日通过竣工验收。", ("完工", "验收")),
        ("9月进场施工，8月底竣工。", ("开工", "完工")),
    ],
)
def test_steps_that_are_turned(text: str, pair: tuple[str, str]) -> None:
    assert turned(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "3月9日开标，3月18日确定供应商，4月2日签订合同，4月20日进场施工。",
        "一标段6月3日签订合同，二标段5月20日进场施工。",
        "5月20日进场施工，补充合同于6月3日签订。",
        "原定5月8日签订合同，5月20日发布招标公告。",
        "9月进场施工，9月20日完工。",
        "4月10日流标，3月2日发布招标公告，5月6日重新开标。",
        "首批设备3月9日通过验收，4月1日发布第二批采购公告。",
    ],
)
def test_steps_in_order_or_of_several_works(text: str) -> None:
    assert turned(text) == []
