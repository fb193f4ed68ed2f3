"""From the summary of a batch to the names of the summary report's template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import TypeVar

from perfmon_xl.domain.policy import Light
from perfmon_xl.domain.summary import (
    NO_DEPARTMENT,
    Group,
    ProjectLine,
    Summary,
    Totals,
    light_word,
    points_ahead,
)
from perfmon_xl.domain.summary_cells import DEPARTMENTS, PROJECTS, UNPROCESSED, row_keys
from perfmon_xl.report.summary import advice, causes, funds, phrases, project_words
from perfmon_xl.report.summary import context as names
from perfmon_xl.report.summary.drawing import DEPARTMENT_CHART, LIGHT_CHART, department_chart, light_chart
from perfmon_xl.report.summary.sources import (
    COUNT,
    POINT_COUNT,
    POINTS,
    RATE,
    WAN,
    WORDS,
    cell_reference,
    counted,
    printable,
    value_text,
)
from perfmon_xl.report.tracing.tracked import Tracked, marked, tracked
from perfmon_xl.report.wording.chinese import ordinal
from perfmon_xl.report.wording.compose import DASH
from perfmon_xl.report.wording.context import 图项

T = TypeVar("T")
MOST_LISTED = 100  # rows of a list in the report; all of them stand in the workbook


def compose_summary(summary: Summary, *, name: str) -> names.汇总报告:
    """汇总报告要用的全部内容；name 是这一批的范围。"""
    summary = _clean(summary)
    projects, several = project_words.project_keys(summary), len(summary.lines) > 1
    groups = sorted(summary.departments, key=_slow_first) if len(summary.known_departments) > 1 else []
    lines = sorted(summary.lines, key=lambda line: _order(line.execution, line.pace)) if several else []
    more = len(lines) - MOST_LISTED
    watched, lost = advice.attention(summary, marked), len(summary.unprocessed)
    files = row_keys((outcome.path,) for outcome in summary.unprocessed)
    return names.汇总报告(
        范围=printable(name),
        期间=project_words.period((x.year for x in summary.lines), (x.period for x in summary.lines)),
        截至=project_words.until(summary),
        总体=_all(phrases.overall(summary, marked)),
        资金=_all(funds.funds(summary, marked)),
        目标=_all(phrases.goals(summary, marked)),
        部门=tuple(_department(group.name, group.totals, group.lines) for group in groups),
        合计=_department("合计", summary.totals, summary.lines, total=True),
        问题=tuple(names.问题类(title, _all(texts)) for title, texts in causes.problems(summary, marked)),
        关注=tuple(
            _watched(str(number), line, projects[id(line)], tracked(why), what)
            for number, (line, why, what) in enumerate(watched[:MOST_LISTED], 1)
        )
        + _more_watched(len(watched) - MOST_LISTED),
        措施=tuple(
            names.措施项(f"（{ordinal(number)}）{title}", tracked("".join(texts)), _points(texts))
            for number, (title, texts) in enumerate(advice.measures(summary, marked), 1)
        ),
        图=names.汇总图组(
            图项.of(LIGHT_CHART, light_chart(summary)),
            图项.of(DEPARTMENT_CHART, department_chart(summary)),
        ),
        填报=_all(phrases.quality(summary, marked)),
        对象=_object(printable(name), summary.lines),
        各项目=()
        if groups
        else tuple(_project(line, projects[id(line)]) for line in lines[:MOST_LISTED]) + _more_projects(more),
        分组="主管部门" if funds.by_department(summary) else "项目",
        关注表号="表3" if several else "表1",
        未处理=tuple(
            names.未处理项(
                tracked(outcome.path, cell_reference(UNPROCESSED, key, "文件", WORDS)),
                tracked(outcome.reason, cell_reference(UNPROCESSED, key, "原因", WORDS)),
                tracked(outcome.hint, cell_reference(UNPROCESSED, key, "怎么办", WORDS)),
            )
            for outcome, key in zip(summary.unprocessed[:MOST_LISTED], files, strict=False)
        )
        + _more_lost(lost - MOST_LISTED),
    )


def _object(name: str, lines: Sequence[ProjectLine]) -> str:
    return lines[0].name if len(lines) == 1 else f"{name}{len(lines)}个项目" if lines else "报送的项目"


def _order(execution: Decimal | None, pace: Decimal | None) -> tuple[bool, Decimal]:
    """比序时慢得多的在前，没有数的在最后。"""
    gap = points_ahead(execution, pace)
    return gap is None, gap or Decimal(0)


def _slow_first(group: Group) -> tuple[bool, bool, Decimal]:
    return group.name == NO_DEPARTMENT, *_order(group.totals.execution, project_words.one_pace(group.lines))


def _more_projects(count: int) -> tuple[names.项目行, ...]:
    if count <= 0:
        return ()
    told = marked(str(count), counted(f"项目数减去列出的{MOST_LISTED}个", "汇总"))
    return (names.项目行(tracked(f"另有{told}个，见汇总工作簿的“汇总”表"), *[""] * 12),)


def _more_watched(count: int) -> tuple[names.关注项, ...]:
    """列不下的，说还有几个、在哪里看。"""
    if count <= 0:
        return ()
    told = marked(str(count), counted(f"要关注的项目数减去列出的{MOST_LISTED}个", "汇总"))
    where = tracked(f"另有{told}个，见汇总工作簿的“汇总”表，按“项目预警”筛选")
    return (names.关注项("", where, "", "", "", "", "", ""),)


def _more_lost(count: int) -> tuple[names.未处理项, ...]:
    if count <= 0:
        return ()
    told = marked(str(count), counted(f"行数减去列出的{MOST_LISTED}个", "未处理"))
    return (names.未处理项(tracked(f"另有{told}个，见汇总工作簿的“未处理”表"), "", ""),)


def _clean(value: T) -> T:
    """各处的文字都换成 Word 放得下的；在做记号之前，免得混淆。"""
    if type(value) is str:
        return printable(value)  # type: ignore[return-value,arg-type]  # it is a str
    if isinstance(value, tuple):
        return tuple(_clean(one) for one in value)  # type: ignore[return-value]  # it is a tuple
    if isinstance(value, Mapping):
        return {k: _clean(v) for k, v in value.items()}  # type: ignore[return-value]  # it is a mapping
    if is_dataclass(value) and not isinstance(value, type):
        texts = {f.name: getattr(value, f.name) for f in fields(value)}
        changed = {
            n: _clean(v) for n, v in texts.items() if isinstance(v, str | tuple | Mapping) or is_dataclass(v)
        }
        return replace(value, **changed)
    return value


def _watched(number: str, line: ProjectLine, key: str, why: Tracked, what: str) -> names.关注项:
    def of(header: str, value: object, form: str) -> Tracked:
        return tracked(value_text(value, form), cell_reference(PROJECTS, key, header, form))

    return names.关注项(
        序号=number,
        项目=of("项目名称", line.name, WORDS),
        部门=of("主管部门", line.department, WORDS),
        预算=of("预算数（万元）", line.budget, WAN),
        执行率=of("预算执行率", line.execution, RATE),
        预警=of("项目预警", light_word(line.light), WORDS),
        原因=why,
        处置=what,
    )


def _project(line: ProjectLine, key: str) -> names.项目行:
    def of(header: str, value: object, form: str) -> Tracked:
        return tracked(value_text(value, form), cell_reference(PROJECTS, key, header, form))

    return names.项目行(
        项目=of("项目名称", line.name, WORDS),
        预算=of("预算数（万元）", line.budget, WAN),
        到位=of("到位数（万元）", line.arrived, WAN),
        支出=of("支出数（万元）", line.spent, WAN),
        执行率=of("预算执行率", line.execution, RATE),
        序时进度=of("序时进度", line.pace, RATE),
        差=of("比序时（百分点）", points_ahead(line.execution, line.pace), POINT_COUNT),
        指标数=of("指标数", line.indicators, COUNT),
        已达成=of("已达成", line.met, COUNT),
        未达成=of("未达成", line.unmet, COUNT),
        无法判断=of("无法判断", line.unknown, COUNT),
        未到期=of("未到期", line.not_due, COUNT),
        预警=of("项目预警", light_word(line.light), WORDS),
    )


def _points(texts: Sequence[str]) -> tuple[str, ...]:
    """一条一段；不止一条的编号。"""
    if len(texts) < 2:
        return _all(texts)
    return tuple(tracked(f"（{number}）{text}") for number, text in enumerate(texts, 1))


def _all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(tracked(text) for text in texts)


def _department(
    name: str, totals: Totals, lines: Sequence[ProjectLine], *, total: bool = False
) -> names.部门行:
    key = "" if total else project_words.department_key(name)

    def of(header: str, value: object, form: str = COUNT) -> Tracked:
        return tracked(value_text(value, form), cell_reference(DEPARTMENTS, key, header, form))

    lights, elapsed = totals.lights, project_words.one_pace(lines)
    gap = points_ahead(totals.execution, elapsed)
    pace = (
        cell_reference(PROJECTS, "", "序时进度", RATE)
        if total
        else cell_reference(DEPARTMENTS, key, "序时进度", RATE)
    )
    ahead = (
        counted(project_words.GAP, "汇总", POINTS)
        if total
        else cell_reference(DEPARTMENTS, key, "执行率与序时进度之差", POINT_COUNT)
    )
    return names.部门行(
        部门=name if total else of("主管部门", name, WORDS),
        项目数=of("项目数", totals.projects),
        预算=of("预算数（万元）", totals.budget, WAN),
        到位=of("到位数（万元）", totals.arrived, WAN),
        支出=of("支出数（万元）", totals.spent, WAN),
        执行率=of("预算执行率", totals.execution, RATE),
        序时进度=tracked(value_text(elapsed, RATE), pace) if elapsed is not None else DASH,
        差=tracked(value_text(gap, POINT_COUNT), ahead) if gap is not None else DASH,
        指标数=of("指标数", totals.indicators),
        已达成=of("已达成", totals.met),
        未达成=of("未达成", totals.unmet),
        无法判断=of("无法判断", totals.unknown),
        未到期=of("未到期", totals.not_due),
        红灯=of("红灯项目", lights[Light.RED]),
        黄灯=of("黄灯项目", lights[Light.YELLOW]),
        绿灯=of("绿灯项目", lights[Light.GREEN]),
        蓝灯=of("蓝灯项目", lights[Light.BLUE]),
        未亮灯=of("未亮灯", lights[None]),
    )
