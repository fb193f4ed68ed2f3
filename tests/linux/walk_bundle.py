"""The zip for a Linux desk, as a person meets it: walk_bundle.py FOLDER PYTHON. PYTHON has the program and pip; FOLDER is empty.

A relocatable Python is made of this system's own (its bin and lib), as a stand-in for the one that whoever builds gives.
Built twice, the same bytes; then, in an environment without a Python on the path and with nothing of ours, unpacked,
installed, used, updated.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

FOLDER, PYTHON = Path(sys.argv[1]), sys.argv[2]
ROOT = Path(__file__).resolve().parents[2]
# What a desk has without any Python: what 安装.sh calls, and a shell.
TOOLS = ("sh", "dirname", "uname", "mkdir", "cp", "rm", "mv", "chmod", "cat")


def relocatable() -> Path:
    """这个系统的 Python，摆成可以搬动的样子。"""
    asked = "import sys, sysconfig; print(sys.base_prefix, sysconfig.get_path('stdlib'), '%d.%d' % sys.version_info[:2])"
    said = subprocess.run([PYTHON, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    prefix, library, version = Path(said[0]), Path(said[1]), said[2]
    made = FOLDER / "python"
    (made / "bin").mkdir(parents=True)
    shutil.copy2((prefix / "bin" / f"python{version}").resolve(), made / "bin" / f"python{version}")
    left_out = shutil.ignore_patterns("site-packages", "dist-packages", "__pycache__", "test", "config-*")
    shutil.copytree(
        library, made / "lib" / f"python{version}", ignore=left_out, ignore_dangling_symlinks=True
    )
    for shared in prefix.glob("lib/libpython*.so*"):
        shutil.copy2(shared, made / "lib" / shared.name)
    return made


def main() -> None:
    machine = os.uname().machine
    python = relocatable()
    zips = [FOLDER / f"{n}.zip" for n in (1, 2)]
    for one in zips:
        command = [
            PYTHON,
            "-m",
            "perfmon_xl",
            "addin",
            "bundle",
            "--arch",
            f"linux-{machine}",
            "--python",
            str(python),
            "-o",
            str(one),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    assert zips[0].read_bytes() == zips[1].read_bytes(), "two builds differ"
    unpacked = FOLDER / "解 开"
    with zipfile.ZipFile(zips[0]) as package:
        for one in package.infolist():
            Path(package.extract(one, unpacked)).chmod(one.external_attr >> 16 & 0o777)
    tools, home = FOLDER / "tools", FOLDER / "家 里"
    for folder in (tools, home / "桌面"):
        folder.mkdir(parents=True)
    for name in TOOLS:
        (tools / name).symlink_to(str(shutil.which(name)))
    environment = {"PATH": str(tools), "HOME": str(home)}

    def run(*words: str | Path, code: int = 0) -> str:
        done = subprocess.run(
            [str(one) for one in words],
            env=environment,
            cwd=home,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout

    for _ in range(2):  # again is an update
        run(tools / "sh", unpacked / "perfmon-xl" / "安装.sh")
    shutil.rmtree(unpacked)
    own = home / ".local" / "share" / "perfmon-xl"
    listed = json.loads((own / "版本.json").read_text(encoding="utf-8"))
    assert listed["arch"] == f"linux-{machine}"
    assert (home / "桌面" / "perfmon-xl.desktop").stat().st_mode & 0o100
    assert list(home.rglob("publish.xml"))
    program = home / ".local" / "bin" / "perfmon-xl"
    run(program, "demo", "示 例")
    run(program, "check", "示 例/示例项目.xlsx", code=1)
    assert "服务：要的都装了" in run(program, "addin", "doctor", "--wps")
    entry = (home / "桌面" / "perfmon-xl.desktop").read_text(encoding="utf-8")
    assert str(own / "python" / "bin" / "python3") in entry
    run(
        own / "python" / "bin" / "python3",
        "-P",
        "-c",
        "import perfmon_xl.service.serving, uvicorn, starlette",
    )
    run(program, "addin", "uninstall", "--wps")
    print("Linux desk: built twice the same, installed without a Python on the path, used, updated")


main()
