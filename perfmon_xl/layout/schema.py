"""The vocabulary in which the workbook is described: Column, Table, NamedCell, Form, Sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

ALWAYS = "TRUE"


class Type(Enum):
    """一栏放什么。"""

    TEXT = "文字"
    LONG_TEXT = "长文字"
    TARGET = "按官方写法填写的值"
    WAN = "金额（万元）"
    YUAN = "金额（元）"
    DATE = "日期"
    CHOICE = "从列表选"
    RATE = "百分比"
    NUMBER = "数字"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """表格的一栏。field 是记录的属性名；formula 不空的是计算栏，人不填。

    formula 里用 {field} 指同一行的另一栏，用名称指命名单元格；生成时换成表内引用。
    label 同字段却显示别名时用；printed=False 的栏不进打印区；hidden 是辅助栏；later 是后来才有的栏，旧工作簿没有不算缺。
    grouped 的栏收在一组里，点“+”才展开。required 是这一栏必填的条件（公式，总是必填的写 TRUE）；offers 是下拉列表的公式，
    选什么随这一行变。excused 是必填的栏这一行不用填的时候（公式），如还没有到期的。
    written 的栏由程序写，不是公式，人也不填。stored 的也是，它的值同公式的结果一样由别的栏算出。
    """

    field: str
    header: str
    type: Type
    also: tuple[str, ...] = ()
    choices: str = ""
    example: str = ""
    note: str = ""
    width: float = 14
    formula: str = ""
    hidden: bool = False
    printed: bool = True
    later: bool = False
    grouped: bool = False
    required: str = ""
    excused: str = ""
    offers: str = ""
    written: bool = False
    stored: bool = False

    @property
    def computed(self) -> bool:
        return self.stored or bool(self.formula)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCell:
    """一个有名称的单元格：name 是 Excel 里的名称，label 是左边显示的标题；required、later 同 Column。"""

    field: str
    name: str
    label: str
    type: Type
    choices: str = ""
    example: str = ""
    note: str = ""
    formula: str = ""
    required: str = ""
    later: bool = False

    @property
    def computed(self) -> bool:
        return bool(self.formula)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """一组命名单元格，竖排：标题 | 内容 | 说明。record 是 Monitoring 的属性名，空的只计算不成记录。"""

    title: str
    record: str
    cells: tuple[NamedCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """一个 Excel 表格。name 是表格名，record 是 Monitoring 的属性名，spare 是空白模板的行数；filtered：带筛选按钮；
    later 是后来才有的表格，旧工作簿没有不算缺。
    """

    name: str
    title: str
    record: str
    columns: tuple[Column, ...]
    spare: int = 8
    note: str = ""
    filtered: bool = False
    later: bool = False
    keys: tuple[str, ...] = ()

    by_field: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_field", {column.field: column for column in self.columns})

    def column(self, field: str) -> Column:
        return self.by_field[field]


class ChartKind(Enum):
    """图的样子。"""

    BAR = "条形"
    COLUMN = "柱形"
    DOUGHNUT = "圆环"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChart:
    """一张图：画几个挨着的命名单元格，或一张表的两栏。

    cells 是名称，先后照表单；table、category、value 是表格和它的两栏；colours 一个数据一种颜色。
    位置和大小按像素，从图区的左上角数起。highest 是坐标轴画到多少，percent 按百分比显示。
    """

    title: str
    kind: ChartKind
    left: int
    top: int
    width: int
    height: int
    cells: tuple[str, ...] = ()
    table: str = ""
    category: str = ""
    value: str = ""
    colours: tuple[str, ...] = ()
    highest: float | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """表格上面单独的一格：哪个命名单元格、放在哪里（如 D1）、是不是粗体。"""

    cell: NamedCell
    at: str
    strong: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """一张工作表：从上到下放哪些表单和表格，右边放哪些图。能自己变长的表格放在最后。

    headed：各块上面写不写小标题；frozen：左边冻结几列；last_widths：栏宽照最后一张表；step 是第二行的“下一步”，link 是去它说的那一处的链接。
    """

    name: str
    title: str
    blocks: tuple[Form | Table, ...]
    headed: bool = True
    frozen: int = 0
    last_widths: bool = False
    step: NamedCell | None = None
    link: NamedCell | None = None
    banners: tuple[Banner, ...] = ()
    landscape: bool = False
    hidden: bool = False
    charts: tuple[SheetChart, ...] = ()
    one_page: bool = False
