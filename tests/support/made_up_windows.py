"""A made-up Windows for the tests: folders are real, registry, fonts and versions are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

OFFICE = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
EXCEL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"


@dataclass(kw_only=True)
class MadeUp:
    """一台假的电脑；不另说的，是一台什么都好的中文 Windows。"""

    root: Path
    windows: bool = True
    python_at: str = "venv/Scripts/python.exe"
    short: str = ""
    codec: str = "cp936"
    packages: dict[str, str] = field(
        default_factory=lambda: {"perfmon-xl": "0.1.0", "xlwings": "0.37.8", "pywin32": "306"}
    )
    registry: dict[tuple[str, str], dict[str, str | int | bytes]] = field(
        default_factory=lambda: {
            ("HKLM", EXCEL): {"": r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"},
            ("HKLM", OFFICE): {"Platform": "x64"},
        }
    )
    variables: dict[str, str] = field(default_factory=dict)
    soffice: str | None = r"C:\LibreOffice\soffice.exe"
    font_names: frozenset[str] | None = frozenset(
        {"仿宋_GB2312 (TrueType)", "楷体_GB2312 (TrueType)", "SimHei (TrueType)", "方正小标宋简体 (TrueType)"}
    )
    dll: bool = True
    desktop: bool = True
    warm: str = ""

    def __post_init__(self) -> None:
        python = self.interpreter()
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_bytes(b"")
        if self.dll:
            (python.parent.parent / "xlwings64-0.37.8.dll").write_bytes(b"")

    def is_windows(self) -> bool:
        return self.windows

    def environment(self, name: str) -> str:
        return {"APPDATA": str(self.root / "AppData"), **self.variables}.get(name, "")

    def home(self) -> Path:
        return self.root

    def interpreter(self) -> Path:
        return self.root / self.python_at

    def python(self) -> tuple[str, int]:
        return "3.12.1", 64

    def installed(self, package: str) -> str | None:
        return self.packages.get(package)

    def values(self, root: str, key: str) -> Mapping[str, str | int | bytes]:
        return self.registry.get((root, key), {})

    def ansi(self) -> str:
        return self.codec

    def short_path(self, path: Path) -> Path:
        return self.root / self.short if self.short else path

    def exists(self, path: Path) -> bool:
        return path.exists()

    def office(self) -> str | None:
        return self.soffice

    def warm_trouble(self, library: Path) -> str:
        return self.warm

    def has_desktop(self) -> bool:
        return self.desktop

    def fonts(self) -> frozenset[str] | None:
        return self.font_names
