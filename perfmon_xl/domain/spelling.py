"""The plain grammar of a value: exactly what the native formulas in the workbook do, step by step.

layout/parsing.py writes the same steps over the same tables as formulas. This grammar may leave a spelling
unread, but what it reads it must read rightly; what else people write is put into one of its own spellings by
domain/respelling.py first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

SIGNS = "≥≤><="
ABOUT = "约近"  # before the number
SURPLUS = "余多"  # after the number: 70余件、200多万元
SUFFIXES = {"以上": "≥", "以下": "≤", "以内": "≤", "左右": "约"}
BLANKS = (
    *("", "-", "--", "---", "----", "/", "//", "无", "·", "··", "...", "…", "……"),
    *(
        "暂无",
        "暂无数据",
        "暂无资料",
        "无数据",
        "无资料",
        "数据暂缺",
        "暂缺",
        "缺失",
        "空",
        "空白",
        "N/A",
        "n/a",
        "NA",
    ),
    *("不适用", "未填", "未填写", "未填报", "未报", "待填", "待填写", "待填报", "待补充", "待补"),
    *("待统计", "统计中", "未统计", "尚未统计", "暂未统计", "无法统计", "暂无法统计", "(空)", "(空白)"),
    *(
        "正在统计",
        "待年底统计",
        "年终统计",
        "待测算",
        "待调查",
        "尚未调查",
        "未到统计时间",
        "未到统计期",
        "未到统计节点",
    ),
)
BARE_SIGNS = ("≥", "≤", ">", "<", "=", "%", "≥%", "≤%", "=%")
NOT_IN_UNIT = "。；;！!？?：:、()[]【】《》“”\"'|\\+_^#@&≥≤><=￥¥$内前后整每含且约第"
DIGITS = "0123456789"
NUMERALS = "零〇一二两三四五六七八九十百千万余多几数"
LONGEST = 60  # a longer text with digits is a sentence, not a value
LONGEST_UNIT = 12
MOST_DIGITS = 15  # what a spreadsheet keeps exactly
YEARS = (1900, 2100)  # a whole number from one to the other before 年 is a year, not a quantity

# 看不见的字符：粘贴时混进来的零宽字符、方向符、软连字符、各种窄空格。读的时候先去掉，公式也去掉。
INVISIBLE = "".join(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2065), 0xFEFF))
) + "".join(map(chr, range(0x2000, 0x200B)))

# 没有阿拉伯数字、却可能是数、日期或零的说法：由程序读，公式不当作文字。
NUMERAL_UNITS = "%个件次场户人台套家所名项天周月年季元万亩米公平吨期篇份辆座条位例起批处宗间栋册本节课学期倍日小片张头只羽株棵轮幅起幢间组块"
READ_BY_PROGRAM = (
    *("百分", "千分之", "分钟", "年底", "年末", "年内", "月底", "月末", "旬", "季度", "半年"),
    *(
        "没有",
        "未发生",
        "未出现",
        "无发生",
        "零",
        "事故",
        "投诉",
        "险情",
        "伤亡",
        "案件",
        "事件",
        "上访",
        "举报",
    ),
)

# 依次替换；工作簿里的公式用同一张表，顺序不能换。前 FIRST_PART 条替换完还留着空格，看数字中间有没有空格。
NORMALISATIONS: tuple[tuple[str, str], ...] = (
    ("\u3000", " "),
    ("\u00a0", " "),
    ("\t", " "),
    ("\n", " "),
    *((chr(0xFF10 + d), str(d)) for d in range(10)),
    ("．", "."),
    ("％", "%"),
    ("，", ","),
    ("（", "("),
    ("）", ")"),
    ("／", "/"),
    ("～", "-"),
    ("〜", "-"),
    ("~", "-"),
    ("—", "-"),
    ("–", "-"),
    ("－", "-"),
    ("•", "·"),
    ("・", "·"),
    ("‧", "·"),
    ("∙", "·"),
    ("⋅", "·"),
    ("*", "·"),
    (" ", ""),
    ("＞", ">"),
    ("＜", "<"),
    ("＝", "="),
    ("═", "="),
    ("≧", "≥"),
    ("≦", "≤"),
    ("⩾", "≥"),
    ("⩽", "≤"),
    ("$", ""),
    ("\\%", "%"),
    ("\\geqslant", "≥"),
    ("\\geq", "≥"),
    ("\\ge", "≥"),
    ("\\leqslant", "≤"),
    ("\\leq", "≤"),
    ("\\le", "≤"),
    (">=", "≥"),
    ("=>", "≥"),
    ("<=", "≤"),
    ("=<", "≤"),
    ("大于或等于", "≥"),
    ("大于等于", "≥"),
    ("小于或等于", "≤"),
    ("小于等于", "≤"),
    ("不低于", "≥"),
    ("不少于", "≥"),
    ("不小于", "≥"),
    ("至少", "≥"),
    ("最少", "≥"),
    ("不超过", "≤"),
    ("不高于", "≤"),
    ("不大于", "≤"),
    ("不多于", "≤"),
    ("至多", "≤"),
    ("最多", "≤"),
    ("大于", ">"),
    ("高于", ">"),
    ("超过", ">"),
    ("多于", ">"),
    ("小于", "<"),
    ("低于", "<"),
    ("少于", "<"),
    ("等于", "="),
    ("百分比", "%"),
    ("大约", "约"),
    ("将近", "近"),
    ("接近", "近"),
    ("及以", "以"),
    ("至", "-"),
)
FIRST_PART = next(n for n, (old, _) in enumerate(NORMALISATIONS) if old == " ")

DATE_SHAPES = (
    *("年月日", "年月底", "年月末", "年月", "年月份", "年底", "年末", "年内", "年", "年度"),
    *("月日", "月底", "月末", "月", "月份", "--", "//"),
    *(
        "月日起月日止",
        "月日起月底止",
        "--起--止",
        "--起--底止",
    ),  # as domain/respelling.py writes a span of days
)
YEAR_FIRST = ("年底", "年末", "年内", "年", "年度")  # of these the number must be a year

# Most values have none of the first characters and need none of the hundred replacements.
_SPELT_OTHERWISE = re.compile(f"[{re.escape(''.join(dict.fromkeys(old[0] for old, _ in NORMALISATIONS)))}]")
INVISIBLE_CHARACTER = re.compile(f"[{INVISIBLE}]")
_SPACED = re.compile("[0-9] +[0-9]")


def without_invisible(text: str) -> str:
    """去掉看不见的字符。"""
    return text if text.isascii() else INVISIBLE_CHARACTER.sub("", text)


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """统一全角半角、比较符的各种写法、连接号。

    >>> normalise("＞＝ ７０ 件"), normalise("70％～80％"), normalise("160\\u200b件")
    ('≥70件', '70%-80%', '160件')
    """
    text = without_invisible(text)
    if not _SPELT_OTHERWISE.search(text):
        return text
    for old, new in NORMALISATIONS:
        text = text.replace(old, new)
    return text


def half_normalised(text: str) -> str:
    """前一半替换做完的样子：全角变半角，空格还在。"""
    text = without_invisible(text)
    for old, new in NORMALISATIONS[:FIRST_PART]:
        text = text.replace(old, new)
    return text


@dataclass(frozen=True, slots=True)
class Steps:
    """读一个值的中间步骤；与工作簿里的辅助栏一一对应。

    plain 统一写法；opaque 是不是只有程序能读；lead 前面的符号占几个字；tail 后面的“以上”等占几个字；body 去掉两者；
    low、high 是区间两端（不是区间的 high 为空）；low_unit、high_unit 是去掉数字后剩下的字。
    """

    plain: str
    opaque: bool
    lead: int
    tail: int
    body: str
    low: str
    high: str
    low_unit: str
    high_unit: str


@lru_cache(maxsize=4096)
def steps(text: str) -> Steps:
    """把一个值拆开；不判断对不对。"""
    plain = normalise(text)
    has_sign = plain[:1] != "" and plain[:1] in SIGNS
    after = plain[1:2] if has_sign else plain[:1]
    lead = int(has_sign) + int(after != "" and after in ABOUT)
    tail = 2 if plain[-2:] in SUFFIXES else 0
    body = plain[lead : max(lead, len(plain) - tail)]
    cut = body.find("-", 1)
    low, high = (body, "") if cut < 0 else (body[:cut], body[cut + 1 :])
    return Steps(plain, _opaque(text, plain), lead, tail, body, low, high, letters(low), letters(high))


_LIKE_NUMERALS = re.compile(f"[{NUMERALS}][{NUMERAL_UNITS}]|{'|'.join(READ_BY_PROGRAM)}")


def _opaque(text: str, plain: str) -> bool:
    """公式不读、只有程序读的写法。"""
    if has_digit(plain):
        return _SPACED.search(half_normalised(text)) is not None
    return _LIKE_NUMERALS.search(plain) is not None


def has_digit(text: str) -> bool:
    return any(c in DIGITS for c in text)


_NOT_LETTERS = str.maketrans("", "", DIGITS + ".,")


def letters(text: str) -> str:
    """去掉数字、小数点和千分位以后剩下的字。"""
    return text.translate(_NOT_LETTERS)


def number_of(text: str, unit: str) -> Decimal | None:
    """text 去掉末尾的 unit 应当恰好是一个数：千分位要三位一组，小数点至多一个，最多十五位。"""
    negative = text[:1] == "-"
    text, unit = (text[1:], unit[1:]) if negative else (text, unit)
    digits = text[: len(text) - len(unit)]
    if digits + unit != text:
        return None
    whole, dot, fraction = digits.partition(".")
    bare = whole.replace(",", "")
    if not bare or (dot and not fraction) or len(bare) + len(fraction) > MOST_DIGITS:
        return None
    if not (bare.isdecimal() and (fraction == "" or fraction.isdecimal())):
        return None
    if "," in whole and not re.fullmatch(r"\d{1,3}(,\d{3})+", whole):
        return None
    number = Decimal(f"{bare}.{fraction}" if fraction else bare)
    return -number if negative else number


def unit_of(rest: str) -> tuple[str, str]:
    """剩下的字分成“余”和单位。"""
    unit = rest
    for character in SURPLUS:
        unit = unit.replace(character, "")
    return ("余" if unit != rest else ""), unit


def is_unit(unit: str, number: Decimal) -> bool:
    """能不能是单位：百分号后面没有别的字；“月”“年”开头的多半是日期。"""
    if len(unit) > LONGEST_UNIT or unit[:1] == "月" or unit[-1:] in ("/", "·"):
        return False
    if unit[:1] == "年" and YEARS[0] <= number <= YEARS[1]:
        return False
    return unit in ("%", "‰") or ("%" not in unit and "‰" not in unit)


def looks_like_date(body: str) -> int:
    """没有单位的 6.30、11.30、2024.6、20240630：像日期也像数。

    2：旁边没有数的不读；1：像数多些（1.25、4.22），旁边是日期的才不读；0：不像。

    >>> [looks_like_date(text) for text in ("6.30", "4.22", "12.25", "6.3", "13.30", "2024.06", "20240630", "12345678")]
    [2, 1, 2, 0, 0, 2, 2, 0]
    """
    whole, dot, fraction = body.partition(".")
    if len(whole) > len("20240630") or not whole.isdecimal() or (dot and not fraction.isdecimal()):
        return 0
    number = int(whole)
    if not dot:
        dated = len(whole) == 8 and _year(number // 10_000) and _day(number // 100 % 100, number % 100)
        return 2 if dated else 0
    if len(whole) == 4:
        return 2 if _year(number) and len(fraction) <= 2 and 1 <= int(fraction) <= 12 else 0
    if len(whole) > 2 or len(fraction) != 2 or not _day(number, int(fraction)):
        return 0
    return 2 if fraction.endswith("0") or number >= 10 else 1


def _year(number: int) -> bool:
    return YEARS[0] <= number <= YEARS[1]


def _day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31
