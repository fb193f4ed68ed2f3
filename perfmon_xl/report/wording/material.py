"""What the drafting works from: the records, the figures, how each indicator stands; read once, told many times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perfmon_xl.domain.category import Level1, category, level1
from perfmon_xl.domain.figures import Figures, FundFigures, IndicatorFigures
from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.text_keys import name_key, without_unit_brackets
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.tracing.tracked import Mark, unmarked
from perfmon_xl.report.wording.account import Account, SentenceMaker, accounts
from perfmon_xl.report.wording.chinese import arabic_date
from perfmon_xl.report.wording.grammar import Speaker, words
from perfmon_xl.report.wording.indicator_states import DraftState, IndicatorStatus, Shape, status_of
from perfmon_xl.report.wording.naming import INNER_QUOTES, pieces_shared, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIndicator:
    """表4的一个指标：第几条、记录、算出来的数、种类和状态、人写的原因和措施；group 是它所在的一类。"""

    at: int
    record: Compared
    figures: IndicatorFigures
    status: IndicatorStatus
    group: str
    account: Account

    @property
    def cause(self) -> str:
        """人写的原因，一句话；没有写的是空。"""
        return self.account.cause

    @property
    def plan(self) -> str:
        """人写的还要做的事；没有写的、写的都已经做了的是空。"""
        return self.account.plan

    @property
    def ref(self) -> Ref:
        """这一行，做记号用。"""
        return Ref("compared", self.at)

    @property
    def name(self) -> str:
        """名称，不带括号里的单位。"""
        return without_unit_brackets(self.record.name)

    @property
    def state(self) -> DraftState:
        return self.status.state

    @property
    def shape(self) -> Shape:
        return self.status.shape


def _found_everywhere(figures: Figures) -> frozenset[str]:
    """项目名称里的片段，两个以上指标的名称都有的片段：谁都有，认不出讲的是哪一个。"""
    monitoring = figures.monitoring
    names = {name_key(row.name) for row in monitoring.compared if row.name.strip()}
    counts = Counter(piece for name in names for piece in pieces_shared(name, name))
    often = {piece for piece, count in counts.items() if count > 1}
    return frozenset(often | pieces_shared(monitoring.project.name, monitoring.project.name))


@dataclass(frozen=True, kw_only=True)
class Material:
    """起草用的全部材料。mark 给写进去的每个值做记号；speaker 记着说过什么。"""

    figures: Figures
    mark: Mark = unmarked
    speaker: Speaker

    @property
    def monitoring(self) -> Monitoring:
        return self.figures.monitoring

    @property
    def rules(self) -> RuleSet:
        return self.figures.rules

    @property
    def funds(self) -> FundFigures:
        return self.figures.funds

    @property
    def indicators(self) -> tuple[DraftIndicator, ...]:
        """有名称的各个指标，先后照报告：同一类的在一起。"""
        return self.figures.once(draft_indicators)

    def about_the_same(self, one: str, other: str) -> set[str]:
        """两段文字讲同一件事的凭据：共有的片段，泛泛的词、项目名称里的、几个指标都有的不算。"""
        return pieces_shared(one, other, words()["泛泛的词"]) - self.figures.once(_found_everywhere)

    @property
    def cutoff(self) -> date | None:
        return self.monitoring.project.cutoff

    @property
    def whole_year(self) -> bool:
        """监控的是全年，或到项目结束为止：没有“本阶段”和“全年”之分，也没有展望。"""
        cutoff, end = self.cutoff, self.monitoring.project.end
        if cutoff is None:
            return False
        return (cutoff.month, cutoff.day) == (12, 31) or (end is not None and cutoff >= end)

    @property
    def cutoff_told(self) -> str:
        """监控截止日期，带记号；没有的说“监控日”。"""
        if self.cutoff is None:
            return "监控日"
        return self.mark(arabic_date(self.cutoff), Ref("project", field="cutoff"))

    def of(self, *states: DraftState) -> tuple[DraftIndicator, ...]:
        """在这几种状态里的指标。"""
        return tuple(indicator for indicator in self.indicators if indicator.state in states)

    def named(self, indicator: DraftIndicator) -> str:
        """指标的名称，带记号。"""
        return self.mark(indicator.name, indicator.ref.at("name", "名"))

    def named_in_quotes(self, indicator: DraftIndicator) -> str:
        """放在引号里的名称，带记号：自己带引号的用单引号，是另一种写法。"""
        inside = indicator.name.translate(INNER_QUOTES)
        return self.mark(inside, indicator.ref.at("name", "名" if inside == indicator.name else "引号里的名"))

    def marking(self, indicator: DraftIndicator) -> SentenceMaker:
        """给人写的话做记号。"""
        return lambda piece: self.mark(piece.text, indicator.ref.at(piece.field, f"第{piece.number}句"))

    def quoted(self, ones: Sequence[DraftIndicator]) -> str:
        count = self.mark(str(len(ones)), Ref("counts", field=f"named_{len(ones)}"))
        return quoted([self.named_in_quotes(one) for one in ones], count)


def draft_indicators(figures: Figures) -> tuple[DraftIndicator, ...]:
    """有名称的各个指标，先后照报告：产出在前，效益在后，同一类的在一起。"""
    cutoff = figures.monitoring.project.cutoff
    order: dict[str, int] = {}
    indicators = []
    written = accounts(figures.monitoring)
    for at, record, own in figures.named():
        how = status_of(record, own, figures.rules, cutoff, accumulates=record.accumulates)
        group = group_of(record)
        order.setdefault(group, len(order))
        indicators.append(
            DraftIndicator(at=at, record=record, figures=own, status=how, group=group, account=written[at])
        )
    return tuple(
        sorted(
            indicators,
            key=lambda indicator: (is_benefit(indicator.record), order[indicator.group], indicator.at),
        )
    )


def group_of(record: Compared) -> str:
    """报告里的一类：二级指标的规范名称；认不出的照填写。"""
    known = category(record.level2)
    return known.name if known else record.level2.strip() or record.level1.strip() or "其他指标"


def is_benefit(record: Compared) -> bool:
    """效益、满意度放在效益一节；先看二级指标，认不出再看一级。"""
    known = category(record.level2)
    level = known.level1 if known else level1(record.level1)
    return level in (Level1.BENEFIT, Level1.SATISFACTION)


def same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)
