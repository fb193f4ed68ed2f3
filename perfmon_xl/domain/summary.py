"""The outcomes of a batch added up: by project, department, light and rule. Decimal; unknown is never zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from perfmon_xl.domain.amount import half_up
from perfmon_xl.domain.finding import Result, Severity
from perfmon_xl.domain.measures_lights import project_light
from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.domain.places import Locality, area_name, common_place
from perfmon_xl.domain.policy import WORST_FIRST, Light

NO_DEPARTMENT, NO_NAME, UNLIT = "（未填主管部门）", "（未填项目名称）", "未亮灯"
_NOT_THE_SAME = "其实是两个项目的，把项目名称或实施单位写得不一样，再做一遍。"
LEVELS = (*(s.chinese for s in Severity), "无法判断")


def light_word(light: Light | None) -> str:
    """灯的名称；没有亮的写“未亮灯”。"""
    return UNLIT if light is None else light.value


@dataclass(frozen=True, slots=True)
class RuleName:
    """一条规则怎么称呼：题目、所属的类别。"""

    title: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """一个项目的主要数字。金额是万元，比率是小数；没有的是 None。

    more、same、less：与上期相比，完成数增加、没有变化、减少的指标个数；没有上期实际的都是 0。
    """

    name: str
    department: str
    unit: str
    year: str
    period: str
    cutoff: str
    budget: Decimal | None
    arrived: Decimal | None
    spent: Decimal | None
    execution: Decimal | None
    pace: Decimal | None
    indicators: int
    met: int
    unmet: int
    unknown: int
    not_due: int = 0
    more: int = 0
    same: int = 0
    less: int = 0
    lights: Mapping[Light, int]
    fund_light: Light | None
    errors: int
    warnings: int
    unexplained: int
    verdict: str
    draft: bool
    outputs: Mapping[str, str]
    told: tuple[Mapping[str, str], ...] = ()

    def said(self, kind: str) -> tuple[Mapping[str, str], ...]:
        """可以写进汇总报告的一种话：结论、未达到、原因、建议。"""
        return tuple(one for one in self.told if one.get("kind") == kind)

    @property
    def light(self) -> Light | None:
        """项目的灯：资金和各指标的灯里最差的一盏。"""
        return project_light([self.fund_light, *(light for light, count in self.lights.items() if count)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """几个项目加起来的数；一个数也没有的合计是 None。"""

    projects: int
    budget: Decimal | None
    arrived: Decimal | None
    spent: Decimal | None
    execution: Decimal | None
    pace: Decimal | None
    indicators: int
    met: int
    unmet: int
    unknown: int
    not_due: int = 0
    more: int = 0
    same: int = 0
    less: int = 0
    lights: Mapping[Light | None, int]
    fund_lights: Mapping[Light | None, int]
    indicator_lights: Mapping[Light, int]
    errors: int
    warnings: int
    unexplained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """一个主管部门（或一种灯）的项目和合计。"""

    name: str
    lines: tuple[ProjectLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """一条规则查出的问题：几处、哪些项目（同名的各算一个，带上工作簿）、一个例子。"""

    code: str
    level: str
    title: str
    family: str
    count: int
    projects: tuple[str, ...]
    example: str
    place: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexplained:
    """该说明没有说明的一处。"""

    project: str
    department: str
    indicator: str
    missing: str
    why: str
    sheet: str
    cell: str
    book: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """一批项目的汇总。"""

    lines: tuple[ProjectLine, ...]
    totals: Totals
    departments: tuple[Group, ...]
    lights: tuple[Group, ...]
    rules: tuple[RuleLine, ...]
    unexplained: tuple[Unexplained, ...]
    unprocessed: tuple[Outcome, ...]
    doubled: tuple[Outcome, ...] = ()
    counted_twice: tuple[str, ...] = ()

    @property
    def area(self) -> str:
        """这一批的范围怎么称呼：照主管部门（没有填的照实施单位）的名称；看不出的是空的。"""
        return area_name(self._bodies())

    @property
    def place(self) -> Locality | None:
        """各项目同在的地方；不在一个地方的没有。"""
        return common_place(self._bodies())

    @property
    def known_departments(self) -> tuple[Group, ...]:
        """填了的主管部门。"""
        return tuple(group for group in self.departments if group.name != NO_DEPARTMENT)

    def _bodies(self) -> list[str]:
        return [line.unit if line.department == NO_DEPARTMENT else line.department for line in self.lines]


_Rank = tuple[int, int]  # the department's turn, the project's


def summarise(
    outcomes: Iterable[Outcome],
    names: Mapping[str, RuleName],
    left_out: Mapping[str, str] = MappingProxyType({}),
    counted_twice: Sequence[str] = (),
) -> Summary:
    """汇总一批结果；names 是规则编号对应的题目和类别。项目先后照主管部门第一次出现的次序。

    left_out：与别的文件是同一个项目、不加进去的路径 → 算的那一份；列在没有处理的后面。
    counted_twice：有几个文件、都加了的项目，各一句话。
    """
    done: dict[_Rank, Outcome] = {}
    lost: list[Outcome] = []
    doubled: list[Outcome] = []
    order: dict[str, int] = {}
    found: dict[tuple[str, str], _RuleTally] = {}
    for at, outcome in enumerate(outcomes):
        if not outcome.done:
            lost.append(outcome)
            continue
        if outcome.path in left_out:
            why = f"与 {left_out[outcome.path]} 是同一个项目，汇总里只算那一份。"
            doubled.append(replace(outcome, findings=(), reason=why, hint=_NOT_THE_SAME))
            continue
        rank = order.setdefault(_department(outcome), len(order)), at
        _remember(found, outcome, rank)
        done[rank] = replace(outcome, findings=())  # of a hundred thousand projects they would not fit
    done = dict(sorted(done.items()))
    lines = tuple(_line(one) for one in done.values())
    return Summary(
        lines=lines,
        totals=totals(lines),
        departments=_groups(lines, list(order), lambda line: line.department),
        lights=_groups(lines, [*(x.value for x in WORST_FIRST), ""], lambda line: line.light or ""),
        rules=_rules(found, names, _told_apart(done)),
        unexplained=tuple(
            Unexplained(
                project=_name(one),
                department=_department(one),
                indicator=demand.get("indicator", ""),
                missing=demand.get("missing", ""),
                why=demand.get("why", ""),
                sheet=demand.get("sheet", ""),
                cell=demand.get("cell", ""),
                book=one.outputs.get("book", ""),
            )
            for one in done.values()
            for demand in one.unexplained
        ),
        unprocessed=tuple(lost),
        doubled=tuple(doubled),
        counted_twice=tuple(counted_twice),
    )


def _told_apart(done: Mapping[_Rank, Outcome]) -> dict[_Rank, str]:
    """各项目怎么称呼：名称；几个项目同名的（各单位的“办公经费”），带上工作簿。"""
    times = Counter(_name(outcome) for outcome in done.values())
    return {
        rank: _name(outcome) if times[_name(outcome)] == 1 else f"{_name(outcome)}（{outcome.path}）"
        for rank, outcome in done.items()
    }


def _department(outcome: Outcome) -> str:
    return outcome.department.strip() or NO_DEPARTMENT


def _name(outcome: Outcome) -> str:
    return outcome.project.strip() or NO_NAME


def _line(outcome: Outcome) -> ProjectLine:
    def figure(name: str) -> Decimal | None:
        text = outcome.figures.get(name)
        return None if text is None else Decimal(text)

    def count(name: str) -> int:
        return int(figure(name) or 0)

    return ProjectLine(
        name=_name(outcome),
        department=_department(outcome),
        unit=outcome.unit,
        year=outcome.year,
        period=outcome.period,
        cutoff=outcome.cutoff,
        budget=figure("调整后预算"),
        arrived=figure("到位"),
        spent=figure("支出"),
        execution=figure("执行率"),
        pace=figure("序时进度"),
        indicators=count("指标个数"),
        met=count("达成个数"),
        unmet=count("未达成个数"),
        unknown=count("无法判断个数"),
        not_due=count("未到期个数"),
        more=count("比上期增加个数"),
        same=count("比上期不变个数"),
        less=count("比上期减少个数"),
        lights={light: outcome.lights.get(light.value, 0) for light in WORST_FIRST},
        fund_light=Light(outcome.light) if outcome.light else None,
        errors=outcome.counts.get("error", 0),
        warnings=outcome.counts.get("warning", 0),
        unexplained=len(outcome.unexplained),
        verdict=outcome.verdict,
        draft=outcome.draft,
        outputs=outcome.outputs,
        told=outcome.told,
    )


def points_ahead(execution: Decimal | None, pace: Decimal | None) -> Decimal | None:
    """执行率比序时进度快几个百分点，慢的是负数：印出来的两个率（两位小数）相减，看表的人减得出同一个数。

    >>> points_ahead(Decimal("0.430741"), Decimal(2) / 3), points_ahead(None, Decimal("0.5"))
    (Decimal('-23.60'), None)
    """
    if execution is None or pace is None:
        return None
    return half_up(execution * 100, 2) - half_up(pace * 100, 2)


def worst_first(line: ProjectLine) -> tuple[int, Decimal]:
    """“汇总”表里各项目的先后：灯重的在前；一样的，比序时慢得多的在前。"""
    gap = points_ahead(line.execution, line.pace)
    return (*WORST_FIRST, None).index(line.light), Decimal(0) if gap is None else gap


def totals(lines: Sequence[ProjectLine]) -> Totals:
    """加总。

    执行率 = 支出合计 ÷ 预算合计，只算两个数都有的项目：缺支出的不当作没花钱。

    序时进度：各项目都一样的才有；监控日不同的不作平均。
    """
    paired = [(x.spent, x.budget) for x in lines if x.spent is not None and x.budget is not None]
    whole = sum((budget for _, budget in paired), Decimal(0))
    paces = {line.pace for line in lines if line.pace is not None}
    return Totals(
        projects=len(lines),
        budget=_sum(x.budget for x in lines),
        arrived=_sum(x.arrived for x in lines),
        spent=_sum(x.spent for x in lines),
        execution=sum((spent for spent, _ in paired), Decimal(0)) / whole if whole else None,
        pace=paces.pop() if len(paces) == 1 else None,
        indicators=sum(x.indicators for x in lines),
        met=sum(x.met for x in lines),
        unmet=sum(x.unmet for x in lines),
        unknown=sum(x.unknown for x in lines),
        not_due=sum(x.not_due for x in lines),
        more=sum(x.more for x in lines),
        same=sum(x.same for x in lines),
        less=sum(x.less for x in lines),
        lights=_count([x.light for x in lines]),
        fund_lights=_count([x.fund_light for x in lines]),
        indicator_lights={light: sum(x.lights[light] for x in lines) for light in WORST_FIRST},
        errors=sum(x.errors for x in lines),
        warnings=sum(x.warnings for x in lines),
        unexplained=sum(x.unexplained for x in lines),
    )


def _sum(numbers: Iterable[Decimal | None]) -> Decimal | None:
    known = [n for n in numbers if n is not None]
    return sum(known, Decimal(0)) if known else None


def _count(lights: Sequence[Light | None]) -> Mapping[Light | None, int]:
    return {light: lights.count(light) for light in (*WORST_FIRST, None)}


def _groups(
    lines: Sequence[ProjectLine], keys: Sequence[str], of: Callable[[ProjectLine], str]
) -> tuple[Group, ...]:
    members: dict[str, list[ProjectLine]] = {key: [] for key in keys}
    for line in lines:
        members[of(line)].append(line)
    return tuple(Group(name=key, lines=tuple(own), totals=totals(own)) for key, own in members.items())


@dataclass(slots=True)
class _RuleTally:
    """一条规则、一个级别查出的：几处、哪些项目、最先的一处作例子。"""

    first: _Rank
    example: Mapping[str, str]
    count: int = 0
    projects: set[_Rank] = field(default_factory=set)


def _remember(found: dict[tuple[str, str], _RuleTally], outcome: Outcome, rank: _Rank) -> None:
    for finding in outcome.findings:
        unsure = finding["result"] == Result.CANNOT_JUDGE.value
        level = LEVELS[-1] if unsure else Severity(finding["severity"]).chinese
        rule_tally = found.setdefault((finding["code"], level), _RuleTally(rank, finding))
        if rank < rule_tally.first:
            rule_tally.first, rule_tally.example = rank, finding
        rule_tally.count += 1
        rule_tally.projects.add(rank)


def _rules(
    found: Mapping[tuple[str, str], _RuleTally], names: Mapping[str, RuleName], called: Mapping[_Rank, str]
) -> tuple[RuleLine, ...]:
    """查出的问题按规则和级别，先错误后提示，同级的多的在前。"""
    lines = []
    for (code, level), rule_tally in found.items():
        name, example = names.get(code, RuleName(code, "")), rule_tally.example
        place = f"{example['sheet']}!{example['cell']}" if example["sheet"] else ""
        lines.append(
            RuleLine(
                code=code,
                level=level,
                title=name.title,
                family=name.family,
                count=rule_tally.count,
                projects=tuple(called[rank] for rank in sorted(rule_tally.projects)),
                example=example["message"],
                place=f"{called[rule_tally.first]} {place}".strip(),
                hint=example["hint"],
            )
        )
    return tuple(sorted(lines, key=lambda line: (LEVELS.index(line.level), -line.count, line.code)))
