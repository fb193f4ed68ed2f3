"""One zip for machines without Python, rights and network: python.org's embeddable package, wheels, three .cmd files.

The same inputs give the same bytes: members sorted, one date. The layout and the reasons: addin/RELEASE.md.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl import __version__
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.saving import save_atomically

ARCHITECTURES = ("amd64", "win32", "arm64")
FOLDER = "绩效监控"
_TAGS = {"amd64": "win_amd64", "win32": "win32", "arm64": "win_arm64"}
_DATE = (1980, 1, 1, 0, 0, 0)
_PACKAGES = "python/Lib/site-packages/"
_NEEDED = (
    "perfmon_xl",
    "xlwings",
    "pywin32",
    "lxml",
    "xlsxwriter",
    "python_docx",
    "docxtpl",
    "jinja2",
    "markupsafe",
)
# Not shipped: not needed at run time, or not under a licence that lets everybody use it (xlwings.pro).
_LEFT_OUT = re.compile(
    r"(pythonwin|adodbapi|isapi|win32comext|xlwings/(pro|addin|js)|xlwings/quickstart[^/]*|lxml/includes)(/|$)"
    r"|\.(chm|pyc|pth)$|^PyWin32"
)
_LICENCE = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)

_HEAD = """\
@chcp 936 >nul & @echo off
if exist "%~dp0python\\python.exe" goto there
echo 请先把压缩包全部解压出来，再双击解压出来的“{name}”。
pause
exit /b 2
:there
set PYTHONDONTWRITEBYTECODE=1
"""
_COMMANDS = {
    "安装.cmd": _HEAD
    + """\
"%~dp0python\\python.exe" -m perfmon_xl addin install
if errorlevel 1 goto end
echo.
"%~dp0python\\python.exe" -m perfmon_xl addin doctor
echo.
echo 关掉全部 Excel 窗口再打开，功能区里就有“绩效监控”。这个文件夹以后还要用，请不要挪走、不要删。
:end
if not defined PERFMON_XL_UNATTENDED pause
""",
    "卸载.cmd": _HEAD
    + """\
"%~dp0python\\python.exe" -m perfmon_xl addin uninstall
if errorlevel 1 goto end
echo.
echo 卸载好了。这个文件夹没有用了，可以删掉：%~dp0
:end
if not defined PERFMON_XL_UNATTENDED pause
""",
    # CMDCMDLINE is expanded late, so that nothing in it is read as a command; the last line must be `exit`, not
    # `exit /b`: what follows an & in an unquoted path would be run after it.
    "把工作簿拖到这里.cmd": _HEAD
    + """\
setlocal EnableDelayedExpansion
set "PERFMON_XL_DROPPED=!CMDCMDLINE!"
"%~dp0python\\python.exe" -m perfmon_xl.dropped %*
if not defined PERFMON_XL_UNATTENDED pause
exit
""",
}
_GUIDE = """\
绩效监控 {version}（{arch}）

