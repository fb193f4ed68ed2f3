"""A report without a record of its sources, held against the workbook: what it says, as far as it can be read.

The report is read into records as an import would, and record for record compared with the workbook's: a value
is compared as what it means (“=158件” and “158件” are one), a text by its characters, a sum to the last digit printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from perfmon_xl.audit.difference import Difference, DifferenceKind
from perfmon_xl.audit.page import ReportParagraph
from perfmon_xl.domain.amount import Amount, plain
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.origin import WHOLE, Heading, Origin, ParagraphPlace, ReportPlace, RowPlace, TablePlace
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.prose import Mention, mentions
from perfmon_xl.domain.target import Comparator, TargetValue
from perfmon_xl.domain.text_keys import name_key, text_key
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.report.wording.compose import unmarked_gap
from perfmon_xl.report.wording.phrases import drafts

_TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {  # record → what names a row, what is compared
    "declared": ("name", ("level1", "level2", "target")),
    "goal_changes": ("subject", ("original", "changed", "revised")),
    "adjusted": ("name", ("level1", "level2", "target", "change", "tracked_target", "tracked")),
    "compared": ("name", ("level1", "level2", "annual", "stage", "actual")),
    "spending": ("item", ("amount",)),
}
_PROJECT = ("name", "year", "start", "end", "cutoff", "report_date", "client", "monitor")
_FUNDS = {  # figure → name of the cell
    "adjusted": "调整后预算合计",
    "arrived": "到位合计",
    "spent": "支出合计",
}
_TEXTS = ("fund_notes", "analyses", "overall", "conclusions")
_CHECK = "核对哪个对：报告错了改报告，工作簿错了改工作簿再出报告。"


@dataclass(slots=True)
class ReportComparison:
    """比的结果：各处不同，一共比了几个值，只是说法不同、数都一样的有几段。"""

    differences: list[Difference]
    looked: int = 0
    reworded: int = 0


def compare_report(
    told: Monitoring, now: Monitoring, rules: RuleSet, paragraphs: Sequence[ReportParagraph]
) -> ReportComparison:
    """told 是报告里读出来的，now 是工作簿的；报告没有写的栏目不比。"""
    return _Comparison(told, now, rules, paragraphs).all()


class _Comparison:
    def __init__(
        self, told: Monitoring, now: Monitoring, rules: RuleSet, paragraphs: Sequence[ReportParagraph]
    ) -> None:
        self.told, self.now = told, now
        self.figures = figures_of(told, rules), figures_of(now, rules)
        self.drafts = drafts(self.figures[1])
        self.paragraphs = paragraphs
        self.found = ReportComparison([])

    def all(self) -> ReportComparison:
        for name in _PROJECT:
            self._value(self.told.project, self.now.project, name)
        if self.told.goal.text:
            self._value(self.told.goal, self.now.goal, "text")
        self._funds()
        for collection, (key, names) in _TABLES.items():
            self._rows(collection, key, names)
        for collection in _TEXTS:
            self._texts(collection)
        self._problems()
        return self.found

    def _funds(self) -> None:
        """资金合计：报告的文字里常常只有合计。"""
        told, now = (figures.funds for figures in self.figures)
        for name in _FUNDS:
            here, there = getattr(told, name), getattr(now, name)
            if here is None:
                continue
            self.found.looked += 1
            if not same_value(here, there):
                theirs = self.now.computed_at.get(_FUNDS[name])
                self._differ(
                    self._told_at(name), theirs, f"资金的{_FUNDS[name]}", display(here), display(there)
                )

    def _told_at(self, name: str) -> Origin:
        """报告里哪一处说的这笔钱。"""
        first = next(
            f for f in self.told.funding if (f.budget if name == "adjusted" else getattr(f, name)) is not None
        )
        return first.place.at("initial" if name == "adjusted" and first.adjusted is None else name)

    def _rows(self, collection: str, key: str, names: Sequence[str]) -> None:
        told, now = getattr(self.told, collection), getattr(self.now, collection)
        if not told:
            return
        theirs = _keyed(now, key)
        for name, record in _keyed(told, key).items():
            other = theirs.pop(name, None)
            title = str(getattr(record, key)).strip()
            if other is None:
                self._row(
                    record.place, None, f"报告里有“{title}”，工作簿的{_title(collection)}里没有。", title
                )
                continue
            for one in names:
                if one in record.place.cells:
                    self._value(record, other, one, title)
        for record in theirs.values():
            title = str(getattr(record, key)).strip()
            self._row(
                told[0].place,
                record.place.at(key),
                f"工作簿的{_title(collection)}里有“{title}”，报告里没有。",
                str(getattr(told[0], key)).strip(),
            )

    def _texts(self, collection: str) -> None:
        """各段文字：空着的，报告里是草稿。"""
        drafted = {name_key(s): text for s, text in self.drafts[collection].items()}
        theirs = {name_key(p.subject): p for p in getattr(self.now, collection)}
        for record in getattr(self.told, collection):
            other = theirs.get(name_key(record.subject))
            now = (other.text.strip() if other else "") or drafted.get(name_key(record.subject), "")
            if not record.text.strip() or not now:
                continue
            origin = other.place.at("text") if other else None
            self._text(record.place.at("text"), origin, record.subject, record.text, now)

    def _problems(self) -> None:
        theirs = {name_key(p.title): p for p in self.now.problems}
        for record in self.told.problems:
            other = theirs.get(name_key(record.title))
            if other is None:
                self._row(record.place, None, f"报告里的问题“{record.title}”，工作簿里没有。", record.title)
                continue
            for name in ("text", "measure"):
                here, there = getattr(record, name), getattr(other, name)
                if here.strip():
                    self._text(record.place.at(name), other.place.at(name), record.title, here, there)

    # --- one value, one text, one row ---------------------------------------------------------------

    def _value(self, told: Any, now: Any, name: str, of: str = "") -> None:
        """一个栏目；of 是表里那一行的名称。"""
        here, there = getattr(told, name), getattr(now, name)
        if here in (None, "") and (name not in told.place.cells or not there):
            return  # the report has no such entry, or neither of the two has
        self.found.looked += 1
        if not same_value(here, there):
            mine, theirs = told.place.at(name), now.place.at(name)
            what = (f"“{of}”的" if of else "") + (theirs.label or mine.label)
            self._differ(mine, theirs, what, display(here), display(there), of)

    def _differ(
        self, mine: Origin, theirs: Origin | None, what: str, here: str, there: str, row: str = ""
    ) -> None:
        message = f"{what}，报告写的是“{here or '空'}”，工作簿是“{there or '空'}”。"
        place, paragraph = self._place(mine, here, row)
        self.found.differences.append(
            Difference(
                kind=DifferenceKind.DIFFERS, message=message, hint=_CHECK, place=place, origin=theirs,
                values={"报告": here, "工作簿": there}, paragraph=paragraph,
            )
        )  # fmt: skip

    def _text(self, mine: Origin, theirs: Origin | None, subject: str, here: str, there: str) -> None:
        self.found.looked += 1
        if text_key(here) in (text_key(there), text_key(unmarked_gap(there))):
            return
        mine_only, theirs_only = _unmatched(here, there), _unmatched(there, here)
        if not mine_only and not theirs_only:
            self.found.reworded += 1
            return
        values = {"报告": "、".join(mine_only), "工作簿": "、".join(theirs_only)}
        said = "，".join(f"{who}有 {numbers}" for who, numbers in values.items() if numbers)
        place, paragraph = self._place(mine, here.strip().split("\n")[0])
        self.found.differences.append(
            Difference(
                kind=DifferenceKind.DIFFERS, message=f"“{subject}”这一段的数对不上：{said}。", hint=_CHECK, place=place,
                origin=theirs, values=values, paragraph=paragraph,
            )
        )  # fmt: skip

    def _row(self, mine: RowPlace, theirs: Origin | None, message: str, name: str) -> None:
        place, paragraph = self._place(mine.otherwise or WHOLE, name, name)
        self.found.looked += 1
        self.found.differences.append(
            Difference(
                kind=DifferenceKind.ROWS, message=message, hint="该有的补上，不该有的删去，两边写成一样。", place=place,
                origin=theirs, paragraph=paragraph,
            )
        )  # fmt: skip

    def _place(self, origin: Origin, text: str, name: str = "") -> tuple[ReportPlace, int]:
        """读报告时记下的位置，在文件里是哪一段：写批注要用；找不到的是 -1。name 是表里那一行的名称。"""
        if isinstance(origin, TablePlace) and origin.row:
            for cells in self._lines(origin.table, name):
                best = [p for p in cells if p.place.label == origin.label]
                best += [p for p in cells if text_key(p.text) == text_key(text)]
                paragraph = (best or cells)[0]
                return paragraph.place, paragraph.index
            return origin, -1
        wanted = text_key(text)
        for one in self.paragraphs:
            if wanted and not one.row and wanted in text_key(one.text):
                return one.place, one.index
        return ParagraphPlace(headings=(Heading(0, "", origin.cell),)), -1

    def _lines(self, table: str, name: str) -> list[list[ReportParagraph]]:
        """名称在里面的各行，题目对得上的表在前。"""
        lines: dict[tuple[int, int], list[ReportParagraph]] = {}
        for paragraph in self.paragraphs:
            if paragraph.table:
                lines.setdefault((paragraph.table, paragraph.row), []).append(paragraph)
        named = [cells for cells in lines.values() if any(text_key(p.text) == text_key(name) for p in cells)]
        title = text_key(table)
        return sorted(named, key=lambda cells: not text_key(_table(cells[0])).startswith(title))


def _title(collection: str) -> str:
    return next(sheet.name for sheet, table in layout.tables() if table.record == collection)


def _keyed(records: Sequence[Any], key: str) -> dict[tuple[str, int], Any]:
    """按名称；重名的按先后。没有名称的不要。"""
    found: dict[tuple[str, int], Any] = {}
    for record in records:
        name, number = name_key(getattr(record, key)), 0
        while (name, number) in found:
            number += 1
        if name:
            found[name, number] = record
    return found


def _unmatched(here: str, there: str) -> list[str]:
    """here 里的数，there 里没有的：100% 与 100.00% 是一个数，4.3816万元与43816元也是。"""
    others = mentions(there)

    def known(mention: Mention) -> bool:
        return any(
            o.unit == mention.unit
            and (
                o.number == mention.number
                or (mention.unit == "元" and (_rounded(mention, o) or _rounded(o, mention)))
            )
            for o in others
        )

    return list(dict.fromkeys(mention.text for mention in mentions(here) if not known(mention)))


def _rounded(short: Mention, full: Mention) -> bool:
    """short 是 full 四舍五入以后的写法；四舍五入掉的不到千分之五：“4 万元”不算 43816 元。"""
    return abs(short.number - full.number) <= min(short.step / 2, abs(full.number) / 200)


def display(value: object) -> str:
    if isinstance(value, TargetValue):
        return value.raw.strip()
    return "" if value is None else str(value).strip()


def same_value(here: object, there: object) -> bool:
    """意思一样：目标值比读出来的，金额比到写出来的最后一位，文字不管空白、全角半角。"""
    if isinstance(here, TargetValue) and isinstance(there, TargetValue):
        return _meaning(here) == _meaning(there)
    if isinstance(here, Amount) and isinstance(there, Amount):
        return _same_amount(here.yuan, there.yuan)
    if isinstance(here, date) or isinstance(there, date):
        return here == there
    return name_key(display(here)) == name_key(display(there))


def _meaning(value: TargetValue) -> tuple[object, ...]:
    if value.is_blank:
        return ()
    base = value.base()
    if base is None:
        return (name_key(value.raw),)
    comparator = "" if value.comparator is Comparator.EQUAL else value.comparator
    return (*base, value.base_upper(), comparator, value.approximation)


def _same_amount(here: Decimal, there: Decimal) -> bool:
    """报告写“4.38 万元”，工作簿是 43816 元，是一回事；写“4 万元”不是。"""
    text = plain(here)
    step = Decimal(0) if "." in text else Decimal(10) ** (len(text) - len(text.rstrip("0")))
    return here == there or abs(here - there) <= min(step / 2, abs(there) / 200)


def _table(paragraph: ReportParagraph) -> str:
    return paragraph.place.table if isinstance(paragraph.place, TablePlace) else ""
