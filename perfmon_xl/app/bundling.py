"""One zip for machines without Python, rights and network: python.org's embeddable package, wheels, three .cmd files.

The same inputs give the same bytes: members sorted, one date. The layout and the reasons: addin/RELEASE.md.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl import __version__
from perfmon_xl.app.bundle_parts import COMMANDS, GUIDE, KNOWN_PYTHONS, NO_WARM, PINNED, TRIED, UNTRIED
from perfmon_xl.app.own_package import own_package
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.resources import folder
from perfmon_xl.system.saving import save_atomically

FOLDER = "绩效监控"
_TAGS = {"amd64": "win_amd64", "win32": "win32", "arm64": "win_arm64"}
# In the head of a program of Windows (IMAGE_FILE_MACHINE_…).
_MACHINES = {"amd64": 0x8664, "win32": 0x014C, "arm64": 0xAA64}
_OLDEST, _NEWEST = 11, 13
_LIBRARY = re.compile(r"python3\d+\.zip")
_SETTINGS = ("._pth", ".cat")
_WHENCE = "请从 python.org 下载 embeddable package（如 python-3.11.9-embed-amd64.zip），不要解开重做。"
LISTING = "版本.json"
_DATE = (1980, 1, 1, 0, 0, 0)
_PACKAGES = "python/Lib/site-packages/"
# Not shipped: not needed at run time, or not under a licence that lets everybody use it (xlwings.pro).
_LEFT_OUT = re.compile(
    r"(pythonwin|adodbapi|isapi|win32comext|xlwings/(pro|addin|js)|xlwings/quickstart[^/]*|lxml/includes)(/|$)"
    r"|\.(chm|pyc|pth)$|^PyWin32"
)
_LICENCE = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """做好的安装包：在哪、多大、有没有常驻 Python 的 DLL；python 是 Python 的版本，checked：同登记的一样。"""

    path: Path
    size: int
    warm: bool
    python: str
    checked: bool
    python_hash: str


# Fetches the pinned wheels for one processor into a folder.
Fetch = Callable[[str, str, Path], None]


def build_bundle(
    out: Path, python: Path, wheels: Path | None = None, arch: str = "amd64", *, fetch: Fetch | None = None
) -> Bundle:
    """python 是 python.org 的 embeddable 包（.zip 或解压了的文件夹）；wheels 是放着 .whl 的文件夹，不给的现下载。

    程序自己的，用现在运行的这一个；wheels 里有 perfmon_xl 的，用那一个。同样的输入，出来的字节一样。
    """
    if out.exists():
        raise UserError(f"{out} 已经存在，没有覆盖。", "请换一个文件名，或先把旧的移走。")
    files = read_python(python)
    version, checked, digest = _judged(files, arch)
    members = {f"python/{name}": data for name, data in _shipped(files)}
    with tempfile.TemporaryDirectory() as fetched:
        if wheels is None:
            wheels = Path(fetched)
            (fetch or _download)(version.rpartition(".")[0], arch, wheels)
        paths = sorted(wheels.glob("*.whl")) if wheels.is_dir() else []
        _refuse_wrong(paths, wheels, arch, version)
        for wheel in paths:
            members |= _wheel_files(wheel)
    if not any(wheel.name.startswith("perfmon_xl-") for wheel in paths):
        members |= {_PACKAGES + name: data for name, data in own_package().items()}
    members |= _beside_python(members)
    warm = any(name.startswith("python/xlwings") and name.endswith(".dll") for name in members)
    for name, text in COMMANDS.items():
        members[name] = text.replace("{name}", name).replace("\n", "\r\n").encode("gbk")
    notes = ("" if warm else NO_WARM) + ("" if arch in TRIED else UNTRIED.format(arch=arch))
    guide = GUIDE.format(version=__version__, arch=arch, notes=notes)
    members["使用说明.txt"] = guide.replace("\n", "\r\n").encode("gbk")
    members["安装图解.svg"] = (folder("addin") / "install.svg").read_bytes()
    for name, guide_file in (("插件使用说明.txt", "README.md"), ("WPS使用说明.txt", "wps/README.md")):
        whole = (folder("addin") / guide_file).read_text(encoding="utf-8").split("## 给开发者")[0]
        members[name] = whole.replace("\n", "\r\n").encode("utf-8-sig")
    members["许可.txt"] = _licences(members)
    members[LISTING] = _file_list(members, arch, version, digest)
    data = _zip(members)
    save_atomically(out, data)
    return Bundle(path=out, size=len(data), warm=warm, python=version, checked=checked, python_hash=digest)


def _download(version: str, arch: str, into: Path) -> None:
    """钉住的版本，一个不多；程序自己不从包的目录拿，那里没有。"""
    wanted = [f"{name}=={number}" for name, number in PINNED.items()]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--only-binary=:all:", f"--platform={_TAGS[arch]}", f"--python-version={version}", "--implementation=cp",
         f"--dest={into}", *wanted],
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["没有说原因"])[-1]
        raise UserError(
            f"要的包没有下载齐：{last}",
            "请确认能连上包的下载地址，再试一次；不能连网的，把 .whl 文件备齐，用 --wheels 写明文件夹。",
        )


def _refuse_wrong(paths: list[Path], wheels: Path, arch: str, python: str) -> None:
    names = {wheel.name.split("-")[0].lower().replace("_", "-"): wheel.name.split("-")[1] for wheel in paths}
    missing = [name for name in PINNED if name not in names]
    if missing:
        raise UserError(
            f"{wheels} 里缺 {'、'.join(missing)} 的 .whl 文件，做不了安装包。",
            "不写 --wheels 就自动下载；怎样自己备齐，见 addin/RELEASE.md 的“安装包”。",
        )
    other = [
        f"{name} {names[name]}（要 {number}）" for name, number in PINNED.items() if names[name] != number
    ]
    if other:
        raise UserError(f"版本不是试过的：{'、'.join(other)}。", "请换成要的版本；不写 --wheels 就自动下载。")
    wrong = [w.name for w in paths if not w.stem.endswith(("-any", _TAGS[arch]))]
    if wrong:
        raise UserError(f"{wrong[0]} 不是给 {arch} 的，做不了安装包。", "请换成同一种处理器的 .whl。")
    tag = "cp" + "".join(python.split(".")[:2])
    wrong = [
        w.name for w in paths if not w.stem.endswith("-any") and tag not in w.name and "abi3" not in w.name
    ]
    if wrong:
        raise UserError(f"{wrong[0]} 不是给 Python {python} 的，做不了安装包。", "请换成同一个版本的 .whl。")


def read_python(python: Path) -> dict[str, bytes]:
    """embeddable 包里的文件：名字 → 内容。不像的拒绝。"""
    if python.is_dir():
        files = {p.name: p.read_bytes() for p in sorted(python.iterdir()) if p.is_file()}
    elif zipfile.is_zipfile(python):
        with zipfile.ZipFile(python) as package:
            files = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    else:
        raise UserError(f"{python} 不是 Python 的 embeddable 包。", _WHENCE)
    zips = [name for name in files if _LIBRARY.fullmatch(name)]
    if "python.exe" not in files or len(zips) != 1:
        raise UserError(f"{python} 里没有 python.exe 和标准库。", _WHENCE)
    return files


def _judged(files: Mapping[str, bytes], arch: str) -> tuple[str, bool, str]:
    """版本、同登记的核对过没有、全部文件的 SHA-256。处理器不对的、登记过而不一样的拒绝。"""
    machine = _processor(files["python.exe"])
    if machine != _MACHINES[arch]:
        names = {number: name for name, number in _MACHINES.items()}
        raise UserError(f"这个 Python 是给 {names.get(machine, '别的处理器')} 的，不是 {arch}。", _WHENCE)
    zipped = next(name for name in files if _LIBRARY.fullmatch(name))
    minor = int(zipped.removeprefix("python3").removesuffix(".zip"))
    if not _OLDEST <= minor <= _NEWEST:
        raise UserError(f"这个 Python 是 3.{minor}，要 3.{_OLDEST} 到 3.{_NEWEST}。", _WHENCE)
    version = _version(files.get(f"python3{minor}.dll", b"")) or f"3.{minor}.?"
    programs = _digest(
        {name: data for name, data in files.items() if name.endswith((".exe", ".dll", ".pyd"))}
    )
    whole = _digest({name: data for name, data in files.items() if not name.endswith(_SETTINGS)})
    known = KNOWN_PYTHONS.get((version, arch))
    if known is not None and known.programs != programs:
        raise UserError(
            f"这个 Python {version}（{arch}）同 python.org 的不一样：改过，或者没有下载完整。", _WHENCE
        )
    return version, known is not None and known.whole == whole, whole


def _digest(files: Mapping[str, bytes]) -> str:
    lines = [f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in sorted(files.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _processor(program: bytes) -> int:
    """Windows 程序头里写着的处理器；不是 Windows 程序的是 0。"""
    if program[:2] != b"MZ" or len(program) < 64:
        return 0
    (at,) = struct.unpack_from("<I", program, 60)
    if program[at : at + 4] != b"PE\0\0":
        return 0
    return int(struct.unpack_from("<H", program, at + 4)[0])


def _version(library: bytes) -> str:
    """python3N.dll 的版本资源里写着的 ProductVersion。"""
    name = "ProductVersion".encode("utf-16-le")
    after = library[library.find(name) + len(name) :][:40] if name in library else b""
    match = re.match(r"\0*([\d.]+)", after.decode("utf-16-le", "ignore"))
    return match[1] if match else ""


def _shipped(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, data in files.items():
        if not name.endswith(_SETTINGS):
            yield name, data
    # Isolated: no PYTHONPATH, no user's packages, no registry. It also switches .pth files off.
    zipped = next(name for name in files if _LIBRARY.fullmatch(name))
    lines = (zipped, ".", r"Lib\site-packages", r"Lib\site-packages\win32", r"Lib\site-packages\win32\lib")
    yield f"{zipped[:-4]}._pth", "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _wheel_files(wheel: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
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
            files[target + inside] = package.read(name)
    return files


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


def _file_list(members: Mapping[str, bytes], arch: str, python: str, digest: str) -> bytes:
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(members.items())}
    content = {
        "version": __version__,
        "arch": arch,
        "tried": arch in TRIED,
        "python": python,
        "python_sha256": digest,
        "files": hashes,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def _zip(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in sorted(members.items()):
            info = zipfile.ZipInfo(f"{FOLDER}/{name}", _DATE)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(info, data)
    return out.getvalue()
