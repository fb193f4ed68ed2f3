"""What Excel makes of what is written into a cell, what it hands out, and addresses."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import openpyxl
import pythoncom
import pywintypes
import win32com.client
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel, to_excel

from support.excel.com import ERRORS, refuse


class Cell:
    __slots__ = ("fill", "format", "formula", "note", "prefix", "value")

    def __init__(self, value=None, formula=None, format="General", note=None) -> None:
        self.value, self.formula, self.format, self.note, self.prefix, self.fill = (
            value,
            formula,
            format,
            note,
            "",
            None,
        )


def is_date(code: str) -> bool:
    return bool(
        re.search(r"[ymdhs年月日]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code), re.I)
    ) and code not in ("General", "@")


def is_currency(code: str) -> bool:
    return bool(re.search(r"[$¥￥€£]|\[\$", re.sub(r"\[\$-[0-9A-Fa-f]+\]", "", code)))


def enter(cell: Cell, given) -> None:
    """像在单元格里输入一样：文字可能变成数、日期、公式；文本格式的单元格里什么都是文字。"""
    cell.formula, cell.prefix = None, ""
    if given in (None, ""):
        cell.value = None
        return
    if cell.format == "@":
        if isinstance(given, str) and given.startswith("'"):
            given, cell.prefix = given[1:], "'"
        cell.value = (
            given
            if isinstance(given, str)
            else ("TRUE" if given else "FALSE")
            if isinstance(given, bool)
            else f"{given:.15g}"
        )
        return
    if isinstance(given, bool) or not isinstance(given, str):
        if isinstance(given, dt.datetime):
            if cell.format == "General":
                cell.format = "yyyy/m/d"
            given = to_excel(given.replace(tzinfo=None))
        cell.value = (
            float(given) if isinstance(given, int | Decimal) and not isinstance(given, bool) else given
        )
        return
    if given.startswith("'"):
        cell.value, cell.prefix = given[1:], "'"
    elif given.startswith("=") and len(given) > 1:
        if len(given) > 8193:
            raise refuse("公式太长")
        if given.count("(") != given.count(")") and '"' not in given:
            raise refuse("应用程序定义或对象定义错误")
        cell.formula, cell.value = given, None
    elif given[0] in "+-@" and re.fullmatch(r"[+\-@][A-Za-z(].*", given):
        cell.formula, cell.value = "=" + given, None
    elif given.upper() in ("TRUE", "FALSE"):
        cell.value = given.upper() == "TRUE"
    elif given.upper() in ERRORS:
        cell.value = given.upper()
    elif number := re.fullmatch(r"\s*([+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?)(%?)\s*", given):
        cell.value = float(number[1].replace(",", "")) / (100 if number[2] else 1)
        if number[2] and cell.format == "General":
            cell.format = "0.00%" if "." in given else "0%"
    elif day := re.fullmatch(r"(\d{4})[-/年](\d{1,2})(?:[-/月](\d{1,2})日?)?月?", given):
        cell.value = float(to_excel(dt.datetime(int(day[1]), int(day[2]), int(day[3] or 1))))
        if cell.format == "General":
            cell.format = "yyyy/m/d"
    else:
        cell.value = given


def serial(value, date1904):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return float(
            to_excel(
                value,
                openpyxl.utils.datetime.MAC_EPOCH if date1904 else openpyxl.utils.datetime.WINDOWS_EPOCH,
            )
        )
    if isinstance(value, int | float):
        return float(value)
    return str(value)


def error_value(text):
    """#N/A 这样的：VT_ERROR。"""
    return win32com.client.VARIANT(pythoncom.VT_ERROR, -2146828288 + ERRORS[text])


def seen(cell: Cell, date1904):
    """Range.Value 怎么给：日期格式的给日期，货币格式的给四位小数的货币，错误给错误。"""
    value = cell.value
    if isinstance(value, str):
        return error_value(value) if value in ERRORS and cell.prefix == "" and cell.format != "@" else value
    if isinstance(value, float):
        if is_date(cell.format):
            epoch = openpyxl.utils.datetime.MAC_EPOCH if date1904 else openpyxl.utils.datetime.WINDOWS_EPOCH
            when = from_excel(value, epoch)
            if isinstance(when, dt.datetime):
                return pywintypes.Time(when.replace(tzinfo=dt.UTC))
        if is_currency(cell.format):
            return Decimal(value).quantize(Decimal("0.0001"))
    return value


def constant(value):
    """Range.Formula 对不是公式的格给什么：文字。"""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, float) else value


def formula_text(value) -> str:
    text = value if isinstance(value, str) else getattr(value, "text", "") or ""
    text = re.sub(r"_xlfn\.(_xlws\.)?", "", text)
    return text if text.startswith("=") else "=" + text


def plain(formula: str) -> str:
    return re.sub(r"\s|@|\[#This Row\],?", "", formula).replace("[[", "[").replace("]]", "]")


def quoted(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_一-鿿][\w一-鿿]*", name) else "'" + name.replace("'", "''") + "'"


def boxes_of(text: str) -> list[tuple[int, int, int, int]]:
    found = []
    for one in text.replace("$", "").split(","):
        try:
            left, top, right, bottom = range_boundaries(one.strip())
        except (ValueError, TypeError):
            raise refuse(f"方法“Range”失败：{one}") from None
        found.append((top or 1, left or 1, bottom or 1_048_576, right or 16_384))
    return found


def address(box) -> str:
    top, left, bottom, right = box
    first, last = f"${get_column_letter(left)}${top}", f"${get_column_letter(right)}${bottom}"
    if (left, right) == (1, 16_384):
        return f"${top}:${bottom}"
    return first if (top, left) == (bottom, right) else f"{first}:{last}"


def overlaps(a, b) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def inside(a, b) -> bool:
    return b[0] <= a[0] and b[1] <= a[1] and a[2] <= b[2] and a[3] <= b[3]


def without(box, holes):
    """一个框去掉几个洞，剩下的框。"""
    left_over = [box]
    for hole in holes:
        pieces = []
        for t, lf, b, r in left_over:
            if not overlaps((t, lf, b, r), hole):
                pieces.append((t, lf, b, r))
                continue
            ht, hl, hb, hr = max(t, hole[0]), max(lf, hole[1]), min(b, hole[2]), min(r, hole[3])
            pieces += [
                p
                for p in ((t, lf, ht - 1, r), (hb + 1, lf, b, r), (ht, lf, hb, hl - 1), (ht, hr + 1, hb, r))
                if p[0] <= p[2] and p[1] <= p[3]
            ]
        left_over = pieces
    return left_over


# --- starting it -------------------------------------------------------------------------------------------------
