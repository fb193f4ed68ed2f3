"""The colours and signs of every product file, once: entries, calculations, lights and findings never share one.

A colour is never alone: a word, a symbol or a border says the same, so that it survives colour blindness and a grey
printer. Six hexadecimal digits, without “#”. Contrast of ink on fill is at least 4.5 everywhere; the two nearest
lights are 30 apart (CIE76) for the colour-blind eye that sees them worst.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Look(NamedTuple):
    """一种样子：底色、字色，和字前面的符号（没有的是空的）。"""

    fill: str
    ink: str
    symbol: str = ""


INK, MUTED, LINK = "1A1A1A", "595959", "0563C1"
HEAD = Look("DCE6F1", "1F3864")
ENTRY = Look("FFFBE6", "1F3D8A")  # a person types here
CARRIED = Look("FFFFFF", "00695C")  # an entry that still holds the program's formula: carried or proposed
MISSING = Look("FFE9A8", "7A4A00")  # required, and blank in a row that is in use
COMPUTED = Look("F2F2F2", "333333")
TOTAL = Look("E4E4E4", "1A1A1A")
PLAIN = Look("FFFFFF", INK)
BORDER, GRID, FRAME = "BFBFBF", "E2E2E2", "404040"
BAR = "9A9A9A"  # a bar without a light

UNLIT = "未亮灯"
LIGHTS: Mapping[str, Look] = {
    "红": Look("B3261E", "FFFFFF", "▼"),
    "黄": Look("F2C200", "1A1A1A", "◆"),
    "绿": Look("00806E", "FFFFFF", "●"),
    "蓝": Look("17468F", "FFFFFF", "▲"),
    UNLIT: Look("FFFFFF", "595959", "○"),
}
FINDINGS: Mapping[str, Look] = {
    "错误": Look("D9C3F0", "4A148C", "✖"),
    "警告": Look("EFE4FA", "5B2A86", "！"),
    "无法判断": Look("FFFFFF", "5B2A86", "？"),
    "提示": Look("FFFFFF", "5B2A86", "·"),
}
STATES: Mapping[str, Look] = {
    "达成": Look("", "333333", "✓"),
    "未达成": Look("", "333333", "✕"),
    "无法判断": Look("", "333333", "？"),
    "未到期": Look("", "595959", "◷"),
}
UNREAD = Look("", "5B2A86", "？")  # 未识别: how a value was read is a finding


def shown_with(symbol: str) -> str:
    """符号写在字前面的数字格式：存着的字不变。

    >>> shown_with("▼")
    '"▼ "@'
    """
    return f'"{symbol} "@'


REQUIRED = '@"＊"'  # a header whose column must be filled in: the stored text stays itself


def bar_colour(light: str) -> str:
    """图上一条的颜色：它的灯的颜色，不亮灯的是灰的。"""
    return LIGHTS[light].fill if light in LIGHTS and light != UNLIT else BAR
