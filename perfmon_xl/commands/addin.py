"""`perfmon-xl addin`: the Excel add-in: build, install, uninstall, doctor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfmon_xl.commands.codes import DONE, FOUND, Commands
from perfmon_xl.commands.saying import say

if TYPE_CHECKING:
    from perfmon_xl.app import Installed

ARCHITECTURES = ("linux-x86_64", "linux-aarch64")
_ACTIONS = {
    "build": "从源文件做出插件（开发时用）",
    "install": "装进 Excel，不要管理员权限",
    "uninstall": "卸掉，不留东西",
    "doctor": "查安装情况，逐条说怎么办",
    "bundle": "做成一个包：给没有 Python 的 Linux 电脑",
}


def add(commands: Commands) -> None:
    one = commands.add_parser("addin", help="Excel 插件", description="Excel 插件：安装、卸载、诊断。")
    actions = one.add_subparsers(dest="action", metavar="动作", title="动作", required=True)
    for name, says in _ACTIONS.items():
        action = actions.add_parser(name, help=says, description=says + "。")
        if name == "build":
            action.add_argument("-o", dest="out", metavar="插件.xlam", help="写到哪；不写的放在源文件旁边")
        elif name == "bundle":
            action.add_argument(
                "--arch",
                required=True,
                choices=ARCHITECTURES,
                metavar="|".join(ARCHITECTURES),
                help="给哪种电脑",
            )
            action.add_argument(
                "--python",
                required=True,
                metavar="文件夹",
                help="可以搬动的 Python（如 python-build-standalone）解开的文件夹",
            )
            action.add_argument("-o", dest="out", metavar="包.zip", help="写到哪，默认在当前文件夹")
        else:
            action.add_argument("--folder", metavar="文件夹", help="不用 Excel（WPS）自己的文件夹，用这个")
            action.add_argument("--wps", action="store_true", help="WPS 的加载项，不是 Excel 的")


def run(arguments: argparse.Namespace) -> int:
    from perfmon_xl import app

    if arguments.action == "build":
        print(f"已做好 {app.build_addin(Path(arguments.out) if arguments.out else None)}。")
        return DONE
    if arguments.action == "bundle":
        from perfmon_xl.app.linux_bundle import bundle_linux

        out = Path(arguments.out) if arguments.out else None
        made = bundle_linux(arguments.arch, Path(arguments.python), out)
        print(f"已做好 {made}。")
        print("拷到那台电脑上解开，运行里面的 安装.sh。")
        return DONE
    into = Path(arguments.folder) if arguments.folder else None
    if arguments.wps:
        return _wps(arguments.action, into)
    if arguments.action == "install":
        _say_installed(app.install_addin(into))
    elif arguments.action == "uninstall":
        removed = app.uninstall_addin(into)
        print("\n".join(f"已处理 {path}。" for path in removed) or "没有装过插件，没有要删的。")
    else:
        found = app.doctor(into)
        say(*(one.as_message() for one in found))
        if any(one.state is app.State.BAD for one in found):
            return FOUND
    return DONE


def _wps(action: str, into: Path | None) -> int:
    from perfmon_xl import app

    if action == "install":
        print(f"加载项：{app.install_wps(into).addin}")
        print("打开 WPS 表格和任意一个工作簿；问是否信任“perfmon-xl”时点“允许”，关掉全部 WPS 窗口再打开，")
        print("就能看到“绩效监控”选项卡。没有看到的，运行 perfmon-xl addin doctor --wps。")
    elif action == "uninstall":
        removed = app.uninstall_wps(into)
        print("\n".join(f"已处理 {path}。" for path in removed) or "没有装过加载项，没有要删的。")
    else:
        found = app.doctor_wps(into)
        say(*(one.as_message() for one in found))
        if any(one.state is app.State.BAD for one in found):
            return FOUND
    return DONE


def _say_installed(done: Installed) -> None:
    print(f"插件：{done.places.addin}")
    print(f"设置：{done.places.config}（Python：{done.interpreter}）")
    for path in done.backups:
        print(f"换下的旧文件留在 {path}。")
    if not done.warm:
        print(
            "没有找到 xlwings 的 DLL，常驻 Python 没有开，每次点按钮会慢一两秒；详情见 perfmon-xl addin doctor。"
        )
    print("关掉 Excel 再打开，就能看到“绩效监控”选项卡。")
