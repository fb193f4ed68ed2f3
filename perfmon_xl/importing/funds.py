"""Funds out of running text: budget, arrived, spent, by source and line by line, each with its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.amount import total as total_of
from perfmon_xl.domain.model import Funding, Paragraph, Spending
from perfmon_xl.domain.origin import REPORT, Origin, ReportPlace, RowPlace
from perfmon_xl.importing.amounts import Money, moneys, squeezed
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.topics import FUNDS, Part
from perfmon_xl.layout import monitoring as layout

# The last of these words before a figure, within its clause, says what the figure is.
_KINDS: tuple[tuple[str, str], ...] = (
    ("forecast", r"预计(?:全年)?(?:支出|执行)|全年预计"),
    ("adjusted", r"调整后|调整为|调整至|调增至|调减至"),
    ("arrived", r"到位"),
    ("spent", r"支出|支付|使用|执行|已拨付|花费"),
    ("initial", r"预算|安排|下达|批复|总投资|投入"),
)
_AFTER: tuple[tuple[str, str], ...] = (
    ("arrived", r"^(?:资金)?(?:均|已|全部|实际)*到位"),
    ("spent", r"^(?:资金)?(?:均|已|全部|实际)*(?:支出|支付|使用完毕|执行完毕)"),
)
_DETAILS = re.compile(
    r"[，；]由(?!年初|其他)|其中|主要用于|分别用于|具体用于|用于|主要包括|包括|分别为|分别是|具体为|支出明细"
)
_REMARK = re.compile(r"[（(][^（()）]*[)）]")
_FIGURE_SENTENCE = re.compile(r"[^。；\n]*见图\d+。")
_BY_SOURCE = re.compile(r"分来源看，([^。]*)。?")
_SPENT_BY = re.compile(r"([^，、]+?)(?:累计|已|实际)?支出(?=\d)")
_DIFFERENCE = re.compile(
    r"(?:追加|核减|调增|调减|增加|减少|还差|尚有|尚差|结余|超支|超预算|超出预算|超出|多|少)$"
)
_ONLY_SOURCE = re.compile(r"(?:均|全部|全|资金来源|来源)(?:为|系|来自|来源于|是)([^，,。；;、（(元]{2,20})")
_ALL_ARRIVED = re.compile(r"(?:均已|已|已经)?(?:全部|全额|足额)到位")
_HEAD_NOISE = re.compile(
    r"^[，,、；;：:。\s①-⑳]*(?:[（(]?\d{1,2}[）)、.．])?(?:以及|和|及|与|还有|主要是|用于)?"
)
_TAIL_NOISE = re.compile(r"(?:共计|合计|支出|安排|金额|预算)?(?:为|是|约|共)?[:：]?$")


@dataclass(frozen=True, slots=True)
class _Figure:
    money: Money
    text: Text


@dataclass(slots=True)
class Funds:
    """从文字读出的资金：来源各行、支出明细、各段说明、对不上的地方。"""

    funding: list[Funding] = field(default_factory=list)
    spending: list[Spending] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)


def funds_of(texts: Sequence[Text], used: set[int]) -> Funds:
    """资金各节的文字；读过的段记进 used（Text 的序号）。"""
    found = Funds()
    figures: dict[str, list[_Figure]] = {}
    sources: dict[str, dict[str, _Figure]] = {}
    about = [(n, t) for n, t in enumerate(texts) if t.part in FUNDS and not t.is_heading]
    if not about:
        about = [(n, t) for n, t in enumerate(texts) if t.part in (Part.BACKGROUND, Part.SCOPE, Part.OTHER)]
    else:
        used.update(n for n, _ in about)
        found.notes = list(_notes([t for _, t in about]))
    for _, text in about:
        plain = squeezed(text.text)
        _by_source(plain, text, sources)
        _one_line(plain, text, found)
        _paragraph(_BY_SOURCE.sub("", plain), text, figures, sources, found)
    _totals(found, figures, sources, [t for _, t in about])
    return found


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


_ONE_LINE = re.compile(r"全部用于([^，,。；（(]{2,30})")
_AND_OTHERS = re.compile(r"等\d+项构成")


def _one_line(plain: str, text: Text, found: Funds) -> None:
    """“累计支出3万元，全部用于津贴发放”：支出明细只有一笔。"""
    used = _ONE_LINE.search(plain)
    money = next((m for m in moneys(plain) if _kind(plain, m) == "spent"), None)
    if used is not None and money is not None and money.end < used.start():
        found.spending.append(_line(used[1], money, text))


def _by_source(plain: str, text: Text, sources: dict[str, dict[str, _Figure]]) -> None:
    """“分来源看，甲支出3万元，乙支出2万元”：各来源的支出。"""
    for told in _BY_SOURCE.finditer(plain):
        for money in moneys(told[1]):
            name = _SPENT_BY.search(told[1][: money.start].rpartition("，")[2] + "0")
            if name is not None:
                sources.setdefault(name[1], {})["spent"] = _Figure(money, text)


def _paragraph(
    plain: str,
    text: Text,
    figures: dict[str, list[_Figure]],
    sources: dict[str, dict[str, _Figure]],
    found: Funds,
) -> None:
    kind, end, details = "", 0, False
    for money in moneys(plain):
        between = _REMARK.sub("", plain[end : money.start])
        if _DIFFERENCE.search(between) or plain[money.end :].startswith("未到位"):
            continue  # how much more or less: not a figure of its own
        stop, between = "。" in between, between.rsplit("。", 1)[-1]
        if end and _DETAILS.search(between):
            details = True  # the lines of a sum may follow in a sentence of their own
        elif stop:
            details, kind = False, ""
        own = _kind(plain, money)
        if details and kind:
            item = _item(between)
            clause = re.split(r"[，,。；;]", between)
            restart = (
                own not in ("", kind) and len([c for c in clause if c]) > 1 and not _DETAILS.search(between)
            )
            if item and not restart:
                if kind == "spent":
                    found.spending.append(_line(item, money, text))
                else:
                    sources.setdefault(item, {})[kind] = _Figure(money, text)
                end = money.end
                continue
            details = False
        kind = own or kind
        if own:
            figures.setdefault(own, []).append(_Figure(money, text))
        else:
            found.leftovers.append(
                Leftover(text.place, plain[max(0, money.start - 15) : money.end], "看不出是哪一项资金")
            )
        end = money.end


def _kind(sentence: str, money: Money) -> str:
    before = re.split(r"[，,。；;：:]", sentence[: money.start])[-1]
    best, at = "", -1
    for kind, pattern in _KINDS:
        for match in re.finditer(pattern, before):
            if match.end() > at:
                best, at = kind, match.end()
    if "调整后" in before and best == "initial":
        return "adjusted"
    if re.search(r"预计", before) and best == "spent":
        return "forecast"
    if best:
        return best
    after = sentence[money.end :]
    return next((kind for kind, pattern in _AFTER if re.match(pattern, after)), "")


def _item(between: str) -> str:
    tail = _DETAILS.split(between)[-1]
    return _TAIL_NOISE.sub("", _HEAD_NOISE.sub("", tail)).strip("：:，,、；;（(）)") or ""


def _line(item: str, money: Money, text: Text) -> Spending:
    labels = {"item": "支出内容", "amount": "金额（元）"}
    raw = {"item": item, "amount": str(money.amount)}
    return Spending(item=item, amount=money.amount, place=place_of(text.place, labels, raw=raw))


def _chosen(kind: str, figures: Sequence[_Figure], found: Funds) -> _Figure | None:
    """同一项写了几处：对得上的取最精确的一处；对不上的取第一处，其余列出。"""
    if not figures:
        return None
    label = layout.FUNDING.column(kind).header
    best = figures[0]
    for one in figures[1:]:
        if not one.money.agrees(best.money):
            found.leftovers.append(
                Leftover(
                    one.text.place,
                    str(one.money.amount),
                    f"与{best.text.place.cell}的{best.money.amount}不一样，{label}取了前面的",
                )
            )
        elif (one.money.about, one.money.step) < (best.money.about, best.money.step):
            best = one
    if best.money.about:
        found.leftovers.append(Leftover(best.text.place, str(best.money.amount), f"是约数，{label}请核对"))
    return best


def _totals(
    found: Funds,
    figures: Mapping[str, Sequence[_Figure]],
    sources: Mapping[str, Mapping[str, _Figure]],
    texts: Sequence[Text],
) -> None:
    chosen = {
        k: f
        for k in ("initial", "adjusted", "arrived", "spent", "forecast")
        if (f := _chosen(k, figures.get(k, ()), found))
    }
    name = ""
    named_at: ReportPlace | None = None
    for text in texts:
        for match in _ONLY_SOURCE.finditer(squeezed(text.text)):
            if not name or (name in match[1] and name != match[1]):
                name, named_at = re.sub(r"(安排|解决|保障)$", "", match[1]), text.place
    budget = chosen.get("adjusted") or chosen.get("initial")
    if "arrived" not in chosen and budget is not None:
        full = next((t for t in texts if _ALL_ARRIVED.search(squeezed(t.text))), None)
        if full is not None:
            chosen["arrived"] = _Figure(budget.money, full)
    if len(sources) > 1 or (sources and not name):
        left = dict(chosen)
        for source, own in sources.items():
            found.funding.append(_funding(source, None, own))
        for kind in {k for own in sources.values() for k in own}:
            total = left.pop(kind, None)
            parts = total_of([own[kind].money.amount for own in sources.values() if kind in own])
            if total is not None and parts is not None and _rest_of(total, parts, texts):
                rest = Money(total.money.amount - parts, total.money.step, False, 0, 0)
                found.funding.append(_funding("其余来源", None, {kind: _Figure(rest, total.text)}))
            elif total is not None and total.money.amount != parts:
                found.leftovers.append(
                    Leftover(
                        total.text.place,
                        str(total.money.amount),
                        f"各来源加起来是{parts}，与合计不一样，照各来源读入",
                    )
                )
        if left:
            found.funding.append(_funding("各来源合计（报告未分来源）", None, left))
    elif chosen:
        found.funding.append(_funding(name, named_at, chosen))


def _rest_of(total: _Figure, parts: Amount, texts: Sequence[Text]) -> bool:
    """来源多的只列了几项（“等5项构成”），其余的也有一个数。"""
    listed = any(_AND_OTHERS.search(squeezed(t.text)) for t in texts)
    return listed and total.money.amount.yuan > parts.yuan


def _funding(source: str, source_at: ReportPlace | None, figures: Mapping[str, _Figure]) -> Funding:
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
