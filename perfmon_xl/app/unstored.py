"""What an import has no place for is read once before it is left out: does it fit what was read?"""

from __future__ import annotations

import re
from dataclasses import replace

from perfmon_xl.domain.finding import Result, Severity
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import ReportPlace
from perfmon_xl.importing.found import Imported

_CLAIM = re.compile(r"\d|[一二三四五六七八九十半全均未没]")
_NUMBERS = (
    "WB",
    "XM112",
    "XM117",
)  # what a sentence must be to be written here at all is for check and audit


def with_unstored_misfits(imported: Imported) -> Imported:
    """没有栏目放的话（情况说明、完成情况、说明一栏）与读进来的数对不上的，记在 misfits 里。"""
    places = {str(p.origin) for p in imported.asides if _CLAIM.search(p.text)}
    if not places:
        return imported
    # All the rules, which a file without such words is read without.
    from perfmon_xl.app.facts_of_report import report_facts
    from perfmon_xl.rules.engine import check
    from perfmon_xl.rules.registry import catalogue

    rules = [rule for rule in catalogue().values() if rule.code.startswith(_NUMBERS)]
    findings = [
        f
        for f in check(report_facts(imported), rules)
        if f.result is Result.FAIL
        and f.severity in (Severity.ERROR, Severity.WARNING)
        and isinstance(f.origin, ReportPlace)
        and str(f.origin) in places
    ]
    told = tuple(
        Misfit(
            f.origin,
            f.origin.label,
            f"这段话没有栏目放，里面有一处对不上：{f.fact}",
            str(f.remedy),
            dict(f.values),
        )
        for f in findings
        if isinstance(f.origin, ReportPlace)
    )
    return replace(imported, misfits=(*imported.misfits, *told)) if told else imported
