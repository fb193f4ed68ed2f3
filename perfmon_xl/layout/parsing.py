"""How a typed value was understood, as native formulas beside it, and the same values from Python.

Every step of domain/spelling.py is a column here: the visible ones (符号、数值、单位) and hidden helpers, so
that no formula grows long. Only functions that Excel, WPS and LibreOffice share; no array entry needed:
EXACT and FIND over a constant list stand inside SUMPRODUCT.

What the plain grammar cannot read, Python reads: two hidden cells without a formula hold the spelling that the
formulas then read (读法) and the text that it was read from (原文). They count only while that text is unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from perfmon_xl.domain import dates
from perfmon_xl.domain import spelling as grammar
from perfmon_xl.domain.proposals import PROPOSED
from perfmon_xl.domain.target import Kind, TargetValue, date_shape
from perfmon_xl.domain.units import SAME_UNITS
from perfmon_xl.layout.schema import Column, Type

Value = Decimal | str

_LINE_BREAKS = {"\t": "CHAR(9)", "\n": "CHAR(10)"}


def _quoted(text: str) -> str:
    return _LINE_BREAKS.get(text) or '"' + text.replace('"', '""') + '"'


def _one_of(cell: str, words: Iterable[str]) -> str:
    return f"SUMPRODUCT(EXACT({cell},{{{','.join(map(_quoted, words))}}})*1)>0"


def _contains_any(cell: str, characters: Iterable[str]) -> str:
    return f"SUMPRODUCT(ISNUMBER(FIND({{{','.join(map(_quoted, characters))}}},{cell}))*1)>0"


def _substituted(cell: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        cell = f"SUBSTITUTE({cell},{_quoted(old)},{_quoted(new)})"
    return cell


def _letters(cell: str) -> str:
    return _substituted(cell, ((c, "") for c in grammar.DIGITS + ".,"))


def _number(side: str) -> str:
    """number_of：去掉末尾的单位应当恰好是一个数。"""
    digits = f"{{@_{side}_digits}}"
    bare = f'SUBSTITUTE(SUBSTITUTE({digits},",",""),".","")'
    whole = f'(FIND(".",{digits}&".")-1)'
    commas = f'({whole}-LEN(SUBSTITUTE(LEFT({digits},{whole}),",","")))'
    grouped = "*".join(
        f'IF({whole}>{limit},MID({digits},{whole}-{back},1)=",",TRUE)'
        for limit, back in ((3, 3), (7, 7), (11, 11), (15, 15))
    )
    valid = "*".join(
        (
            f'({digits}<>"")',
            f"(LEN({bare})<={grammar.MOST_DIGITS})",
            f'(LEN({digits})-LEN(SUBSTITUTE({digits},".",""))<2)',
            f'(RIGHT({digits},1)<>".")',
            f'(LEFT({digits},1)<>".")',
            f'(LEFT({digits},1)<>",")',
            f'ISERROR(FIND(",",{digits},{whole}+1))',
            f"IF({commas}=0,TRUE,({commas}=INT(({whole}-1)/4))*{grouped})",
        )
    )
    negative = f'IF(LEFT({{@_{side}}},1)="-",-1,1)'
    places = f"MAX(0,LEN({digits})-{whole}-1)"
    return f'IFERROR(IF({valid},{negative}*VALUE({bare})/10^{places},""),"")'


def _digits(side: str) -> str:
    text, unit = f"{{@_{side}}}", f"{{@_{side}_unit}}"
    first = f'(1+(LEFT({text},1)="-"))'
    count = f"(LEN({text})-LEN({unit}))"
    return (
        f"IFERROR(IF(EXACT(MID({text},{first},{count})&MID({unit},{first},99),MID({text},{first},99)),"
        f'MID({text},{first},{count}),""),"")'
    )


def _name(side: str) -> str:
    """unit_of：去掉“余”“多”的单位。"""
    unit = f'MID({{@_{side}_unit}},1+(LEFT({{@_{side}}},1)="-"),99)'
    return _substituted(unit, ((c, "") for c in grammar.SURPLUS))


def _surplus(side: str) -> str:
    text = f"{{@_{side}}}"
    return f'(LEN({{@_{side}_unit}})-(LEFT({text},1)="-")>LEN({{@_{side}_name}}))'


def _pairs_in(cell: str, first: Iterable[str], second: Iterable[str], between: str = "") -> str:
    """里面有没有一个 first 里的字紧接着（隔着 between）一个 second 里的字。"""
    across = "{" + ",".join(map(_quoted, first)) + "}"
    down = "{" + ";".join(map(_quoted, second)) + "}"
    middle = f'&"{between}"' if between else ""
    return f"SUMPRODUCT(ISNUMBER(FIND({across}{middle}&{down},{cell}))*1)>0"


_USED = 'AND(LEN({@_reading})>0,EXACT({@_seen},{@}&""))'
_READ_AS = (Kind.WORDS.value, Kind.BLANK.value)
_OPAQUE = (
    f"IF({_contains_any('{@_plain}', grammar.DIGITS)},"
    f"{_pairs_in('TRIM({@_half})', grammar.DIGITS, grammar.DIGITS, ' ')},"
    f"IF({_pairs_in('{@_plain}', grammar.NUMERALS, grammar.NUMERAL_UNITS)},TRUE,"
    f"{_contains_any('{@_plain}', grammar.READ_BY_PROGRAM)}))"
)
_SOURCE = f'IF({_USED},IF({_one_of("{@_reading}", _READ_AS)},{{@_reading}},""),IF({_OPAQUE},"{Kind.UNREAD.value}",""))'

_SIGNED = f'ISNUMBER(FIND(LEFT({{@_plain}},1),"{grammar.SIGNS}"))'
_CUT = "(LEN({@_low})<LEN({@_body}))"
_SUFFIX = (
    "".join(f'IF(RIGHT({{@_plain}},2)="{word}","{sign}",' for word, sign in grammar.SUFFIXES.items())
    + '""'
    + ")" * len(grammar.SUFFIXES)
)
_SINGLE = (
    f"IF({_SIGNED},LEFT({{@_plain}},1),IF({{@_tail}}>0,{_SUFFIX},"
    f'IF({{@_lead}}>0,LEFT({{@_plain}},1),IF({_surplus("low")},"余","未写"))))'
)
_FIRST_YEAR, _LAST_YEAR = grammar.YEARS


def _is_year(number: str) -> str:
    return f"IF(ISNUMBER({number}),({number}>={_FIRST_YEAR})*({number}<={_LAST_YEAR})>0,FALSE)"


def _is_unit(name: str, number: str) -> str:
    return (
        f'AND(LEN({name})<={grammar.LONGEST_UNIT},LEFT({name},1)<>"月",RIGHT({name},1)<>"/",RIGHT({name},1)<>"·",'
        f'NOT(AND(LEFT({name},1)="年",{_is_year(number)})),'
        f'OR({name}="%",{name}="‰",ISERROR(FIND("%",{name}))*ISERROR(FIND("‰",{name}))>0))'
    )


_RANGE_FITS = "*".join(
    (
        "ISNUMBER({@_high_value})",
        '(LEFT({@_high},1)<>"-")',
        _is_unit("{@_high_name}", "{@_high_value}"),
        "({@_lead}+{@_tail}=0)",
        f"NOT({_surplus('low')})",
        f"NOT({_surplus('high')})",
        'IF({@_low_name}="",TRUE,EXACT({@_low_name},{@_high_name}))',
        "IF(ISNUMBER({@_high_value}),{@_high_value}>={@_low_value},FALSE)",
    )
)
_SHAPE = _substituted(
    "({@_low_unit}&IF(" + _CUT + ',"-","")&{@_high_unit})', ((word, "") for word in dates.DATE_WORDS)
)
_IS_DATE = (
    f"IF({_contains_any('LEFT({@_body},1)', grammar.DIGITS)},IF({_one_of('{@_shape}', grammar.YEAR_FIRST)},"
    f"IF({_SIGNED},FALSE,{_is_year('{@_low_value}')}),{_one_of('{@_shape}', grammar.DATE_SHAPES)}),FALSE)"
)
_WHOLE = '(FIND(".",{@_low}&".")-1)'
_FRACTION = f"(LEN({{@_low}})-{_WHOLE}-1)"


def _is_day(month: str, day: str) -> str:
    return f"({month}>=1)*({month}<=12)*({day}>=1)*({day}<=31)"


_LIKE_DATE = (
    f'IFERROR(IF(({{@_low_unit}}<>"")+({{@_lead}}+{{@_tail}}>0)+{_CUT}+NOT(ISNUMBER({{@_low_value}}))'
    '+ISNUMBER(FIND(",",{@_low}))>0,0,'
    f"IF({_FRACTION}=-1,IF(LEN({{@_low}})=8,2*{_is_year('INT({@_low_value}/10000)')}"
    f"*{_is_day('MOD(INT({@_low_value}/100),100)', 'MOD({@_low_value},100)')},0),"
    f"IF({_WHOLE}=4,2*({_FRACTION}<=2)*{_is_year('INT({@_low_value})')}"
    "*(VALUE(MID({@_low},6,2))>=1)*(VALUE(MID({@_low},6,2))<=12),"
    f"({_WHOLE}<=2)*({_FRACTION}=2)*{_is_day('INT({@_low_value})', 'VALUE(RIGHT({@_low},2))')}"
    '*IF((RIGHT({@_low},1)="0")+({@_low_value}>=10)>0,2,1)))),0)'
)
_SIGN = (
    f'IF({{@_source}}<>"",IF({{@_source}}="{Kind.BLANK.value}","",{{@_source}}),'
    f'IF({_one_of("{@_plain}", grammar.BLANKS)},"",'
    f"IF(NOT({_contains_any('{@_plain}', grammar.DIGITS)}),"
    f'IF({_one_of("{@_plain}", grammar.BARE_SIGNS)},"未识别","定性"),'
    f'IF(LEN({{@_plain}})>{grammar.LONGEST},"未识别",'
    f'IF({_IS_DATE},"日期",'
    f'IF(NOT(ISNUMBER({{@_low_value}})),"未识别",'
    f"IF(NOT({_is_unit('{@_low_name}', '{@_low_value}')})+({{@_lead}}*{{@_tail}}>0)"
    f'+({_contains_any("{@_body}", grammar.NOT_IN_UNIT)})>0,"未识别",'
    f'IF({_CUT},IF({_RANGE_FITS},"区间","未识别"),IF(({{@_like_date}}+{{near_date}}>1)*({{@_like_date}}>0)*NOT({{near}})>0,"未识别",{_SINGLE})))))))))'
)
_HAS_NUMBER = 'AND(ISNUMBER({@_low_value}),{@_sign}<>"未识别",{@_sign}<>"日期",{@_sign}<>"定性",{@_sign}<>"")'
_OWN_UNIT = 'IF({@_sign}="区间",{@_high_name},{@_low_name})'
_SCALE = 'IF(LEFT({@_unit},1)="万",10000,IF(LEFT({@_unit},1)="亿",100000000,1))'
_SCALED = 'OR(LEFT({@_unit},1)="万",LEFT({@_unit},1)="亿")'
_BASE_UNIT = (
    "SUBSTITUTE(SUBSTITUTE("
    + _substituted(f"IF({_SCALED},MID({{@_unit}},2,99),{{@_unit}})", SAME_UNITS)
    + ',"/","·"),"·","/",1)'
)


def _has_number_beside(beside: Sequence[str]) -> str:
    """旁边的目标里有没有数。"""
    return "OR(" + ",".join(f"ISNUMBER({{{one}_number}})" for one in beside) + ")" if beside else "FALSE"


def _near_date(beside: Sequence[str]) -> str:
    """旁边的目标里有没有日期。"""
    return "OR(" + ",".join(f'{{{one}_sign}}="日期"' for one in beside) + ")" if beside else "FALSE"


def _unit(beside: Sequence[str]) -> str:
    """写了单位的用自己的；没有写的取旁边目标的，几个目标的单位不一样就不取。"""
    own = f'IF({_HAS_NUMBER},{_OWN_UNIT},"")'
    if not beside:
        return own
    first, last = (f"{{{one}_unit}}" for one in (beside[0], beside[-1]))
    taken = (
        first
        if first == last
        else f'IF({first}="",{last},IF({last}="",{first},IF(EXACT({first},{last}),{first},"")))'
    )
    small = "AND({@_low_value}<>0,ABS({@_low_value})<=1)"
    return (
        f'IF({_HAS_NUMBER},IF({_OWN_UNIT}<>"",{_OWN_UNIT},'
        f'IF(AND({small},OR({taken}="%",{taken}="‰")),"",{taken})),"")'
    )


# 后缀 → （表头后半截，公式，是否显示）。公式里 {@_x} 是本值的另一步，{@} 是填写的值，{near} 是旁边有没有数。
_COLUMNS: Mapping[str, tuple[str, str, bool]] = {
    "text": (
        "读的文字",
        _substituted(
            f'IF({_USED},IF({_one_of("{@_reading}", _READ_AS)},{{@}}&"",{{@_reading}}),'
            'IF(ISNUMBER({@}),SUBSTITUTE({@}&"",",","."),{@}&""))',
            [(character, "") for character in grammar.INVISIBLE],
        ),
        False,
    ),
    "half": ("归一甲", _substituted("{@_text}", grammar.NORMALISATIONS[: grammar.FIRST_PART]), False),
    "plain": ("归一", _substituted("{@_half}", grammar.NORMALISATIONS[grammar.FIRST_PART :]), False),
    "source": ("来路", _SOURCE, False),
    "lead": (
        "前缀",
        f'IF({{@_plain}}="",0,IF({_SIGNED},'
        f'1+IF(LEN({{@_plain}})>1,ISNUMBER(FIND(MID({{@_plain}},2,1),"{grammar.ABOUT}"))*1,0),'
        f'ISNUMBER(FIND(LEFT({{@_plain}},1),"{grammar.ABOUT}"))*1))',
        False,
    ),
    "tail": ("后缀", f"IF({_one_of('RIGHT({@_plain},2)', grammar.SUFFIXES)},2,0)", False),
    "body": ("主体", "MID({@_plain},{@_lead}+1,MAX(0,LEN({@_plain})-{@_lead}-{@_tail}))", False),
    "low": ("低端", 'LEFT({@_body},IFERROR(FIND("-",{@_body},2)-1,LEN({@_body})))', False),
    "high": ("高端", 'IFERROR(MID({@_body},FIND("-",{@_body},2)+1,99),"")', False),
    "low_unit": ("低端余字", _letters("{@_low}"), False),
    "high_unit": ("高端余字", _letters("{@_high}"), False),
    "shape": ("日期样子", _SHAPE, False),
    "low_digits": ("低端数字", _digits("low"), False),
    "high_digits": ("高端数字", _digits("high"), False),
    "low_value": ("低端值", _number("low"), False),
    "high_value": ("高端值", _number("high"), False),
    "low_name": ("低端单位", _name("low"), False),
    "high_name": ("高端单位", _name("high"), False),
    "like_date": ("像日期", _LIKE_DATE, False),
    "sign": ("符号", _SIGN, True),
    "number": ("数值", f'IF({_HAS_NUMBER},{{@_low_value}},"")', True),
    "upper": ("上限", 'IF({@_sign}="区间",{@_high_value},"")', True),
    "unit": ("单位", "{own_unit}", True),
    "base": ("基数", f'IF(ISNUMBER({{@_number}}),{{@_number}}*{_SCALE},"")', False),
    "base_upper": ("基数上限", f'IF(ISNUMBER({{@_upper}}),{{@_upper}}*{_SCALE},"")', False),
    "base_unit": ("基本单位", f'IF(ISNUMBER({{@_number}}),{_BASE_UNIT},"")', False),
}
_STORED: Mapping[str, tuple[str, str]] = {
    "seen": ("原文", "程序读的是哪几个字；填写的改了，读法就不算了，再填充一次。"),
    "reading": ("读法", "公式读不了的写法，程序换成这个样子来读。"),
}

_NOTES = {
    "sign": "看填写的值被读成什么：比较符，或区间、余、约、近、日期、定性；未写是没写比较符，未识别要改写法。",
    "number": "读出的数；区间是下限。",
    "upper": "区间的上限；不是区间的空着。",
    "unit": "读出的单位。",
}


def reading_columns(
    field: str, label: str, beside: Sequence[str] = (), *, proposed: bool = False
) -> tuple[Column, ...]:
    """一个值右边的各栏：怎么读的（符号、数值、单位），和隐藏的中间步骤。

    beside 是旁边的目标，没有写的单位取它们的；proposed：这一栏可能写着程序的建议，当作空的读。
    """
    typed = (
        f'IF(LEFT({{{field}}},{len(PROPOSED)})="{PROPOSED}","",{{{field}}})' if proposed else f"{{{field}}}"
    )

    def filled(formula: str) -> str:
        formula = formula.replace("{near}", _has_number_beside(beside)).replace(
            "{near_date}", _near_date(beside)
        )
        formula = formula.replace("{own_unit}", _unit(beside))
        return formula.replace("{@_", f"{{{field}_").replace("{@}", typed)

    stored = tuple(
        Column(
            field=f"{field}_{suffix}",
            header=f"{label}{title}",
            type=Type.LONG_TEXT,
            width=8,
            note=note,
            stored=True,
            hidden=True,
            printed=False,
            later=True,
        )
        for suffix, (title, note) in _STORED.items()
    )
    return stored + tuple(
        Column(
            field=f"{field}_{suffix}",
            header=f"{label}{title}",
            type=Type.NUMBER if suffix in ("number", "upper", "base", "base_upper") else Type.TEXT,
            width=8,
            formula=filled(formula),
            note=_NOTES.get(suffix, ""),
            hidden=not shown,
            printed=False,
        )
        for suffix, (title, formula, shown) in _COLUMNS.items()
    )


def _digit_part(text: str, letters: str) -> str:
    negative = int(text[:1] == "-")
    digits = text[negative : negative + len(text) - len(letters)]
    return digits if digits + letters[negative:] == text[negative:] else ""


def understood_values(field: str, target: TargetValue) -> dict[str, Value]:
    """这些栏应有的值，键是栏目的 field；与公式逐格相同。公式自己读得了的，原文、读法两栏空着。"""
    values = _values(target)
    return {name: values[suffix] for name, suffix in _names(field)}


@lru_cache(maxsize=64)
def _names(field: str) -> tuple[tuple[str, str], ...]:
    """这些栏的 field，和各自的后缀。"""
    return tuple((f"{field}_{suffix}", suffix) for suffix in (*_STORED, *_COLUMNS))


@lru_cache(maxsize=4096)
def _values(target: TargetValue) -> Mapping[str, Value]:
    """后缀 → 应有的值。同一个目标值在表1、表3、表4各写一遍，“≥95%”这样的别的项目也写。"""
    parts = grammar.steps(target.spelling)
    low, high = (
        grammar.number_of(text, letters)
        for text, letters in ((parts.low, parts.low_unit), (parts.high, parts.high_unit))
    )
    names = tuple(
        grammar.unit_of(letters[1:] if text[:1] == "-" else letters)[1]
        for text, letters in ((parts.low, parts.low_unit), (parts.high, parts.high_unit))
    )
    base, upper = target.base(), target.base_upper()
    known = target.kind in (Kind.NUMBER, Kind.RANGE)
    bare = not (parts.lead or parts.tail or len(parts.low) < len(parts.body))
    like_date = grammar.looks_like_date(parts.low) if bare else 0
    if target.reading:
        source = target.reading if target.reading in _READ_AS else ""
    else:
        source = Kind.UNREAD.value if parts.opaque else ""
    return {
        "seen": target.raw if target.reading else "",
        "reading": target.reading,
        "text": grammar.without_invisible(target.spelling),
        "half": grammar.half_normalised(target.spelling),
        "plain": parts.plain,
        "source": source,
        "lead": Decimal(parts.lead),
        "tail": Decimal(parts.tail),
        "body": parts.body,
        "low": parts.low,
        "high": parts.high,
        "low_unit": parts.low_unit,
        "high_unit": parts.high_unit,
        "shape": date_shape(parts),
        "low_digits": _digit_part(parts.low, parts.low_unit),
        "high_digits": _digit_part(parts.high, parts.high_unit),
        "low_value": "" if low is None else low,
        "high_value": "" if high is None else high,
        "low_name": names[0],
        "high_name": names[1],
        "like_date": Decimal(like_date),
        "sign": target.sign,
        "number": target.number if known and target.number is not None else "",
        "upper": target.upper if target.upper is not None else "",
        "unit": target.unit if known else "",
        "base": base[0] if base is not None else "",
        "base_upper": upper if upper is not None else "",
        "base_unit": base[1] if base is not None else "",
    }
