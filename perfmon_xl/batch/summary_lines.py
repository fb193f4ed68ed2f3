"""What a batch came to, in words: for the command line and for the button in Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfmon_xl.batch.engine import Batch, ErrorBook
from perfmon_xl.batch.outcome import Status
from perfmon_xl.domain.message import Message, Wordable
from perfmon_xl.domain.wording import MEND_AND_AGAIN, NEW_FROM_TABLE

_MOST_LISTED, _MOST_NAMED = 20, 5
_LONGEST = 44  # characters of a finding on one line of the terminal


def summary_lines(made: Batch) -> list[Wordable]:
    """几个做成、几个没有、为什么，做出来的在哪。"""
    count = made.counts
    unchanged = f"，其中 {made.unchanged} 个没有变，没有重做" if made.unchanged else ""
    lines: list[Wordable] = [
        f"一共 {len(made.outcomes)} 个文件{unchanged}。做成 {count.get(Status.DONE, 0)} 个"
    ]
    lines[0] += f"，其中 {made.with_errors} 个检查出错误。" if made.with_errors else "。"
    lines += _with_errors(made)
    lines += _grouped_reasons("没有做成的", made.failed, made.hints)
    lines += _grouped_reasons(
        "不是监控工作簿，没有做的", made.foreign, dict.fromkeys(made.foreign, NEW_FROM_TABLE)
    )
    if made.vanished:
        lines.append(f"以前做过、现在输入里没有了的，有 {len(made.vanished)} 个，做出的文件还留着：")
        lines += [f"  {path}" for path in made.vanished[:_MOST_LISTED]]
    lines += _exchanged(made.exchanged)
    return [*lines, *made.notes, f"做出来的在 {made.out}，各个文件的结果见其中的“批量结果.csv”。"]


def _with_errors(made: Batch) -> list[Wordable]:
    """哪几个检查出错误、各几处、先看哪一处，先做什么；都有的一种错误只说一遍。"""
    if not made.with_errors:
        return []
    lines: list[Wordable] = [f"有错误要改的 {made.with_errors} 个："]
    shared = _shared_mistakes(made.error_books)
    if shared:
        lines.append(f"  都有的：{'；'.join(_titles(shared))}")
    for book in made.error_books:
        own = next((m for m in book.mistakes if m.code not in shared), None)
        first = own or next(iter(book.mistakes), None)
        where = f"，先看 {first.place}" if first and first.place else ""
        what = f"：{_in_short(own.what)}" if own else ""
        lines.append(f"  {book.path}：{len(book.mistakes)} 处{where}{what}")
    rest = made.with_errors - len(made.error_books)
    if rest > 0:
        lines.append(f"  ……还有 {rest} 个，见“批量结果.csv”的“错误”一栏。")
    return [*lines, Message.of("  ") + MEND_AND_AGAIN]


def _shared_mistakes(books: Sequence[ErrorBook]) -> list[str]:
    """不止一个工作簿、个个都有的错误的编号，先后照第一个工作簿。"""
    if len(books) < 2:
        return []
    codes = set.intersection(*({m.code for m in book.mistakes} for book in books))
    return list(dict.fromkeys(m.code for m in books[0].mistakes if m.code in codes))


def _titles(codes: Sequence[str]) -> list[str]:
    """这几条规则说的是什么。"""
    from perfmon_xl.rules.registry import catalogue

    rules = catalogue()
    return [rules[code].title if code in rules else code for code in codes]


def _in_short(what: str) -> str:
    return what if len(what) <= _LONGEST else f"{what[: _LONGEST - 1]}…"


def _exchanged(found: Mapping[str, bool]) -> list[Wordable]:
    """报告换成了另一种的：换掉的是上一次做的，说出来。"""
    lines: list[Wordable] = []
    for final, what in (
        (True, "征求意见稿换成了正式报告"),
        (False, "正式报告换成了征求意见稿（又有错误了）"),
    ):
        paths = [path for path, is_final in found.items() if is_final == final]
        if paths:
            more = f"等 {len(paths)} 个" if len(paths) > _MOST_NAMED else ""
            lines.append(f"{what}：{'、'.join(paths[:_MOST_NAMED])}{more}。")
    return lines


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
