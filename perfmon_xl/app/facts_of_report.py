"""What was read of a report, as the rules look at it: for its audit, and for what an import leaves out."""

from __future__ import annotations

from perfmon_xl.app.common import rules_of
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.grades import with_grades
from perfmon_xl.importing.found import Imported
from perfmon_xl.rules.facts import Facts


def report_facts(imported: Imported) -> Facts:
    """读出来的报告，给规则看的样子。"""
    from perfmon_xl.importing.reasons import with_told_reasons

    return Facts(
        figures=figures_of(
            with_grades(with_told_reasons(imported.monitoring)), rules_of(imported.monitoring)
        ),
        extra_passages=imported.passages,
        report=imported.text,
        misfits=imported.misfits,
    )
