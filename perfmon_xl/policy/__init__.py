"""规则集从哪里来：随程序的 TOML 文件，加上用户自己的一份。"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.policy_reading import PolicyError, rule_set_from
from perfmon_xl.resources import policy_folder

DEFAULT = "平台通用"

__all__ = ["DEFAULT", "PolicyError", "get", "load", "load_all"]


def load(path: Path) -> RuleSet:
    """读一份规则集文件；读不成的抛出 PolicyError，说明哪一项怎么改。"""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise PolicyError(f"{path}：打不开（{error.strerror}）。") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}：不是 UTF-8 编码的 TOML 文件（{error}）。") from None
    return rule_set_from(data, path.name)


@cache
def load_all(own: Path | None = None) -> Mapping[str, RuleSet]:
    """全部规则集，按名称；平台通用在最前。own 是用户自己的一份，同名的以它为准。"""
    found = {rules.name: rules for rules in map(load, sorted(policy_folder().glob("*.toml")))}
    ordered = {DEFAULT: found.pop(DEFAULT), **found}
    if own is not None:
        extra = load(own)
        ordered[extra.name] = extra
    return MappingProxyType(ordered)


def get(name: str = "", own: Path | None = None) -> RuleSet:
    """按名称取规则集；空着的用平台通用，没有的抛出 PolicyError。"""
    known = load_all(own)
    wanted = name.strip() or DEFAULT
    if wanted not in known:
        raise PolicyError(f"没有叫“{wanted}”的规则集。现有：{'、'.join(known)}。")
    return known[wanted]
