"""Entries that hold the program's formula until a person types over them: carried from the table before, or proposed.

A row knows its source by a hidden key that is sorted along with it, so that a renamed indicator is followed, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perfmon_xl.domain.proposals import PROPOSED
from perfmon_xl.layout.schema import Column, Type

KEY, SOURCE, APPROVED = "key", "carried_from", "approved"


def key_column(field: str, header: str, note: str) -> Column:
    """隐藏的编号，写着这一行从哪一行来。"""
    return Column(
        field=field, header=header, type=Type.TEXT, hidden=True, printed=False, later=True, note=note
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """一张表的哪些栏从前面哪张表的哪一栏带来；same：照同一行的另一栏。"""

    table: str
    origin: str
    origin_record: str
    origin_key: str
    origin_key_header: str
    fields: Mapping[str, tuple[str, str]]
    same: Mapping[str, str]


CARRIES: Mapping[str, Carry] = {
    "adjusted": Carry(
        table="分解目标调整表",
        origin="目标申报表",
        origin_record="declared",
        origin_key=KEY,
        origin_key_header="编号",
        fields={
            "level1": ("level1", "一级指标"),
            "level2": ("level2", "二级指标"),
            "name": ("name", "三级指标"),
            "target": ("target", "指标目标值"),
        },
        same={"tracked_target": "target"},
    ),
    "compared": Carry(
        table="目标对比表",
        origin="分解目标调整表",
        origin_record="adjusted",
        origin_key=SOURCE,
        origin_key_header="来源",
        fields={
            "level1": ("level1", "一级指标"),
            "level2": ("level2", "二级指标"),
            "name": ("name", "三级指标"),
            "annual": ("target", "指标目标值"),
        },
        same={},
    ),
}


def carried_formula(carry: Carry, field: str) -> str:
    """带入的公式，{栏目} 是同一行的另一栏；找不到来源的是空的。"""
    if field in carry.same:
        return f'{{{carry.same[field]}}}&""'
    _, header = carry.fields[field]
    where = f"MATCH({{{SOURCE}}},{carry.origin}[{carry.origin_key_header}],0)"
    return f'IFERROR(INDEX({carry.origin}[{header}],{where})&"","")'


def _places(text: str) -> str:
    return f'MAX(0,LEN({text}&"")-FIND(".",{text}&"."))'


_MARK = f'IF(TRIM({{{APPROVED}}})="是","","{PROPOSED}")'
_SIGN = 'IF(ISNUMBER(FIND({annual_sign},"≥≤><=")),{annual_sign},"")'
STAGE_PROPOSAL = (
    'IF(ISNUMBER({annual_number})*ISNUMBER(序时进度)=0,"",'
    f"{_MARK}&{_SIGN}&ROUND({{annual_number}}*序时进度,{_places('{annual_number}')})&{{annual_unit}})"
)
FORECAST_AS_ACTUAL = f'IF(ISNUMBER({{actual_number}}),{_MARK}&{{actual_number}}&{{actual_unit}},"")'
FORECAST_BY_PACE = (
    'IF(ISNUMBER({actual_number})*ISNUMBER(序时进度)=0,"",'
    f"{_MARK}&ROUND({{actual_number}}/序时进度,{_places('{actual_number}')})&{{actual_unit}})"
)
PROPOSALS = ("stage", "forecast")
