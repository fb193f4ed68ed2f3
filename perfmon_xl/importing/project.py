"""Project facts: from the cover, the opening paragraph, the sections and the signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from perfmon_xl.domain.dates import month_end
from perfmon_xl.domain.model import Project
from perfmon_xl.domain.origin import REPORT, WHOLE, ReportPlace, RowPlace
from perfmon_xl.domain.text_keys import compact
from perfmon_xl.importing.amounts import dates, period_days
from perfmon_xl.importing.bodies import NamedBody, bodies_of, labelled_facts, own_report, split_short
from perfmon_xl.importing.form_lines import period_in
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.labelled import labelled_parts
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.topics import RESULTS, Part
from perfmon_xl.layout import monitoring as layout

_PROSE = frozenset({"basis", "background", "scope"})  # whole paragraphs: the place says it all
_LABELS = {cell.field: "" if cell.field in _PROSE else cell.label for cell in layout.PROJECT.cells}
_REPORT_TITLE = re.compile(
    r"(?:\d{4}年度?)?(?:[上下]半年|前?第?[一二三四1-4]个?季度)?(?:(?:截至)?\d{1,2}[-—–－~至]?\d{0,2}月份?)?(?:预算|支出)*绩效(?:运行|执行|目标)*(?:监控|跟踪).{0,8}报告.*$"
)
_FORM_TITLE = re.compile(r"绩效(?:目标|运行|执行)*(?:监控|自评|申报|跟踪|自评价)(?:情况)?表|绩效目标表")
_MONTH_END = re.compile(
    r"(?:截至|截止)到?(\d{4})年(\d{1,2})月(?:底|末|。|，)|(?:截至|截止)到?(?:今年|本年)?(\d{1,2})月(?:底|末)"
)
_CUTOFF = re.compile(
    r"(?:时间节点|监控节点|监控截止|监控时点|截至|截止)[^，,。；]{0,8}?(\d{4}年\d{1,2}月\d{1,2}日)"
)
_PERIOD = re.compile(
    r"(?:起止|实施|建设|执行|项目|服务)(?:起止)?(?:日期|时间|期限|周期|期)?[为是自从：:]*(\d{4}年\d{1,2}月\d{1,2}日)[至到—\-~]+(\d{4}年\d{1,2}月\d{1,2}日)"
)
_NAMED = re.compile(r"对(\d{4}年度?[^，,。；]{2,50}?项目)(?:进行|开展|实施|的)")
_POLICY = re.compile(
    r"《[^《》]{2,120}》(?:[（(][^（）()]{0,20}[〔\[【（(]\d{4}[〕\]】）)][^（）()]{0,8}号[）)])?"
)
_RULES = re.compile(r"按[“\"]([^”\"]{2,20})[”\"](?:规则|：)")
_ORGANISATION = re.compile(
    r"^[\u4e00-\u9fff（）()·]{4,40}(?:公司|事务所|中心|局|厅|委员会|联合会|协会|学会|基金会|合作社|研究院|学院|大学|处|办公室|所|院|委|馆|站|政府)"
    r"(?:[（(][^（）()]{2,8}[）)])?$"
)
_DATE_ONLY = re.compile(
    r"^(?:日期[：:])?(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2}|[〇○零一二三四五六七八九十OＯ]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)$"
)


@dataclass(slots=True)
class _ProjectFacts:
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, ReportPlace] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: Any, where: ReportPlace, raw: str = "") -> None:
        """第一次说到的为准。"""
        if value not in ("", None) and name not in self.values:
            self.values[name] = value
            self.cells[name] = where.labelled(_LABELS[name])
            self.raw[name] = raw or str(value)


def project_of(
    texts: Sequence[Text],
    facts: Mapping[str, tuple[str, ReportPlace, str]],
    used: set[int],
    rule_sets: frozenset[str],
) -> tuple[Project, list[Leftover]]:
    """项目信息；facts 是表格报头里读到的。"""
    known = _ProjectFacts()
    leftovers: list[Leftover] = []
    for name in ("name", "department", "unit", "client", "monitor"):
        if name in facts:
            known.put(name, facts[name][0].strip("。"), facts[name][1])
    if "whole_department" in facts:
        for name in ("name", "unit"):
            known.put(name, facts["whole_department"][0], facts["whole_department"][1])
    for name in ("scope", "background", "basis"):
        if name in facts:
            known.put(name, facts[name][0], facts[name][1])
    if "year" in facts and (year := re.search(r"\d{4}", compact(facts["year"][0]))):
        known.put("year", year[0], facts["year"][1])
    for name, value, text in labelled_facts(texts):
        if name in ("name", "department", "unit", "client", "monitor"):
            known.put(name, split_short(value)[0], text.place)
    _labelled(known, texts, used)
    for body in (b for b in bodies_of(texts) if b.field == "name"):
        known.put("name", body.name, body.text.place)
    _quoted_name(known, texts)
    _sections(known, texts, used)
    _form_title(known, texts, used)
    _cover(known, texts, used)
    _signature(known, texts, used)
    _opening(known, texts, used, rule_sets)
    _dates(known, texts, facts)
    if "title_year" in facts:
        known.put("year", facts["title_year"][0], facts["title_year"][1], facts["title_year"][2])
    _bodies(known, texts, used)
    if known.values.get("cover_name") == known.values.get("name"):
        known.values.pop("cover_name", None)  # only filled in when the cover says more
    if "name" in known.values:
        year = re.search(r"\d{4}(?=年)", compact(known.values["name"]))
        if year:
            known.put("year", year[0], known.cells["name"])
    _told_month_end(known, texts)
    _header_month(known, facts)
    leftovers += _unread_days(known, facts)
    if "year" in facts and facts["year"][0].strip() and not re.search(r"\d{4}", compact(facts["year"][0])):
        told, where, label = facts["year"]
        leftovers.append(Leftover(where, f"{label}：{told}", "不是能读懂的年度"))
    if "cutoff" in known.values:
        known.put("year", str(known.values["cutoff"].year), known.cells["cutoff"])
    # A fact the report never states has the whole report for its place.
    cells = {f: WHOLE.labelled(label) for f, label in _LABELS.items()} | known.cells
    return Project(**known.values, place=RowPlace(REPORT, "", 0, cells, {}, known.raw)), leftovers


_DAYS = {"period": ("start", "end"), "start": ("start",), "end": ("end",), "cutoff": ("cutoff",), "monitored": ("cutoff",), "report_date": ("report_date",)}  # fmt: skip


def _unread_days(known: _ProjectFacts, facts: Mapping[str, tuple[str, ReportPlace, str]]) -> list[Leftover]:
    """写了日期的地方写的不是日期：列出来，不丢掉。"""
    return [
        Leftover(facts[name][1], f"{facts[name][2]}：{facts[name][0]}", "不是能读懂的日期")
        for name, fields in _DAYS.items()
        if name in facts
        and facts[name][0].strip()
        and not dates(facts[name][0])
        and period_days(facts[name][0]) == (None, None)
        and not any(known.raw.get(field) == facts[name][0] for field in fields)
    ]


_QUOTED = re.compile(
    r"(?:(?<!针)对|监控|评价|跟踪)[“\"]([^”\"]{3,50})[”\"](?=[^。]{0,40}(?:监控|跟踪|评价|情况)|。)"
)
_CONTENT = re.compile(
    r"(?:^|[，。；])(?:项目|主要|实施|建设|工作|服务)*内容(?:为|是|包括|有)([^。]{4,200})。"
)


def _labelled(known: _ProjectFacts, texts: Sequence[Text], used: set[int]) -> None:
    """“实施单位：甲。起止日期：……。项目背景：……”：一段里写着的各项。"""
    for part in labelled_parts(texts):
        if part.name == "period":
            for name, day in zip(("start", "end"), period_days(part.value), strict=True):
                known.put(name, day, part.text.place, part.value)
        elif part.name in ("cutoff", "monitored"):
            known.put("cutoff", next(reversed(dates(part.value)), None), part.text.place, part.value)
        elif part.name in ("scope", "background"):
            known.put(part.name, part.value, part.text.place)
        elif part.name == "basis":
            known.put("basis", "\n".join(dict.fromkeys(_POLICY.findall(part.value))), part.text.place)
        elif part.name != "progress" and len(part.value) <= 60:
            known.put(part.name, split_short(part.value)[0], part.text.place)
        if part.whole:
            used.add(part.number)
    for text in texts:
        content = _CONTENT.search(text.text)
        if content and not text.is_heading and text.part not in RESULTS:
            known.put("scope", content[1], text.place)


def _quoted_name(known: _ProjectFacts, texts: Sequence[Text]) -> None:
    """“对‘某某项目’的运行情况实施监控”。"""
    for text in texts:
        quoted = _QUOTED.search(text.text)
        if quoted and not text.is_heading and text.part not in RESULTS and "《" not in quoted[1]:
            known.put("name", re.sub(r"^\d{4}年度?", "", quoted[1]), text.place, quoted[1])


def _sections(known: _ProjectFacts, texts: Sequence[Text], used: set[int]) -> None:
    gathered: dict[Part, list[tuple[int, Text]]] = {}
    for number, text in enumerate(texts):
        if not text.is_heading:
            gathered.setdefault(text.part, []).append((number, text))
    for number, text in gathered.get(Part.NAME, [])[:1]:
        known.put("name", compact(text.text).strip("。；"), text.place, text.text)
        used.add(number)
    for number, text in gathered.get(Part.PERIOD, []):
        days = dates(text.text)
        if days:
            known.put("start", days[0], text.place, text.text)
            used.add(number)
        if len(days) > 1:
            known.put("end", days[1], text.place, text.text)
    for part, name in ((Part.BACKGROUND, "background"), (Part.BASIS, "basis")):
        members = [(n, t) for n, t in gathered.get(part, []) if n not in used]
        if members and part is Part.BACKGROUND:
            known.put(name, "\n".join(t.text for _, t in members), members[0][1].place)
            used.update(n for n, _ in members)
        elif members:
            found = [p for _, t in members for p in _POLICY.findall(t.text)]
            known.put(name, "\n".join(dict.fromkeys(found)), members[0][1].place)
            # Only a paragraph that is nothing but titles is wholly in the workbook.
            used.update(n for n, t in members if len(_POLICY.sub("", t.body)) <= 4)


def _form_title(known: _ProjectFacts, texts: Sequence[Text], used: set[int]) -> None:
    """“项目支出绩效目标执行监控表（2024年度）”：表名，和写在旁边的年度。"""
    titled = False
    for number, text in enumerate(texts):
        if text.headings or len(text.text) > 60:
            return
        plain = compact(text.text)
        year = re.search(r"(\d{4})年", plain)
        if _FORM_TITLE.search(plain):
            titled = True
        elif not titled or not re.fullmatch(r"[（(]?\d{4}年度?[）)]?", plain):
            continue
        if year:
            known.put("year", year[1], text.place, text.text)
        used.add(number)


def _header_month(known: _ProjectFacts, facts: Mapping[str, tuple[str, ReportPlace, str]]) -> None:
    """没有写监控日期的监控表：表头“1-7月执行情况”和年度合起来是7月底。"""
    year, month = int(known.values.get("year") or 0), int(facts["month"][0]) if "month" in facts else 0
    if 2000 <= year <= 2099 and 1 <= month <= 12:
        day = month_end(year, month)
        known.put("cutoff", day, facts["month"][1], facts["month"][2])


def _cover(known: _ProjectFacts, texts: Sequence[Text], used: set[int]) -> None:
    lines: list[str] = []
    first = -1
    for number, text in enumerate(texts):
        if text.headings or len(text.text) > 60:
            break
        plain = compact(text.text)
        if plain in ("目录", "目次"):
            used.add(number)
            continue
        if _DATE_ONLY.match(plain):
            known.put("report_date", dates(plain)[0] if dates(plain) else None, text.place, text.text)
            used.add(number)
            lines, first = [], -1
            continue
        if _ORGANISATION.match(plain) and not lines:
            known.put("monitor", plain, text.place)
            used.add(number)
            continue
        if re.match(r"^[（(].{2,10}[）)]$", plain):
            lines, first = [], -1
            continue
        lines.append(plain)
        first = number if first < 0 else first
        joined = "".join(lines)
        match = _REPORT_TITLE.search(joined)
        if match:
            where = texts[first].place
            known.put("cover_name", re.sub(r"^关于", "", joined[: match.start()]), where, joined)
            used.update(range(first, number + 1))
            _months(known, joined, where)
            lines, first = [], -1


def _months(known: _ProjectFacts, title: str, where: ReportPlace) -> None:
    period = period_in(title)
    if period.month and period.year:
        known.raw.setdefault("title_cutoff", month_end(period.year, period.month).isoformat())
        known.cells.setdefault("title_cutoff", where.labelled(_LABELS["cutoff"]))


def _bodies(known: _ProjectFacts, texts: Sequence[Text], used: set[int]) -> None:
    """各方：标题“实施单位”下面写的，文中说到的，自己监控自己的取落款。"""
    for number, text in enumerate(texts):
        if text.part is Part.UNIT and not text.is_heading:
            name, short = split_short(compact(text.text).strip("。"))
            if len(name) <= 40 and not re.search(r"[，,。；;]", name):
                known.put("unit", name, text.place)
                known.put("unit_short", short, text.place)
                used.add(number)
    monitored: NamedBody | None = None
    for body in bodies_of(texts):
        if body.field == "monitored":
            monitored = body
        elif body.field != "name":
            known.put(body.field, body.name, body.text.place)
            same = known.values.get(body.field) == body.name
            if same and body.field in ("unit", "client", "monitor"):
                short = body.short or (body.name if body.field == "unit" else "")
                known.put(f"{body.field}_short", short, body.text.place)
    if monitored is not None and monitored.name != known.values.get("client"):
        # “对甲局某项目开展监控”：甲局; its department when the unit is another body.
        name = "unit" if "unit" not in known.values else "department"
        if known.values.get("unit") != monitored.name:
            known.put(name, monitored.name, monitored.text.place)
    own = own_report(texts)
    if own is not None and "monitor" in known.values and "client" not in known.values:
        known.put("department", known.values["monitor"], own.place)


def _signature(known: _ProjectFacts, texts: Sequence[Text], used: set[int]) -> None:
    for number in range(len(texts) - 1, max(-1, len(texts) - 5), -1):
        text = texts[number]
        plain = compact(text.text)
        name = re.sub(r"[（(](?:盖章|公章|签章)[）)]|^(?:监控|评价|报告|填报)?(?:机构|单位)[:：]", "", plain)
        if _DATE_ONLY.match(plain):
            known.put("report_date", next(iter(dates(plain)), None), text.place, text.text)
        elif _ORGANISATION.match(name):
            known.put("monitor", name, text.place)
        else:
            break
        used.add(number)


def _opening(known: _ProjectFacts, texts: Sequence[Text], used: set[int], rule_sets: frozenset[str]) -> None:
    policies: list[str] = []
    where: ReportPlace | None = None
    for text in texts:
        plain = compact(text.text)
        rules = _RULES.search(plain)
        if rules and rules[1] in rule_sets:
            known.put("rule_set", rules[1], text.place)
        client = re.search(r"委托", plain)
        if (client or not text.headings) and len(plain) > 60:
            after = re.search(r"根据|依据|按照", text.text)
            if after:
                policies += _POLICY.findall(text.text[after.start() :])
                where = where or text.place
        named = _NAMED.search(plain)
        if named and len(plain) > 30:
            known.put("name", named[1], text.place)
    if not policies:
        for text in texts:
            if text.part in (Part.BACKGROUND, Part.SCOPE, Part.OTHER) and not text.is_heading:
                named = re.search(r"(?:根据|依据(?:为|是|有|包括)?[：:]?|按照)(?=《)", text.text)
                if named:
                    policies += _POLICY.findall(text.text[named.start() :])
                    where = where or text.place
    known.put("basis", "\n".join(dict.fromkeys(policies)), where or WHOLE)
    if "name" not in known.values and "cover_name" in known.values:
        known.put("name", known.values["cover_name"], known.cells["cover_name"])


def _dates(
    known: _ProjectFacts, texts: Sequence[Text], facts: Mapping[str, tuple[str, ReportPlace, str]]
) -> None:
    if "period" in facts:
        for name, day in zip(("start", "end"), period_days(facts["period"][0]), strict=True):
            known.put(name, day, facts["period"][1], facts["period"][0])
    for name in ("start", "end", "cutoff"):
        if name in facts:
            day = period_days(facts[name][0])[0 if name == "start" else 1]
            known.put(name, day, facts[name][1], facts[name][0])
    if "monitored" in facts and (days := dates(facts["monitored"][0])):
        known.put("cutoff", days[-1], facts["monitored"][1], facts["monitored"][0])
    if "report_date" in facts:
        known.put("report_date", next(iter(dates(facts["report_date"][0])), None), facts["report_date"][1])
    for text in texts:
        period = _PERIOD.search(compact(text.text))
        if period:
            for name, one in (("start", period[1]), ("end", period[2])):
                known.put(name, next(iter(dates(one)), None), text.place)
    cutoff = _cutoff(texts)
    if cutoff is not None:
        known.put("cutoff", *cutoff)
    title = known.raw.pop("title_cutoff", "")
    origin = known.cells.pop("title_cutoff", None)
    if title and origin is not None:
        known.put("cutoff", date.fromisoformat(title), origin)


def _cutoff(texts: Sequence[Text]) -> tuple[date, ReportPlace] | None:
    """监控截止日期和它在哪：先看专门说明的，没有的取“截至……”说得最多的一天。"""
    counted: Counter[date] = Counter()
    where: dict[date, ReportPlace] = {}
    for text in texts:
        for match in _CUTOFF.finditer(compact(text.text)):
            for day in dates(match[1]):
                if not match[0].startswith(("截至", "截止")):
                    return day, text.place
                counted[day] += 1
                where.setdefault(day, text.place)
    if not counted:
        return None
    day = counted.most_common(1)[0][0]
    return day, where[day]


def _told_month_end(known: _ProjectFacts, texts: Sequence[Text]) -> None:
    """“截至6月底”：日期没有写全的，年份照项目的年度。"""
    for text in texts:
        match = _MONTH_END.search(compact(text.text))
        year = int((match and match[1]) or known.values.get("year") or 0)
        month = int(match[2] or match[3]) if match else 0
        if 2000 <= year <= 2099 and 1 <= month <= 12:
            known.put("cutoff", month_end(year, month), text.place, text.text)
            return
