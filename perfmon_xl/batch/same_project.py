"""One project in several workbooks of a batch: copies of one period, or several periods whose spending is cumulative.

Added up they would count twice. Whoever runs the batch is asked; unasked, all of them count, and the notes say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from perfmon_xl.domain.message import Message, Wordable
from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.domain.text_keys import text_key
from perfmon_xl.domain.wording import ONLY_LATEST

_MOST_NAMED = 5
ONLY_LAST = "汇总里只算每个项目最后的一份吗？"


@dataclass(frozen=True, slots=True)
class OneOfSeveral:
    """一个文件：路径、监控期间、截止日期（没有填的是空的）。"""

    path: str
    period: str
    cutoff: str


@dataclass(frozen=True, slots=True)
class SameProject:
    """同一个项目（名称、年度、实施单位都一样）的几个文件，先后照截止日期。"""

    name: str
    files: tuple[OneOfSeveral, ...]

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(file.period for file in self.files))

    @property
    def what(self) -> str:
        """是什么情况，一句话。"""
        paths = "、".join(file.path for file in self.files[:_MOST_NAMED])
        paths += "……" if len(self.files) > _MOST_NAMED else ""
        if len(self.periods) == 1:
            return f"{paths} 是同一个项目同一期的 {len(self.files)} 份"
        told = "、".join(period or "没有填截止日期" for period in self.periods)
        return f"{paths} 是同一个项目的 {len(self.periods)} 期（{told}），支出是累计数"


Newer = Callable[[str], float]  # path → when the file was changed


def same_projects(outcomes: Iterable[Outcome]) -> tuple[SameProject, ...]:
    """做成了的里面，同一个项目有几个文件的。各单位的“办公经费”是各自的项目。"""
    found: dict[tuple[str, str, str], list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.done and outcome.project.strip():
            unit = text_key(outcome.unit or outcome.department)
            found.setdefault((text_key(outcome.project), outcome.year, unit), []).append(outcome)
    return tuple(
        SameProject(
            ones[0].project.strip(),
            tuple(
                OneOfSeveral(one.path, one.period, one.cutoff)
                for one in sorted(ones, key=lambda one: (one.cutoff, one.path))
            ),
        )
        for ones in found.values()
        if len(ones) > 1
    )


def superseded(groups: Iterable[SameProject], changed: Newer) -> dict[str, str]:
    """只算最后一份：不算的路径 → 算的那一份。截止日期一样的，最后改的算。"""
    left: dict[str, str] = {}
    for group in groups:
        kept = max(
            group.files, key=lambda candidate: (candidate.cutoff, changed(candidate.path), candidate.path)
        ).path
        left |= {file.path: kept for file in group.files if file.path != kept}
    return left


def question(groups: Sequence[SameProject]) -> str:
    """按钮和网页做完以后问的：是什么情况，要不要只算最后一份。"""
    shown = "\n".join(group.what for group in groups[:_MOST_NAMED])
    more = f"\n……还有 {len(groups) - _MOST_NAMED} 个项目" if len(groups) > _MOST_NAMED else ""
    return f"同一个项目有几个文件，汇总里都加了，会重复：\n{shown}{more}\n{ONLY_LAST}"


def copy_notes(groups: Sequence[SameProject], left_out: Mapping[str, str]) -> tuple[Wordable, ...]:
    """要告诉用户的：汇总里算了哪几份。"""
    lines: list[Wordable] = []
    for group in groups:
        kept = next((left_out[file.path] for file in group.files if file.path in left_out), "")
        if kept:
            lines.append(f"{group.what}；汇总里只算 {kept}，别的列在“未处理”表。")
        else:
            lines.append(Message.of(f"{group.what}，汇总里都加了，会重复。") + ONLY_LATEST)
    return tuple(lines)
