"""The opening of the report: who monitors what until when, and the yardstick; what is blank is left out."""

from __future__ import annotations

from decimal import Decimal

from perfmon_xl.domain.amount import percent, plain
from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.model import months
from perfmon_xl.domain.policy import FundMethod, IndicatorMethod, PaceBasis
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.tracked import Mark
from perfmon_xl.report.wording import parties
from perfmon_xl.report.wording.execution_bands import funding
from perfmon_xl.report.wording.grammar import Speaker
from perfmon_xl.report.wording.material import Material

_BASES = {PaceBasis.MONTH: "月", PaceBasis.DAY: "日"}
_WRITTEN = ("progress", "fund_notes", "analyses", "overall", "conclusions")
_WHOLE = {"调整后预算": "调整后预算数", "年初预算": "年初预算数", "到位数": "到位资金数"}


def preface(figures: Figures, mark: Mark) -> tuple[str, ...]:
    """前言的各段：开头一段、预警标准一段；什么数也没有的再说一句。"""
    material = Material(figures=figures, mark=mark, speaker=Speaker())
    found = [_opening(material), _yardstick(material)]
    if all(record.actual.is_blank for record in figures.monitoring.compared) and figures.funds.spent is None:
        found.append(_say(material, "前言.没有数据"))
    return tuple(text for text in found if text)


def _say(material: Material, key: str, **values: str) -> str:
    return material.speaker.say(key, values)


def _opening(material: Material) -> str:
    project, mark = material.monitoring.project, material.mark

    def said(name: str) -> str:
        return mark(getattr(project, name).strip(), Ref("project", field=name))

    def short(name: str) -> str:
        """简称；没有填的、与全称一样的不说。"""
        text = getattr(project, f"{name}_short").strip()
        return said(f"{name}_short") if text and text != getattr(project, name).strip() else ""

    def introduced(name: str) -> str:
        """简称只在后面用到时说：财政部门的建议里要用，人写的话里有的也用。"""
        told = short(name)
        used = parties.finance_named(material) == name or _is_written(
            material, getattr(project, f"{name}_short").strip()
        )
        return told if told and used else ""

    basis = "、".join(part.strip().rstrip("；;。、") for part in project.basis.split("\n") if part.strip())
    cutoff = project.cutoff
    values = {
        "委托单位": said("client"),
        "委托简称": introduced("client"),
        "监控机构": said("monitor") or said("client") or "监控机构",
        "机构简称": short("unit")
        if project.unit.strip() == project.monitor.strip() != ""
        else introduced("monitor"),
        "自己简称": short("unit")
        if project.unit.strip() == (project.monitor.strip() or project.client.strip()) != ""
        else introduced("client")
        if project.client.strip()
        else introduced("monitor"),
        "依据": mark(basis, Ref("project", field="basis")),
        "项目": said("name") or "本项目",
        "期间": mark(months(cutoff.month), Ref("project", field="cutoff", form="几月")) if cutoff else "",
        "监控日": material.cutoff_told if cutoff else "",
    }
    body, department = said("unit"), said("department")
    itself = project.unit.strip() == (project.monitor.strip() or project.client.strip()) != ""
    who = "本单位" if itself else f"{body}（以下简称“{short('unit')}”）" if short("unit") else body
    told = {project.unit.strip(), project.client.strip(), project.monitor.strip()}
    apart = "" if project.department.strip() in told else department
    values |= {
        "谁的": (
            f"{apart}主管、{who}实施的"
            if apart and who
            else f"{who}实施的"
            if who
            else f"{apart}主管的"
            if apart
            else ""
        )
    }
    own = (
        not project.client.strip()
        or not project.monitor.strip()
        or project.client.strip() == project.monitor.strip()
    )
    return _say(material, "前言.自己监控" if own else "前言.受委托", **values)


def _is_written(material: Material, short: str) -> bool:
    """人写的话里用了这个简称。"""
    monitoring = material.monitoring
    texts = [
        p.text for name in _WRITTEN for p in getattr(monitoring, name) if not getattr(p, "is_draft", False)
    ]
    texts += [monitoring.project.background, monitoring.project.scope]
    texts += [p.text + p.measure for p in monitoring.problems if not p.is_draft]
    return bool(short) and any(short in text for text in texts)


def _yardstick(material: Material) -> str:
    funds, mark = material.funds, material.mark
    return _say(
        material,
        "前言.标准",
        规则集=mark(material.rules.name, Ref("rules", field="name")),
        资金=_fund_rule(material),
        指标=_indicator_rule(material),
        分母=_WHOLE[material.rules.funds.denominator.value],
        按什么=_BASES[material.rules.funds.pace],
        序时=mark(percent(funds.pace), Ref("funds", field="pace")) if funds.pace is not None else "",
    )


def _limit(material: Material, limit: Decimal | None, name: str) -> str:
    return material.mark(f"{plain(limit * 100)}%", Ref("rules", field=name)) if limit is not None else ""


def _fund_rule(material: Material) -> str:
    rules, how = material.rules.funds, funding(material)
    if rules.method is FundMethod.MONTHLY_FLOOR:
        if material.cutoff is None or rules.floor(material.cutoff.month) is None:
            return _say(material, "标准.当月没有底线")
        start, floor = [pair for pair in rules.monthly_floor if pair[0] <= material.cutoff.month][-1]
        return _say(
            material,
            "标准.月度底线",
            月=material.mark(f"{how.floor_month or start}月", Ref("rules", field="floor_month")),
            底线=_limit(material, floor, "floor"),
        )
    if (
        rules.method is FundMethod.PACE_RATIO
        and rules.red_below is not None
        and rules.yellow_below is not None
    ):
        return _say(
            material,
            "标准.执行进度比",
            红线=_limit(material, rules.red_below, "red_below"),
            黄线=_limit(material, rules.yellow_below, "yellow_below"),
        )
    return _say(material, "标准.支出与目标" if rules.method is FundMethod.PLAN_GOAL else "标准.不预警")


def _indicator_rule(material: Material) -> str:
    rules, own = material.rules, material.rules.indicators
    gap = rules.explain.goal_funds_gap
    if gap is not None:
        told = material.mark(plain(gap * 100), Ref("rules", field="goal_funds_gap"))
        return _say(material, "标准.目标与资金", 差距=told)
    if own.method is IndicatorMethod.NONE or own.red_below is None or own.yellow_below is None:
        return ""
    funds = rules.funds
    same = funds.method is FundMethod.PACE_RATIO and (own.red_below, own.yellow_below) == (
        funds.red_below,
        funds.yellow_below,
    )
    if same:
        return _say(material, "标准.指标同一标准")
    return _say(
        material,
        "标准.指标另有标准",
        指标红线=_limit(material, own.red_below, "indicator_red"),
        指标黄线=_limit(material, own.yellow_below, "indicator_yellow"),
    )
