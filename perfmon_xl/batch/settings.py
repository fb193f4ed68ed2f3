"""What is asked of every workbook of a batch, and a fingerprint of everything the result depends on besides the file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from perfmon_xl import __version__
from perfmon_xl.domain.errors import UserError
from perfmon_xl.policy import PolicyError, load_all


class Edition(StrEnum):
    """出哪一种报告。自动：还有错误没改的出征求意见稿，没有的出正式报告。"""

    AUTO = "auto"
    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """一批的做法；folder、out 是输入和输出文件夹。"""

    folder: Path
    out: Path
    edition: Edition = Edition.AUTO
    template: str = "monitoring_report"
    pdf: bool = False
    forms: bool = False

    @property
    def fingerprint(self) -> str:
        """程序版本、做法、规则集、模板合起来的指纹：有一样变了，以前做的就不算数。"""
        return _fingerprint(self.edition.value, self.template, self.pdf, self.forms)


@cache
def _fingerprint(edition: str, template: str, pdf: bool, forms: bool) -> str:
    from perfmon_xl.report.make_report import find_template

    try:
        rules = repr(sorted(load_all().items()))
    except PolicyError as error:
        raise UserError(str(error), "请改好这份规则集，或把它移走，再做一遍。") from None
    document = find_template(template).read_bytes()
    parts = [__version__, edition, template, pdf, forms, rules, hashlib.sha256(document).hexdigest()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def key_of(data: bytes, settings: Settings) -> str:
    """一个输入文件的内容和做法合起来的记号。"""
    return f"{hashlib.sha256(data).hexdigest()}-{settings.fingerprint}"
