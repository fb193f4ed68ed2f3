"""Shared by the use cases: the record of what was made, the rule set that applies, refusals to overwrite a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.wording import ANOTHER_FILE, BRING_BACK
from perfmon_xl.policy import PolicyError, get
from perfmon_xl.system.files import lock_of
from perfmon_xl.workbook.engines import PACKAGE
from perfmon_xl.workbook.read import Reading

_MOST_NAMED = 6
Say = Callable[[Wordable], None]


@dataclass(frozen=True, slots=True)
class Output:
    """一次动作做成的文件、要告诉用户的话，和接着做什么。"""

    path: Path
    notes: tuple[Wordable, ...] = ()
    next_step: Wordable = ""


def rules_of(monitoring: Monitoring) -> RuleSet:
    """项目信息里选的规则集。"""
    try:
        return get(monitoring.project.rule_set)
    except PolicyError as error:
        place = monitoring.project.place.at("rule_set")
        raise UserError(f"{place}：{error}", "请从下拉列表里选一套规则集。") from None


def refuse_gone(reading: Reading, left_undone: str) -> None:
    """填报用的表格、栏目、单元格不在了的，不接着做：缺着做，写的就不对。left_undone 如“没有填充”。"""
    if reading.gone:
        listed = "、".join(reading.gone[:_MOST_NAMED])
        more = f"等 {len(reading.gone)} 处" if len(reading.gone) > _MOST_NAMED else ""
        raise UserError(f"工作簿里少了{listed}{more}，{left_undone}。", BRING_BACK)


def left_out(reading: Reading) -> tuple[str, ...]:
    """读的时候没有读进来的、要先告诉用户的话。"""
    return tuple(one if one.endswith("。") else f"工作簿里少了{one}。" for one in reading.missing)


def refuse_existing(out: Path) -> None:
    """新做的文件不盖掉别的文件。"""
    if out.exists():
        raise UserError(f"{out} 已经存在，没有覆盖。", "请换一个文件名，或先把旧文件移走。")


def why_renamed(wanted: Path, target: Path) -> tuple[str, ...]:
    """没有写到 wanted、写到 target 的原因；写到 wanted 的没有话说。"""
    if target == wanted:
        return ()
    why = "正开着" if lock_of(wanted) is not None else "有人改过，没有覆盖"
    return (f"{wanted.name} {why}，这次写到 {target.name}。",)


def refuse_suffix(out: Path, suffix: str, what: str) -> None:
    """文件名的扩展名要对：Excel 和 Word 按它打开。"""
    if out.suffix.lower() != suffix:
        raise UserError(f"{out} 不是 {suffix} 文件名。", f"{what}的文件名请以 {suffix} 结尾。")


def refuse_other_book(path: Path, out: Path | None, engine: str = PACKAGE) -> None:
    """改好的工作簿另存，扩展名同原来的一样；没有 out 是就地改，用 openpyxl 的不行。"""
    if engine != PACKAGE and (out is None or out.resolve() == path.resolve()):
        raise UserError(
            f"用 {engine} 写会丢掉公式的结果和它不认识的内容，不写回 {path.name}。",
            ANOTHER_FILE,
        )
    if out is not None:
        refuse_suffix(out, path.suffix.lower(), "工作簿")
