"""What people write, put into a spelling that the plain grammar (and so the workbook's formulas) reads.

Each step either gives another spelling of the same value or nothing; none of them guesses. What two readings
fit, fits none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.domain.amount import plain as plain_number
from perfmon_xl.domain.dates import plain_date
from perfmon_xl.domain.numerals import DIGIT_WORD, NUMERAL, chinese_number
from perfmon_xl.domain.spelling import (
    INVISIBLE_CHARACTER,
    MOST_DIGITS,
    half_normalised,
    looks_like_date,
    normalise,
)
from perfmon_xl.domain.units import UNITS

_SPACE_BETWEEN_DIGITS = re.compile(r"\d[ \n\t]+\d")
_TIME = re.compile(r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]+\d{1,2}:\d\d(?::\d\d(?:\.0+)?)?$")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNIT = r"[^\d≥≤><=,，。；;、（）()\s]{0,12}?"
_MONEY = r"(?:[万亿]?元|[万亿])"

_WORDY = "|".join(sorted((u for u in (*UNITS.split(), "年") if u not in ("分", "日")), key=len, reverse=True))
_COUNTED = rf"(?:[万亿](?:{_WORDY})|{_WORDY}|万|亿)"
_HUNDREDTHS = re.compile(rf"(百|千)分之((?:{NUMERAL}|百)(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)")
_IN_WORDS = re.compile(
    rf"(?P<before>\D*?)(?<!{DIGIT_WORD})(?P<number>{NUMERAL})(?P<more>[余多]?)(?P<unit>{_COUNTED})(?P<after>(?:\(含\))?(?:[及含]?以上|以下|以内|之内|内|左右)?)"
)
_IN_WORDS_TWICE = re.compile(
    rf"(?P<low>{NUMERAL})(?P<first>{_COUNTED})?(?:至|到|-)(?P<high>{NUMERAL})(?P<unit>{_COUNTED})"
)
_SAID_BEFORE = re.compile(
    r"(?:控制在|保持在|不低于|不少于|不小于|不得低于|不得少于|至少|最少|不超过|不得超过|不高于|不得高于|不大于|不多于|至多|最多|大于|小于|高于|低于|超过|少于"
    r"|多于|大于等于|小于等于|大于或等于|小于或等于|约|近|大约|累计|共|共计|合计|完成|已完成|每[^\d]{1,8}|[≥≤><=])*"
)
_DATE_IN_WORDS = re.compile(rf"(?<!{DIGIT_WORD})({NUMERAL})(?=[年月日号季旬]|个?季度)")
_YEAR_IN_WORDS = re.compile("二[零〇][零〇一二三四五六七八九]{2}(?=年)")

# 说法 → 比较符；统一写法（normalise）认得的不在这里。
_SIGN_WORDS: tuple[tuple[str, str], ...] = (
    *((word, "≥") for word in ("不得低于", "不得少于", "不应低于", "不应少于", "不能低于", "高于或等于", "高于等于", "多于或等于", "大于或者等于", "超过或等于")),
    *((word, "≤") for word in ("不得超过", "不得高于", "不得多于", "不得大于", "不应超过", "不能超过", "不突破", "不得突破", "低于或等于", "低于等于", "少于或等于", "少于等于", "小于或者等于")),
)  # fmt: skip
_REACHED = re.compile(
    r"^(?:达到|达|保持在|稳定在|维持在|(?:提高|提升|增加|增长)(?:到|至)|(?:降低|下降|减少|压缩)(?:到|至)|降至|降到)"
)
_COUNTED_UP = re.compile(r"^(?:实际完成|累计完成|已完成|完成|累计|共计|合计|总计|共)(?=\d)")
_INCLUDED = r"\((?:含|含本数|包含|含" + _NUMBER + _UNIT + r")\)"
_NOT_INCLUDED = r"\((?:不含|不含本数|不包含)\)"
_CURRENCY = re.compile(
    rf"^(?P<sign>[≥≤><=约近]*)(?:￥|¥|人民币|RMB|CNY)(?P<number>{_NUMBER})(?P<unit>[万亿]?)(?:元整?)?(?P<per>/[^\d≥≤><=,，。；;、（）()\s]{{1,8}})?$"
)
_WITHIN = re.compile(rf"^(?:控制在)?(?P<number>{_NUMBER}{_UNIT})(?:的?范围)?(?:之内|以内|内)$")
_CONTROLLED = re.compile(
    rf"^控制在(?P<sign>[≤<]?)(?P<number>{_NUMBER}{_UNIT})(?:之内|以内|以下|内|左右|范围内|的?范围内)?$"
)
_SIGN_INCLUDED = re.compile(rf"^(?P<value>[≥≤]{_NUMBER}{_UNIT}){_INCLUDED}$")
_UP_TO = re.compile(
    rf"^(?P<number>{_NUMBER}{_UNIT})(?:{_INCLUDED})?[及]?以(?P<side>[上下内])(?:{_INCLUDED})?$"
)
_ABOVE = re.compile(
    rf"^(?P<number>{_NUMBER}{_UNIT})(?:{_NOT_INCLUDED})?以(?P<side>[上下])(?:{_NOT_INCLUDED})?$"
)
_TWO_SIDED = re.compile(
    rf"^(?P<one>[≥≤])(?P<low>{_NUMBER})(?P<first>{_UNIT})(?:[,、;；]|且|并且|而且|同时|并|[,、]且)?(?P<other>[≥≤])(?P<high>{_NUMBER})(?P<last>{_UNIT})$"
)
_BETWEEN_SIGNS = re.compile(
    rf"^(?P<low>{_NUMBER})(?P<first>{_UNIT})(?P<one>[≥≤])[^\d≥≤><=]{{1,8}}(?P<other>[≥≤])(?P<high>{_NUMBER})(?P<last>{_UNIT})$"
)
_BETWEEN = re.compile(
    rf"^(?:控制在|保持在|在|介于)?(?P<low>{_NUMBER})(?P<first>{_UNIT})(?:-|至|到|与|和)(?P<high>{_NUMBER})(?P<last>{_UNIT})(?:之间|以内|范围内)?(?:\(含\))?$"
)
_PER_FIRST = re.compile(
    rf"^(?P<first>[≥≤><=约]?)(?P<what>(?:每[^\d每≥≤><=约]{{1,4}}?){{1,2}}|[人户亩]均)(?:补助|补贴|资助|奖补|标准为?|为)?(?P<sign>[≥≤><=约]?)(?P<number>{_NUMBER})(?P<money>{_MONEY})$"
)
_PER_LAST = re.compile(
    rf"^(?P<sign>[≥≤><=约]?)(?P<number>{_NUMBER})(?P<money>[万亿]?元)/?(?P<what>(?:/?每[^\d每/]{{1,4}}?){{1,2}})$"
)
_DOTTED_UNIT = re.compile(r"(?<=[^\d\s.])\.(?=[^\d\s.])")
_BRACKETED_UNIT = re.compile(
    rf"^(?P<value>[≥≤><=约近]*{_NUMBER}(?:-{_NUMBER})?)\((?P<unit>[%‰]|[万亿]?(?:{_WORDY}))\)$"
)
_BRACKET_IN_UNIT = re.compile(r"(?<=/)\(([^()\d]{1,8})\)$")
_YEAR_AND_MONTH = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])(?P<rest>(?:底|末)?(?:之?前|以前)?)"
)
_REMARK = re.compile(r"^(?P<value>[^()]{1,24})\((?P<remark>[^()\d]{1,20})\)$")
_NOT_A_FACT = re.compile("预计|计划|拟|其中|约|未|不|目标|待|估|暂|左右|以上|以下|以内|或")
_EVENTS = "(?:安全|生产|责任|质量|重大|较大|重特大|特大|一般|食品|消防|环境|污染|群体性?|交通|医疗|网络|信息|有效|信访|违法|违规|违纪|资金)*(?:事故|投诉|险情|事件|伤亡|案件|上访|举报)"
_ZERO = re.compile(
    rf"(?:没有|未发生|未出现|无发生|零发生|零|没有(?:发生|出现|收到|接到)|未(?:发生|出现|收到|接到)(?:过|任何)?{_EVENTS}|(?:没有|无|零){_EVENTS}|没有(?:发生|出现|收到|接到)(?:过|任何)?{_EVENTS})"
)
_FULL = re.compile("百分百|百分之百")
_BINARY_TAIL = re.compile(r"(?<![\d.])\d+\.\d+(?!\d)")


def respellings(text: str) -> Iterator[str]:
    """同一个值的别的写法，最像的在前；没有把握的不给。

    >>> list(respellings("不低于百分之九十五")), list(respellings("每亩1000元"))[-1]
    (['≥95%'], '1000元/亩')
    """
    clean = INVISIBLE_CHARACTER.sub("", text).strip()
    if clean != text:
        yield clean
    if _TIME.match(clean):
        clean = clean.replace("T", " ").partition(" ")[0]
    elif _SPACE_BETWEEN_DIGITS.search(half_normalised(clean)):
        return  # “1 200人”：一个数还是两个，看不出来
    half = half_normalised(clean).replace(" ", "").rstrip("。；;，,、")
    if _ZERO.fullmatch(half):
        yield "0"
        return
    half = _BINARY_TAIL.sub(lambda found: _rounded(found[0]), _arabic(half))
    if match := _YEAR_AND_MONTH.fullmatch(half):
        yield f"{match['year']}年{int(match['month'])}月{match['rest']}"
        return
    if not looks_like_date(half) and (day := plain_date(half)):
        yield day
    yield from _numbers(_usual(half))


def _usual(text: str) -> str:
    """比较的说法换成符号；单位里的点、数字写的平方统一。"""
    text = _REACHED.sub("", text)
    for word, sign in _SIGN_WORDS:
        text = text.replace(word, sign)
    text = normalise(text.replace("km2", "km²").replace("m2", "㎡").replace("m3", "m³"))
    text = _BRACKET_IN_UNIT.sub(r"\1", _BRACKETED_UNIT.sub(r"\g<value>\g<unit>", text))
    return _DOTTED_UNIT.sub("·", _FULL.sub("100%", text))


def _numbers(text: str) -> Iterator[str]:
    yield text
    if (counted := _COUNTED_UP.sub("", text)) != text:
        yield counted
        text = counted
    remark = _REMARK.match(text)
    if remark and not _NOT_A_FACT.search(remark["remark"]):
        yield remark["value"]
    for form, spelt in _FORMS:
        if match := form.match(text):
            other = spelt(match.groupdict(""))
            if other:
                yield other
                yield from _nested(other)


def _nested(text: str) -> Iterator[str]:
    """换过一次写法，里面还有货币符号、“整”的。"""
    for form, spelt in _FORMS[:2]:
        if (match := form.match(text)) and (other := spelt(match.groupdict(""))):
            yield other


def _currency(part: dict[str, str]) -> str:
    return f"{part['sign']}{part['number']}{part['unit']}元{part['per'] or ''}"


def _round_sum(part: dict[str, str]) -> str:
    return part["value"]


def _at_most(part: dict[str, str]) -> str:
    return f"≤{part['number']}"


def _controlled(part: dict[str, str]) -> str:
    return f"{part['sign'] or '≤'}{part['number']}"


def _up_to(part: dict[str, str]) -> str:
    return ("≥" if part["side"] == "上" else "≤") + part["number"]


def _above(part: dict[str, str]) -> str:
    return (">" if part["side"] == "上" else "<") + part["number"]


def _two_sided(part: dict[str, str]) -> str:
    if part["one"] == part["other"]:
        return ""
    if part["one"] == "≤":
        part = part | {"low": part["high"], "high": part["low"], "first": part["last"], "last": part["first"]}
    return _range(part)


def _between_signs(part: dict[str, str]) -> str:
    if part["one"] != part["other"]:
        return ""
    if part["one"] == "≥":
        part = part | {"low": part["high"], "high": part["low"], "first": part["last"], "last": part["first"]}
    return _range(part)


def _range(part: dict[str, str]) -> str:
    units = {unit for unit in (part["first"], part["last"]) if unit}
    low, high = (Decimal(part[end].replace(",", "")) for end in ("low", "high"))
    if len(units) > 1 or low > high:
        return ""
    return f"{part['low']}-{part['high']}{''.join(units)}"


def _per(part: dict[str, str]) -> str:
    what = part["what"]
    things = [what[0]] if what.endswith("均") else [w.strip("/") for w in what.split("每") if w.strip("/")]
    money = part["money"] if part["money"].endswith("元") else part["money"] + "元"
    return f"{part.get('first', '')}{part['sign']}{part['number']}{money}/{'·'.join(things)}"


_FORMS = (
    (_CURRENCY, _currency),
    (re.compile(rf"^(?P<value>[≥≤><=约近]*{_NUMBER}[余多]?[万亿]?元)整$"), _round_sum),
    (_SIGN_INCLUDED, _round_sum),
    (_CONTROLLED, _controlled),
    (_WITHIN, _at_most),
    (_UP_TO, _up_to),
    (_ABOVE, _above),
    (_TWO_SIDED, _two_sided),
    (_BETWEEN_SIGNS, _between_signs),
    (_BETWEEN, _range),
    (_PER_FIRST, _per),
    (_PER_LAST, _per),
)


def _rounded(digits: str) -> str:
    """二进制小数的尾差：0.95000000000000007 是 0.95。"""
    if len(digits) - 1 <= MOST_DIGITS:
        return digits
    return plain_number(Decimal(f"{Decimal(digits):.15g}"))


def _arabic(text: str) -> str:
    """中文写的数换成阿拉伯数字；只换后面跟着单位、百分之、年月日的，别的字不动。"""
    text = _YEAR_IN_WORDS.sub(lambda found: str(chinese_number(found[0])), text)
    text = _HUNDREDTHS.sub(_as_percent, text)
    dated = _DATE_IN_WORDS.sub(lambda found: _digits(found[1]), text)
    if dated != text and not re.search("个月|[年月日]后|一次", text) and plain_date(dated):
        return dated
    if twice := _IN_WORDS_TWICE.fullmatch(text):
        return f"{_digits(twice['low'])}{twice['first'] or ''}-{_digits(twice['high'])}{twice['unit']}"
    match = _IN_WORDS.fullmatch(text)
    if match is None or not _SAID_BEFORE.fullmatch(match["before"]):
        return text
    number, unit = match["number"], match["unit"]
    if number[-1] in "万亿":
        number, unit = number[:-1], number[-1] + unit
    value = chinese_number(number)
    if value is None:
        return text
    return f"{match['before']}{plain_number(value)}{match['more']}{unit}{match['after']}"


def _digits(numeral: str) -> str:
    value = chinese_number(numeral)
    return numeral if value is None else plain_number(value)


def _as_percent(match: re.Match[str]) -> str:
    sign = "%" if match[1] == "百" else "‰"
    if match[2] == "百":
        return "100" + sign
    value = Decimal(match[2]) if match[2][0].isdecimal() and match[2].isascii() else chinese_number(match[2])
    return match[0] if value is None else plain_number(value) + sign
