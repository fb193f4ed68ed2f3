"""Which rules do not serve which kinds of document: a self-evaluation has no cutoff, a target form no actuals.

A rule serves every kind but those named here. What a paper has no place for is not asked of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.domain.kinds import DocumentKind

# 编号，或者一类规则的两个字母。
NOT_ASKED: Mapping[DocumentKind, frozenset[str]] = {
    DocumentKind.MONITORING: frozenset(),
    # 部门整体：里面有基本支出；没有项目的起止日期、必须有的指标、分来源的全年预计支出。
    DocumentKind.DEPARTMENT: frozenset({"ZJ106", "ZJ114", "XM106", "XM114", "JG119"}),
    # 预算系统的导出：没有阶段目标、全年预计支出和支出明细这些栏目；补上了的照查。
    DocumentKind.EXPORT: frozenset({"JD106", "ZJ106", "ZJ119"}),
    # 自评：年度过完了，没有截止日期、阶段目标、全年预计、完成可能性和序时进度。
    DocumentKind.SELF_EVALUATION: frozenset(
        {
            *(
                "JD",
                "XM103",
                "XM104",
                "XM105",
                "XM106",
                "XM107",
                "XM111",
                "XM112",
                "XM113",
                "XM115",
                "XM116",
                "DB103",
                "WB305",
                "WB514",
                "WB523",
            ),
            *("ZJ104", "ZJ105", "ZJ106", "ZJ109", "ZJ117", "ZJ119", "ZJ121"),
            *(
                "PC103",
                "PC108",
                "PC109",
                "PC110",
                "PC111",
                "PC112",
                "PC113",
                "PC116",
                "PC117",
                "PC119",
                "SJ112",
            ),
        }
    ),
    # 目标申报：还没有执行，没有实际完成、到位和支出，也没有核对调整。
    DocumentKind.TARGETS: frozenset(
        {
            *("SJ", "PC", "JD", "DB", "WB"),
            *("XM103", "XM104", "XM105", "XM106", "XM107", "XM110", "XM111", "XM112", "XM113", "XM115"),
            *(
                "ZJ101",
                "ZJ102",
                "ZJ103",
                "ZJ104",
                "ZJ105",
                "ZJ106",
                "ZJ107",
                "ZJ108",
                "ZJ109",
                "ZJ110",
                "ZJ112",
            ),
            *("ZJ117", "ZJ119", "ZJ120", "ZJ121", "ZB114", "ZB115", "ZB201", "ZB202", "ZB203"),
        }
    ),
}


def serves(code: str, kind: DocumentKind) -> bool:
    """这条规则查不查这一种文件。

    >>> serves("SJ103", DocumentKind.TARGETS), serves("ZB101", DocumentKind.TARGETS)
    (False, True)
    """
    left_out = NOT_ASKED[kind]
    return code not in left_out and code[:2] not in left_out


def kinds_of(code: str) -> tuple[DocumentKind, ...]:
    """这条规则查哪几种文件。"""
    return tuple(kind for kind in DocumentKind if serves(code, kind))