用之前：下载来的压缩包，先右键→属性→勾选“解除锁定”→确定，再全部解压到一个固定的文件夹（不要放在桌面以外随时会清的地方）。
装插件：关掉 Excel，双击“安装.cmd”。出现“Windows 已保护你的电脑”的，点“更多信息”→“仍要运行”。不用管理员权限，不用联网。
不装插件也能用：把填好的工作簿拖到“把工作簿拖到这里.cmd”上放开，填充、检查、出报告一次做完，报告在工作簿旁边。
更新：把新的压缩包解压到另一个文件夹，双击里面的“安装.cmd”；要退回去，双击旧文件夹里的“安装.cmd”。
卸载：关掉 Excel，双击“卸载.cmd”，再删掉这个文件夹。
适用：Windows 8.1 以上。Windows 7 装不了这里的 Python，请在别的电脑上做，或请信息中心帮忙。
{warm}"""
_NO_WARM = "这一份里没有后台程序用的 DLL，按钮每次点都现启动，慢一两秒，单元格里的 PM_ 函数用不了。\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """做好的安装包：在哪、多大、有没有常驻 Python 的 DLL。"""

    path: Path
    size: int
    warm: bool


def build_bundle(out: Path, python: Path, wheels: Path, arch: str = "amd64") -> Bundle:
    """python 是 python.org 的 embeddable 包（.zip 或解压了的文件夹），wheels 是放着全部 .whl 的文件夹。"""
    members = dict(_python_files(python))
    found = sorted(wheels.glob("*.whl")) if wheels.is_dir() else []
    _refuse_incomplete(found, wheels, arch)
    for wheel in found:
        members |= _wheel_files(wheel)
    members |= _beside_python(members)
    warm = any(name.startswith("python/xlwings") and name.endswith(".dll") for name in members)
    for name, text in _COMMANDS.items():
        members[name] = text.replace("{name}", name).replace("\n", "\r\n").encode("gbk")
    guide = _GUIDE.format(version=__version__, arch=arch, warm="" if warm else _NO_WARM)
    members["使用说明.txt"] = guide.replace("\n", "\r\n").encode("gbk")
    members["许可.txt"] = _licences(members)
    members["版本.json"] = _listed(members, arch)
    data = _zip(members)
    save_atomically(out, data)
    return Bundle(path=out, size=len(data), warm=warm)


def _refuse_incomplete(found: list[Path], wheels: Path, arch: str) -> None:
    names = {wheel.name.split("-")[0].lower() for wheel in found}
    missing = [one for one in _NEEDED if one not in names]
    if missing:
        raise UserError(
            f"{wheels} 里缺 {'、'.join(missing)} 的 .whl 文件，做不了安装包。",
            "怎样备齐，见 addin/RELEASE.md 的“安装包”。",
        )
    wrong = [w.name for w in found if not w.stem.endswith(("-any", _TAGS[arch]))]
    if wrong:
        raise UserError(f"{wrong[0]} 不是给 {arch} 的，做不了安装包。", "请换成同一种处理器的 .whl。")


def _python_files(python: Path) -> Iterator[tuple[str, bytes]]:
    files: dict[str, bytes]
    if python.is_dir():
        files = {p.name: p.read_bytes() for p in sorted(python.iterdir()) if p.is_file()}
    elif zipfile.is_zipfile(python):
        with zipfile.ZipFile(python) as package:
            files = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    else:
        raise UserError(
            f"{python} 不是 Python 的 embeddable 包。", "请从 python.org 下载 embeddable package。"
        )
    zips = [name for name in files if re.fullmatch(r"python3\d+\.zip", name)]
    if "python.exe" not in files or len(zips) != 1:
        raise UserError(f"{python} 里没有 python.exe 和标准库。", "请从 python.org 下载 embeddable package。")
    for name, data in files.items():
        if not name.endswith(("._pth", ".cat")):
            yield f"python/{name}", data
    # Isolated: no PYTHONPATH, no user's packages, no registry. It also switches .pth files off.
    lines = (zips[0], ".", r"Lib\site-packages", r"Lib\site-packages\win32", r"Lib\site-packages\win32\lib")
    yield f"python/{zips[0][:-4]}._pth", "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _wheel_files(wheel: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(wheel) as package:
        for name in package.namelist():
            head, _, rest = name.partition("/")
            if head.endswith(".data"):
                kind, _, rest = rest.partition("/")
                target = {"data": "python/", "platlib": _PACKAGES, "purelib": _PACKAGES}.get(kind)
                inside = rest
            else:
                target, inside = _PACKAGES, name
            if target is None or name.endswith("/") or _LEFT_OUT.search(inside):
                continue
            found[target + inside] = package.read(name)
    return found


def _beside_python(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """pywin32's DLLs: nobody else finds them where .pth files are switched off."""
    system = _PACKAGES + "pywin32_system32/"
    return {f"python/{n.removeprefix(system)}": d for n, d in members.items() if n.startswith(system)}


def _licences(members: Mapping[str, bytes]) -> bytes:
    parts = [
        f"==== {name.removeprefix('python/')} ====\r\n\r\n{data.decode('utf-8', 'replace')}"
        for name, data in sorted(members.items())
        if _LICENCE.search(name)
    ]
    return "\r\n\r\n".join(parts).encode("utf-8-sig")


def _listed(members: Mapping[str, bytes], arch: str) -> bytes:
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(members.items())}
    content = {"version": __version__, "arch": arch, "files": hashes}
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def _zip(members: Mapping[str, bytes]) -> bytes:
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in sorted(members.items()):
            info = zipfile.ZipInfo(f"{FOLDER}/{name}", _DATE)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(info, data)
    return out.getvalue()
