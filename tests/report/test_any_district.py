"""Properties of the summary report over invented districts: counts add up, nothing is said thrice, measures fit."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from support.district import invented, line, summary_of

from perfmon_xl.domain.summary import ProjectLine, Summary
from perfmon_xl.report.summary.advice import attention, measures
from perfmon_xl.report.summary.causes import problems
from perfmon_xl.report.summary.compose import compose_summary
from perfmon_xl.report.summary.funds import funds
from perfmon_xl.report.summary.phrases import goals, overall, quality
from perfmon_xl.report.summary.project_words import District

DISTRICTS = [(seed, 5 + seed % 6, (1, 3, 9)[seed % 3]) for seed in range(12)]
_NUMBER = re.compile(r"[-\d.,]+(?:万元|个百分点|%|个项目|个|处)?")


@pytest.fixture(params=DISTRICTS, ids=str)
def found(request: pytest.FixtureRequest) -> Summary:
    seed, count, departments = request.param
    return summary_of(invented(seed, count, departments=departments))


def texts(found: Summary) -> list[str]:
    """各段，先后照报告。"""
    told = [*overall(found), *funds(found), *goals(found)]
    told += [text for _, some in problems(found) for text in some]
    return [*told, *(text for _, some in measures(found) for text in some), *quality(found)]


def test_the_counts_add_up_in_every_row_and_every_sentence(found: Summary) -> None:
    made = compose_summary(found, name=found.area)
    for row in (*made.部门, *made.各项目, made.合计):
        whole, *parts = (int(getattr(row, n)) for n in ("指标数", "已达成", "未达成", "无法判断", "未到期"))
        assert whole == sum(parts), row
    for row in (*made.部门, made.合计):
        lights = [int(getattr(row, n)) for n in ("红灯", "黄灯", "绿灯", "蓝灯", "未亮灯")]
        assert int(row.项目数) == sum(lights), row
    for name in ("指标数", "已达成", "未达成", "无法判断", "未到期"):
        rows = made.部门 or made.各项目
        assert int(getattr(made.合计, name)) == sum(int(getattr(row, name)) for row in rows)
    first = goals(found)[0].partition("。")[0].partition("；达到的")[0]
    whole, *parts = map(int, re.findall(r"(\d+)个", first))
    assert whole == sum(parts), first
    judged = re.search(r"(\d+)个可以判断的指标中(\d+)个达到、(\d+)个未达到", overall(found)[0])
    assert judged is None or int(judged[1]) == int(judged[2]) + int(judged[3])


def test_no_sentence_stands_more_than_twice(found: Summary) -> None:
    """去掉名称、数和日期以后，十五个字以上的一句至多两次。"""
    district = District(found)
    names = sorted(
        {
            *(district.name(x) for x in found.lines),
            *(district.body(x.department) for x in found.lines),
            *(district.body(x.unit) for x in found.lines),
        },
        key=len,
        reverse=True,
    )
    own = [one["text"] for x in found.lines for one in x.told]
    bare = []
    for text in texts(found):
        for word in (*sorted(own, key=len, reverse=True), *names):
            text = text.replace(word, "") if len(word) > 3 else text
        bare += [re.sub(r"“[^”]*”|（[^）]*）", "", _NUMBER.sub("", s)) for s in re.split("[。；]", text)]
    often = {s: n for s, n in Counter(bare).items() if n > 2 and len(s) > 15}
    assert not often


def test_each_measure_is_for_those_whom_its_figures_concern(found: Summary) -> None:
    by_name = {District(found).name(x): x for x in found.lines}
    fits = {
        "到位的资金没有及时支出": lambda x: x.arrived > x.spent and x.execution < x.pace,
        "资金没有到齐": lambda x: x.arrived < x.budget and x.execution < x.pace,
        "超支": lambda x: x.spent > x.budget,
        "没有到位的": lambda x: x.arrived < x.budget,
        "尽快下达": lambda x: x.arrived < x.budget,
        "落实开工或实施条件": lambda x: x.spent == 0,
        "补报预算数": lambda x: x.budget is None or x.spent is None,
        "补报支出数": lambda x: x.spent is None,
        "收回到位": lambda x: x.spent == 0 and x.arrived > 0,
        "改好填报错误": lambda x: x.errors > 0,
        "还不能判断": lambda x: x.unknown > 0,
    }
    for _, points in measures(found):
        for text in points:
            named = [x for name, x in by_name.items() if name in text]
            assert named or "全部" in text or "其余" in text, text
            for words, fit in fits.items():
                if words in text and "全部" not in text:
                    assert all(fit(x) for x in named), (text, words)


def test_who_is_watched_is_named_with_a_reason_and_praise_is_earned(found: Summary) -> None:
    watched = attention(found)
    assert all(why and what for _, why, what in watched)
    risky: list[ProjectLine] = [x for x, _, _ in watched]
    text = overall(found)[0]
    assert ("需重点关注" in text) == bool(risky)
    assert "按计划推进" not in text or not (risky or found.totals.unmet)


@pytest.mark.parametrize(
    ("departments", "area"),
    [
        (("青禾县教育局", "青禾县民政局"), "青禾县"),
        (("区教育局", "区民政局"), "全区"),
        (("青禾县教育局", "临江区民政局"), ""),
        (("白石市水利局", "白石市水利局"), "白石市水利局"),
        (("南河市青禾县教育局", "青禾县民政局"), "青禾县"),
        (("市场监督管理局", "城市管理局"), ""),
    ],
)
def test_the_area_comes_from_the_names(departments: tuple[str, ...], area: str) -> None:
    found = summary_of([line(f"项目{n}", d, "100", "60") for n, d in enumerate(departments)])
    assert found.area == area


def test_what_several_share_is_said_once_with_those_whom_it_concerns() -> None:
    late = [{"kind": "原因", "group": "资金到位", "topic": "拨款", "name": "支出", "text": "资金6月才下达"}]
    red = {"light": "红", "told": tuple(late)}
    some = [line(n, f"{n}局", "100", "10", arrived, **red) for n, arrived in (("甲", "100"), ("乙", "20"))]
    told = "".join(overall(summary_of(some)))
    assert told.endswith(
        "全部2个项目支出严重滞后，需重点关注。这2个项目都受资金下达晚、拨付晚或没有到位的影响。"
    )
    ((_, (cause,)),) = problems(summary_of(some))
    assert cause.count("资金6月才下达") == 1 and "到监控日资金已经到齐的是甲。" in cause
    other = [*some, line("丙", "丙局", "100", "10", light="红"), line("丁", "丁局", "100", "10", light="红")]
    assert "影响" not in "".join(overall(summary_of(other)))


def test_the_money_asked_for_is_that_of_whoever_owes_it() -> None:
    def owed(whose: str, source: str) -> tuple[dict[str, str], ...]:
        return ({"kind": "应拨", "text": "80", "source": source, "whose": whose},)

    red = {"light": "红"}
    found = summary_of(
        [
            line("甲", "一局", "100", "20", "20", told=owed("本级", "县级财政拨款"), **red),
            line("乙", "二局", "100", "20", "20", told=owed("上级", "省级补助"), **red),
            line("丙", "三局", "100", "20", "20", told=owed("自筹", "村集体自筹"), **red),
            line("丁", "四局", "100", "60", "90", told=owed("本级", "县级财政拨款"), light="绿"),
        ]
    )
    own, upper, enough = dict(measures(found))["财政部门研究处理"]
    assert "拨付没有到位的本级资金：“甲”80万元（县级财政拨款）。" in own
    assert upper.startswith("向上级财政申请尽快下达") and "“乙”80万元（省级补助）" in upper
    assert enough == "“丁”没有到位的资金暂不影响支付，按实施进度拨付。"
