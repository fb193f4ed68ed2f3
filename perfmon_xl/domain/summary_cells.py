"""Where a figure of the summary stands: table, row by its name, column. The report and its audit both speak so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perfmon_xl.domain.printable import UNPRINTABLE

PROJECTS, DEPARTMENTS, LIGHTS = "项目一览", "部门一览", "预警一览"
RULES, UNPROCESSED = "规则一览", "未处理一览"
KEYS: Mapping[str, tuple[str, ...]] = {  # what tells the rows of a table apart
    PROJECTS: ("项目名称",),
    DEPARTMENTS: ("主管部门",),
    LIGHTS: ("项目预警",),
    RULES: ("编号", "级别"),
    UNPROCESSED: ("文件",),
}
SINCE_LAST = {"增加": "比上期增加", "不变": "比上期没变", "减少": "比上期减少"}
_FORM = re.compile(f"({'|'.join(KEYS)})\\[(.*)\\]\\.([^\\[\\]]+)", re.S)


@dataclass(frozen=True, slots=True)
class SummaryCell:
    """汇总工作簿里的一个值：哪个表格、哪一行（空的是合计行）、哪一栏。

    >>> str(SummaryCell("部门一览", "区民政局", "错误")), SummaryCell.parsed("部门一览[].错误")
    ('部门一览[区民政局].错误', SummaryCell(table='部门一览', row='', header='错误'))
    """

    table: str
    row: str
    header: str

    def __str__(self) -> str:
        return f"{self.table}[{self.row}].{self.header}"

    @classmethod
    def parsed(cls, text: str) -> SummaryCell | None:
        match = _FORM.fullmatch(text)
        return cls(*match.groups()) if match else None


def row_keys(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """各行的名称；重名的按先后加 #2、#3。放不进报告的字当作 □，空白不论几个。

    >>> row_keys([("甲\\n项目",), ("乙",), ("甲 项目",)])
    ['甲 项目', '乙', '甲 项目#2']
    """
    seen: dict[str, int] = {}
    keys = []
    for row in rows:
        key = " ".join(UNPRINTABLE.sub("□", " ".join(row)).split())
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys
