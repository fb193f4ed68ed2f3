"""How the workbook looks: entries pale yellow, calculations grey, nothing else coloured but lights."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from perfmon_xl.layout.schema import Type

FONT = "宋体"
CREATED = datetime(2024, 1, 1)  # in the properties: the same input gives the same bytes
ENTRY, COMPUTED, HEAD, BORDER = "#FFFBE6", "#EFEFEF", "#DCE6F1", "#BFBFBF"
LIGHTS = {
    "红": ("#F8CBAD", "#9C0006"),
    "黄": ("#FFE699", "#7F6000"),
    "绿": ("#C6E0B4", "#375623"),
    "蓝": ("#BDD7EE", "#1F4E78"),
}
WARNED = {
    "未识别": ("#F8CBAD", "#9C0006"),
    "未达成": ("#F8CBAD", "#9C0006"),
    "无法判断": ("#FFE699", "#7F6000"),
}

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


class Formats:
    """同样的格式只建一次。"""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def make(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self._made[key]

    def cell(self, kind: Type, *, computed: bool) -> Any:
        centred = kind not in (Type.LONG_TEXT, Type.TEXT)
        return self.make(
            border=1,
            border_color=BORDER,
            bg_color=COMPUTED if computed else ENTRY,
            num_format="General" if computed and kind is Type.TEXT else NUMBER_FORMATS[kind],
            text_wrap=True,
            valign="vcenter",
            align="right" if kind in (Type.WAN, Type.YUAN, Type.RATE) else "center" if centred else "left",
        )

    @property
    def head(self) -> Any:
        return self.make(
            bold=True,
            border=1,
            border_color=BORDER,
            bg_color=HEAD,
            text_wrap=True,
            valign="vcenter",
            align="center",
        )

    @property
    def label(self) -> Any:
        return self.make(border=1, border_color=BORDER, bg_color=HEAD, text_wrap=True, valign="vcenter")

    @property
    def title(self) -> Any:
        return self.make(bold=True, font_size=16, valign="vcenter")

    @property
    def subtitle(self) -> Any:
        return self.make(bold=True, font_size=12, valign="vcenter")

    @property
    def note(self) -> Any:
        return self.make(font_color="#7F7F7F", font_size=10, valign="vcenter", text_wrap=True)

    @property
    def remark(self) -> Any:
        return self.make(font_color="#7F7F7F", font_size=10, valign="vcenter")

    @property
    def text(self) -> Any:
        return self.make(text_wrap=True, valign="vcenter", border=1, border_color=BORDER)
