"""Units: the names that people write, and which of them are one and the same."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

# 跟在数后面的单位；文字里的数和中文写的数只认这些，长的先认。
UNITS = (
    "个百分点 百分点 万元 元/亩 元/人 元/平方米 元 人次 人天 人 件次 件 场次 场 个工作日 工作日 个月 个 台 套 户 处 公里 千米 "
    "平方公里 平方米 立方米 延米 米 亩 公顷 公斤 千克 吨 批次 次 例 家 所 期 篇 份 辆 座 条 项 名 位 天 小时 分钟 周 "
    "张 头 只 羽 株 棵 千瓦时 千瓦 兆瓦 册 本 门 班 节 课时 学时 对 组 批 轮 支 幅 宗 起 间 栋 幢 眼 口 孔 块 片 根 分 倍 日"
)
SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}

# 一个单位的几种写法，依次替换成一种；只在比较单位时用，显示的照原样。工作簿里的公式用同一张表。
SAME_UNITS: tuple[tuple[str, str], ...] = (
    ("km²", "平方公里"),
    ("㎢", "平方公里"),
    ("平方千米", "平方公里"),
    ("㎡", "平方米"),
    ("m²", "平方米"),
    ("m³", "立方米"),
    ("㎥", "立方米"),
    ("千米", "公里"),
    ("km", "公里"),
    ("㎞", "公里"),
    ("千克", "公斤"),
    ("kg", "公斤"),
    ("㎏", "公斤"),
    ("个百分点", "百分点"),
    ("个工作日", "工作日"),
)


@lru_cache(maxsize=2048)
def scale(unit: str) -> Decimal:
    """单位的倍数：万元、万人次是一万，亿元是一亿，其余是一。"""
    return SCALES.get(unit[:1], Decimal(1))


@lru_cache(maxsize=2048)
def base_unit(unit: str) -> str:
    """比较用的单位：去掉“万”“亿”，几种写法并成一种；第二个“/”和“·”一样。

    >>> base_unit("万元/人/月"), base_unit("元/人·月"), base_unit("km²")
    ('元/人·月', '元/人·月', '平方公里')
    """
    name = unit[1:] if unit[:1] in SCALES else unit
    for written, usual in SAME_UNITS:
        name = name.replace(written, usual)
    return name.replace("/", "·").replace("·", "/", 1)
