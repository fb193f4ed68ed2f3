"""Where the files that travel with the program are: in a checkout at the top level, in a wheel under _data."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDERS = ("xlsx_templates", "report_templates")
_PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """xlsx_templates、report_templates 或 addin 所在的文件夹。"""
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def is_own(path: Path) -> bool:
    """是不是程序自己带的文件：规则集、模板。"""
    return path.is_absolute() and (
        path.is_relative_to(_PACKAGE) or any(path.is_relative_to(folder(name)) for name in _FOLDERS)
    )


def policy_folder() -> Path:
    """预置规则集所在的文件夹。"""
    return _PACKAGE / "policy"


def own_policy_folder() -> Path:
    """用户自己的规则集放在哪里；可以用环境变量另指一处（如单位的共享文件夹）。"""
    named = os.environ.get("PERFMON_XL_RULE_SETS")
    return Path(named) if named else Path.home() / ".perfmon_xl" / "policy"


def example_data() -> Path:
    """示例项目的数据。"""
    return _PACKAGE / "example.json"


def folder_of_rules() -> Path:
    """检查规则所在的文件夹。"""
    return _PACKAGE / "rules"
