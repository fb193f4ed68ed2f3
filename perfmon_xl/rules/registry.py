"""What a rule is, how it is declared, and how all of them are found: one rule, one file, one code."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as item
from functools import cache
from importlib import import_module
from typing import Any, get_type_hints

from perfmon_xl.domain.finding import Result, Severity
from perfmon_xl.domain.kinds import DocumentKind
from perfmon_xl.domain.matters import OTHER, Cause
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.origin import Origin
from perfmon_xl.rules.causes import CAUSES
from perfmon_xl.rules.kinds import kinds_of

FAMILIES: Mapping[str, str] = {
    "gs": "读取和公式",
    "xm": "项目和时间",
    "zj": "资金",
    "jg": "指标结构",
    "zb": "指标值",
    "sj": "实际完成值",
    "jd": "阶段目标",
    "pc": "偏差和预警",
    "db": "表与表",
    "wb": "文字与表",
    "cl": "残留和格式",
    "bg": "报告文字",
}

FOLDERS: Mapping[str, str] = {
    "gs": "reading",
    "xm": "project",
    "zj": "funds",
    "jg": "structure",
    "zb": "target_values",
    "sj": "actual_values",
    "jd": "stage_targets",
    "pc": "deviations",
    "db": "across_tables",
    "wb": "text_and_tables",
    "cl": "residue",
    "bg": "report_text",
}
"""In which folder the rules of a family stand: the first two letters of their codes, and the folder."""


@dataclass(frozen=True, slots=True)
class Problem:
    """规则看到的一处问题：哪一栏、是什么、怎么改。

    field 是记录的属性名，位置从记录的 place 取；问题在别的记录上的，用 of 指明；在一段文字里的，用 at 直接给位置。
    result 是“无法判断”的，message 说缺什么才能判断。values 是牵涉到的两边的值，键是中文名称。
    severity 是这一处比规则轻的级别，不写的照规则。
    """

    field: str
    message: Wordable
    hint: Wordable = ""
    of: Any = None
    at: Origin | None = None
    result: Result = Result.FAIL
    values: Mapping[str, str] = item(default_factory=dict)
    severity: Severity | None = None


def unsure(
    field: str,
    message: Wordable,
    hint: Wordable = "",
    *,
    of: Any = None,
    at: Origin | None = None,
    values: Mapping[str, str] | None = None,
) -> Problem:
    """无法判断：缺什么、去哪里补。"""
    return Problem(field, message, hint, of, at, Result.CANNOT_JUDGE, values or {})


Check = Callable[..., Iterable[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """一条规则。subject 是它逐条检查的记录类型（Facts 是整个项目）；needs 是它要的、不能空的属性。"""

    code: str
    title: str
    severity: Severity
    basis: str
    covers: tuple[str, ...]
    page: str
    check: Check
    subject: type[Any]
    takes_facts: bool
    criticism: tuple[str, str] | None
    on_report: str | None
    needs: tuple[str, ...]
    own_cause: Cause | None = None

    @property
    def cause(self) -> Cause:
        """它的发现归在哪个事由里：自己写的，或者 causes.py 里的。"""
        return self.own_cause or CAUSES.get(self.code, OTHER)

    @property
    def kinds(self) -> tuple[DocumentKind, ...]:
        """查哪几种文件，见 kinds.py。"""
        return kinds_of(self.code)

    @property
    def family(self) -> str:
        return FAMILIES[self.code[:2].lower()]


def rule(
    code: str,
    *,
    title: str,
    severity: Severity,
    basis: str,
    covers: tuple[str, ...] = (),
    criticism: tuple[str, str] | None = None,
    on_report: str | None = "",
    cause: Cause | None = None,
) -> Callable[[Check], Rule]:
    """声明一条规则。title 说的是错在哪；covers 是 rules/defects.py 里缺陷目录的编号；
    criticism 有的，发现可以写进报告的“主要问题”：问题的类别（目标设置、资金执行、项目实施）和改进措施。
    cause 是发现归在哪个事由里，不写的看 causes.py。
    on_report：查 Word 报告时怎么办——照旧（空）；换成这句“怎么改”；报告里没有这回事，不查（None）。

    被装饰的函数：第一个参数是记录（或 Facts）；第二个参数名为 facts 的，另外得到整个项目；只能按名称给的参数，
    是记录里这条规则要用的属性，有一个是空的或读不懂的就不检查。
    """

    def declare(check: Check) -> Rule:
        parameters = list(inspect.signature(check).parameters.values())
        hints = get_type_hints(check)
        positional = [p for p in parameters if p.kind is not p.KEYWORD_ONLY]
        return Rule(
            code=code,
            title=title,
            severity=severity,
            basis=basis,
            covers=covers,
            page=inspect.getdoc(check) or "",
            check=check,
            subject=hints[positional[0].name],
            takes_facts=len(positional) > 1,
            criticism=criticism,
            on_report=on_report,
            needs=tuple(p.name for p in parameters if p.kind is p.KEYWORD_ONLY),
            own_cause=cause,
        )

    return declare


@cache
def catalogue() -> Mapping[str, Rule]:
    """全部规则，按编号；编号重复、文件名与编号不符的不让过。"""
    package = __name__.rpartition(".")[0]
    found: dict[str, Rule] = {}
    for family in sorted(FAMILIES):
        try:
            folder = import_module(f"{package}.{FOLDERS[family]}")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.iter_modules(folder.__path__):
            if not module.name.startswith(family):
                continue
            loaded = import_module(f"{folder.__name__}.{module.name}")
            rules = [var for var in vars(loaded).values() if isinstance(var, Rule)]
            if len(rules) != 1 or not module.name.startswith(rules[0].code.lower() + "_"):
                raise ImportError(f"{loaded.__name__}: one rule a file, its name starts with the code")
            if rules[0].code in found:
                raise ImportError(f"{rules[0].code} is used twice")
            found[rules[0].code] = rules[0]
    return dict(sorted(found.items()))
