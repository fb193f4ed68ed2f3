"""One zip for a Linux desk without a usable Python: a relocatable Python, the program, what it needs, 安装.sh.

The Python is given by whoever builds; it is not run (it may be for another processor), only looked at.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import requires
from pathlib import Path

from perfmon_xl import __version__
from perfmon_xl.app.own_package import own_package
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import PYTHON_FOLDER
from perfmon_xl.system.unpacked import LISTING

_OLDEST, _NEWEST = (3, 11), (3, 13)
_LEFT_OUT = shutil.ignore_patterns(
    "__pycache__", "test", "tests", "idlelib", "ensurepip", "config-*", "*.pyc", "*.a"
)
# What a system fetches packages with: version of Python, architecture, requirements, into which folder.
Fetch = Callable[[str, str, Sequence[str], Path], None]

INSTALL = """#!/bin/sh
# 装到您自己的文件夹，不要管理员权限。再运行一次就是更新。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to="${XDG_DATA_HOME:-$HOME/.local/share}/perfmon-xl"
if [ "$(uname -m)" != "@ARCH@" ]; then
  echo "这个包是给 @ARCH@ 的，这台电脑是 $(uname -m)，没有装。" >&2
  echo "怎么办：请换对应的包；龙芯（LoongArch）没有。" >&2
  exit 2
fi
rm -rf "$to.new"
mkdir -p "$to.new" "$HOME/.local/bin"
cp -R "$here/python" "$here/版本.json" "$to.new/"
rm -rf "$to"
mv "$to.new" "$to"
printf '#!/bin/sh\\nexec "%s/python/bin/python3" -P -m perfmon_xl "$@"\\n' "$to" > "$HOME/.local/bin/perfmon-xl"
chmod +x "$HOME/.local/bin/perfmon-xl"
"$to/python/bin/python3" -P -m perfmon_xl serve --icon
"$to/python/bin/python3" -P -m perfmon_xl addin install --wps
"""


def bundle_linux(arch: str, python: Path, out: Path | None = None, *, fetch: Fetch | None = None) -> Path:
    """做一个包，返回它的位置。python 是可以搬动的 Python 的文件夹（里面有 bin 和 lib）。"""
    version = python_version(python)
    made = out or Path(f"perfmon-xl-{__version__}-{arch}.zip")
    if made.exists():
        raise UserError(f"{made} 已经存在，没有覆盖。", "请换一个文件名，或先把旧的移走。")
    machine = arch.removeprefix("linux-")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        lib = root / "python" / "lib"
        _copied(python / "bin", root / "python" / "bin", _LEFT_OUT)
        _copied(python / "lib", lib, _without_packages)
        site = lib / f"python{version}" / "site-packages"
        site.mkdir(exist_ok=True)
        (fetch or _pip)(version, machine, requirements(), site)
        _own(site)
        if not (root / "python" / "bin" / "python3").exists():
            shutil.copy2(root / "python" / "bin" / f"python{version}", root / "python" / "bin" / "python3")
        (root / "安装.sh").write_text(INSTALL.replace("@ARCH@", machine), encoding="utf-8")
        (root / "安装.sh").chmod(0o755)
        _list(root, machine, version)
        _zip(root, made)
    return made


def _copied(source: Path, target: Path, ignore: Callable[[str, list[str]], Iterable[str]]) -> None:
    """一个文件夹：链接换成它指的文件；指着空处的链接（别的程序留下的）不要。"""
    try:
        shutil.copytree(source, target, symlinks=False, ignore=ignore, ignore_dangling_symlinks=True)
    except (OSError, shutil.Error) as error:
        why = "有读不了的文件" if isinstance(error, shutil.Error) else system_reason(error)
        raise UserError(f"{source} 拷不出来：{why}。", PYTHON_FOLDER) from None


def python_version(python: Path) -> str:
    """“3.11”：看 lib 里的文件夹；不是可以搬动的 Python、太旧太新的拒绝。"""
    matches = [re.fullmatch(r"python(3)\.(\d+)", path.name) for path in (python / "lib").glob("python3.*")]
    versions = [(int(m[1]), int(m[2])) for m in matches if m is not None]
    for major, minor in versions:
        if (python / "bin" / f"python{major}.{minor}").exists() and _OLDEST <= (major, minor) <= _NEWEST:
            return f"{major}.{minor}"
    raise UserError(
        f"{python} 里没有能用的 Python：要有 bin/python3.N 和 lib/python3.N，N 是 {_OLDEST[1]} 到 {_NEWEST[1]}。",
        PYTHON_FOLDER,
    )


def requirements() -> list[str]:
    """程序自己和页面要的包。"""
    listed = [require.partition(";") for require in requires("perfmon-xl") or ()]
    return [
        need.strip() for need, _, when in listed if not when or "extra == 'service'" in when.replace('"', "'")
    ]


def _without_packages(where: str, names: list[str]) -> set[str]:
    """构建的人自己装的包不要。"""
    return {*_LEFT_OUT(where, names), *({"site-packages"} & set(names))}


def _own(site: Path) -> None:
    """这个程序，照轮子里的样子。"""
    for name, data in own_package().items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _pip(version: str, machine: str, needs: Sequence[str], site: Path) -> None:
    platforms = [f"--platform=manylinux_2_17_{machine}", f"--platform=manylinux2014_{machine}"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check", f"--target={site}",
         "--only-binary=:all:", f"--python-version={version}", *platforms, *needs],
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["没有说原因"])[-1]
        raise UserError(f"要的包没有装齐：{last}", "请确认能连上包的下载地址，再试一次。")


def _list(root: Path, machine: str, python: str) -> None:
    """版本.json：每个文件的 SHA-256，同 Windows 的安装包一样。"""
    files = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    listed = {"version": __version__, "arch": f"linux-{machine}", "python": python, "files": files}
    (root / LISTING).write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")


def _zip(root: Path, made: Path) -> None:
    """照先后打包，记着哪些能运行；做到一半的不留。"""
    beside = made.with_name(f".{made.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as package:
            for path in sorted(root.rglob("*")):
                if path.is_file():
                    info = zipfile.ZipInfo(
                        f"perfmon-xl/{path.relative_to(root).as_posix()}", (1980, 1, 1, 0, 0, 0)
                    )
                    info.compress_type = zipfile.ZIP_DEFLATED
                    mode = 0o755 if os.access(path, os.X_OK) else 0o644
                    info.external_attr = (stat.S_IFREG | mode) << 16
                    package.writestr(info, path.read_bytes())
        beside.replace(made)
    finally:
        beside.unlink(missing_ok=True)
