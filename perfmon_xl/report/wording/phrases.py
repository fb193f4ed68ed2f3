"""Drafts for the paragraphs of the report: what the figures show, and nothing that they do not show."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perfmon_xl.domain.amount import Amount, half_up, percent, plain
from perfmon_xl.domain.figures import Figures, FundFigures, IndicatorFigures, OutcomeFigures, outcome_of
from perfmon_xl.domain.model import Compared, Funding, Monitoring
from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.target import Comparator, Kind, TargetValue
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.chinese import arabic_date, target_in_words

Drafts = Mapping[str, Mapping[str, str]]  # record → subject → text
_FUNDS, _COUNTS, _ROW = Ref("funds"), Ref("counts"), Ref("compared")


def drafts(figures: Figures, mark: Mark = unmarked) -> Drafts:
    """可以起草的各段：资金说明、各指标、综合分析、结论。mark 给每个值做记号，写进报告时用。"""
    far = figures.rules.indicators.blue_from
    return {
        "fund_notes": _funds(figures, mark),
        "analyses": {
            c.name: indicator(c, f, Ref("compared", n), mark, far=far) for n, c, f in figures.named()
        },
        "overall": _overall(figures, mark),
        "conclusions": _conclusions(figures, mark),
    }


# --- 资金 -------------------------------------------------------------------------------------------


def _money(amount: Amount | None, value: Ref, mark: Mark) -> str:
    return "（未填）" if amount is None else mark(str(amount), value)


def cutoff_date(monitoring: Monitoring, mark: Mark) -> str:
    """监控截止日期，正文的写法。"""
    return mark(arabic_date(monitoring.project.cutoff), Ref("project", field="cutoff"))


def _funds(figures: Figures, mark: Mark) -> dict[str, str]:
    monitoring, funds = figures.monitoring, figures.funds
    day = cutoff_date(monitoring, mark)
    sources = [
        (Ref("funding", n), f)
        for n, f in enumerate(monitoring.funding)
        if f.source.strip() and f.budget is not None
    ]
    listed = "、".join(
        _beside(
            mark(f.source, row.at("source")),
            _money(f.budget, row.at(_budget_field(f)), mark),
            apart=f.source[-1:].isdigit(),
        )
        for row, f in sources
    )
    budget = f"项目预算安排{_money(funds.adjusted, _FUNDS.at('adjusted'), mark)}" + (
        f"，其中：{listed}" if len(sources) > 1 else _only(sources, mark)
    )
    if funds.initial is not None and funds.adjusted is not None and funds.initial != funds.adjusted:
        initial, adjusted = (
            _money(getattr(funds, name), _FUNDS.at(name), mark) for name in ("initial", "adjusted")
        )
        budget += f"（年初预算{initial}，执行中调整为{adjusted}）"
    arrived = f"截至{day}，到位资金{_money(funds.arrived, _FUNDS.at('arrived'), mark)}" + _rate(
        "，资金到位率为", funds.arrival_rate, _FUNDS.at("arrival_rate"), mark
    )
    spent = f"截至{day}，项目实际支出{_money(funds.spent, _FUNDS.at('spent'), mark)}" + _rate(
        "，预算执行率为", funds.execution_rate, _FUNDS.at("execution_rate"), mark
    )
    lines = [
        _beside(
            mark(s.item, Ref("spending", n, "item")),
            mark(s.amount.in_yuan, Ref("spending", n, "amount")),
            apart=s.item[-1:].isdigit(),
        )
        for n, s in enumerate(monitoring.spending)
        if s.item.strip() and s.amount is not None
    ]
    used = "。主要用于" + "、".join(lines) if lines else ""
    whole = {"调整后预算": "调整后预算数", "年初预算": "年初预算数", "到位数": "到位资金数"}[
        figures.rules.funds.denominator.value
    ]
    execution = (
        f"{spent}（支出数÷{whole}）{_pace(funds, mark)}。"
        if funds.execution_rate is not None
        else f"{spent}；预算数或支出数不全，算不出预算执行率。"
    )
    return {
        "资金投入情况": f"{budget}。{arrived}。",
        "资金使用情况": f"{spent}{_pace(funds, mark)}{used}。",
        "资金到位率": f"{budget}。{arrived}。",
        "预算执行率": execution,
        "资金使用合规性": f"截至{day}，项目支出的审批手续、原始凭证和合规情况，请根据核查结果填写。",
    }


def _beside(name: str, amount: str, *, apart: bool) -> str:
    """名称和金额连着写；名称以数字结尾的隔开，免得“二期2”和“500元”读成“二期2500元”。"""
    return f"{name}{'为' if apart else ''}{amount}"


def _budget_field(record: Funding) -> str:
    """这一项的预算取自哪一栏。"""
    return "adjusted" if record.adjusted is not None else "initial"


def _only(sources: list[tuple[Ref, Funding]], mark: Mark) -> str:
    return "".join(f"，均为{mark(f.source, row.at('source'))}" for row, f in sources[:1])


def _rate(lead: str, rate: Decimal | None, value: Ref, mark: Mark) -> str:
    return "" if rate is None else f"{lead}{mark(percent(rate), value)}"


def _pace(funds: FundFigures, mark: Mark) -> str:
    """与序时进度比：快多少、慢多少个百分点。"""
    if funds.execution_rate is None or funds.pace is None:
        return ""
    gap = half_up((funds.execution_rate - funds.pace) * 100, 2)
    how = (
        f"{'快于' if gap > 0 else '慢于'}序时进度{mark(str(abs(gap)), _FUNDS.at('pace_gap'))}个百分点"
        if gap
        else "与序时进度持平"
    )
    return f"，序时进度为{mark(percent(funds.pace), _FUNDS.at('pace'))}，{how}"


# --- 指标 -------------------------------------------------------------------------------------------


def indicator(
    record: Compared,
    figures: IndicatorFigures,
    row: Ref = _ROW,
    mark: Mark = unmarked,
    *,
    far: Decimal | None = None,
) -> str:
    """一个指标一段：目标、本阶段、实际、完成率、偏差、原因；没有数据的照实说。

    far 是完成率到多少才说得上远超全年目标：按序时折算亮蓝灯的，如年中就到了 100% 的比率，说不上。
    """
    goals = [
        _goal(said, target, row.at(name, "句中"), mark)
        for said, target, name in (
            (("全年目标值", "全年目标为"), record.annual, "annual"),
            (("本阶段应完成", "本阶段目标为"), record.stage, "stage"),
        )
        if not target.is_blank
    ]
    opening = "".join(f"{goal}，" for goal in goals)
    actual = record.actual
    if actual.is_blank:
        return f"{opening}实际完成情况尚未填报。"
    if actual.kind is Kind.NUMBER and actual.comparator not in (Comparator.UNSTATED, Comparator.EQUAL):
        return f"{opening}实际完成栏填的是“{mark(actual.raw, row.at('actual', '原样'))}”，不是实际数，尚无可核对的数据。"
    text = opening + _goal(("实际完成", "实际完成情况为"), actual, row.at("actual", "数"), mark)
    if figures.completion is not None:
        text += f"，完成全年目标的{mark(percent(figures.completion), row.at('completion'))}"
    if figures.met is None:
        return f"{text}；现有资料不足以判断是否达到本阶段目标。"
    text += "，达到本阶段目标" if figures.met else "，未达到本阶段目标"
    if figures.deviation_rate is not None and figures.deviation is not None and figures.deviation != 0:
        unit = record.stage.unit
        more = "多" if figures.deviation > 0 else "少"
        gap = f"{plain(abs(figures.deviation))}{'个百分点' if unit == '%' else unit}"
        text += f"，比本阶段应完成值{more}{mark(gap, row.at('deviation', '绝对值'))}"
        text += f"，偏差率{mark(percent(figures.deviation_rate), row.at('deviation_rate'))}"
    if figures.light is Light.BLUE and not (far and figures.completion and figures.completion < far):
        text += "，完成数远超目标，目标值偏低"
    text += "。"
    if not figures.met or figures.light in (Light.RED, Light.YELLOW):
        text += _reasons(record, row, mark)
    return text


def _goal(said: tuple[str, str], value: TargetValue, reference: Ref, mark: Mark) -> str:
    """一个填报的值放进句子：数跟在前一个说法后面；日期和文字跟在后一个说法后面，文字加引号。"""
    text = mark(target_in_words(value), reference)
    if value.kind in (Kind.NUMBER, Kind.RANGE):
        return said[0] + text
    return said[1] + (text if value.kind is Kind.DATE else f"“{text}”")


def _reasons(record: Compared, row: Ref, mark: Mark) -> str:
    cause = mark(record.cause.strip(), row.at("cause"))
    told = mark(record.reason.strip().rstrip("。"), row.at("reason"))
    reason = "：".join(part for part in (cause, told) if part)
    text = f"偏差原因：{reason}。" if reason else "偏差原因尚未填写。"
    measure = mark(record.measure.strip().rstrip("。"), row.at("measure"))
    return text + (f"改进措施：{measure}。" if measure else "")


# --- 综合分析和结论 ---------------------------------------------------------------------------------


def _counts(outcome: OutcomeFigures, whole: Ref, mark: Mark) -> str:
    if not outcome.count:
        return "没有跟踪的指标"
    parts = [f"{mark(str(outcome.met), whole.at('met'))}个达到本阶段目标"] if outcome.met else []
    parts += [f"{mark(str(outcome.unmet), whole.at('unmet'))}个未达到"] if outcome.unmet else []
    parts += (
        [f"{mark(str(outcome.unknown), whole.at('unknown'))}个资料不足、无法判断"] if outcome.unknown else []
    )
    return f"跟踪的{mark(str(outcome.count), whole.at('count'))}个指标中，" + "、".join(parts)


def _overall(figures: Figures, mark: Mark) -> dict[str, str]:
    monitoring = figures.monitoring
    open_items = [
        mark(p.subject, Ref("progress", n, "subject"))
        for n, p in enumerate(monitoring.progress)
        if p.state == "尚未完成"
    ]
    efficiency = f"截至{cutoff_date(monitoring, mark)}，{_counts(figures.outcome, _COUNTS, mark)}"
    efficiency += _execution(figures.funds, mark)
    efficiency += f"。尚未完成的事项有：{'、'.join(open_items)}。" if open_items else "。"
    benefit = [
        f for _, c, f in figures.named() if "效益" in c.level1 or "满意" in c.level1 or "满意" in c.level2
    ]
    benefits = (
        f"效益和满意度方面，{_counts(outcome_of(benefit), Ref('benefits'), mark)}。"
        if benefit
        else "没有跟踪效益和满意度指标，效益情况尚不能判断。"
    )
    return {
        "效率性分析": efficiency,
        "效益性分析": benefits,
        "公平性分析": "项目受益对象的确定、申请受理和监督投诉等方面的情况，请根据核查结果填写。",
    }


def _execution(funds: FundFigures, mark: Mark) -> str:
    return _rate("；预算执行率为", funds.execution_rate, _FUNDS.at("execution_rate"), mark) + _pace(
        funds, mark
    )


def _conclusions(figures: Figures, mark: Mark) -> dict[str, str]:
    def listed(met: bool | None) -> str:
        return "、".join(
            mark(c.name, Ref("compared", n, "name")) for n, c, f in figures.named() if f.met is met
        )

    unmet, unknown = listed(False), listed(None)
    name = mark(figures.monitoring.project.name, Ref("project", field="name"))
    text = f"根据对“{name}”的绩效监控，{_counts(figures.outcome, _COUNTS, mark)}{_execution(figures.funds, mark)}"
    text += f"。本次监控按“{mark(figures.rules.name, Ref('rules', field='name'))}”规则判断。"
    advice = []
    if unmet:
        advice.append(f"对未达到本阶段目标的{unmet}，查明原因，落实改进措施")
    if unknown:
        advice.append(f"补齐{unknown}的实际完成数据")
    advice.append("按计划推进项目实施，年底前完成全年目标")
    return {"总体结论": text, "下一步建议": "建议" + "；".join(advice) + "。"}
