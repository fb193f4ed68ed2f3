"""What 安装.cmd and 卸载.cmd of the offline package run: `perfmon-xl addin install --unpacked FOLDER`, and uninstall.

Exit codes: 0 done, all well; 1 installed, and the doctor found something that does not work yet; 2 not done.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from perfmon_xl.commands.codes import DONE, FOUND, REFUSED


def install(folder: Path) -> int:
    """拷到用户自己的文件夹，由拷好的那个 Python 装插件、诊断一遍。"""
    from perfmon_xl.app.bundle_setup import put_in_place
    from perfmon_xl.app.wps_addin import has_wps

    print("正在拷到您自己的文件夹，要一会儿……", flush=True)
    put = put_in_place(folder)
    code = _addin(put.interpreter, "install")
    if code:
        return REFUSED
    if has_wps():
        _addin(put.interpreter, "install", "--wps")
    print(f"程序：{put.folder}")
    for note in put.notes:
        print(note)
    for path in put.removed:
        print(f"再早的一版拿掉了：{path}")
    print("\n看看还有没有拦着的：", flush=True)
    wrong = _addin(put.interpreter, "doctor")
    if has_wps():
        print("\nWPS 的加载项：", flush=True)
        wrong = _addin(put.interpreter, "doctor", "--wps") or wrong
    print("\n装好了。打开 Excel，功能区里就有“绩效监控”；桌面上有两个图标。解压出来的文件夹可以删了。")
    if wrong:
        print("上面写着“不行”的，照“怎么办”做。")
    return FOUND if wrong else DONE


def uninstall(folder: Path) -> int:
    """插件、各版程序、快捷方式都拿走；正在运行的这个文件夹，说出来请人删。"""
    from perfmon_xl import app
    from perfmon_xl.app.bundle_setup import take_away
    from perfmon_xl.app.wps_addin import has_wps

    removed = [*app.uninstall_addin(), *(app.uninstall_wps() if has_wps() else ())]
    gone, left = take_away(folder)
    print("\n".join(f"已处理 {path}。" for path in (*removed, *gone)) or "没有装过，没有要拿走的。")
    print("\n卸载好了。这个文件夹没有用了，请关掉窗口，删掉它：")
    print("\n".join(f"  {path}" for path in left))
    return DONE


def _addin(interpreter: Path, *words: str) -> int:
    done = subprocess.run([str(interpreter), "-m", "perfmon_xl", "addin", *words], check=False)
    return done.returncode
