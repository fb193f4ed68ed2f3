"""Funds out of running text: budget, arrived, spent, by source and line by line, each with its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.amount import total as total_of
from perfmon_xl.domain.model import Funding, Paragraph
from perfmon_xl.domain.origin import REPORT, Origin, ReportPlace, RowPlace
from perfmon_xl.domain.text_keys import compact
from perfmon_xl.importing.amounts import PrintedAmount
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.fund_lists import add_spending, arrived_by_source, settle_lists
from perfmon_xl.importing.fund_sentences import (
    BY_SOURCE,
    SPENT_ON,
    Figure,
    Funds,
    ItemList,
    read_paragraph,
    single_line,
    spent_by_source,
)
from perfmon_xl.importing.fund_subjects import by_subject, in_digits, items_by_subject, several_subjects
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.topics import FUNDS, RESULTS, Part
from perfmon_xl.importing.vocabulary import is_source
from perfmon_xl.layout import monitoring as layout

_FIGURE_SENTENCE = re.compile(r"[^。；\n]{0,400}见图\d{1,3}。")
_AND_OTHERS = re.compile(r"等\d+项构成")
_ONLY_SOURCE = re.compile(r"(?:均|全部|全|资金来源|来源)(?:为|系|来自|来源于|是)([^，,。；;、（(元]{2,20})")
_ARRANGED = re.compile(
    r"(?:安排|下达|批复|争取|使用)(?:了)?([^，,。；;、（(\d]{2,20}?(?:资金|专项|保障金|基金|补助|拨款|经费))(?=\d)"
)
_GENERAL = (
    "项目资金",
    "预算资金",
    "财政资金",
    "专项资金",
    "项目经费",
    "工作经费",
    "资金",
    "经费",
    "财政预算资金",
    "项目预算资金",
)
_ALL_ARRIVED = re.compile(r"(?:均已|已|已经)?(?:全部|全额|足额)到位")


_NOT_FUNDS = RESULTS | {Part.PROBLEMS, Part.MEASURES, Part.CONCLUSION}


def with_told_totals(rows: Sequence[Funding], funds: Funds) -> tuple[Funding, ...]:
    """资金表里没有的栏，文字里写了总数的：只有一项来源的归它，有几项的另成一行。"""
    names = ("initial", "adjusted", "arrived", "spent", "forecast")
    missing = {
        n: funds.totals[n]
        for n in names
        if n in funds.totals and all(getattr(row, n) is None for row in rows)
    }
    if any(row.budget is not None for row in rows):
        missing = {n: f for n, f in missing.items() if n not in ("initial", "adjusted")}
    if not missing or not rows:
        return tuple(rows)
    told = _funding("各来源合计（报告未分来源）", None, missing)
    if len(rows) > 1:
        return (*rows, told)
    amounts: dict[str, Any] = {n: f.money.amount for n, f in missing.items()}
    place = replace(
        rows[0].place,
        cells={**told.place.cells, **rows[0].place.cells},
        raw={**told.place.raw, **rows[0].place.raw},
    )
    return (replace(rows[0], place=place, **amounts),)


def funds_of(texts: Sequence[Text], used: set[int]) -> Funds:
    """资金各节的文字；读过的段记进 used（Text 的序号）。"""
    funds = Funds()
    figures: dict[str, list[Figure]] = {}
    sources: dict[str, dict[str, Figure]] = {}
    about = [(n, t) for n, t in enumerate(texts) if t.part in FUNDS and not t.is_heading]
    if not about:
        about = [(n, t) for n, t in enumerate(texts) if t.part in (Part.BACKGROUND, Part.SCOPE, Part.OTHER)]
    else:
        used.update(n for n, _ in about)
        funds.notes = list(_notes([t for _, t in about]))
    lists: list[ItemList] = []
    apart = several_subjects(BY_SOURCE.sub("", in_digits(compact(t.text))) for _, t in about)
    for _, text in about:
        plain = in_digits(compact(text.text))
        spent_by_source(plain, text, sources)
        single_line(plain, text, funds)
        rest = BY_SOURCE.sub("", plain)
        rest = by_subject(rest, text, sources) if apart else rest
        items, rest = items_by_subject(rest, text)
        lists += [*read_paragraph(rest, text, figures, funds), *([items] if items else [])]
    _only_first_budget(figures)
    settle_lists(lists, figures, sources, funds)
    for _, text in about:
        arrived_by_source(compact(text.text), text, figures, sources)
    if not funds.spending:
        _elsewhere([t for n, t in enumerate(texts) if (n, t) not in about], figures, funds)
    _totals(funds, figures, sources, [t for _, t in about])
    return funds


def _only_first_budget(figures: dict[str, list[Figure]]) -> None:
    """“预算安排……（年初预算……，执行中调整为……）”：与调整后一样多的那个，不是年初预算。"""
    initial, adjusted = figures.get("initial", []), figures.get("adjusted", [])
    first = [f for f in initial if not any(f.money.amount == a.money.amount for a in adjusted)]
    if adjusted and first and len(first) < len(initial):
        figures["initial"] = first


def _elsewhere(texts: Sequence[Text], figures: Mapping[str, Sequence[Figure]], funds: Funds) -> None:
    """资金各节以外写着的支出清单：至少两项，加起来与支出数差不多。"""
    spent = figures.get("spent", ())
    for text in texts:
        plain = compact(text.text)
        if text.is_heading or len(plain) < 12 or not SPENT_ON.search(plain) or text.part in _NOT_FUNDS:
            continue
        aside = Funds()
        for item_list in read_paragraph(plain, text, {}, aside):
            whole = item_list.total
            near = whole is not None and any(
                abs(f.money.amount.yuan - whole.yuan) * 20 <= f.money.amount.yuan for f in spent
            )
            if item_list.spending and len(item_list.items) > 1 and near:
                add_spending(item_list, funds)
        if funds.spending:
            return


def _notes(texts: Sequence[Text]) -> Iterator[Paragraph]:
    grouped: dict[Part, list[Text]] = {}
    for text in texts:
        grouped.setdefault(text.part, []).append(text)
    for part, members in grouped.items():
        labels = {"level1": "", "subject": "", "text": ""}
        yield Paragraph(
            level1="资金",
            subject=part.value,
            text="\n".join(filter(None, (_FIGURE_SENTENCE.sub("", t.text).strip() for t in members))),
            place=place_of(members[0].place, labels),
        )


def _chosen(kind: str, figures: Sequence[Figure], funds: Funds) -> Figure | None:
    """同一项写了几处：对得上的取最精确的一处；对不上的取第一处，其余列出。"""
    if not figures:
        return None
    label = layout.FUNDING.column(kind).header
    best = figures[0]
    for figure in figures[1:]:
        if not figure.money.agrees(best.money):
            funds.leftovers.append(
                Leftover(
                    figure.text.place,
                    str(figure.money.amount),
                    f"与{best.text.place.cell}的{best.money.amount}不一样，{label}取了前面的",
                )
            )
        elif (figure.money.about, figure.money.step) < (best.money.about, best.money.step):
            best = figure
    if best.money.about:
        funds.leftovers.append(Leftover(best.text.place, str(best.money.amount), f"是约数，{label}请核对"))
    return best


def _totals(
    funds: Funds,
    figures: Mapping[str, Sequence[Figure]],
    sources: Mapping[str, dict[str, Figure]],
    texts: Sequence[Text],
) -> None:
    chosen = {
        k: f
        for k in ("initial", "adjusted", "arrived", "spent", "forecast")
        if (f := _chosen(k, figures.get(k, ()), funds))
    }
    name = ""
    named_at: ReportPlace | None = None
    for text in texts:
        for match in _ONLY_SOURCE.finditer(compact(text.text)):
            if not name or (name in match[1] and name != match[1]):
                name, named_at = re.sub(r"(安排|解决|保障)$", "", match[1]), text.place
        for match in _ARRANGED.finditer(compact(text.text)):
            if not name and is_source(match[1]) and match[1] not in _GENERAL:
                name, named_at = match[1], text.place
    funds.totals = dict(chosen)
    budget = chosen.get("adjusted") or chosen.get("initial")
    budgets = any("adjusted" in own or "initial" in own for own in sources.values())
    if "arrived" not in chosen and (budget is not None or budgets):
        full = next((t for t in texts if _ALL_ARRIVED.search(compact(t.text))), None)
        told = {n: own.get("adjusted") or own.get("initial") for n, own in sources.items()}
        if full is not None and len(told) > 1 and all(told.values()):
            for name_, figure in told.items():  # each has what was planned for it
                if figure is not None:
                    sources[name_].setdefault("arrived", Figure(figure.money, full))
        elif full is not None and budget is not None:
            chosen["arrived"] = Figure(budget.money, full)
    if len(sources) > 1 or (sources and not name):
        left = dict(chosen)
        if any("adjusted" in own for own in sources.values()) and "initial" in left:
            # Beside budgets by source that are adjusted ones, a sum of the earlier ones would count twice.
            total = left.pop("initial")
            if not any("initial" in own for own in sources.values()):
                funds.leftovers.append(
                    Leftover(total.text.place, str(total.money.amount), "年初预算没有分来源，没有读入")
                )
            else:
                left["initial"] = total
        for source, own in sources.items():
            funds.funding.append(_funding(source, None, own))
        for kind in {k for own in sources.values() for k in own}:
            whole = left.pop(kind, None)
            parts = total_of([own[kind].money.amount for own in sources.values() if kind in own])
            if whole is not None and parts is not None and _others_follow(whole, parts, texts):
                rest = PrintedAmount(whole.money.amount - parts, whole.money.step, False, 0, 0)
                funds.funding.append(_funding("其余来源", None, {kind: Figure(rest, whole.text)}))
            elif whole is not None and whole.money.amount != parts:
                funds.leftovers.append(
                    Leftover(
                        whole.text.place,
                        str(whole.money.amount),
                        f"各来源加起来是{parts}，与合计不一样，照各来源读入",
                    )
                )
        if left:
            funds.funding.append(_funding("各来源合计（报告未分来源）", None, left))
    elif chosen:
        funds.funding.append(_funding(name, named_at, chosen))


def _others_follow(whole: Figure, parts: Amount, texts: Sequence[Text]) -> bool:
    """来源多的只列了几项（“等5项构成”），其余的也有一个数。"""
    listed = any(_AND_OTHERS.search(compact(t.text)) for t in texts)
    return listed and whole.money.amount.yuan > parts.yuan


def _funding(source: str, source_at: ReportPlace | None, figures: Mapping[str, Figure]) -> Funding:
    first = next(iter(figures.values()))
    cells: dict[str, Origin] = {
        k: f.text.place.labelled(layout.FUNDING.column(k).header) for k, f in figures.items()
    }
    cells["source"] = (source_at or first.text.place).labelled("资金来源")
    raw = {k: str(f.money.amount) for k, f in figures.items()} | {"source": source}
    amounts = {k: f.money.amount for k, f in figures.items()}
    return Funding(
        source=source,
        initial=amounts.get("initial"),
        adjusted=amounts.get("adjusted"),
        arrived=amounts.get("arrived"),
        spent=amounts.get("spent"),
        forecast=amounts.get("forecast"),
        place=RowPlace(REPORT, "", 0, cells, {}, raw, first.text.place),
    )
