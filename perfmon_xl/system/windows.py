"""Windows, as far as the add-in asks it: folders, registry, code page, fonts. Everything else takes a `Machine`.

Tests give a made-up machine; on other systems the real one answers what it can and "not known" to the rest.
"""

from __future__ import annotations

import os
import platform
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class Machine(Protocol):
    """一台电脑：安装和诊断只问这些。"""

    def is_windows(self) -> bool: ...
    def environment(self, name: str) -> str: ...
    def home(self) -> Path: ...
    def interpreter(self) -> Path: ...
    def python(self) -> tuple[str, int]: ...
    def installed(self, package: str) -> str | None: ...
    def values(self, root: str, key: str) -> Mapping[str, str | int | bytes]: ...
    def ansi(self) -> str: ...
    def short_path(self, path: Path) -> Path: ...
    def exists(self, path: Path) -> bool: ...
    def office(self) -> str | None: ...
    def fonts(self) -> frozenset[str] | None: ...
    def has_desktop(self) -> bool: ...
    def warm_trouble(self, library: Path) -> str: ...


class ThisMachine:
    """这台电脑。"""

    def is_windows(self) -> bool:
        return sys.platform == "win32"

    def environment(self, name: str) -> str:
        return os.environ.get(name, "")

    def home(self) -> Path:
        # The add-in looks under USERPROFILE, whatever HOME says.
        return Path(self.environment("USERPROFILE") or Path.home())

    def interpreter(self) -> Path:
        """python.exe 的位置；从 pythonw.exe 运行时也是同一文件夹的 python.exe。"""
        path = Path(sys.executable)
        return path.with_name("python.exe") if path.name.lower() == "pythonw.exe" else path

    def python(self) -> tuple[str, int]:
        """Python 的版本和位数。"""
        return platform.python_version(), struct.calcsize("P") * 8

    def installed(self, package: str) -> str | None:
        """装着的版本；没有装的是 None。只看登记，不导入。"""
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version(package)
        except PackageNotFoundError:
            return None

    def values(self, root: str, key: str) -> Mapping[str, str | int | bytes]:
        """注册表一个键下的全部值；读不到的是空的。"""
        if sys.platform != "win32":
            return {}
        import winreg

        values: dict[str, str | int | bytes] = {}
        hive = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[root]
        try:
            # A 32-bit Python would otherwise be shown another part of the registry.
            with winreg.OpenKey(hive, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
                for number in range(winreg.QueryInfoKey(opened)[1]):
                    name, value, _ = winreg.EnumValue(opened, number)
                    if isinstance(value, str | int | bytes):
                        values[name] = value
        except OSError:
            return {}
        return values

    def ansi(self) -> str:
        """VBA 读写文件所用的编码：中文 Windows 上是 cp936。"""
        if sys.platform != "win32":
            return "utf-8"
        import ctypes

        page = ctypes.windll.kernel32.GetACP()
        return "utf-8" if page == 65001 else f"cp{page}"

    def short_path(self, path: Path) -> Path:
        """8.3 短路径，只有 ASCII；这个磁盘不给短路径的，原样返回。"""
        if sys.platform != "win32":
            return path
        import ctypes

        room = ctypes.create_unicode_buffer(1024)
        length = ctypes.windll.kernel32.GetShortPathNameW(str(path), room, len(room))
        return Path(room.value) if 0 < length < len(room) else path

    def exists(self, path: Path) -> bool:
        return path.exists()

    def office(self) -> str | None:
        """LibreOffice 的程序。"""
        from perfmon_xl.system.office_programs import find_office

        return find_office()

    def has_desktop(self) -> bool:
        """有人坐在前面：不是计划任务、服务（那里 Word 打不开，或者等着一个没有人看得见的对话框）。"""
        if sys.platform != "win32":
            return True
        import ctypes

        session = ctypes.c_ulong()
        asked = ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        return not asked or session.value != 0

    def warm_trouble(self, library: Path) -> str:
        """照 Excel 的样子启动一次常驻的 Python：起来了的是空的，没有起来的说为什么。正是它在问的，不用再试。"""
        if "xlwings.com_server" in sys.modules:
            return ""
        from perfmon_xl.system.warm_trial import try_warm

        return try_warm(self.interpreter(), library)

    def fonts(self) -> frozenset[str] | None:
        """装着的字体名；问不到的是 None。"""
        if sys.platform != "win32":
            return None
        key = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
        return frozenset([*self.values("HKLM", key), *self.values("HKCU", key)])
