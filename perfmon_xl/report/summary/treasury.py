"""What the summary report asks of the treasury: it follows whose money has not arrived, and whether it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfmon_xl.domain.summary import ProjectLine
from perfmon_xl.report.summary.phrases import who_of
from perfmon_xl.report.summary.project_words import (
    District,
    MoneyThere,
    deadline,
    money_there,
    nothing_spent,
    overspent,
    say,
    year_over,
)
from perfmon_xl.report.wording.briefing import CAUSE, FUNDS_CAUSE, NOT_PUBLIC, OWED, SPARE, UPPER

MOST_TOLD = 8  # projects of one sentence
_MUCH = Decimal("0.1")  # of the budget: less than that left over is nobody's business


def to_finance(district: District) -> list[str]:
    """财政部门：超支的核定；没有到位的，本级的拨付、上级的争取、暂时够用的按进度；用不完的收回。一件事一句，带着各项目。"""
    told: dict[str, list[str]] = {}
    enough: list[ProjectLine] = []

    def add(key: str, line: ProjectLine, amount: Decimal, how: str, source: str = "") -> None:
        less = district.amount(amount, f"“{district.key(line)}”{how}")
        told.setdefault(key, []).append(say("汇总建议.差", 项目=district.name(line), 差=less, 来源=source))

    for line in district.summary.lines:
        over, spare = overspent(line), _spare(line)
        if over is not None:
            add("财政超支", line, over, "支出数减预算数")
            continue
        if spare and not year_over(line):
            key = "不再拨付" if _no_more_needed(line) else "收回"
            add(key, line, spare, "的预算数减全年预计支出")
        if _no_more_needed(line) or not_begun(line) or year_over(line):
            continue
        if money_there(line) is MoneyThere.ENOUGH:
            enough.append(line)
            continue
        for amount, source, whose in _lacking(line):
            if whose != NOT_PUBLIC:
                key = "向上争取" if whose == UPPER else "财政拨付"
                add(key, line, amount, f"的{source or '资金'}差多少", source)
    day, texts = deadline(district.summary), []
    for key in ("财政超支", "财政拨付", "向上争取"):
        if key in told:
            texts.append(say(f"汇总建议.{key}", 期限=day, 各项=some_of(told[key])))
    if enough:
        texts.append(say("汇总建议.按进度拨", 谁=who_of(district, enough)))
    for key in ("不再拨付", "收回"):
        if key in told:
            texts.append(say(f"汇总建议.{key}", 期限=day, 各项=some_of(told[key])))
    return texts


def some_of(told: Sequence[str]) -> str:
    return "、".join(told[:MOST_TOLD]) + (f"等{len(told)}项" if len(told) > MOST_TOLD else "")


def _lacking(line: ProjectLine) -> list[tuple[Decimal, str, str]]:
    """没有到位的：差多少、哪一项、谁的钱；不知道是哪一项的，只有差多少。"""
    told = [(Decimal(one["text"]), one.get("source", ""), one.get("whose", "")) for one in line.said(OWED)]
    if told or line.told or line.arrived is None or line.budget is None or line.arrived >= line.budget:
        return told
    return [(line.budget - line.arrived, "", "")]


def _spare(line: ProjectLine) -> Decimal | None:
    """单位预计的结余，占预算一成以上的。"""
    told = line.said(SPARE)
    spare = Decimal(told[0]["text"]) if told else Decimal(0)
    return spare if line.budget and spare >= line.budget * _MUCH else None


def _no_more_needed(line: ProjectLine) -> bool:
    """预计的结余比没有到位的还多：不用再拨。"""
    spare = _spare(line)
    lack = sum((amount for amount, _, whose in _lacking(line) if whose != NOT_PUBLIC), Decimal(0))
    return spare is not None and lack > 0 and spare >= lack


def not_begun(line: ProjectLine) -> bool:
    """一分没有花、也不是因为钱没有到：先启动，再拨款。"""
    blamed = any(one.get("group") == FUNDS_CAUSE for one in line.said(CAUSE))
    return nothing_spent(line) and bool(line.arrived) and not blamed
