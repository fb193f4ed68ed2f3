"""规则集从哪里来：随程序的 TOML 文件，加上用户自己的一份。"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from perfmon_xl.domain.amount import decimal_or_infinity
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.policy_reading import PolicyError, rule_set_from
from perfmon_xl.system.files import read_toml
from perfmon_xl.system.resources import own_policy_folder, policy_folder

DEFAULT = "通用"

__all__ = ["DEFAULT", "PolicyError", "get", "load", "load_all"]


def load(path: Path) -> RuleSet:
    """读一份规则集文件；读不成的抛出 PolicyError，说明哪一项怎么改。"""
    try:
        data = read_toml(path, parse_float=decimal_or_infinity)
    except UserError as error:
        raise PolicyError(error.message, error.hint) from None
    return rule_set_from(data, path.name)


@cache
def _all(own: Path) -> Mapping[str, RuleSet]:
    found = {rules.name: rules for rules in map(load, sorted(policy_folder().glob("*.toml")))}
    ordered = {DEFAULT: found.pop(DEFAULT), **found}
    for rules in map(load, sorted(own.glob("*.toml"))):
        ordered[rules.name] = rules
    return MappingProxyType(ordered)


def load_all() -> Mapping[str, RuleSet]:
    """全部规则集，按名称；通用在最前，用户自己的排在后面，同名的以用户的为准。"""
    return _all(own_policy_folder())


def get(name: str = "") -> RuleSet:
    """按名称取规则集；空着的用通用，没有的抛出 PolicyError。"""
    known = load_all()
    wanted = name.strip() or DEFAULT
    if wanted not in known:
        raise PolicyError(f"没有叫“{wanted}”的规则集。现有：{'、'.join(known)}。")
    return known[wanted]
