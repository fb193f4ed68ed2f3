"""What a batch knows about one workbook when it is done with it: one line of the manifest, one row of the summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from perfmon_xl.domain.finding import Result, Severity
from perfmon_xl.domain.policy import Light


class Status(StrEnum):
    """做成了；不是监控工作簿，没有做；做不成。"""

    DONE = "done"
    FOREIGN = "skipped-foreign"
    FAILED = "failed"

    @property
    def chinese(self) -> str:
        return {"done": "完成", "skipped-foreign": "不是监控工作簿", "failed": "没有做成"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """一个工作簿批量处理的结果。全是文字、数和它们的列表，能写成一行 JSON，能交给别的进程。

    path：输入文件相对输入文件夹的路径，用“/”分隔；outputs 是相对输出文件夹的路径，也用“/”。
    reason、hint：没有做（做不成）的原因和怎么办。
    period：监控期间，如“1-7月份”；cutoff：监控截止日期，2024-07-31。
    light：资金预警灯（红、黄、绿，没有的是空的）；lights：各色灯的指标个数，键是红、黄、绿、蓝。
    figures：主要的数，键见 FIGURES，值是 Decimal 的文字；缺的键就是没有这个数，不是零。
    counts：各级问题的个数，键见 COUNTS。findings：问题，样子同 check --format json。
    told：可以写进汇总报告的话，每条有 kind（结论、未达到、原因、建议）和 text，见 report/wording/briefing.py。
    unexplained：该说明没有说明的指标，每个有 indicator、sheet、cell、missing（缺哪一栏）、why。
    outputs：book 填好并写有检查结果的工作簿、report 报告、findings 问题清单、pdf、form 官方监控表。draft：出的是征求意见稿。
    """

    path: str
    status: Status
    reason: str = ""
    hint: str = ""
    project: str = ""
    department: str = ""
    unit: str = ""
    year: str = ""
    period: str = ""
    cutoff: str = ""
    rule_set: str = ""
    light: str = ""
    verdict: str = ""
    draft: bool = False
    lights: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Mapping[str, Any], ...] = ()
    unexplained: tuple[Mapping[str, str], ...] = ()
    told: tuple[Mapping[str, str], ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return self.status is Status.DONE

    @property
    def has_errors(self) -> bool:
        return self.counts.get("error", 0) > 0

    def to_json(self) -> dict[str, Any]:
        """JSON 里的样子；空着的键不写。"""
        plain: dict[str, Any] = {
            name: dict(value) if isinstance(value, Mapping) else value
            for name, value in ((n, getattr(self, n)) for n in self.__dataclass_fields__)
            if value
        }
        plain["status"] = self.status.value
        plain["findings"] = [dict(finding) for finding in self.findings]
        plain["unexplained"] = [dict(one) for one in self.unexplained]
        if self.told:
            plain["told"] = [dict(one) for one in self.told]
        plain["notes"] = list(self.notes)
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Outcome:
        """读回来；不认识的键（新版本写的）不要。

        >>> one = Outcome(path="甲/一.xlsx", status=Status.FAILED, reason="坏了", counts={"error": 1})
        >>> Outcome.from_json(one.to_json()) == one
        True
        """
        known = {name: value for name, value in plain.items() if name in cls.__dataclass_fields__}
        known["status"] = Status(known["status"])
        for name in ("findings", "unexplained", "told", "notes"):
            known[name] = tuple(known.get(name, ()))
        made = cls(**known)
        made._refuse_unsound()
        return made

    def _refuse_unsound(self) -> None:
        """样子不对的（清单被人改过）抛出 ValueError：宁可重做，不能让整批都做不成。"""
        texts: tuple[object, ...] = (
            self.path,
            self.reason,
            self.hint,
            self.project,
            self.department,
            self.unit,
            self.year,
        )
        texts += (self.period, self.cutoff, self.rule_set, self.light, self.verdict, *self.notes)
        sound = (
            all(isinstance(text, str) for text in texts)
            and isinstance(self.draft, bool)
            and self.light in ("", *(light.value for light in Light))
            and all(_texts(one) for one in (self.outputs, self.figures))
            and all(Decimal(value).is_finite() for value in self.figures.values())
            and all(_counts(one) for one in (self.lights, self.counts))
            and all(isinstance(finding, Mapping) and _is_finding(finding) for finding in self.findings)
            and all(_texts(one) and one.keys() >= _UNEXPLAINED for one in self.unexplained)
        )
        if not sound:
            raise ValueError("not an outcome")


_FINDING = frozenset({"code", "severity", "result", "message", "hint", "sheet", "cell"})
_UNEXPLAINED = frozenset({"indicator", "sheet", "cell", "missing", "why"})


def _is_finding(plain: Mapping[str, Any]) -> bool:
    """有该有的键，级别和结果是有的。"""
    return (
        plain.keys() >= _FINDING
        and isinstance(plain["code"], str)
        and plain["severity"] in {severity.value for severity in Severity}
        and plain["result"] in {result.value for result in Result}
    )


def _texts(plain: object) -> bool:
    return isinstance(plain, Mapping) and all(isinstance(x, str) for pair in plain.items() for x in pair)


def _counts(plain: object) -> bool:
    return isinstance(plain, Mapping) and all(
        isinstance(key, str) and type(value) is int and 0 <= value < 10**9 for key, value in plain.items()
    )


MONEY = ("年初预算", "调整后预算", "到位", "支出", "全年预计")  # 万元
RATES = ("资金到位率", "执行率", "序时进度", "执行进度比", "平均完成率")  # 小数，0.876 即 87.6%
NUMBERS = (
    "指标个数",
    "达成个数",
    "未达成个数",
    "无法判断个数",
    "未到期个数",
    "比上期增加个数",
    "比上期不变个数",
    "比上期减少个数",
)
FIGURES = (*MONEY, *RATES, *NUMBERS)
COUNTS = ("error", "warning", "info", "cannot_judge", "acknowledged")
