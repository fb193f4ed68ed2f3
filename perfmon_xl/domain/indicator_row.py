"""What the rows of 表1, 表3 and 表4 have in common: one indicator under its levels, with its target for the year."""

from __future__ import annotations

from typing import ClassVar

from perfmon_xl.domain.category import Category, Level1, category, level1
from perfmon_xl.domain.direction import accumulates
from perfmon_xl.domain.origin import RowPlace
from perfmon_xl.domain.target import TargetValue


class IndicatorRow:
    """表1、表3、表4的一行。各表的记录（Declared、Adjusted、Compared）都是它，规则不用问是哪一张表。

    table 是“表1”“表3”“表4”；target_field 是全年目标值那一栏的属性名，指出位置用。
    """

    __slots__ = ()
    table: ClassVar[str]
    target_field: ClassVar[str]

    level1: str
    level2: str
    name: str
    place: RowPlace

    @property
    def annual_target(self) -> TargetValue:
        """全年目标值：表1、表3的“指标目标值”，表4的“项目完成时绩效目标值”。"""
        target: TargetValue = getattr(self, self.target_field)
        return target

    @property
    def target_text(self) -> str:
        """全年目标值照填的写，两头没有空白。"""
        return self.annual_target.raw.strip()

    @property
    def title(self) -> str:
        """名称，两头没有空白。"""
        return self.name.strip()

    @property
    def is_named(self) -> bool:
        """写了三级指标；没有写的，对不上别的表，也不进报告。"""
        return bool(self.name.strip())

    @property
    def category(self) -> Category | None:
        """二级指标的类别；不认识的是 None。"""
        return category(self.level2)

    @property
    def top_level(self) -> Level1 | None:
        """归哪一类：先看二级指标，认不出的看一级指标。"""
        found = category(self.level2)
        return found.level1 if found is not None else level1(self.level1)

    @property
    def accumulates(self) -> bool:
        """逐月累加的数量：看类别、名称、单位和比较符，见 domain/direction.py。"""
        return accumulates(self.level1, self.level2, self.name, self.annual_target)

    @property
    def is_deleted(self) -> bool:
        """核对时删去了：表3的调整类型是“删除”。"""
        return False
