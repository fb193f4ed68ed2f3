"""`perfmon-xl addin`: the Excel add-in: build, install, uninstall, doctor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from perfmon_xl.commands.codes import DONE, FOUND, Commands
from perfmon_xl.commands.saying import say
from perfmon_xl.domain.wording import NO_LIBRARY, NO_WPS_TAB

if TYPE_CHECKING:
    from perfmon_xl.app import Installed

LINUX = ("linux-x86_64", "linux-aarch64")
WINDOWS = ("amd64", "win32", "arm64")
ARCHITECTURES = (*WINDOWS, *LINUX)
_ACTIONS = {
    "build": "从源文件做出插件（开发时用）",
    "install": "装进 Excel，不要管理员权限",
    "uninstall": "卸掉，不留东西",
    "doctor": "查安装情况，逐条说怎么办",
    "bundle": "做一个安装包：给没有 Python、不能联网的电脑（Windows、Linux）",
}


def add(commands: Commands) -> None:
    one = commands.add_parser("addin", help="Excel 插件", description="Excel 插件：安装、卸载、诊断。")
    actions = one.add_subparsers(dest="action", metavar="动作", title="动作", required=True)
    for name, says in _ACTIONS.items():
        action = actions.add_parser(name, help=says, description=says + "。")
        if name == "build":
            action.add_argument("-o", dest="out", metavar="插件.xlam", help="写到哪；不写的放在源文件旁边")
        elif name == "bundle":
            action.add_argument("out", nargs="?", metavar="安装包", help="写到哪；给 Linux 的可以不写")
            action.add_argument(
                "--arch",
                default=WINDOWS[0],
                choices=ARCHITECTURES,
                metavar="|".join(ARCHITECTURES),
                help=f"给哪种电脑；不写的是 {WINDOWS[0]}（64 位 Windows）",
            )
            action.add_argument(
                "--python",
                required=True,
                metavar="PYTHON",
                help="那种电脑上的 Python：Windows 的是 python.org 的 embeddable 包，Linux 的是可以搬动的 Python 解开的文件夹",
            )
            action.add_argument(
                "--wheels", metavar="文件夹", help="放着要的 .whl 的文件夹；不写的现下载（给 Windows 的）"
            )
            action.add_argument("-o", dest="out_file", metavar="文件", help="同“安装包”")
        else:
            action.add_argument("--folder", metavar="文件夹", help="不用 Excel（WPS）自己的文件夹，用这个")
            action.add_argument("--wps", action="store_true", help="WPS 的加载项，不是 Excel 的")
            if name != "doctor":
                action.add_argument("--unpacked", metavar="文件夹", help="解压了的安装包（“安装.cmd”用）")


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "install" and arguments.unpacked:
        from perfmon_xl.system.unpacked import refuse_damaged

        refuse_damaged(Path(arguments.unpacked).resolve())  # before what may be damaged is imported
    from perfmon_xl import app

    if arguments.action == "build":
        print(f"已做好 {app.build_addin(Path(arguments.out) if arguments.out else None)}。")
        return DONE
    if arguments.action == "bundle":
        return _bundle(arguments)
    if getattr(arguments, "unpacked", None):
        from perfmon_xl.commands import unpacked

        act = unpacked.install if arguments.action == "install" else unpacked.uninstall
        return act(Path(arguments.unpacked).resolve())
    into = Path(arguments.folder) if arguments.folder else None
    if arguments.wps:
        return _wps(arguments.action, into)
    if arguments.action == "install":
        _say_installed(app.install_addin(into))
    elif arguments.action == "uninstall":
        removed = app.uninstall_addin(into)
        print("\n".join(f"已处理 {path}。" for path in removed) or "没有装过插件，没有要删的。")
    else:
        diagnoses = app.doctor(into)
        say(*(diagnosis.as_message() for diagnosis in diagnoses))
        if any(diagnosis.state is app.CheckState.BAD for diagnosis in diagnoses):
            return FOUND
    return DONE


def _wps(action: str, into: Path | None) -> int:
    from perfmon_xl import app

    if action == "install":
        print(f"加载项：{app.install_wps(into).addin}")
        print("打开 WPS 表格和任意一个工作簿；问是否信任“perfmon-xl”时点“允许”，关掉全部 WPS 窗口再打开，")
        say("就能看到“绩效监控”选项卡。" + NO_WPS_TAB)
    elif action == "uninstall":
        removed = app.uninstall_wps(into)
        print("\n".join(f"已处理 {path}。" for path in removed) or "没有装过加载项，没有要删的。")
    else:
        diagnoses = app.doctor_wps(into)
        say(*(diagnosis.as_message() for diagnosis in diagnoses))
        if any(diagnosis.state is app.CheckState.BAD for diagnosis in diagnoses):
            return FOUND
    return DONE


def _say_installed(done: Installed) -> None:
    print(f"插件：{done.places.addin}")
    print(f"设置：{done.places.config}（Python：{done.interpreter}）")
    for path in done.backups:
        print(f"换下的旧文件留在 {path}。")
    if not done.warm:
        say(NO_LIBRARY)
    print("关掉 Excel 再打开，就能看到“绩效监控”选项卡。")


def _bundle(arguments: argparse.Namespace) -> int:
    out = arguments.out or getattr(arguments, "out_file", None)
    if arguments.arch in LINUX:
        from perfmon_xl.app.linux_bundle import bundle_linux

        print(f"已做好 {bundle_linux(arguments.arch, Path(arguments.python), Path(out) if out else None)}。")
        print("拷到那台电脑上解开，运行里面的 安装.sh。")
        return DONE
    from perfmon_xl.app.bundle_parts import TRIED, UNTRIED
    from perfmon_xl.app.bundling import build_bundle
    from perfmon_xl.domain.errors import UserError

    if not out:
        raise UserError(
            "给 Windows 的安装包，要写明写到哪。",
            "如 perfmon-xl addin bundle 绩效监控.zip --python python-3.11.9-embed-amd64.zip。",
        )
    wheels = Path(arguments.wheels) if arguments.wheels else None
    made = build_bundle(Path(out), Path(arguments.python), wheels, arguments.arch)
    print(f"安装包：{made.path}（{made.size / 1e6:.1f} MB，Python {made.python}）")
    if not made.checked:
        print(
            f"这个 Python 没有登记过，没有核对是不是 python.org 的原件；它全部文件的 SHA-256：{made.python_hash}。"
        )
    if not made.warm:
        print("里面没有后台 Python 用的 DLL，按钮每次点都现启动。")
    if arguments.arch not in TRIED:
        print(UNTRIED.format(arch=arguments.arch), end="")
    return DONE
