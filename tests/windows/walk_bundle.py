"""The offline package as a person meets it, under Wine: walk_bundle.py FOLDER WPY DATA. FOLDER holds 一.zip; WPY runs a program
under Wine. Unpacked, installed, workbooks dropped on it, a newer version beside it, back to the older one, a damaged one
refused, uninstalled: then registry and the person's folders are as before. Run by the Python of this system.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

FOLDER, WPY = Path(sys.argv[1]), sys.argv[2]
DATA = Path(sys.argv[3])
USERS = Path(WPY).parent / "prefix" / "drive_c" / "users"
START = time.monotonic()


def told(what: str) -> None:
    print(f"  [{time.monotonic() - START:4.0f} s] {what}", flush=True)


def wine(*words: str, at: Path, code: int | None = 0) -> str:
    done = subprocess.run(
        [WPY, "--wine", *words], cwd=at, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PERFMON_XL_UNATTENDED": "1"}, timeout=900, check=False,
    )  # fmt: skip
    said = "\n".join(map(text, done.stdout.splitlines()))
    assert code is None or done.returncode == code, (words, done.returncode, said)
    return said


def text(line: bytes) -> str:
    """cmd 说的是 GBK，Python 说的是 UTF-8。"""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030", "replace")


def dos(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def cmd(folder: Path, name: str, *paths: str, code: int | None = 0) -> str:
    return wine("cmd.exe", "/c", name, *paths, at=folder, code=code)


def python(folder: Path, *words: str, code: int | None = 0) -> str:
    return wine(str(folder / "python" / "python.exe"), *words, at=folder, code=code)


def kept() -> tuple[set[str], str]:
    """用户的文件夹里有什么，注册表里写着什么。"""
    files = {str(p.relative_to(USERS)) for p in USERS.rglob("*") if p.is_file() and "Temp" not in p.parts}
    return files, wine("reg.exe", "query", r"HKCU\Software", "/s", at=FOLDER, code=None)


def unpacked(name: str, version: str | None = None) -> Path:
    """全部解压缩到“name”；version 给出的，是同样内容的另一个版本。"""
    with zipfile.ZipFile(FOLDER / "一.zip") as package:
        package.extractall(FOLDER / name)
    folder = FOLDER / name / "绩效监控"
    if version:
        listing = folder / "版本.json"
        told_ = json.loads(listing.read_text(encoding="utf-8"))
        listing.write_text(json.dumps({**told_, "version": version}, ensure_ascii=False), encoding="utf-8")
    return folder


def pointer() -> str:
    conf = next(USERS.glob("*/.perfmon_xl/perfmon_xl.conf")).read_bytes().decode("gbk")
    return next(line for line in conf.splitlines() if "INTERPRETER_WIN" in line)


def main() -> None:
    desk = next(USERS.glob("*/Desktop"), None)
    if desk is None:
        desk = next(p for p in USERS.iterdir() if p.name != "Public") / "Desktop"
        desk.mkdir()
    left = (
        "AppData/Local/perfmon-xl",
        ".perfmon_xl",
        "AppData/Roaming/Microsoft/Excel",
        "Desktop/*.lnk",
        "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/绩效监控",
    )
    for path in (
        p for pattern in left for p in USERS.glob(f"*/{pattern}")
    ):  # of a walk that was broken off, of tests
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    before = kept()
    told("the person's folders and the registry noted")

    alone = FOLDER / "压 缩 包 里"
    alone.mkdir()
    here = unpacked("解 压")
    shutil.copy(here / "安装.cmd", alone)
    assert "全部解压出来" in cmd(alone, "安装.cmd", code=2)
    told("a .cmd alone says to unpack first")

    said = cmd(here, "安装.cmd", code=1)  # 1: the doctor misses Excel
    wrong = [line for line in said.splitlines() if line.startswith("不行")]
    assert [line for line in wrong if "Excel：没有找到" not in line] == [] and len(wrong) == 1, said
    assert "常驻 Python：开着，试过了，起得来" in said, said
    places = list(USERS.glob("*/AppData/Local/perfmon-xl/[0-9]*-*"))
    assert len(places) == 1 and places[0].name in pointer(), (places, pointer())
    old = places[0]
    links = {p.name for p in desk.glob("*.lnk")}
    assert links == {"绩效监控（把工作簿拖到这里）.lnk", "绩效监控（网页）.lnk"}, links
    told("installed; the doctor is content but for Excel; the warm process came up")

    shutil.rmtree(here.parent)  # what was installed does not need it
    book = FOLDER / "甲.xlsx"
    python(old, "-m", "perfmon_xl", "new", dos(book), "--from", dos(DATA))
    shutil.copy(book, FOLDER / "乙 丙.xlsx")
    said = cmd(
        old, "把工作簿拖到这里.cmd", dos(book), dos(FOLDER / "乙 丙.xlsx"), code=1
    )  # errors were found
    assert said.count("（征求意见稿）") == 2, said
    assert len(list(FOLDER.glob("甲*.docx"))) == len(list(FOLDER.glob("乙 丙*.docx"))) == 1
    told("two workbooks dropped, one with a blank: two reports")
    python(old, "-c", "import perfmon_xl.service.serving, starlette, uvicorn")

    new = unpacked("新 版", "9.9.0")
    cmd(new, "安装.cmd", code=1)
    assert old.exists() and "9.9.0-" in pointer()
    damaged = unpacked("坏 的", "9.9.1")
    (damaged / "python" / "select.pyd").write_bytes(b"MZ")
    assert "坏了" in cmd(damaged, "安装.cmd", code=2) and "9.9.0-" in pointer()
    cmd(old, "安装.cmd", code=1)
    assert old.name in pointer()
    told("a newer version beside it, a damaged one refused, back to the older one")

    said = cmd(new, "卸载.cmd")
    assert "删掉它" in said and dos(new)[2:] in said, said
    files, registry = kept()
    assert files - before[0] == set(), files - before[0]
    assert before[0] - files == set(), before[0] - files
    assert registry == before[1]
    told("uninstalled: registry and the person's folders as before")


main()
