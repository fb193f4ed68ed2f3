"""What a batch came to, in words: for the command line and for the button in Excel."""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.batch.engine import Batch
from perfmon_xl.batch.outcome import Status
from perfmon_xl.domain.message import Message, Wordable
from perfmon_xl.domain.wording import NEW_FROM_TABLE

_MOST_LISTED = 20


def summary_lines(made: Batch) -> list[Wordable]:
    """几个做成、几个没有、为什么，做出来的在哪。"""
    count = made.counts
    unchanged = f"，其中 {made.unchanged} 个没有变，没有重做" if made.unchanged else ""
    lines: list[Wordable] = [
        f"一共 {len(made.outcomes)} 个文件{unchanged}。做成 {count.get(Status.DONE, 0)} 个"
    ]
    lines[0] += f"，其中 {made.with_errors} 个检查出错误。" if made.with_errors else "。"
    lines += _grouped_reasons("没有做成的", made.failed, made.hints)
    lines += _grouped_reasons(
        "不是监控工作簿，没有做的", made.foreign, dict.fromkeys(made.foreign, NEW_FROM_TABLE)
    )
    if made.vanished:
        lines.append(f"以前做过、现在输入里没有了的，有 {len(made.vanished)} 个，做出的文件还留着：")
        lines += [f"  {path}" for path in made.vanished[:_MOST_LISTED]]
    return [*lines, *made.notes, f"做出来的在 {made.out}，各个文件的结果见其中的“批量结果.csv”。"]


def _grouped_reasons(title: str, reasons: Mapping[str, str], hints: Mapping[str, Wordable]) -> list[Wordable]:
    """哪几个、为什么；同一个办法的排在一起，办法只说一遍。"""
    if not reasons:
        return []
    lines: list[Wordable] = [f"{title}，有 {len(reasons)} 个："]
    same: dict[Wordable, list[str]] = {}
    for path in list(reasons)[:_MOST_LISTED]:
        same.setdefault(hints.get(path, ""), []).append(path)
    for hint, paths in same.items():
        lines += [f"  {path}：{reasons[path]}" for path in paths]
        lines += ["    怎么办：" + Message.of(hint)] if hint else []
    if len(reasons) > _MOST_LISTED:
        lines.append(f"  ……还有 {len(reasons) - _MOST_LISTED} 个，见“批量结果.csv”。")
    return lines
