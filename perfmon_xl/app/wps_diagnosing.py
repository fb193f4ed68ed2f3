"""Diagnostics of the add-in of WPS: one check a line, each with what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from perfmon_xl.app.diagnosing import service_doctor
from perfmon_xl.app.diagnosis import CheckState, Diagnosis, diagnosis
from perfmon_xl.app.wps_addin import ALLOWED, BLOCKED, NAME, WpsPlaces, addin_files, address_in, wps_places
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.wording import SERVICE_PACKAGES, WPS_ADDIN
from perfmon_xl.system.windows import Machine, ThisMachine

_RESTART = "打开任意一个工作簿，WPS 问是否信任时点“允许”，关掉全部 WPS 窗口，再打开。"


def doctor_wps(into: Path | None = None, *, machine: Machine | None = None) -> list[Diagnosis]:
    """逐项检查 WPS 的加载项；WPS 自己的文件只读。"""
    machine = machine or ThisMachine()
    at = wps_places(machine, into)
    return [
        *_service(machine),
        *_files(machine, at),
        *_listed_addins(at),
        *_allowed(at),
        *service_doctor(machine=machine),
    ]


def _service(machine: Machine) -> Iterator[Diagnosis]:
    missing = [name for name in ("starlette", "uvicorn") if machine.installed(name) is None]
    if missing:
        yield diagnosis(
            "服务", CheckState.BAD, f"没有装 {'、'.join(missing)}，按钮都用不了。", SERVICE_PACKAGES
        )
    else:
        yield diagnosis("服务", CheckState.GOOD, "要的都装了，点按钮时自己启动。")


def _files(machine: Machine, at: WpsPlaces) -> Iterator[Diagnosis]:
    wrong = [n for n, content in addin_files(machine).items() if _content(at.addin / n) != content]
    if not at.addin.is_dir():
        yield diagnosis("加载项", CheckState.BAD, f"{at.addin} 不存在。", WPS_ADDIN)
    elif wrong:
        yield diagnosis(
            "加载项", CheckState.BAD, f"{at.addin} 里的 {'、'.join(wrong)} 不是这一版的。", WPS_ADDIN
        )
    else:
        yield diagnosis("加载项", CheckState.GOOD, str(at.addin))


def _listed_addins(at: WpsPlaces) -> Iterator[Diagnosis]:
    try:
        found = address_in(_content(at.listed))
    except UserError as error:
        yield diagnosis("登记", CheckState.BAD, f"{at.listed}：{error.message}", error.hint)
        return
    if found is None:
        yield diagnosis("登记", CheckState.BAD, f"{at.listed} 里没有我们的一条。", WPS_ADDIN)
    elif found != at.addin.name:
        yield diagnosis("登记", CheckState.BAD, f"登记的是 {found}，不是这一版。", WPS_ADDIN)
    else:
        yield diagnosis("登记", CheckState.GOOD, str(at.listed))


def _allowed(at: WpsPlaces) -> Iterator[Diagnosis]:
    """WPS 记着的：问过没有、允许没有、装上没有。"""
    if (at.jsaddons / BLOCKED).exists():
        yield diagnosis(
            "WPS 的拦截", CheckState.CARE, f"有 {BLOCKED}：WPS 拦过加载项，选项卡可能在、按钮没有反应。",
            "请管理员看它为什么拦；这台电脑上先用浏览器里的页面。",
        )  # fmt: skip
    data = _content(at.jsaddons / ALLOWED)
    if data is None:
        yield diagnosis("WPS 的允许", CheckState.UNKNOWN, "WPS 还没有问过。", _RESTART)
        return
    try:
        told = list(_entries(json.loads(data.decode("utf-8-sig"))))
    except ValueError:
        yield diagnosis(
            "WPS 的允许", CheckState.UNKNOWN, f"{ALLOWED} 读不懂。", "看 WPS 里有没有“绩效监控”选项卡。"
        )
        return
    if not told:
        yield diagnosis("WPS 的允许", CheckState.UNKNOWN, "WPS 还没有问过。", _RESTART)
    elif not any(one.get("enable") for one in told):
        yield diagnosis(
            "WPS 的允许", CheckState.BAD, "问过，没有允许。",
            "在 WPS 的“开发工具”→“加载项”里允许它；没有这一项的，请管理员在 WPS 的设置里放行。",
        )  # fmt: skip
    elif not any(one.get("isload") for one in told):
        yield diagnosis(
            "WPS 的允许", CheckState.CARE, "允许过了，还没有装上。", "请关掉全部 WPS 窗口，再打开。"
        )
    else:
        yield diagnosis("WPS 的允许", CheckState.GOOD, "允许过，装上了。")


def _entries(told: object) -> Iterator[dict[str, Any]]:
    """里面说我们的各条；各版 WPS 的写法不一样，按名称找。"""
    if isinstance(told, dict):
        if str(told.get("name", "")) == NAME:
            yield told
        for name, value in told.items():
            if name == NAME and isinstance(value, dict) and "name" not in value:
                yield value
            yield from _entries(value)
    elif isinstance(told, list):
        for value in told:
            yield from _entries(value)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
