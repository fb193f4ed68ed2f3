"""Diagnostics of what administrators, Windows and other programs forbid the add-in: policies, Defender,
items that Excel disabled, folders on a share, marks of the web, WPS as the owner of .xlsx. Only read, never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perfmon_xl.app.diagnosis import CheckState, Diagnosis, diagnosis
from perfmon_xl.system.windows import Machine

_ADMIN = "这是单位统一设的，请把这一行发给管理员；在放行以前，用桌面上的“绩效监控（网页）”，做的事一样。"
_COMMON = r"Software\Policies\Microsoft\Office\16.0\Common"
_SECURITY = (
    r"Software\Policies\Microsoft\Office\16.0\Excel\Security",
    r"Software\Microsoft\Office\16.0\Excel\Security",
)
_DISABLED = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
_CHOICE = r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice"
# Defender's attack surface reduction; a policy of the domain, or set on this machine.
_ASR = (
    r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
_RULES = {
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": "不许 Office 启动别的程序，插件启动不了 Python",
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "不许宏调用 Windows 的功能，插件启动不了常驻的 Python",
}
_BLOCKS, _WARNS = "1", "6"


def policies(machine: Machine, addin: Path) -> Iterator[Diagnosis]:
    """拦住插件的设置，一样一条；没有的，合起来一条“没有”。"""
    diagnoses = [*_macros(machine), *_defender(machine), *_disabled(machine), *_places(machine, addin)]
    yield from diagnoses or [
        diagnosis("拦截", CheckState.GOOD, "没有看到会拦住插件的策略、安全软件规则和禁用项目。")
    ]
    yield from _owner(machine)


def _macros(machine: Machine) -> Iterator[Diagnosis]:
    if any(_is_on(machine, root, _COMMON, "vbaoff") for root in ("HKCU", "HKLM")):
        yield diagnosis("宏", CheckState.BAD, "策略关掉了 Office 里的 VBA，插件不会运行。", _ADMIN)
    if any(_is_on(machine, root, key, "DisableAllAddins") for root in ("HKCU", "HKLM") for key in _SECURITY):
        yield diagnosis("加载项", CheckState.BAD, "Excel 停用了全部加载项，功能区里没有“绩效监控”。", _ADMIN)


def _defender(machine: Machine) -> Iterator[Diagnosis]:
    for key in _ASR:
        rules = {name.lower(): str(value) for name, value in machine.values("HKLM", key).items()}
        for rule, says in _RULES.items():
            if rules.get(rule) in (_BLOCKS, _WARNS):
                state = CheckState.BAD if rules[rule] == _BLOCKS else CheckState.CARE
                yield diagnosis("Defender", state, f"有一条规则{says}（{rule}）。", _ADMIN)


def _disabled(machine: Machine) -> Iterator[Diagnosis]:
    for value in machine.values("HKCU", _DISABLED).values():
        if isinstance(value, bytes) and "perfmon_xl" in value.decode("utf-16-le", "ignore").lower():
            yield diagnosis(
                "禁用项目", CheckState.BAD, "Excel 上次没有正常退出，把插件放进了“禁用项目”。",
                "文件→选项→加载项→最下面“管理：禁用项目”→转到，选中 perfmon_xl，点“启用”，重开 Excel。",
            )  # fmt: skip


def _places(machine: Machine, addin: Path) -> Iterator[Diagnosis]:
    roaming = machine.environment("APPDATA")
    if roaming.startswith(r"\\"):
        yield diagnosis(
            "启动文件夹", CheckState.CARE, f"%APPDATA% 在网络上（{roaming}），Excel 默认不信任网络上的文件夹。",
            "看不到“绩效监控”的，请管理员允许网络上的受信任位置，或把 XLSTART 放到本机。",
        )  # fmt: skip
    if machine.exists(addin.with_name(addin.name + ":Zone.Identifier")):
        yield diagnosis(
            "插件的来源", CheckState.BAD, "插件文件带着“来自网络”的标记，Excel 会直接拦住它的宏。",
            "关掉 Excel，再运行一次“安装”：在本机现做的没有标记。",
        )  # fmt: skip


def _owner(machine: Machine) -> Iterator[Diagnosis]:
    chosen = str(machine.values("HKCU", _CHOICE).get("ProgId", ""))
    if chosen.upper().startswith(("ET.", "WPS.", "KET.", "KWPS.")):
        yield diagnosis(
            ".xlsx 的打开方式", CheckState.CARE, "双击工作簿是用 WPS 打开的，那里没有这个选项卡。",
            "要用选项卡的，右键工作簿→打开方式→Excel。",
        )  # fmt: skip


def _is_on(machine: Machine, root: str, key: str, name: str) -> bool:
    values = {one.lower(): value for one, value in machine.values(root, key).items()}
    return values.get(name.lower()) == 1
