"""What a write in place does to mode, owner, ACL, extended attributes, links, locks: python file_attributes.py PERFMON_XL BOOK FOLDER (as root)"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from harness import run, show

PRODUCT, SOURCE, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
shutil.rmtree(WORK, ignore_errors=True)
WORK.mkdir(parents=True)
book = WORK / "项目.xlsx"


def fill(label: str, path: Path = book) -> None:
    show(label, run([PRODUCT, "fill", str(path)], timeout=120))


def fresh() -> Path:
    book.unlink(missing_ok=True)
    shutil.copy(SOURCE, book)
    return book


fresh().chmod(0o640)
os.chown(book, 1234, 2345)
fill("owner 1234:2345, mode 640")
state = book.stat()
print(
    "    owner",
    state.st_uid,
    state.st_gid,
    "mode",
    oct(state.st_mode & 0o7777),
    "" if (state.st_uid, state.st_gid) == (1234, 2345) else "OWNER LOST",
)
fresh().chmod(0o6640)
fill("mode 6640")
print("    mode", oct(book.stat().st_mode & 0o7777))
fresh()
os.setxattr(book, "user.note", "说明".encode())
fill("extended attribute")
print("    kept" if "user.note" in os.listxattr(book) else "    XATTR LOST")
fresh()
if (
    shutil.which("setfacl")
    and subprocess.run(["setfacl", "-m", "u:1234:rw", str(book)], capture_output=True).returncode == 0
):
    fill("ACL")
    said = subprocess.run(["getfacl", "-n", str(book)], capture_output=True, text=True).stdout
    print("    kept" if "user:1234" in said else "    ACL LOST")
else:
    print("no setfacl here")
fresh()
other = WORK / "别名.xlsx"
other.unlink(missing_ok=True)
os.link(book, other)
fill("hard link")
print(
    "    both the same"
    if other.read_bytes() == book.read_bytes()
    else "    HARD LINK PARTED: the other name keeps the old content"
)
other.unlink()
target = WORK / "真的.xlsx"
shutil.move(fresh(), target)
book.symlink_to(target)
fill("symbolic link")
print("    still a link" if book.is_symlink() else "    LINK REPLACED")
book.unlink()
book.symlink_to("不在.xlsx")
fill("dangling link")
book.unlink()
a, b = WORK / "a.xlsx", WORK / "b.xlsx"
a.symlink_to(b)
b.symlink_to(a)
fill("loop of links", a)
a.unlink(), b.unlink()
fresh()
(WORK / f"~${book.name}").write_bytes(b"x")
fill("Excel's lock beside")
(WORK / f"~${book.name}").unlink()
for name in ("x" * 250 + ".xlsx", "中" * 83 + ".xlsx", "中" * 80 + ".xlsx", "x" * 240 + ".xlsx"):
    path = WORK / name
    try:
        shutil.copy(SOURCE, path)
    except OSError as error:
        print("not possible here:", len(name.encode()), error.errno)
        continue
    for command in (
        ["fill", str(path)],
        ["check", str(path), "--write"],
        ["report", str(path), "--draft"],
        ["form", str(path)],
        ["export", str(path)],
    ):
        show(f"a name of {len(name.encode())} bytes: {command[0]}", run([PRODUCT, *command], timeout=120))
    path.unlink()
# whoever writes while the program works
fresh()
child = subprocess.Popen(
    [PRODUCT, "check", str(book), "--write"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
)
time.sleep(0.45)
tampered = SOURCE.read_bytes() + b""
changed = WORK / "改.xlsx"
shutil.copy(SOURCE, changed)
subprocess.run([PRODUCT, "fill", str(changed)], capture_output=True)
if child.poll() is None:
    changed.replace(book)
    mine = book.read_bytes()
    said, _ = child.communicate()
    print(
        "replaced by another program in the middle:",
        "THE OTHER'S CONTENT LOST without a word" if book.read_bytes() != mine else "kept",
        said.decode()[-120:].replace("\n", " "),
    )
else:
    print("too fast to be replaced in the middle")
# full disk: a small file system of its own
mount = WORK / "小盘"
mount.mkdir()
if (
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=320k", "tmpfs", str(mount)], capture_output=True
    ).returncode
    == 0
):
    try:
        small = mount / "项目.xlsx"
        shutil.copy(SOURCE, small)
        before = small.read_bytes()
        (mount / "占").write_bytes(bytes(60_000))
        for command in (["fill"], ["check", "--write"], ["report", "--draft"], ["form"]):
            show(
                f"full disk: {command[0]}", run([PRODUCT, command[0], str(small), *command[1:]], timeout=120)
            )
            stray = [p.name for p in mount.iterdir() if p.name not in ("项目.xlsx", "占")]
            print("    old kept" if small.read_bytes() == before else "    CHANGED", stray or "")
            for name in stray:
                (mount / name).unlink()
        show(
            "full disk for temporary files",
            run(
                [PRODUCT, "report", str(fresh()), "--draft", "-o", str(WORK / "r.docx")],
                timeout=120,
                env={"TMPDIR": str(mount)},
            ),
        )
    finally:
        subprocess.run(["umount", str(mount)])
