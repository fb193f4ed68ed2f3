"""The commands of `perfmon-xl`, one module each: `add` says its words, `run` does it and gives the exit code."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

# In the order in which --help lists them. A module is named like its command (import_ for a Python word).
NAMES = (
    "demo",
    "new",
    "do",
    "import_",
    "schema",
    "export",
    "fill",
    "check",
    "rules",
    "report",
    "audit",
    "form",
    "batch",
    "serve",
    "addin",
)


def modules() -> dict[str, ModuleType]:
    """命令 → 模块。"""
    return {name.rstrip("_"): import_module(f"{__name__}.{name}") for name in NAMES}
