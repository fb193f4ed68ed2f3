"""Over invented projects: nothing said thrice or twice running, praise and blame as 是否达成 says, no blank printed."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.any_project import any_project
from support.drafting import drafted, paragraphs

from perfmon_xl.domain.figures import Figures, figures_of
from perfmon_xl.domain.policy import VerdictRules
from perfmon_xl.policy import get
from perfmon_xl.report.tracing.numbers import fixed_numbers
from perfmon_xl.report.tracing.tracked import marked
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.report.wording.phrases import drafts
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts

# a fifth of them in the quick lane
SEEDS = [*range(20), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(20, 100))]
LONG = 15
PRAISE = re.compile(
    r"(?<!未)(?<!没有)(?<!尚未)达到(?:了)?(?:本阶段|全年)?目标|按期完成|提前完成|符合(?:计划|要求|预期)|快于计划"
    r"|(?<!未)控制在\S+以内|没有超过|(?<!未)达到预期|超额完成|大幅超过目标"
)
BLAME = re.compile(
    r"未达到|没有达到|滞后|落后|(?<!没有)(?<!未)超过[^，。]{0,12}(?:上限|控制数)|逾期|比\S{1,16}的时限晚|没有控制住"
    r"|部分达成|没有实现|尚未开始|还没有启动|未实现零"
)


def bare(sentence: str, figures: Figures) -> str:
    """去掉名称、数、日期和引号里的话。"""
    monitoring = figures.monitoring
    names = [c.name for c in monitoring.compared] + [c.name.partition("（")[0] for c in monitoring.compared]
    names += [p.subject for p in monitoring.progress] + [f.source for f in monitoring.funding]
    for name in sorted(filter(None, names), key=len, reverse=True):
        sentence = sentence.replace(name, "")
    sentence = re.sub(r"“[^”]*”", "", sentence)
    return re.sub(
        r"\d[\d.,]*(?:年|月|日|%|个百分点|[a-z\u4e00-\u9fff]{0,4}(?=[，。；、（的]|$))?", "", sentence
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_said_thrice_or_twice_running(seed: int) -> None:
    figures = drafted(any_project(seed))
    told = [
        [s for one in re.split(r"[。\n]", text) if len(s := bare(one, figures)) > LONG]
        for text in paragraphs(figures)
    ]
    times = Counter(s for sentences in told for s in sentences)
    assert [s for s, n in times.items() if n > 2] == []
    for one, other in itertools.pairwise(told):
        assert not set(one) & set(other)


@pytest.mark.parametrize("seed", SEEDS)
def test_praise_and_blame_agree_with_the_table(seed: int) -> None:
    figures = drafted(any_project(seed))
    texts = {p.subject: p.text for p in figures.monitoring.analyses}
    for _, record, own in figures.named():
        text = re.sub(r"【[^】]*】|原因(?:（[^）]*）)?[是与][^。]*。", "", texts[record.name])
        text = re.sub(r"(?:预计|单位预计|全年预计)[^。]*。", "", text).replace(record.reason, "")
        if own.met is not True:
            assert not PRAISE.search(text), (record.name, text)
        if own.met is not False:
            assert not BLAME.search(text), (record.name, text)


@pytest.mark.parametrize("seed", SEEDS)
def test_problems_name_what_was_missed_and_nothing_that_was_reached(seed: int) -> None:
    """没有达到的一个不漏（超了预算的，成本并在资金里）；达到的不在“项目实施”里。"""
    figures = drafted(any_project(seed))
    texts = {p.kind: p.text + p.measure for p in figures.monitoring.problems}
    told, whole = texts.get("项目实施", ""), "".join(texts.values())
    for _, record, own in figures.named():
        name = record.name.partition("（")[0].translate(str.maketrans("“”", "‘’"))
        event = name.removesuffix("起数").removeprefix("是否").removeprefix("公示").removeprefix("建立")
        event = event.removesuffix("是否建立")
        if own.met is False and not record.actual.is_blank:
            assert f"“{name}”" in whole or event in told, (name, whole)
        if own.met is True:  # named only where the unit itself forecasts that it will be missed
            at = [s for s in re.split(r"。", told) if f"“{name}”" in s]
            assert all("单位预计" in s or "全年缺口" in s for s in at), (name, told)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_check_has_nothing_to_say_about_an_untouched_draft(seed: int) -> None:
    """草稿没有人动过：除了要人补充的记号和满意度的样本，检查不挑它。"""
    figures = drafted({**any_project(seed), "spending": []})
    drafts_at = ("资金说明", "指标分析", "问题与措施")
    found = [f for f in check(Facts(figures=figures)) if f.origin and f.origin.sheet in drafts_at]
    assert [(f.code, f.message) for f in found if f.code not in ("CL113", "SJ116")] == []
    asked = [f.origin for f in found if f.code == "CL113"]
    assert len(asked) == len(set(asked)), "一段最多问一次"


@pytest.mark.parametrize("seed", SEEDS)
def test_no_blank_no_filler_no_unit_mixed(seed: int) -> None:
    figures = drafted(any_project(seed))
    for text in paragraphs(figures):
        assert not re.search(
            r"（未填）|（未写|尚未填[写报]|资料不足|None|NaN|，，|。。|，。|；。|：。|（）|“”|｛|｝|\[|\]",
            text,
        ), text
        assert text == "" or text.endswith(("。", "】")), text
    for note in figures.monitoring.fund_notes:
        amounts = re.sub(r"（[^（）]*）", "", note.text)
        assert not (re.search(r"\d万元", amounts) and re.search(r"\d元(?!/)", amounts)), note.text
    for text in (re.sub(r"[^，。；：“”]*完成率", "名", p.text) for p in figures.monitoring.analyses):
        assert not re.search(r"偏差率|：[^，。；]{1,8}：", text), text


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_of_a_draft_has_its_source(seed: int) -> None:
    """草稿里的数都知道从哪里来：记号以外没有数。"""
    figures = drafted(any_project(seed))
    for record in drafts(figures, marked).values():
        for text in record.values():
            outside = re.sub("\ue000[^\ue001]*\ue001[^\ue002]*\ue002", "□", _innermost(text))
            assert [f.number for f in fixed_numbers(outside)] == [], outside


def _innermost(text: str) -> str:
    """套着的记号，里面的先去掉。"""
    return re.sub(
        "(\ue000[^\ue001]*\ue001[^\ue000\ue002]*)\ue000[^\ue001]*\ue001([^\ue002]*)\ue002", r"\1\2", text
    )


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(1_000, 1_000_000))
def test_the_same_data_always_give_the_same_words(seed: int) -> None:
    data = any_project(seed)
    assert paragraphs(drafted(data)) == paragraphs(drafted(data))


@settings(max_examples=15, deadline=None)
@given(st.integers(1_000, 1_000_000))
@pytest.mark.slow
def test_a_report_can_be_composed_from_any_project(seed: int) -> None:
    figures = drafted(any_project(seed))
    report = compose(figures_of(figures.monitoring, get(figures.monitoring.project.rule_set)))
    assert report.前言 and all(group.标题 for group in (*report.产出, *report.效益))


@pytest.mark.parametrize("seed", range(20))
def test_a_formal_report_prints_no_marker_and_a_draft_does(seed: int) -> None:
    figures = drafted(any_project(seed))
    assert "【请补充" not in str(compose(figures)) and "【请补充" in str(compose(figures, draft=True))


def test_the_verdict_follows_the_bands_of_the_rule_set() -> None:
    data = any_project(1)
    data["compared"] = [
        {"level1": "产出指标", "level2": "数量指标", "name": f"巡查{n}段", "annual": "≥12公里", "stage": "≥6公里",
         "actual": "6公里" if n > 2 else "5公里"}
        for n in range(1, 6)
    ]  # fmt: skip
    data["funding"] = [{"source": "县级财政拨款", "initial": 100, "arrived": 100, "spent": 99}]
    figures = drafted(data)

    def verdict(mostly: str) -> str:
        rules = replace(get(), verdict=VerdictRules(mostly_above=Decimal(mostly)))
        return drafts(figures_of(figures.monitoring, rules))["conclusions"]["总体结论"]

    assert "项目部分偏离目标：5个指标均可以判断，其中2个未达到" in verdict("0.5")
    assert "项目总体偏离预期" in verdict("0.35")
