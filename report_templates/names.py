"""Writes the list of names into README.md: `python report_templates/names.py`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from perfmon_xl.report.summary.context import 汇总报告
from perfmon_xl.report.wording.context import 报告

README = Path(__file__).with_name("README.md")
TABLES = {
    ("<!-- 名称表：开始 -->", "<!-- 名称表：结束 -->"): 报告,
    ("<!-- 汇总报告名称表：开始 -->", "<!-- 汇总报告名称表：结束 -->"): 汇总报告,
}


def table(root: type[Any]) -> str:
    """一种报告的全部名称：怎么写、是什么。"""
    lines = ["| 名称 | 说明 |", "|---|---|"]
    lines += [f"| `{name}` | {note} |" for name, note in _names(root, "", set())]
    return "\n".join(lines)


def _names(kind: Any, prefix: str, seen: set[Any]) -> Iterator[tuple[str, str]]:
    hints = get_type_hints(kind)
    for one in fields(kind):
        if "说明" not in one.metadata:
            continue
        hint, name = hints[one.name], f"{prefix}{one.name}"
        many = get_origin(hint) is tuple
        inner = get_args(hint)[0] if many else hint
        yield name + ("（多项）" if many else ""), one.metadata["说明"]
        if is_dataclass(inner) and inner not in seen:
            seen.add(inner)
            yield from _names(inner, "一项." if many else f"{name}.", seen)


def refreshed(text: str) -> str:
    """换上新名称表的 README。"""
    for (start, end), root in TABLES.items():
        head, _, rest = text.partition(start)
        text = f"{head}{start}\n\n{table(root)}\n\n{end}{rest.partition(end)[2]}"
    return text


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
