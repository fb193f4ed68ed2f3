"""XM203: the unit with one character different."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.model import Project
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_FIELDS = (
    ("department", "主管部门"),
    ("unit", "实施单位"),
    ("client", "委托单位"),
    ("monitor", "监控机构"),
)
_SHORTEST = 6  # 字；短的名称差一个字多半是另一个单位

_LEVELS = "省市区县州旗盟镇乡街村厅局部科所站"


@rule(
    "XM203",
    title="单位名称差一个字",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("A05",),
)
def unit_named_differently(project: Project, facts: Facts) -> Iterator[Problem]:
    """文字里的单位名称与项目信息里的一致；只差一个字的，请核对是不是写错。

    为什么：单位改过名、打错字，都会让读者以为是两个单位。差一个字也可能真是另一个单位，所以只提请核对。

    不对：水利写成水力
    实施单位：青山县水利工程建设管理站
    项目背景：青山县水力工程建设管理站负责组织实施。

    对：名称一致；级别不同的是另一个单位
    实施单位：青山县水利工程建设管理站
    项目背景：青山县水利工程建设管理站负责组织实施，青山县水利工程建设管理局监督。
    """
    names = {str(getattr(project, f)).strip(): label for f, label in _FIELDS}
    reported: set[str] = set()
    for name, label in names.items():
        if len(name) < _SHORTEST:
            continue
        for passage in facts.passages:
            for other in _alike(passage.text, name):
                wrong = [(a, b) for a, b in zip(name, other, strict=True) if a != b]
                if len(wrong) != 1 or other in names or other in reported:
                    continue
                (mine, theirs) = wrong[0]
                if mine in _LEVELS or theirs in _LEVELS or not _is_chinese(theirs):
                    continue
                reported.add(other)
                yield unsure(
                    passage.field,
                    f"文字里写“{other}”，项目信息的{label}是“{name}”，差一个“{theirs}”字。",
                    "同一个单位的，改成一致；是另一个单位的，不用改。",
                    at=passage.origin,
                    values={"文字": other, label: name},
                )


def _alike(text: str, name: str) -> Iterator[str]:
    """文字里与名称一样长、头一个字相同的各处。"""
    start = text.find(name[0])
    while 0 <= start <= len(text) - len(name):
        yield text[start : start + len(name)]
        start = text.find(name[0], start + 1)


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
