"""The words of the drop-down lists: a name that Excel knows, and what may be chosen."""

from __future__ import annotations

from perfmon_xl.domain.category import CATEGORIES, Level1
from perfmon_xl.domain.kinds import DocumentKind

# 名称 → 选项。名称用在 Excel 里指向隐藏表上的区域。
LISTS: dict[str, tuple[str, ...]] = {
    "列表_一级指标": tuple(level.value for level in Level1),
    "列表_二级指标": tuple(c.name for c in CATEGORIES),
    "列表_是否": ("是", "否"),
    "列表_调整类型": ("原指标", "新增", "删除", "调整"),
    "列表_完成可能性": ("确定能", "有可能", "完全不可能"),
    "列表_偏差原因": ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"),
    "列表_进展状态": ("已完成", "进行中", "尚未完成"),
    "列表_整改状态": ("待核实", "未整改", "整改中", "已整改"),
    "列表_文件种类": tuple(kind.value for kind in DocumentKind),
    "列表_问题类别": ("目标设置", "资金执行", "项目实施", "其他"),
}
