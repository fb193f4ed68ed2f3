"""What kind of document a project's file is: monitoring, of a project or of a whole department, self-evaluation, targets, an export."""

from __future__ import annotations

import re
from enum import StrEnum

from perfmon_xl.domain.text_keys import without_spaces


class DocumentKind(StrEnum):
    """文件种类；空着的是项目监控。"""

    MONITORING = "项目监控"
    DEPARTMENT = "部门整体监控"
    SELF_EVALUATION = "绩效自评"
    TARGETS = "绩效目标申报"
    EXPORT = "预算系统导出"

    @property
    def is_monitoring(self) -> bool:
        return self in (DocumentKind.MONITORING, DocumentKind.DEPARTMENT, DocumentKind.EXPORT)


_SELF = re.compile("自评|自我评价|绩效评价(?:表|报告|情况)")
_MONITORED = re.compile("监控|跟踪|执行情况表")
_TARGETS = re.compile("(?:绩效)?目标(?:的?申报|表|批复|申请)|申报表")
_WHOLE = re.compile("部门[（(]?(?:单位)?[）)]?整体|单位整体|整体支出")
_A_TITLE = re.compile("表|报告|情况|清单|书")
_LONGEST_TITLE = 60


def kind_of_title(title: str) -> DocumentKind | None:
    """从题目看是哪一种；不像题目、看不出的返回 None。

    >>> [kind_of_title(t) for t in ("项目支出绩效目标执行监控表（2024年度）", "2024年度项目支出绩效自评表", "项目绩效目标申报表")]
    [<DocumentKind.MONITORING: '项目监控'>, <DocumentKind.SELF_EVALUATION: '绩效自评'>, <DocumentKind.TARGETS: '绩效目标申报'>]
    >>> kind_of_title("部门整体支出绩效运行监控表"), kind_of_title("主管部门")
    (<DocumentKind.DEPARTMENT: '部门整体监控'>, None)
    """
    text = without_spaces(title)
    if len(text) > _LONGEST_TITLE or not _A_TITLE.search(text) or re.search("[，。；]", text):
        return None
    if _SELF.search(text):
        return DocumentKind.SELF_EVALUATION
    if _MONITORED.search(text):
        return DocumentKind.DEPARTMENT if _WHOLE.search(text) else DocumentKind.MONITORING
    return DocumentKind.TARGETS if _TARGETS.search(text) else None


def kind_of(text: str) -> DocumentKind:
    """项目信息里写的种类；空着的、认不得的是项目监控。"""
    bare = without_spaces(text)
    return next((kind for kind in DocumentKind if kind.value == bare), DocumentKind.MONITORING)
