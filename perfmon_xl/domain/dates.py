"""Days as people give them: 年底前, 4月底前, 第三季度末, 12月上旬, 2024.11.30前, a year, a month, a day.

A value that is a date covers a span of days, from its first to its last. Where the year is not written it is the
budget year. What stands here reads the plain spellings (the native formulas do the same in layout/parsing.py)
and puts the others into them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

DATE_WORDS = ("完成", "之前", "以前", "前")  # taken off before the rest is looked at
PLAIN_MARKS = (("年度", "-"), ("年", "-"), ("月份", "-"), ("月", "-"), ("/", "-"), ("日", ""), ("止", ""))
ENDS = ("底", "末")
LATE = 21  # 月底、月末说的是下旬
FIRST_YEAR, LAST_YEAR = 1900, 2100
_BEFORE = "前"


@dataclass(frozen=True, slots=True)
class Span:
    """从哪一天到哪一天；“……前”的只知道最晚哪一天，first 是 None。"""

    first: date | None
    last: date


@lru_cache(maxsize=4096)
def span(body: str, year: int | None) -> Span | None:
    """统一写法的日期是哪几天；没有这一天的、没有写年份又不知道哪一年的返回 None。

    >>> span("4月底", 2024)
    Span(first=datetime.date(2024, 4, 21), last=datetime.date(2024, 4, 30))
    >>> span("12月1日起12月10日止", 2024).last, span("2024-6-31", None)
    (datetime.date(2024, 12, 10), None)
    """
    start, end = parts(bare_date(body))
    first, last = (
        day_of(dated(start, year, last=False), last=False),
        day_of(dated(end, year, last=True), last=True),
    )
    if first is None or last is None:
        return None
    return Span(None if _BEFORE in body else first, last)


def month_end(year: int, month: int) -> date:
    """那个月的最后一天。"""
    return date(year, month, monthrange(year, month)[1])


def bare_date(text: str) -> str:
    """去掉“前”“完成”，年月换成横线：2024年11月底前 → 2024-11-底。"""
    for word in DATE_WORDS:
        text = text.replace(word, "")
    for written, plain in PLAIN_MARKS:
        text = text.replace(written, plain)
    return text


def parts(bare: str) -> tuple[str, str]:
    """“甲起乙止”的两头；只有一个的，两头是它。"""
    start, _, end = bare.partition("起")
    return start, end or start


def dated(part: str, year: int | None, *, last: bool) -> str:
    """补上年份，写成 年-月-日；只有年份的，补上头一个月或最后一个月。补不成的是空的。

    >>> dated("4-22", 2024, last=True), dated("2024-", None, last=True), dated("2024-底", None, last=False)
    ('2024-4-22', '2024-12-底', '2024-12-')
    """
    dashes = part.count("-")
    if dashes == 2:
        return part
    if dashes != 1:
        return ""
    if part.find("-") != 4:
        return "" if year is None else f"{year}-{part}"
    rest = part[5:]
    if rest not in ("", "内", *ENDS):
        return ""
    return f"{part[:4]}-12-底" if last else f"{part[:4]}-{12 if rest in ENDS else 1}-"


def day_of(text: str, *, last: bool) -> date | None:
    """年-月-日 是哪一天；只写到月的，头一天或最后一天；月底的，从 21 日起。"""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{0,2}|底|末)", text, re.ASCII)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), match[3]
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        return None
    final = month_end(year, month)
    if day in ("", *ENDS):
        return final if last else final.replace(day=LATE if day else 1)
    return final.replace(day=int(day)) if 1 <= int(day) <= final.day else None


# --- other spellings, put into the plain ones --------------------------------------------------------

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)(?:年度?|\.|-|/)|本年度?|今年|当年|本)?"
_DAY_OF_MONTH = {"上旬": ("1日", "10日"), "中旬": ("11日", "20日"), "下旬": ("21日", "底"), "": ("", "")}
_TAIL = (
    r"(?:\((?:含|含当日)\))?(?:24时|24:00)?(?P<before>之前|以前|前|止|为止|以内|之内|内)?"
    r"(?P<rest>[^\d,，。;；、]{0,12})"
)
_OF_A_PLAN = re.compile("未|尚|预计|计划|拟|争取|力争|不|无法|否|推迟|延期|延至|每|各|起|后|以来|开始|启动")
_LEAD = r"(?:截至|截止到?|截止|于|在|到|已于|已在)?"
_FORMS = (
    re.compile(
        _LEAD
        + r"(?P<y>(?:19|20)\d\d)[.\-/](?P<m>\d{1,2})[.\-/](?P<d>\d{1,2})日?(?:T?\d{1,2}:\d\d(?::\d\d(?:\.0+)?)?)?"
        + _TAIL
    ),
    re.compile(_LEAD + r"(?P<y>(?:19|20)\d\d)[.](?P<m>\d{1,2})(?P<d>)月?" + _TAIL),
    re.compile(_LEAD + _YEAR + r"(?P<month>\d{1,2})月份?(?P<ten>上旬|中旬|下旬)" + _TAIL),
    re.compile(_LEAD + _YEAR + r"(?P<m>\d{1,2})月份?(?P<d>(?:\d{1,2}[日号]|底|末)?)" + _TAIL),
    re.compile(_LEAD + _YEAR + r"第?(?P<quarter>[1-4])季度(?P<end>末|底)?" + _TAIL),
    re.compile(_LEAD + _YEAR + r"(?P<half>上|下)半年(?P<end>末|底)?" + _TAIL),
    re.compile(
        _LEAD + r"(?:(?P<year>(?:19|20)\d\d)年?|本年?|今年|当年)?(?P<yearend>年?(?:底|末|内))" + _TAIL
    ),
    re.compile(_LEAD + r"(?P<year>(?:19|20)\d\d)年度?(?P<whole>)" + _TAIL),
)


def plain_date(text: str) -> str:
    """别的写法的日期，写成统一写法；不是日期的返回空。text 是全角变半角、没有空格的。

    >>> plain_date("第3季度末"), plain_date("12月上旬"), plain_date("2024.11.30前"), plain_date("年底前完成验收")
    ('9月1日起9月30日止', '12月1日起12月10日止', '2024-11-30前', '12月1日起12月31日止前')
    """
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is None or _OF_A_PLAN.search(match["rest"]):
            continue
        before = _BEFORE if match["before"] in ("之前", "以前", "前") else ""
        spelt = _plain(match.groupdict())
        if spelt:
            return spelt + before
    return ""


def _plain(part: dict[str, str | None]) -> str:
    year = part.get("year") or ""
    if part.get("y"):
        return f"{part['y']}-{part['m']}-{part['d']}" if part["d"] else f"{part['y']}年{part['m']}月"
    if (ten := part.get("ten")) is not None:
        start, end = _DAY_OF_MONTH[ten]
        return _from_to(year, int(part["month"] or 0), start, end)
    if part.get("m"):
        day = (part.get("d") or "").replace("号", "日")
        return f"{year}年{part['m']}月{day}" if year else f"{part['m']}月{day}"
    if quarter := part.get("quarter"):
        last = int(quarter) * 3
        return _months(year, last if part.get("end") else last - 2, last)
    if half := part.get("half"):
        last = 6 if half == "上" else 12
        return _months(year, last if part.get("end") else last - 5, last)
    if said := part.get("yearend"):
        if "内" in said:
            return f"{year}年" if year else _months("", 1, 12)
        return f"{year}年底" if year else _months("", 12, 12)
    return f"{year}年" if year else ""


def _months(year: str, first: int, last: int) -> str:
    end = {3: "31日", 6: "30日", 9: "30日", 12: "31日"}[last]
    if year:
        return f"{year}-{first}-1起{year}-{last}-{end[:-1]}止"
    return f"{first}月1日起{last}月{end}止"


def _from_to(year: str, month: int, start: str, end: str) -> str:
    if year:
        return f"{year}-{month}-{start.removesuffix('日')}起{year}-{month}-{end.removesuffix('日')}止"
    return f"{month}月{start}起{month}月{end}止"
