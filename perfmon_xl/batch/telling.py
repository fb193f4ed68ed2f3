"""What a batch came to, in words: for the command line and for the button in Excel."""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.batch.outcome import Status
from perfmon_xl.batch.running import Batch

_MOST_LISTED = 20


def told(made: Batch) -> list[str]:
    """几个做成、几个没有、为什么，做出来的在哪。"""
    count = made.counts
    unchanged = f"，其中 {made.unchanged} 个没有变，没有重做" if made.unchanged else ""
    lines = [f"一共 {len(made.outcomes)} 个文件{unchanged}。做成 {count.get(Status.DONE, 0)} 个"]
    lines[0] += f"，其中 {made.with_errors} 个检查出错误。" if made.with_errors else "。"
    lines += _listed("没有做成的", made.failed)
    lines += _listed("不是监控工作簿，没有做的", made.foreign)
    if made.vanished:
        lines.append(f"以前做过、现在输入里没有了的，有 {len(made.vanished)} 个，做出的文件还留着：")
        lines += [f"  {path}" for path in made.vanished[:_MOST_LISTED]]
    return [*lines, *made.notes, f"做出来的在 {made.out}，各个文件的结果见其中的“批量结果.csv”。"]


def _listed(title: str, reasons: Mapping[str, str]) -> list[str]:
    if not reasons:
        return []
    lines = [f"{title}，有 {len(reasons)} 个："]
    lines += [f"  {path}：{reason}" for path, reason in list(reasons.items())[:_MOST_LISTED]]
    if len(reasons) > _MOST_LISTED:
        lines.append(f"  ……还有 {len(reasons) - _MOST_LISTED} 个，见“批量结果.csv”。")
    return lines
