"""How the workbook looks: the palette as formats of XlsxWriter, number formats by type, looks that follow a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from perfmon_xl.layout import palette
from perfmon_xl.layout.palette import Look, shown_with
from perfmon_xl.layout.schema import Type

FONT = "宋体"
CREATED = datetime(2024, 1, 1)  # in the properties: the same input gives the same bytes
TITLE_HEIGHT, NEXT_HEIGHT, SECTION_HEIGHT, TOTAL_HEIGHT, HEAD_HEIGHT = 28, 20, 22, 22, 34.0
_LEFT = (Type.LONG_TEXT, Type.TEXT)

NUMBER_FORMATS = {
    Type.TEXT: "@",
    Type.CHOICE: "@",
    Type.TARGET: "@",
    Type.LONG_TEXT: "General",
    Type.WAN: "#,##0.00####",
    Type.YUAN: "#,##0.00",
    Type.DATE: "yyyy-mm-dd",
    Type.RATE: "0.00%",
    Type.NUMBER: "General",
}


def web(colour: str) -> str:
    """XlsxWriter 要的颜色写法。"""
    return f"#{colour}"


class Formats:
    """同样的格式只建一次。"""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def make(self, **properties: object) -> Any:
        """一种格式；不说字色的是墨色。"""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 11, "font_color": web(palette.INK)}
            self._made[key] = self._workbook.add_format({**base, **properties})
        return self._made[key]

    def filled(self, look: Look, **properties: object) -> Any:
        """有底色、有框线的格子。"""
        return self.make(
            **{
                "border": 1,
                "border_color": web(palette.BORDER),
                "bg_color": web(look.fill),
                "font_color": web(look.ink),
                "valign": "vcenter",
                **properties,
            }
        )

    def cell(self, kind: Type, *, computed: bool, centred: bool | None = None) -> Any:
        """一个填写的或计算的单元格。"""
        middle = kind not in _LEFT if centred is None else centred
        return self.filled(
            palette.COMPUTED if computed else palette.ENTRY,
            num_format="General" if computed and kind is Type.TEXT else NUMBER_FORMATS[kind],
            text_wrap=True,
            align="right" if kind in (Type.WAN, Type.YUAN, Type.RATE) else "center" if middle else "left",
        )

    def head(self, *, required: bool = False) -> Any:
        """表头；必填的显示“＊”，存着的字不变。"""
        more = {"num_format": palette.REQUIRED} if required else {}
        return self.filled(palette.HEAD, bold=True, text_wrap=True, align="center", **more)

    @property
    def filtered_head(self) -> Any:
        """有筛选按钮的表头：字靠上，最后一行留给按钮。"""
        return self.filled(palette.HEAD, bold=True, text_wrap=True, align="center", valign="top")

    def label(self, *, required: bool = False) -> Any:
        more = {"num_format": palette.REQUIRED} if required else {}
        return self.filled(palette.HEAD, text_wrap=True, **more)

    @property
    def title(self) -> Any:
        return self.make(bold=True, font_size=16, valign="vcenter")

    @property
    def subtitle(self) -> Any:
        return self.make(bold=True, font_size=12, valign="vcenter")

    @property
    def step(self) -> Any:
        """第二行的“下一步”。"""
        return self.make(bold=True, font_color=web(palette.HEAD.ink), valign="vcenter")

    @property
    def link(self) -> Any:
        return self.make(font_color=web(palette.LINK), underline=1, valign="vcenter")

    @property
    def note(self) -> Any:
        return self.make(font_color=web(palette.MUTED), font_size=10, valign="vcenter", text_wrap=True)

    @property
    def remark(self) -> Any:
        return self.make(font_color=web(palette.MUTED), font_size=10, valign="vcenter", indent=1)

    @property
    def text(self) -> Any:
        return self.filled(palette.PLAIN, text_wrap=True)


def _look(look: Look, **more: object) -> dict[str, object]:
    found: dict[str, object] = {"font_color": web(look.ink), **more}
    if look.fill:
        found["bg_color"] = web(look.fill)
    if look.symbol:
        found["num_format"] = shown_with(look.symbol)
    return found


LIGHT_LOOKS: Mapping[str, Mapping[str, object]] = {
    word: _look(look, bold=word != palette.UNLIT) for word, look in palette.LIGHTS.items()
}
STATE_LOOKS: Mapping[str, Mapping[str, object]] = {
    word: _look(
        look, **({"bold": True} if word == "未达成" else {"italic": True} if word == "无法判断" else {})
    )
    for word, look in palette.STATES.items()
}
DRAFT_LOOKS: Mapping[str, Mapping[str, object]] = {
    "草稿": {"font_color": web(palette.CARRIED.ink), "italic": True}
}
READING_LOOKS: Mapping[str, Mapping[str, object]] = {"未识别": _look(palette.UNREAD, bold=True)}
FINDING_LOOKS: Mapping[str, Mapping[str, object]] = {
    word: _look(look, bold=word == "错误") for word, look in palette.FINDINGS.items()
}


def follow(
    workbook: Any,
    page: Any,
    area: tuple[int, int, int, int],
    looks: Mapping[str, Mapping[str, object]],
) -> None:
    """一片单元格的样子跟着字走；area 是上、左、下、右，从 0 数。"""
    top, left, bottom, right = area
    for word, look in looks.items():
        page.conditional_format(
            top,
            left,
            bottom,
            right,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word}"',
                "format": workbook.add_format(dict(look)),
            },
        )
