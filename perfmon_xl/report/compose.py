"""From the records to the names of the template: ordering, merging, numbering, wording of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import TypeVar

from perfmon_xl.domain.amount import Amount, percent
from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import FundFigures, fund_figures, indicator_figures
from perfmon_xl.domain.finding import Finding
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Monitoring, Paragraph
from perfmon_xl.domain.origin import RowPlace
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.report import context as names
from perfmon_xl.report.charts import FUNDS, INDICATORS, charts_of
from perfmon_xl.report.chinese import arabic_date, signed_date
from perfmon_xl.report.phrases import drafts

DASH = "—"
_MET = {True: "达成", False: "未达成", None: "无法判断"}
_Row = TypeVar("_Row", Declared, Adjusted, Compared)


def compose(
    monitoring: Monitoring, rules: RuleSet, *, draft: bool = False, findings: Sequence[Finding] = ()
) -> names.报告:
    """报告要用的全部内容。空着的段落用草稿，一处不漏；findings 只列在征求意见稿的附件里。"""
    refuse_unprintable(monitoring)
    funds = fund_figures(monitoring, rules)
    texts = drafts(monitoring, rules)
    drawn = charts_of(monitoring, rules)
    notes = _texts(monitoring.fund_notes, texts["fund_notes"])
    overall = _texts(monitoring.overall, texts["overall"])
    conclusions = _texts(monitoring.conclusions, texts["conclusions"])
    analyses = _texts(monitoring.analyses, texts["analyses"])
    compared = [c for c in monitoring.compared if c.name.strip()]
    problems = [p for p in monitoring.problems if (p.title + p.text + p.measure_title + p.measure).strip()]
    return names.报告(
        项目=_project(monitoring, rules, draft=draft),
        年度目标=monitoring.goal.text,
        进展=tuple(
            names.进展项(f"（{n}）", p.subject, p.text, p.state)
            for n, p in enumerate((p for p in monitoring.progress if (p.subject + p.text).strip()), 1)
        ),
        资金=_funds(funds, notes),
        表1=_rows(monitoring.declared, lambda d: {"目标值": _raw(d.target)}),
        表2=tuple(
            names.总目标行(g.subject, g.original, g.changed, g.revised) for g in monitoring.goal_changes
        ),
        表3=_rows(
            monitoring.adjusted,
            lambda a: {
                "目标值": _raw(a.target),
                "调整类型": a.change,
                "指标解释": a.explanation,
                "跟踪目标值": _raw(a.tracked_target),
                "是否跟踪": a.tracked,
            },
        ),
        表4=_rows(compared, lambda c: _compared(c, rules, funds.pace)),
        指标构成=_kinds(compared),
        产出=_groups([c for c in compared if not _is_benefit(c)], analyses),
        效益=_groups([c for c in compared if _is_benefit(c)], analyses),
        效率性=paragraphs(overall.get("效率性分析", "")),
        效益性=paragraphs(overall.get("效益性分析", "")),
        公平性=paragraphs(overall.get("公平性分析", "")),
        问题=tuple(
            names.问题项(
                f"{n}. {p.title or '（未写标题）'}",
                paragraphs(p.text),
                f"{n}. {p.measure_title or '（未写措施）'}",
                paragraphs(p.measure),
            )
            for n, p in enumerate(problems, 1)
        ),
        结论=paragraphs(conclusions.get("总体结论", "")),
        建议=paragraphs(conclusions.get("下一步建议", "")),
        图=names.图组(*(names.图项.of(key, drawn[key]) for key in (FUNDS, INDICATORS))),
        检查=tuple(
            names.检查项(f"（{n}）", f.level, f.code, str(f.origin or ""), f.message, f.hint)
            for n, f in enumerate(findings if draft else (), 1)
        ),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """单元格里换行的文字分成几段。"""
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _texts(written: Iterable[Paragraph], drafted: Mapping[str, str]) -> dict[str, str]:
    """各段文字：写了的用写的，空着的用草稿。"""
    return {**drafted, **{p.subject: p.text for p in written if p.text.strip()}}


def _raw(target: TargetValue) -> str:
    return target.raw.strip()


def _project(monitoring: Monitoring, rules: RuleSet, *, draft: bool) -> names.项目信息:
    p = monitoring.project
    month = p.cutoff.month if p.cutoff else None
    return names.项目信息(
        名称=p.name,
        封面名称=p.cover_name or p.name,
        年度=p.year,
        期间="" if month is None else "1月份" if month == 1 else f"1-{month}月份",
        主管部门=p.department,
        实施单位=p.unit,
        实施单位简称=p.unit_short or p.unit,
        委托单位=p.client,
        委托单位简称=p.client_short or p.client,
        监控机构=p.monitor,
        监控机构简称=p.monitor_short or p.monitor,
        起始日期=arabic_date(p.start),
        结束日期=arabic_date(p.end),
        监控截止日期=arabic_date(p.cutoff),
        报告日期=arabic_date(p.report_date),
        成文日期=signed_date(p.report_date),
        依据="、".join(part.rstrip("；;。、") for part in paragraphs(p.basis)),
        背景=paragraphs(p.background),
        内容=paragraphs(p.scope),
        规则集=rules.name,
        规则说明=f"日期：{rules.date}；来源：{rules.source}",
        征求意见稿="（征求意见稿）" if draft else "",
    )


def _funds(funds: FundFigures, notes: Mapping[str, str]) -> names.资金情况:
    def money(amount: Amount | None) -> str:
        return DASH if amount is None else str(amount)

    def rate(number: Decimal | None) -> str:
        return DASH if number is None else percent(number)

    return names.资金情况(
        投入=notes.get("资金投入情况", ""),
        使用=notes.get("资金使用情况", ""),
        到位率说明=notes.get("资金到位率", ""),
        执行率说明=notes.get("预算执行率", ""),
        合规性说明=notes.get("资金使用合规性", ""),
        预算=money(funds.adjusted),
        到位=money(funds.arrived),
        支出=money(funds.spent),
        到位率=rate(funds.arrival_rate),
        执行率=rate(funds.execution_rate),
        序时进度=rate(funds.pace),
    )


def grouped(records: Sequence[_Row]) -> list[_Row]:
    """同一个一级、二级指标的放到一起，先后照第一次出现。"""
    order: dict[tuple[str, ...], int] = {}
    for record in records:
        order.setdefault((record.level1,), len(order))
        order.setdefault((record.level1, record.level2), len(order))
    return sorted(records, key=lambda r: (order[r.level1,], order[r.level1, r.level2]))


def _rows(records: Sequence[_Row], values: Callable[[_Row], dict[str, str]]) -> tuple[names.指标行, ...]:
    found, above = [], ("\0", "\0")
    for record in grouped([r for r in records if r.name.strip()]):
        same1 = record.level1 == above[0]
        same2 = same1 and record.level2 == above[1]
        above = (record.level1, record.level2)
        found.append(
            names.指标行(
                一级指标=record.level1,
                一级合并="continue" if same1 else "restart",
                二级指标=record.level2,
                二级合并="continue" if same2 else "restart",
                三级指标=record.name,
                **values(record),
            )
        )
    return tuple(found)


def _compared(record: Compared, rules: RuleSet, elapsed: Decimal | None) -> dict[str, str]:
    figures = indicator_figures(record, rules, elapsed)
    return {
        "目标值": _raw(record.annual),
        "阶段目标值": _raw(record.stage),
        "实际值": _raw(record.actual),
        "完成率": DASH if figures.completion is None else percent(figures.completion),
        "偏差率": DASH if figures.deviation_rate is None else percent(figures.deviation_rate),
        "是否达成": _MET[figures.met],
        "预警": figures.light.value if figures.light else "",
    }


def _is_benefit(record: Compared) -> bool:
    """效益、满意度放在效益一节；先看二级指标，认不出再看一级。"""
    known = category(record.level2)
    level = known.level1 if known else level1(record.level1)
    return level in (Level1.BENEFIT, Level1.SATISFACTION)


def _kinds(compared: Sequence[Compared]) -> str:
    counts: dict[str, int] = {}
    for record in compared:
        known = category(record.level2)
        name = known.level1.value if known else record.level1 or "未分类指标"
        counts[name] = counts.get(name, 0) + 1
    return "、".join(f"{name}{count}个" for name, count in counts.items())


def _groups(compared: Sequence[Compared], texts: Mapping[str, str]) -> tuple[names.指标组, ...]:
    groups: dict[str, list[Compared]] = {}
    for record in compared:
        known = category(record.level2)
        groups.setdefault(known.name if known else record.level2 or record.level1 or "其他指标", []).append(
            record
        )
    return tuple(
        names.指标组(
            f"{number}. {title}情况",
            tuple(
                names.指标段(f"（{n}）{record.name}", paragraphs(texts.get(record.name, "")))
                for n, record in enumerate(group, 1)
            ),
        )
        for number, (title, group) in enumerate(groups.items(), 1)
    )


# --- 印不出来的字 -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
    place: RowPlace
    field: str
    text: str


def _all_texts(monitoring: Monitoring) -> Iterable[_Text]:
    for one in fields(monitoring):
        value = getattr(monitoring, one.name)
        for record in value if isinstance(value, tuple) else (value,):
            if not is_dataclass(record):
                continue
            place = getattr(record, "place", RowPlace())
            for part in fields(record):
                text = getattr(record, part.name)
                text = text.raw if isinstance(text, TargetValue) else text
                if isinstance(text, str):
                    yield _Text(place, part.name, text)


def unprintable(character: str) -> bool:
    """Word 里放不下的字：控制符、半个字、私用区的字。"""
    code = ord(character)
    return (
        (code < 0x20 and character not in "\t\n\r")
        or 0xD800 <= code <= 0xF8FF
        or code in (0x7F, 0xFFFE, 0xFFFF)
    )


def refuse_unprintable(monitoring: Monitoring) -> None:
    """印不出来的字，说出在哪一格，不悄悄丢掉。"""
    for one in _all_texts(monitoring):
        bad = next((c for c in one.text if unprintable(c)), None)
        if bad is not None:
            raise UserError(
                f"{one.place.at(one.field)} 里有一个印不出来的字符（编码 U+{ord(bad):04X}，第 {one.text.index(bad) + 1} 个字）。",
                "请重新输入这一格的文字。",
            )
