"""From the records to the names of the template: ordering, merging, numbering, wording of figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from perfmon_xl.domain.amount import percent
from perfmon_xl.domain.category import Level1
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import Figures, FundFigures, IndicatorFigures
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.matters import Matter
from perfmon_xl.domain.model import Compared, Monitoring, Paragraph, ProblemEntry, plain_year
from perfmon_xl.domain.origin import NOWHERE
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.printable import UNPRINTABLE
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.report.drawing.charts import FUNDS, INDICATORS, charts_of
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.sources import kind_of
from perfmon_xl.report.tracing.tracked import clean, marked, pieces, tracked
from perfmon_xl.report.wording import context as names
from perfmon_xl.report.wording.chinese import arabic_date, signed_date
from perfmon_xl.report.wording.earlier_problems import since_last
from perfmon_xl.report.wording.intros import class_intros
from perfmon_xl.report.wording.material import group_of
from perfmon_xl.report.wording.phrases import Drafts, drafts
from perfmon_xl.report.wording.preface import preface
from perfmon_xl.report.wording.problems import untitled

DASH = "—"
_MET = {True: "达成", False: "未达成", None: "无法判断"}
_Row = TypeVar("_Row", bound=IndicatorRow)


def compose(figures: Figures, *, draft: bool = False, matters: Sequence[Matter] = ()) -> names.报告:
    """报告要用的全部内容。空着的段落用草稿，一处不漏；matters 只列在征求意见稿的附件里。"""
    monitoring = figures.monitoring
    refuse_unprintable(monitoring)
    texts = drafts(figures, marked) if draft else _without_markers(drafts(figures, marked))
    intros = class_intros(figures, marked)
    drawn = charts_of(figures)
    notes = _texts("fund_notes", monitoring.fund_notes, texts["fund_notes"])
    overall = _texts("overall", monitoring.overall, texts["overall"])
    conclusions = _texts("conclusions", monitoring.conclusions, texts["conclusions"])
    compared = [(n, c) for n, c, _ in figures.named()]
    named = {c.name: Ref("compared", n, "draft") for n, c in compared}
    analyses = _texts("analyses", monitoring.analyses, texts["analyses"], named)
    problems = [
        (n, p)
        for n, p in enumerate(monitoring.problems)
        if (p.title + p.text + p.measure_title + p.measure).strip()
    ]
    return names.报告(
        项目=_project(monitoring, figures.rules, draft=draft),
        前言=tuple(tracked(text if draft else unmarked_gap(text)) for text in preface(figures, marked)),
        年度目标=tracked(monitoring.goal.text, Ref("goal", field="text")),
        进展=tuple(
            names.进展项(
                f"（{n}）",
                *(
                    tracked(getattr(p, name), Ref("progress", at, name))
                    for name in ("subject", "text", "state")
                ),
            )
            for n, (at, p) in enumerate(
                ((at, p) for at, p in enumerate(monitoring.progress) if (p.subject + p.text).strip()), 1
            )
        ),
        资金=_funds(figures.funds, notes),
        表1=_rows("declared", monitoring.declared, lambda _, row: {}, 目标值="target"),
        表2=tuple(
            names.总目标行(
                *(
                    tracked(getattr(g, name), Ref("goal_changes", n, name))
                    for name in ("subject", "original", "changed", "revised")
                )
            )
            for n, g in enumerate(monitoring.goal_changes)
        ),
        表3=_rows(
            "adjusted",
            monitoring.adjusted,
            lambda _, row: {},
            目标值="target",
            调整类型="change",
            指标解释="explanation",
            跟踪目标值="tracked_target",
            是否跟踪="tracked",
        ),
        表4=_rows(
            "compared",
            monitoring.compared,
            lambda c, row: _computed(figures.of(c), row),
            目标值="annual",
            阶段目标值="stage",
            实际值="actual",
        ),
        指标构成=_kinds(compared),
        产出=_groups([(n, c) for n, c in compared if not _is_benefit(c)], analyses, intros),
        效益=_groups([(n, c) for n, c in compared if _is_benefit(c)], analyses, intros),
        效率性=_paragraphs(overall.get("效率性分析")),
        效益性=_paragraphs(overall.get("效益性分析")),
        公平性=_paragraphs(overall.get("公平性分析")),
        问题=tuple(
            names.问题项(
                _titled(n, p.title or untitled("标题"), Ref("problems", at, "title")),
                (
                    *_paragraphs((p.text, Ref("problems", at, "text"))),
                    *_since_last(p, Ref("problems", at), monitoring, draft=draft),
                ),
                _titled(n, p.measure_title or untitled("措施标题"), Ref("problems", at, "measure_title"))
                if (p.measure_title + p.measure).strip()
                else "",
                _paragraphs((p.measure, Ref("problems", at, "measure"))),
            )
            for n, (at, p) in enumerate(problems, 1)
        ),
        结论=_paragraphs(conclusions.get("总体结论")),
        建议=_paragraphs(conclusions.get("下一步建议")),
        图=names.图组(*(names.图项.of(key, drawn[key]) for key in (FUNDS, INDICATORS))),
        检查=tuple(
            names.检查项(f"（{n}）", m.level, m.lead.code, m.places, m.lead.message, hint, f"{n}. {m.title}")
            for n, (m, hint) in enumerate(_with_hints(matters if draft else ()), 1)
        ),
    )


def _with_hints(matters: Sequence[Matter]) -> Iterator[tuple[Matter, str]]:
    """各事项和怎么改；同上一个事项一样的不再写一遍。"""
    above = ""
    for matter in matters:
        hint = matter.lead.hint
        yield matter, "改法同上。" if hint and hint == above else hint
        above = hint


_GAP = re.compile(r"【请补充[：:][^】]*】")


def unmarked_gap(text: str) -> str:
    """去掉“【请补充：……】”：缺的是一格没有填，由那一格的检查说，正式报告里不印。"""
    return _GAP.sub("", text)


def _without_markers(found: Drafts) -> Drafts:
    return {record: {s: unmarked_gap(t) for s, t in texts.items()} for record, texts in found.items()}


_Told = tuple[str, Ref]  # the text, with its marks, and which value the whole is


def paragraphs(text: str) -> tuple[str, ...]:
    """单元格里换行的文字分成几段。"""
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _paragraphs(told: _Told | None) -> tuple[str, ...]:
    """一个单元格的文字分成几段；每段知道自己是哪一格的第几段、里面有哪些值。"""
    if told is None:
        return ()
    text, value = told
    return tuple(tracked(marked(part, value.written(f"段{n}"))) for n, part in enumerate(pieces(text), 1))


def _titled(number: int, title: str, value: Ref) -> str:
    return tracked(f"{number}. {marked(title, value)}")


def _since_last(problem: ProblemEntry, value: Ref, monitoring: Monitoring, *, draft: bool) -> tuple[str, ...]:
    """以前提出的问题，改了没有：一段；本期的没有。"""
    told = since_last(problem, value, monitoring.project.department.strip(), marked)
    return (tracked(told if draft else unmarked_gap(told)),) if told else ()


def _texts(
    collection: str,
    written: Sequence[Paragraph],
    drafted: Mapping[str, str],
    values: Mapping[str, Ref] = MappingProxyType({}),
) -> dict[str, _Told]:
    """各段文字，按事项的名称（name_key）：写了的用写的，空着的用草稿；写的与草稿一字不差的，里面的数也知道来历。"""
    drafts_by_key = {name_key(subject): text for subject, text in drafted.items()}
    texts = {
        name_key(subject): (text, values.get(subject, Ref(collection, field="draft", subject=subject)))
        for subject, text in drafted.items()
    }
    for n, record in enumerate(written):
        if record.text.strip():
            key = name_key(record.subject)
            draft = drafts_by_key.get(key, "")
            same = clean(draft) in (record.text, unmarked_gap(record.text))
            texts[key] = (draft if same else record.text, Ref(collection, n, "text"))
    return texts


def _raw(target: TargetValue) -> str:
    return target.raw.strip()


def _project(monitoring: Monitoring, rules: RuleSet, *, draft: bool) -> names.项目信息:
    p, project = monitoring.project, Ref("project")

    def said(name: str, otherwise: str = "") -> str:
        """一个栏目的文字；没有填的用另一栏的。"""
        used = name if getattr(p, name) or not otherwise else otherwise
        return tracked(getattr(p, used), project.at(used))

    def day(name: str, wording: Callable[[date | None], str] = arabic_date, how: str = "") -> str:
        return tracked(wording(getattr(p, name)), project.at(name, how))

    basis = "、".join(part.rstrip("；;。、") for part in paragraphs(p.basis))
    return names.项目信息(
        名称=said("name"),
        封面名称=said("cover_name", "name"),
        年度=tracked(plain_year(p.year), project.at("year")),
        期间=tracked(p.period, project.at("cutoff", "期间")),
        主管部门=said("department"),
        实施单位=said("unit"),
        实施单位简称=said("unit_short", "unit"),
        委托单位=said("client"),
        委托单位简称=said("client_short", "client"),
        监控机构=said("monitor"),
        监控机构简称=said("monitor_short", "monitor"),
        起始日期=day("start"),
        结束日期=day("end"),
        监控截止日期=day("cutoff"),
        报告日期=day("report_date"),
        成文日期=day("report_date", signed_date, "汉字"),
        依据=tracked(basis, project.at("basis")),
        背景=_paragraphs((p.background, project.at("background"))),
        内容=_paragraphs((p.scope, project.at("scope"))),
        规则集=tracked(rules.name, Ref("rules", field="name")),
        规则说明=tracked(f"日期：{rules.date}；来源：{rules.source}", Ref("rules", field="note")),
        征求意见稿="（征求意见稿）" if draft else "",
    )


def _funds(funds: FundFigures, notes: Mapping[str, _Told]) -> names.资金情况:
    def money(name: str) -> str:
        amount = getattr(funds, name)
        return tracked(DASH if amount is None else str(amount), Ref("funds", field=name))

    def rate(name: str) -> str:
        number = getattr(funds, name)
        return tracked(DASH if number is None else percent(number), Ref("funds", field=name))

    def note(subject: str) -> str:
        return tracked(*notes.get(subject, ("", None)))

    return names.资金情况(
        投入=note("资金投入情况"),
        使用=note("资金使用情况"),
        到位率说明=note("资金到位率"),
        执行率说明=note("预算执行率"),
        合规性说明=note("资金使用合规性"),
        预算=money("adjusted"),
        到位=money("arrived"),
        支出=money("spent"),
        到位率=rate("arrival_rate"),
        执行率=rate("execution_rate"),
        序时进度=rate("pace"),
    )


def grouped(records: Sequence[tuple[int, _Row]]) -> list[tuple[int, _Row]]:
    """同一个一级、二级指标的放到一起，先后照第一次出现；每条记录带着它是第几条。"""
    order: dict[tuple[str, ...], int] = {}
    for _, record in records:
        order.setdefault((record.level1,), len(order))
        order.setdefault((record.level1, record.level2), len(order))
    return sorted(records, key=lambda r: (order[r[1].level1,], order[r[1].level1, r[1].level2]))


def _rows(
    collection: str,
    records: Sequence[_Row],
    computed: Callable[[_Row, Ref], dict[str, str]],
    **columns: str,
) -> tuple[names.指标行, ...]:
    """一张表的各行；columns 是模板里的名称 → 记录的属性，computed 是算出来的各栏。"""
    指标行s, above = [], ("\0", "\0")
    for n, record in grouped([(n, r) for n, r in enumerate(records) if r.is_named]):
        same1 = record.level1 == above[0]
        same2 = same1 and record.level2 == above[1]
        above = (record.level1, record.level2)
        row = Ref(collection, n)
        指标行s.append(
            names.指标行(
                一级指标=tracked(record.level1, row.at("level1")),
                一级合并="continue" if same1 else "restart",
                二级指标=tracked(record.level2, row.at("level2")),
                二级合并="continue" if same2 else "restart",
                三级指标=tracked(record.name, row.at("name")),
                **{shown: _cell(record, name, row) for shown, name in columns.items()},
                **computed(record, row),
            )
        )
    return tuple(指标行s)


def _cell(record: object, name: str, row: Ref) -> str:
    value = getattr(record, name)
    return tracked(_raw(value) if isinstance(value, TargetValue) else value, row.at(name))


def _computed(figures: IndicatorFigures, row: Ref) -> dict[str, str]:
    def rate(name: str) -> str:
        number = getattr(figures, name)
        return tracked(DASH if number is None else percent(number), row.at(name))

    return {
        "完成率": rate("completion"),
        "偏差率": rate("deviation_rate"),
        "是否达成": tracked(_MET[figures.met], row.at("met")),
        "预警": tracked(figures.light.value if figures.light else "", row.at("light")),
    }


def _is_benefit(record: Compared) -> bool:
    """效益、满意度放在效益一节；先看二级指标，认不出再看一级。"""
    return record.top_level in (Level1.BENEFIT, Level1.SATISFACTION)


def _kinds(compared: Sequence[tuple[int, Compared]]) -> str:
    kinds: dict[str, list[int]] = {}
    for n, record in compared:
        kinds.setdefault(kind_of(record), []).append(n)
    return tracked(
        "、".join(f"{name}{marked(str(len(at)), Ref('kinds', at[0]))}个" for name, at in kinds.items())
    )


def _groups(
    compared: Sequence[tuple[int, Compared]], texts: Mapping[str, _Told], intros: Mapping[str, str]
) -> tuple[names.指标组, ...]:
    groups: dict[str, list[tuple[int, Compared]]] = {}
    for n, record in compared:
        groups.setdefault(group_of(record), []).append((n, record))
    return tuple(
        names.指标组(
            f"{number}. {title}情况",
            tuple(
                names.指标段(
                    tracked(f"（{n}）{marked(record.name, Ref('compared', at, 'name'))}"),
                    _paragraphs(texts.get(name_key(record.name))),
                )
                for n, (at, record) in enumerate(group, 1)
            ),
            tracked(intros.get(title, "")),
        )
        for number, (title, group) in enumerate(groups.items(), 1)
    )


# --- 印不出来的字 -----------------------------------------------------------------------------------


def _all_texts(monitoring: Monitoring) -> Iterator[tuple[object, str, str]]:
    """各条记录的各段文字：记录、栏目、文字。"""
    for field in fields(monitoring):
        value = getattr(monitoring, field.name)
        for record in value if isinstance(value, tuple) else (value,):
            if not is_dataclass(record):
                continue
            for name in record.__dataclass_fields__:
                text = getattr(record, name)
                if isinstance(text, TargetValue):
                    text = text.raw
                if isinstance(text, str):
                    yield record, name, text


def refuse_unprintable(monitoring: Monitoring) -> None:
    """印不出来的字，说出在哪一格，不悄悄丢掉。"""
    texts = list(_all_texts(monitoring))
    if UNPRINTABLE.search("".join([text for _, _, text in texts])) is None:
        return
    for record, field, text in texts:
        match = UNPRINTABLE.search(text)
        if match is not None:
            bad = match[0]
            place = getattr(record, "place", NOWHERE)
            raise UserError(
                f"{place.at(field)} 里有一个印不出来的字符（编码 U+{ord(bad):04X}，第 {text.index(bad) + 1} 个字）。",
                "请重新输入这一格的文字。",
            )
