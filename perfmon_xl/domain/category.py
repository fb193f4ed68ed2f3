"""Indicator categories: the official levels, and the names by which they are known in forms and reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from perfmon_xl.domain.text_keys import without_spaces


class Level1(Enum):
    """一级指标（财预〔2021〕101号的四类）。"""

    COST = "成本指标"
    OUTPUT = "产出指标"
    BENEFIT = "效益指标"
    SATISFACTION = "满意度指标"


@dataclass(frozen=True, slots=True)
class Category:
    """二级指标：规范名称、所属一级指标、别名。"""

    name: str
    level1: Level1
    aliases: tuple[str, ...] = ()


CATEGORIES: tuple[Category, ...] = (
    Category("经济成本指标", Level1.COST, ("经济成本", "成本指标", "成本")),
    Category("社会成本指标", Level1.COST, ("社会成本",)),
    Category("生态环境成本指标", Level1.COST, ("生态环境成本", "环境成本")),
    Category("数量指标", Level1.OUTPUT, ("产出数量", "数量")),
    Category("质量指标", Level1.OUTPUT, ("产出质量", "质量")),
    Category("时效指标", Level1.OUTPUT, ("产出时效", "时效")),
    Category("经济效益指标", Level1.BENEFIT, ("经济效益",)),
    Category("社会效益指标", Level1.BENEFIT, ("社会效益",)),
    Category("生态效益指标", Level1.BENEFIT, ("生态效益",)),
    Category("可持续影响指标", Level1.BENEFIT, ("可持续影响", "可持续发展")),
    Category(
        "服务对象满意度指标",
        Level1.SATISFACTION,
        ("服务对象满意度", "社会公众或服务对象满意度", "满意度", "满意度指标", "社会公众满意度"),
    ),
)

LEVEL1_ALIASES: dict[str, Level1] = {
    "成本": Level1.COST,
    "产出": Level1.OUTPUT,
    "效益": Level1.BENEFIT,
    "效果": Level1.BENEFIT,
    "效果指标": Level1.BENEFIT,
    "满意度": Level1.SATISFACTION,
    **{level.value: level for level in Level1},
}

_BY_NAME: dict[str, Category] = {
    alias: category for category in CATEGORIES for alias in (category.name, *category.aliases)
}


@lru_cache(maxsize=1024)
def category(level2: str) -> Category | None:
    """二级指标的类别；不认识的返回 None，不猜。

    >>> category("产出数量").name
    '数量指标'
    """
    return _BY_NAME.get(without_spaces(level2))


@lru_cache(maxsize=1024)
def level1(name: str) -> Level1 | None:
    """一级指标；“产出”“产出指标”“产出目标”都认。"""
    text = without_spaces(name)
    return LEVEL1_ALIASES.get(text) or LEVEL1_ALIASES.get(re.sub("目标$", "指标", text))
