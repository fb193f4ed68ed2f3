"""The kind of a document from its title, and from what 项目信息 says."""

from __future__ import annotations

import pytest

from perfmon_xl.domain.kinds import DocumentKind, kind_of, kind_of_title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("项目支出绩效目标执行监控表（2024年度）", DocumentKind.MONITORING),
        ("柳湾区2024年1-7月预算绩效运行监控报告", DocumentKind.MONITORING),
        ("2024年 财政支出 绩效跟踪情况表", DocumentKind.MONITORING),
        ("部门（单位）整体支出绩效运行监控表", DocumentKind.DEPARTMENT),
        ("某局部门整体绩效监控情况报告", DocumentKind.DEPARTMENT),
        ("2024年度项目支出绩效自评表", DocumentKind.SELF_EVALUATION),
        ("部门整体支出绩效自评报告", DocumentKind.SELF_EVALUATION),
        ("项目支出绩效评价报告", DocumentKind.SELF_EVALUATION),
        ("项目绩效目标申报表", DocumentKind.TARGETS),
        ("2025年部门整体支出绩效目标表", DocumentKind.TARGETS),
        ("绩效目标批复表", DocumentKind.TARGETS),
        ("主管部门", None),
        ("年度绩效目标", None),
        ("绩效自评由项目单位在年度结束以后完成，监控不在此列。", None),
        ("2024年一般公共预算支出表", None),
        ("绩" * 57 + "监控表", DocumentKind.MONITORING),
        ("绩" * 58 + "监控表", None),
        ("", None),
    ],
)
def test_a_title_says_the_kind(title: str, kind: DocumentKind | None) -> None:
    assert kind_of_title(title) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", DocumentKind.MONITORING),
        ("绩效自评", DocumentKind.SELF_EVALUATION),
        (" 绩效 自评 ", DocumentKind.SELF_EVALUATION),
        ("部门整体监控", DocumentKind.DEPARTMENT),
        ("别的", DocumentKind.MONITORING),
    ],
)
def test_what_is_not_said_is_the_monitoring_of_a_project(text: str, kind: DocumentKind) -> None:
    assert kind_of(text) is kind


def test_monitoring_is_of_a_project_a_department_or_an_export() -> None:
    assert [kind.is_monitoring for kind in DocumentKind] == [True, True, False, False, True]
