"""What a browser hands over: copies in a folder of the user's own, each in a folder of its own, gone when the service ends."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from perfmon_xl.service.api import UPLOADED
from perfmon_xl.service.refusals import RequestError

MOST_BYTES = 64 << 20
_MOST_KEPT = 500  # files of a run: a folder of projects, and then some
_TOO_BIG = RequestError(
    413, f"文件超过 {MOST_BYTES >> 20} MB，没有收。", "监控工作簿一般不到 5 MB，请确认选对了文件。"
)
_FORBIDDEN = '<>:"/\\|?*'


@dataclass(frozen=True, slots=True)
class Upload:
    """收下的一份：放在哪、原来在文件夹里的位置（没有的是空的）。"""

    path: Path
    folder: str = ""


class Uploads:
    """收下的文件。folder 是服务自己的工作文件夹，上一次留下的先清空。"""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[str, Upload] = {}
        self.clear()
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)

    def clear(self) -> None:
        self._kept.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def room(self) -> Path:
        """一间空屋子，名字猜不到，别的用户进不去。"""
        room = self.folder / secrets.token_urlsafe(12)
        room.mkdir(mode=0o700)
        return room

    async def receive(self, name: str, told_size: int, chunks: AsyncIterator[bytes]) -> tuple[str, Upload]:
        """收一份；超过 MOST_BYTES 的，收到多的那一字节就不收了，什么也不留下。"""
        folder, plain = plain_name(name)
        if told_size > MOST_BYTES:
            raise _TOO_BIG
        if len(self._kept) >= _MOST_KEPT:
            raise RequestError(413, "一次收的文件太多了。", "请退出，再重新打开，分几次做。")
        room, size = self.room(), 0
        try:
            with (room / plain).open("xb") as out:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > MOST_BYTES:
                        raise _TOO_BIG
                    out.write(chunk)
        except BaseException:
            shutil.rmtree(room, ignore_errors=True)
            raise
        key = room.name
        self._kept[key] = Upload(room / plain, folder)
        return key, self._kept[key]

    def find(self, key: object) -> Upload | None:
        return self._kept.get(key) if isinstance(key, str) else None


def plain_name(given: str) -> tuple[str, str]:
    """浏览器说的名字 → 文件夹、文件名：各段去掉系统不许的字，“..”不算。

    >>> plain_name("城东/甲项目.xlsx"), plain_name("../../.bashrc.xlsx"), plain_name("C:\\\\Windows\\\\a|b.docx")
    (('城东', '甲项目.xlsx'), ('', 'bashrc.xlsx'), ('C/Windows', 'ab.docx'))
    """
    parts = [_cleaned(part) for part in PurePosixPath(given.replace("\\", "/")).parts]
    parts = [part for part in parts if part]
    if not parts or Path(parts[-1]).suffix.lower() not in UPLOADED:
        kinds = "、".join(UPLOADED)
        raise RequestError(
            415, f"{parts[-1] if parts else '这个文件'} 收不了：只收 {kinds}。", "请换一个文件。"
        )
    return "/".join(parts[:-1][-4:]), parts[-1]


def _cleaned(part: str) -> str:
    kept = "".join(c for c in part if c.isprintable() and c not in _FORBIDDEN).strip(" .")
    return kept if len(kept.encode()) <= 180 else f"{kept[:50]}{Path(kept).suffix[:8]}"
