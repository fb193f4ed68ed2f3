"""Which function a button runs: @button says the tag, the tag's first word is the module it stands in.

A new button is a line in addin/customUI14.xml and one function in buttons/.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Wordable
from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.jobs import LongWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonResult:
    """做完了要说的话；quiet 的只留在状态栏上，warning 的是要人留意的。"""

    text: Wordable
    quiet: bool = False
    warning: bool = False


_FOLDER = Path(__file__).with_name("buttons")

# A LongWork: long work, done by a process of its own. None: nothing to say (the person cancelled, or what was done is in plain sight).
Run = Callable[[ButtonContext], ButtonResult | LongWork | None]
BUTTONS: dict[str, Run] = {}


def button(tag: str) -> Callable[[Run], Run]:
    """tag 是 customUI14.xml 里按钮的 tag；第一段是所在的模块名。"""

    def add(run: Run) -> Run:
        if run.__module__.rpartition(".")[2] != tag.partition(".")[0]:
            raise ValueError(f"按钮 {tag} 应当写在 {tag.partition('.')[0]}.py 里。")
        BUTTONS[tag] = run
        return run

    return add


def families() -> tuple[str, ...]:
    """放按钮的模块。"""
    return tuple(m.name for m in pkgutil.iter_modules([str(_FOLDER)]))


def find(tag: str) -> Run:
    """按钮的函数；只导入它所在的那个模块。"""
    family = tag.partition(".")[0]
    if tag not in BUTTONS and family in families():
        import_module(f"{__package__}.{_FOLDER.name}.{family}")
    if tag not in BUTTONS:
        raise UserError(
            f"程序里没有“{tag}”这个按钮。",
            "插件和程序的版本不一样：关掉 Excel，再装一次插件。",
        )
    return BUTTONS[tag]
