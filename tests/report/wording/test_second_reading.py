"""What was struck when the drafts were read aloud, by kind: each with a case on both sides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from support.drafting import drafted

from perfmon_xl.app.checking import criticisms
from perfmon_xl.domain.figures import Figures, figures_of
from perfmon_xl.domain.model import Paragraph
from perfmon_xl.policy import get
from perfmon_xl.report.wording.briefing import briefing
from perfmon_xl.report.wording.problems import problem_drafts
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts

PROJECT = {
    "name": "2025年白石市惠民项目", "year": "2025", "department": "白石市民政局", "unit": "白石市惠民服务中心",
    "unit_short": "市惠民中心", "client": "白石市财政局", "client_short": "市财政局", "monitor": "衡信绩效公司",
    "start": "2025-01-01", "end": "2025-12-31", "cutoff": "2025-08-31", "report_date": "2025-09-20",
    "rule_set": "平台通用", "background": "服务不足。", "scope": "惠民服务。",
}  # fmt: skip
MONEY = [
    {"source": "市级财政拨款", "initial": 120, "adjusted": 120, "arrived": 120, "spent": 82, "forecast": 120}
]


def row(level2: str, name: str, annual: str, stage: str, actual: str, **more: str) -> dict[str, str]:
    level1 = {"经济成本指标": "成本指标", "社会效益指标": "效益指标", "服务对象满意度指标": "满意度指标",
              "生态效益指标": "效益指标", "可持续影响指标": "效益指标"}.get(level2, "产出指标")  # fmt: skip
    return {
        "level1": level1,
        "level2": level2,
        "name": name,
        "annual": annual,
        "stage": stage,
        "actual": actual,
        **more,
    }


def made(*rows: dict[str, str], project: dict[str, str] | None = None, **more: Any) -> Figures:
    return drafted(
        {"project": {**PROJECT, **(project or {})}, "funding": MONEY, "compared": list(rows), **more}
    )


def told(figures: Figures, subject: str) -> str:
    for record in ("analyses", "fund_notes", "overall", "conclusions"):
        for one in getattr(figures.monitoring, record):
            if one.subject == subject:
                return str(one.text)
    raise KeyError(subject)


def problems(figures: Figures) -> str:
    return "\n".join(f"{p.title}\n{p.text}\n{p.measure}" for p in figures.monitoring.problems)


@pytest.mark.parametrize(
    ("one", "has", "lacks"),
    [
        # a number that does not add up: no task that is “completed”, no rate of completion
        (row("生态效益指标", "灌溉水利用系数", "≥0.65", "≥0.65", "0.67"), ("0.67", "高于|高出|比目标值0.65高"), "任务|已完成"),
        (row("经济效益指标", "亩均增产", "≥60公斤", "≥60公斤", "55公斤"), ("55公斤", "低"), "任务|少5公斤，未"),
        (row("数量指标", "每剂次补助标准", "=20元/剂次", "=20元/剂次", "20元/剂次"), ("一致|符合目标要求",), "发放|任务"),
        (row("数量指标", "改造数量", "≥60间", "≥40间", "41间"), ("改造41间",), "高于"),
        # a limit that is just reached
        (row("经济成本指标", "补助标准", "≤1200元/户", "≤1200元/户", "1200元/户"), ("控制数",), "以内，为|没有超过1200"),
        (row("时效指标", "平均办结时间", "≤5天", "≤5天", "5天"), ("上限",), "5天的上限"),
        (row("数量指标", "新建公厕数量", "=12座", "=8座", "8座"), ("8座",), "不少于"),
        # the verb goes with what is counted
        (row("数量指标", "招聘会场次", "≥36场", "≥24场", "24场"), ("举办24场|举办本阶段",), "招聘24场"),
        (row("数量指标", "培训人数", "≥360人", "≥240人", "240人"), ("培训",), "举办"),
        # thousands as the person writes them
        (row("数量指标", "体检人数", "≥36,000人", "≥30,000人", "31,200人"), ("31,200人",), r"(?<![\d,])1200人"),
        (row("数量指标", "体检人数", "≥36000人", "≥30000人", "31200人"), ("31200人",), "1,200人"),
        # nothing happened, or a number is nought
        (row("社会效益指标", "因灾伤亡人数", "=0人", "=0人", "0人"), ("因灾伤亡人数为零",), "伤亡人。|发生因灾"),
        (row("社会效益指标", "安全事故起数", "=0起", "=0起", "0起"), ("发生安全事故。",), "为零"),
        (row("质量指标", "漏检率", "=0%", "=0%", "0%"), ("发生漏检。",), "上限"),
        (row("质量指标", "漏检率", "=0%", "=0%", "2%"), ("漏检率2%",), "发生漏检2%"),
        (row("社会效益指标", "超标点位数", "=0个", "=0个", "2个"), ("超标点位数2个",), "发生"),
        # a result does not say its own name again
        (row("可持续影响指标", "管护制度健全性", "健全", "健全", "健全"), ("管护制度健全",), "有所健全|健全性健全"),
        (row("可持续影响指标", "设施完好程度", "完好", "完好", "完好"), ("设施完好",), "为完好|完好程度完好"),
        (row("社会效益指标", "群众出行条件", "改善", "改善", "改善"), ("群众出行条件有所改善",), "为改善"),
        # when it can be known lies ahead
        (row("时效指标", "开学前完工率", "100%", "100%", "", reason="9月1日后才能统计。"), ("9月1日后才能统计",), "请补充|尚无"),
        (row("时效指标", "汛前完工率", "100%", "100%", "", reason="6月1日后才能统计。"), ("请补充",), "尚未到期"),
    ],
)  # fmt: skip
def test_a_sentence_on_an_indicator(one: dict[str, str], has: tuple[str, ...], lacks: str) -> None:
    text = told(made(one), one["name"])
    assert all(re.search(word, text) for word in has), text
    assert not re.search(lacks, text), text


def test_the_year_is_over() -> None:
    """年底的报告没有“本阶段”“提前”“预计”。"""
    rows = (
        row("数量指标", "检查次数", "≥180次", "≥180次", "186次", forecast="186次", likelihood="确定能"),
        row("数量指标", "培训人次", "≥60人次", "≥60人次", "52人次", reason="讲师离职", measure="下年补足"),
        row("质量指标", "合格率", "≥95%", "≥95%", "97%"),
    )
    money = [{**MONEY[0], "spent": 110, "forecast": 110}]
    over = made(*rows, project={"cutoff": "2025-12-31", "report_date": "2026-02-10"}, funding=money)
    text = "\n".join(
        p.text
        for r in ("analyses", "fund_notes", "overall", "conclusions")
        for p in getattr(over.monitoring, r)
    )
    assert not any(word in text for word in ("本阶段", "提前", "预计", "将结余")), text
    assert "未达到全年目标" in text or "没有完成" in text
    assert "本阶段" in told(made(*rows), "检查次数") + told(made(*rows), "培训人次")


def test_money_added_here_and_cut_there() -> None:
    both = [
        {
            "source": "省级专项",
            "initial": 600,
            "adjusted": 680,
            "arrived": 680,
            "spent": 400,
            "reason": "追加检测设备经费",
        },
        {
            "source": "市级财政拨款",
            "initial": 300,
            "adjusted": 260,
            "arrived": 260,
            "spent": 200,
            "reason": "核减监理费",
        },
    ]
    text = told(made(row("数量指标", "改造数量", "≥60间", "≥40间", "41间"), funding=both), "资金投入情况")
    assert "省级专项追加80万元" in text and "市级财政拨款核减40万元" in text and "追加40万元" not in text
    one = [both[0], {**both[1], "adjusted": 300, "reason": ""}]
    text = told(made(row("数量指标", "改造数量", "≥60间", "≥40间", "41间"), funding=one), "资金投入情况")
    assert "追加80万元" in text and "核减" not in text


def test_what_the_unit_says_of_the_year_agrees_with_its_forecast() -> None:
    late = {
        "annual": "≥240场",
        "stage": "≥160场",
        "actual": "150场",
        "reason": "讲师排期紧",
        "measure": "增聘讲师",
    }
    odd = made(row("数量指标", "讲座场次", **late, forecast="240场", likelihood="完全不可能"))
    assert "无法完成" not in told(odd, "总体结论") + told(odd, "下一步建议") + problems(odd)
    clear = made(row("数量指标", "讲座场次", **late, forecast="200场", likelihood="完全不可能"))
    assert "无法完成" in told(clear, "总体结论") and "调整目标" in told(clear, "下一步建议")
    short = made(row("数量指标", "讲座场次", **late, forecast="200场", likelihood="有可能"))
    assert "有可能完成" not in told(short, "总体结论")


def test_points_are_told_apart_and_the_body_once() -> None:
    figures = made(
        row(
            "数量指标",
            "管网改造长度",
            "≥96公里",
            "≥70公里",
            "52公里",
            reason="林地手续未批复",
            measure="剩余管段改走农田侧",
        ),
        row("质量指标", "漏损率", "≤12%", "≤12%", "13.5%", reason="旧管未换", measure="11月底前更换旧管"),
        row("社会效益指标", "受益人数", "≥400人", "≥300人", "260人", reason="林地手续未批复"),
        progress=[{"subject": "林地审批", "text": "7月报省级，尚未批复。", "state": "尚未完成"}],
    )
    work = next(p for p in figures.monitoring.problems if p.kind == "项目实施")
    assert "。二是" in work.text and "；需在后期补上" in work.text
    assert "受同一原因影响，“受益人数”" in work.text and "林地手续未批复（林地审批尚未完成）" in work.text
    assert work.measure.startswith("建议市惠民中心：一是") and work.measure.count("市惠民中心") == 1
    alone = made(
        row(
            "数量指标",
            "适配件数",
            "≥480件",
            "≥360件",
            "350件",
            reason="厂家排产推迟",
            measure="11月20日前到货",
        )
    )
    assert "建议市惠民中心落实已定措施：11月20日前到货。" in problems(alone)
    assert "“受益人数”的改进措施" not in told(figures, "下一步建议")


def test_an_open_matter_is_key_only_where_something_lags() -> None:
    matter = [{"subject": "终端配备", "text": "两处终端没有到货。", "state": "尚未完成"}]
    well = made(row("数量指标", "改造数量", "≥60间", "≥40间", "41间"), progress=matter)
    assert "关键" not in told(well, "效率性分析") and "终端配备尚未完成" in told(well, "效率性分析")
    late = made(row("数量指标", "终端数量", "≥60台", "≥40台", "21台", reason="没有到货"), progress=matter)
    assert "关键" in told(late, "效率性分析")


def test_everybody_who_is_asked_is_asked_in_a_sentence_of_his_own() -> None:
    money = [{**MONEY[0], "arrived": 90, "forecast": 110}]
    text = told(made(row("数量指标", "改造数量", "≥60间", "≥40间", "41间"), funding=money), "下一步建议")
    assert all(s.startswith("建议") for s in text.rstrip("。").split("。")), text
    assert "预计结余的10万元不再拨付" in text and "收回" not in text


def test_names_that_carry_quotation_marks_are_quoted_with_single_ones() -> None:
    late = row("数量指标", "“三公”经费公开次数", "≥60次", "≥40次", "21次", reason="系统未建")
    assert "“‘三公’经费公开次数”" in told(made(late), "总体结论")


def test_what_cannot_be_compared_is_not_called_another_yardstick() -> None:
    odd = made(row("社会效益指标", "孕产妇死亡率", "≤9/10万", "≤9/10万", "约0/10万上下"))
    assert "口径" not in problems(odd) + told(odd, "下一步建议")


@pytest.mark.parametrize(("item", "named"), [("项目各项经费", True), ("护栏购置", False)])
def test_a_large_sum_without_a_use_is_a_problem_when_its_name_says_nothing(item: str, named: bool) -> None:
    lines = [
        {"item": item, "amount": 620000, "note": ""},
        {"item": "印刷费", "amount": 200000, "note": "2000册"},
    ]
    text = problems(made(row("数量指标", "改造数量", "≥60间", "≥40间", "41间"), spending=lines))
    assert (f"“{item}”占支出的75.61%，没有分项" in text) is named


def test_stage_values_that_are_blank_are_a_problem_of_setting_not_of_data() -> None:
    rows = (
        row("数量指标", "改造数量", "≥60间", "", "41间"),
        row("数量指标", "检测次数", "≥60次", "≥40次", "41次"),
    )
    assert "“改造数量”没有设本阶段应完成值" in problems(made(*rows))
    missing = ({**rows[0], "actual": ""}, rows[1])
    assert "没有设本阶段应完成值" not in problems(made(*missing))


def test_what_was_criticised_and_kept_is_said_to_be_kept() -> None:
    declared = {"level1": "效益指标", "level2": "社会效益指标", "name": "维护群众权益"}
    kept = {**declared, "target": "≥90%", "change": "保留", "tracked": "是"}
    now = row("社会效益指标", "维护群众权益", "≥90%", "≥90%", "92%")
    figures = made(now, declared=[{**declared, "target": "≥90%"}], adjusted=[kept])
    assert "难以考核，核对后仍原样保留" in problems(figures)
    changed = made(now, declared=[{**declared, "target": "≥80%"}], adjusted=[kept])
    assert "仍原样保留" not in problems(changed)


def test_what_a_project_gives_to_the_summary_is_told_once_and_without_a_second_colon() -> None:
    """判断不了的合并；措施前面已有冒号，不再带一个；自筹的钱不向财政要。"""
    copied = [row("质量指标", f"{n}合格率", "≥90%", "≥90%", "≥90%") for n in ("道路", "桥梁", "边沟")]
    late = row("数量指标", "改造数量", "≥60间", "≥40间", "31间", reason="没有到货", measure="11月底前到货")
    money = [
        {**MONEY[0], "arrived": 100},
        {"source": "农户自筹", "initial": 30, "adjusted": 30, "arrived": 10, "spent": 10},
    ]
    said = briefing(made(*copied, late, funding=money))
    data = [one["text"] for one in said if one.get("group") == "标准和数据"]
    assert data == ["“道路合格率”“桥梁合格率”“边沟合格率”填报的是要求，不是结果"]
    assert not any("：" in one["text"] for one in said if one["kind"] == "建议")
    owed = [(one["text"], one["source"], one["whose"]) for one in said if one["kind"] == "应拨"]
    assert owed == [("20", MONEY[0]["source"], "本级"), ("20", "农户自筹", "自筹")]


def test_many_points_of_one_kind_are_none_of_them_lost() -> None:
    """同一种情形的几个指标，点多了只并目标设置的，别的一个也不丢。"""
    late = [
        row(
            "数量指标",
            f"改造{n}数量",
            "≥100间",
            "≥66间",
            f"{40 + k}间",
            reason=f"{n}没有到货",
            measure=f"{n}11月底前到货",
        )
        for k, n in enumerate(("教室", "食堂", "宿舍", "操场", "厕所", "围墙"))
    ]
    work = next(p for p in made(*late).monitoring.problems if p.kind == "项目实施")
    assert all(f"“改造{n}数量”" in work.text for n in ("教室", "食堂", "宿舍", "操场", "厕所", "围墙"))
    assert all(f"{n}11月底前到货" in work.measure for n in ("教室", "食堂", "宿舍", "操场", "厕所", "围墙"))


@pytest.mark.parametrize(("count", "alike"), [(3, True), (2, False)])
def test_one_explanation_pasted_under_several(count: int, alike: bool) -> None:
    late = [
        row("数量指标", f"改造{n}数量", "≥100间", "≥66间", "40间", reason="受天气影响")
        for n in "甲乙丙"[:count]
    ]
    figures = made(*late, row("数量指标", "检测次数", "≥60次", "≥40次", "41次", reason="受天气影响"))
    assert ("原因说明一字不差" in problems(figures)) is alike


def test_what_was_never_to_happen_comes_first_and_what_is_done_is_no_advice() -> None:
    accident = row(
        "社会效益指标", "安全事故起数", "=0起", "=0起", "1起", reason="路面湿滑", measure="已加装扶手"
    )
    late = [
        row(
            "数量指标",
            f"{n}改造数量",
            "≥100间",
            "≥66间",
            "20间",
            reason=f"{n}没有到货",
            measure=f"{n}11月底前到货",
        )
        for n in ("教室", "食堂", "宿舍", "操场")
    ]
    figures = made(*late, accident)
    work = next(p for p in figures.monitoring.problems if p.kind == "项目实施")
    assert work.text.startswith("一是发生安全事故1起") and work.title == "部分绩效目标没有达到"
    assert "（已加装扶手）" in work.measure and "已加装" not in told(figures, "下一步建议")


def test_none_of_those_judged_was_met() -> None:
    late = [
        row("数量指标", f"{n}改造数量", "≥100间", "≥66间", "50间", reason=f"{n}没有到货")
        for n in ("教室", "食堂")
    ]
    text = told(made(*late, row("质量指标", "合格率", "≥95%", "≥95%", "")), "总体结论")
    assert (
        "3个指标中2个可以判断，均未达到目标，集中在“教室改造数量”“食堂改造数量”" in text
        and "其中2个" not in text
    )


def test_missed_in_many_classes_is_not_concentrated() -> None:
    late = {"reason": "没有到货"}
    rows = (
        row("数量指标", "改造数量", "≥100间", "≥66间", "50间", **late), row("质量指标", "合格率", "≥95%", "≥95%", "90%", **late),
        row("时效指标", "及时率", "≥95%", "≥95%", "90%", **late), row("服务对象满意度指标", "满意度", "≥95%", "≥95%", "90%", **late),
    )  # fmt: skip
    text = told(made(*rows), "总体结论")
    assert "涉及产出、满意度" in text and "集中" not in text


def test_money_not_wanted_is_not_asked_for() -> None:
    """预计用不完的钱，不催着拨，也不等拨了再收回。"""
    money = [{**MONEY[0], "arrived": 40, "spent": 30, "forecast": 70}]
    one = row("数量指标", "改造数量", "≥60间", "≥40间", "41间")
    text = problems(made(one, funding=money))
    assert (
        "按实际需要再拨付30万元" in text
        and "没有到位的50万元不再拨付" in text
        and "拨付尚差的80万元" not in text
    )
    text = problems(made(one, funding=[{**money[0], "forecast": 120}]))
    assert "拨付尚差的80万元" in text and "不再拨付" not in text


@pytest.mark.parametrize(
    ("money", "subject", "has", "lacks"),
    [
        ({"spent": 100, "arrived": 90}, "预算执行率", "支出已超过到位数", "执行进度正常"),
        ({"spent": 82}, "预算执行率", "执行进度正常", "超过到位数"),
        ({"spent": 90, "forecast": 80}, "资金使用情况", "累计支出90万元", "预计"),
        ({"spent": 90, "forecast": 100}, "资金使用情况", "将结余20万元", "超预算"),
        ({"spent": 0}, "总体结论", "资金尚未支出", "执行率0.00%"),
    ],
)
def test_a_sentence_on_funds(money: dict[str, float], subject: str, has: str, lacks: str) -> None:
    late = [
        row("数量指标", f"{n}改造数量", "≥60间", "≥40间", "11间", reason="没有到货") for n in ("教室", "食堂")
    ]
    text = told(made(*late, funding=[{**MONEY[0], **money}]), subject)
    assert has in text and lacks not in text, text


def test_people_are_not_finished() -> None:
    """“已全部达”不成话。"""
    assert "已全部达" not in told(
        made(row("数量指标", "在册人数", "≥6513人", "≥6513人", "6513人")), "在册人数"
    )
    assert "达成程度和依据" in told(made(row("社会效益指标", "出行条件", "改善", "改善", "")), "下一步建议")


def test_what_cannot_be_met_this_year_is_told_with_its_shortfall() -> None:
    late = {
        "annual": "=8所",
        "stage": "=6所",
        "actual": "3所",
        "reason": "审查未通过",
        "measure": "10月底前完成审查",
    }
    lost = problems(made(row("数量指标", "改造数量", **late, forecast="5所", likelihood="完全不可能")))
    assert "；单位预计全年完成5所，比目标少3所，全年目标无法完成" in lost and "风险" not in lost
    open_ = problems(made(row("数量指标", "改造数量", **late, forecast="8所", likelihood="有可能")))
    assert "无法完成" not in open_.replace("存在无法完成的风险", "")


def test_a_number_told_in_another_unit_than_the_table_is_a_problem_of_the_data() -> None:
    """文字里的单位与表4不一样：是数据的问题，不引数。"""
    figures = made(row("数量指标", "接种服务人次", "≥6000人次", "≥4000人次", "5000人次"))

    def drafted_from(text: str) -> str:
        monitoring = replace(
            figures.monitoring, analyses=(Paragraph(subject="接种服务人次", text=text),), problems=()
        )
        now = figures_of(monitoring, get("平台通用"))
        return "".join(p.text for p in problem_drafts(now, criticisms(check(Facts(figures=now)))))

    assert "“接种服务人次”在文字和表格里的数、单位不一致，影响数据可信度" in drafted_from(
        "已接种服务5000人，达到目标。"
    )
    assert "不一致" not in drafted_from("已接种服务5000人次，达到目标。")


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (("30间", "30次"), "与上期相比，2个指标的实际完成值增加。"),
        (("41间", "30次"), "与上期相比，1个指标的实际完成值增加，1个没有变化。"),
        (("41间", "41次"), "与上期相比，2个指标的实际完成值没有变化。"),
        (("45间", "45次"), "与上期相比，2个指标的实际完成值减少。"),
    ],
)
def test_what_changed_since_last_time_names_what_is_counted(before: tuple[str, str], says: str) -> None:
    rows = (
        row("数量指标", "改造数量", "≥60间", "≥40间", "41间", previous=before[0]),
        row("数量指标", "检测次数", "≥60次", "≥40次", "41次", previous=before[1]),
    )
    assert says in told(made(*rows), "总体结论")
