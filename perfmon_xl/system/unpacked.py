"""An unpacked offline package: its list of files, and whether they are all there and whole.

Standard library and as little of it as can be: this is asked before anything else is imported, of a package that may have
been copied in half.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from perfmon_xl.domain.errors import UserError

LISTING = "版本.json"
_AGAIN = "请把压缩包重新拷来，全部解压缩，再双击“安装.cmd”。"


@dataclass(frozen=True, slots=True)
class PackageListing:
    """清单：版本、各文件（相对的路径）的 SHA-256、清单自己的记号（版本号一样、内容不一样的，记号不一样）。"""

    version: str
    files: Mapping[str, str]
    mark: str


def listing_of(unpacked: Path) -> PackageListing:
    """读清单；没有的、不像样的拒绝。"""
    try:
        data = (unpacked / LISTING).read_bytes()
        found = json.loads(data.decode("utf-8"))
        files, version = dict(found["files"]), str(found["version"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{unpacked} 里没有读得出的“{LISTING}”，没有安装。", _AGAIN) from None
    if not re.fullmatch(r"[\w.]+", version) or not all(map(_inside, files)):
        raise UserError(f"{unpacked} 里的“{LISTING}”不像样，没有安装。", _AGAIN)
    return PackageListing(version, files, hashlib.sha256(data).hexdigest()[:8])


def _inside(name: object) -> bool:
    """清单里的一个名字指着文件夹里面。"""
    if not isinstance(name, str) or ":" in name or "\\" in name:
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def whole_files(unpacked: Path, listing: PackageListing) -> Iterator[tuple[str, bytes]]:
    """一个一个文件：名字和内容；少了的、坏了的拒绝。"""
    for name, wanted in listing.files.items():
        try:
            data = (unpacked / name).read_bytes()
        except FileNotFoundError:
            raise UserError(f"安装包里少了 {name}，没有安装，原来的没有动。", _AGAIN) from None
        if hashlib.sha256(data).hexdigest() != wanted:
            raise UserError(f"安装包里的 {name} 坏了（同清单不一样），没有安装，原来的没有动。", _AGAIN)
        yield name, data


def refuse_damaged(unpacked: Path) -> None:
    """一个文件一个文件地看过。"""
    for _ in whole_files(unpacked, listing_of(unpacked)):
        pass
