"""The workbook behind a chart: cells and their looks, nothing that runs or fetches when somebody edits the data.

An allow-list of parts, for a workbook can hold links by DDE, queries, macro sheets and objects without one external
relation; and of formulas those that fetch, run or leave the workbook are refused.
"""

from __future__ import annotations

import re

from perfmon_xl.ooxml.parts import Parts
from perfmon_xl.report.template.content import LiveContentError, check_content, check_link, local_name

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_TYPES = frozenset(
    [
        *(f"{_SHEET}{kind}+xml" for kind in ("sheet.main", "worksheet", "styles", "sharedstrings", "table")),
        *(f"{_SHEET}{kind}+xml" for kind in ("calcchain", "sheetmetadata")),
        _SHEET + "printersettings",
        "application/vnd.openxmlformats-officedocument.theme+xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.openxmlformats-package.relationships+xml",
    ]
)
_QUOTED = re.compile(r'"[^"]*"')
# Functions that fetch or run; a bar calls another program (DDE), brackets before a sheet another workbook.
_LIVE = re.compile(
    r"\b(?:WEBSERVICE|HYPERLINK|IMAGE|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|EVALUATE|PY|SQL\.REQUEST|INITIATE|POKE|RUN)\s*\("
    r"|\||\[\d+\][^\[\]]*!|\[[^\[\]]*\.xl",
    re.I,
)
_FORMULAS = frozenset(
    {"f", "definedname", "formula", "formula1", "formula2", "calculatedcolumnformula", "totalsrowformula"}
)
_AGAIN = "请在 Word 里删掉这张图表，重新插入。"


def check_chart_book(inside: Parts, open_schemes: tuple[str, ...]) -> None:
    """图表的数据只是单元格；带别的的，抛出 LiveContentError。坏的是 DamagedPartError。"""
    for part in inside.parts.values():
        if "macroenabled" in part.content_type or "vba" in part.content_type:
            raise LiveContentError("里图表的数据带有宏", _AGAIN)
        if part.content_type not in _TYPES:
            raise LiveContentError(f"里图表的数据带有用不着的内容（{part.name[:80]}）", _AGAIN)
        if part.is_xml:
            tree = inside.tree(part.name)
            check_content(tree, open_schemes)
            for element in tree.iter():
                if local_name(element.tag) in _FORMULAS and _LIVE.search(
                    _QUOTED.sub('""', element.text or "")
                ):
                    raise LiveContentError(
                        f"里图表的数据有会取外面内容的公式（{(element.text or '')[:40]}）", _AGAIN
                    )
    for relation in inside.relations:
        if relation.external and relation.kind.lower() != "hyperlink":
            raise LiveContentError("里图表的数据引用了别的文件", _AGAIN)
        if relation.external:
            check_link(relation.target, open_schemes)
