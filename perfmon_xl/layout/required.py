"""What must be filled in depends on the kind of document: as a formula, and the same in Python."""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.domain.kinds import DocumentKind
from perfmon_xl.layout.schema import ALWAYS


def _except_for(*kinds: DocumentKind) -> str:
    listed = "|".join(kind.value for kind in kinds)
    return f'ISERROR(FIND("|"&TRIM(文件种类)&"|","|{listed}|"))'


_NOT_MONITORED = (DocumentKind.SELF_EVALUATION, DocumentKind.TARGETS)
_LEFT_OUT: Mapping[str, tuple[DocumentKind, ...]] = {
    "monitored": _NOT_MONITORED,  # the cutoff, who monitors, the outlook
    "dated": (DocumentKind.DEPARTMENT, *_NOT_MONITORED),  # a whole department does not begin and end
    "staged": (*_NOT_MONITORED, DocumentKind.EXPORT),
    "performed": (DocumentKind.TARGETS,),  # what was done and spent
}
MONITORED, DATED, STAGED, PERFORMED = (_except_for(*kinds) for kinds in _LEFT_OUT.values())
_BY_FORMULA = {_except_for(*kinds): kinds for kinds in _LEFT_OUT.values()}


def applies(required: str, kind: DocumentKind) -> bool:
    """这一栏、这一格在这种文件里是不是必填；看别的栏的（公式里有栏目的），这里都算。

    >>> applies(STAGED, DocumentKind.EXPORT), applies(STAGED, DocumentKind.MONITORING), applies("", DocumentKind.EXPORT)
    (False, True, False)
    """
    return bool(required) and kind not in _BY_FORMULA.get(required, ())


def by_kind(required: str) -> bool:
    """必填不必填，只看文件种类。"""
    return required != ALWAYS and required in _BY_FORMULA
