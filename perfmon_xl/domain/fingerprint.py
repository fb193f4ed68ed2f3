"""One line that changes when any entry of the workbook does, and not when a row merely stands elsewhere."""

from __future__ import annotations

import hashlib
from datetime import date

from perfmon_xl.domain.amount import Amount, plain
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.summary import Summary
from perfmon_xl.domain.target import TargetValue

_OLD_NAMES = {"ProblemEntry": "Problem"}  # as the reports made so far have it


def fingerprint(monitoring: Monitoring) -> str:
    """填写内容的指纹：同样的内容同样的指纹，改动任何一格就不同。

    >>> fingerprint(Monitoring())[:7], len(fingerprint(Monitoring()))
    ('sha256:', 71)
    """
    digest = hashlib.sha256()
    for record in monitoring.records():
        kind = type(record).__name__
        digest.update(_OLD_NAMES.get(kind, kind).encode())
        for name in record.__dataclass_fields__:
            if name not in ("place", "grades"):
                digest.update(f"\x1f{name}\x1e{_entry(getattr(record, name))}".encode("utf-8", "replace"))
        digest.update(b"\x1d")
    return f"sha256:{digest.hexdigest()}"


def rules_fingerprint(rules: RuleSet) -> str:
    """规则集内容的指纹：改了哪个门槛都不同。"""
    return f"sha256:{hashlib.sha256(repr(rules).encode()).hexdigest()}"


def summary_fingerprint(summary: Summary) -> str:
    """一批结果的指纹：哪个项目的哪个数变了都不同。"""
    return f"sha256:{hashlib.sha256(repr(summary).encode('utf-8', 'replace')).hexdigest()}"


def _entry(value: object) -> str:
    if isinstance(value, TargetValue):
        return value.raw
    if isinstance(value, Amount):
        return plain(value.yuan)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
