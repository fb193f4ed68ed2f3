"""The program itself as it stands in site-packages: of what runs now, a checkout or an installation. For the offline packages."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from perfmon_xl.system.resources import folder

NAME = "perfmon-xl"
_DATA = ("addin", "report_templates", "xlsx_templates")
_DEVELOPERS = (".py", ".md", ".ts")  # of the data folders
_GUIDES = ("addin/README.md", "addin/wps/README.md")  # go into the next package too


def own_package() -> dict[str, bytes]:
    """site-packages 里的路径 → 内容：程序、随程序的文件、登记（版本和许可）。"""
    root = Path(__file__).parents[1]
    found = {
        f"perfmon_xl/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not {"__pycache__", "_data"} & set(path.relative_to(root).parts)
    }
    for name in _DATA:
        data = folder(name)
        for path in sorted(data.rglob("*")):
            parts = path.relative_to(data).parts
            if (
                path.is_file()
                and (path.suffix not in _DEVELOPERS or f"{name}/{'/'.join(parts)}" in _GUIDES)
                and not {"pictures", "__pycache__"} & set(parts)
            ):
                found[f"perfmon_xl/_data/{name}/{'/'.join(parts)}"] = path.read_bytes()
    return found | _registered()


def _registered() -> dict[str, bytes]:
    """importlib.metadata 认得出来的登记：版本、要的包、许可。"""
    own = distribution(NAME)
    where = f"perfmon_xl-{own.version}.dist-info"
    found = {f"{where}/METADATA": (own.read_text("METADATA") or "").encode("utf-8")}
    licence = own.read_text("licenses/LICENSE")
    if licence:
        found[f"{where}/licenses/LICENSE"] = licence.encode("utf-8")
    return found
