"""One batch at a time writes into an output folder: a lock held from the first look to the last byte.

It is on a file of its own, which is never replaced, so there is no instant at which the folder is free.
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import WAIT_OR_OTHER_FOLDER
from perfmon_xl.system.locking import locked

NAME = ".perfmon-batch.lock"
_LOCK_AT = 1 << 40  # beyond any content: on Windows a locked byte cannot be read by others


def cannot_open(path: Path, error: OSError) -> UserError:
    """清单、锁文件打不开，怎么说；是链接的不打开：写下去的会在别处。"""
    if path.is_symlink():
        return UserError(f"{path} 是通向别处的链接，没有打开。", "请删掉这个链接，再做一遍。")
    return UserError(f"打不开 {path}：{system_reason(error)}。", "请确认没有别的程序开着它、有写入权限。")


@dataclass(slots=True)
class FolderLock:
    """程序一结束（怎么结束都行），系统就放开。"""

    path: Path
    descriptor: int

    @classmethod
    def taken(cls, folder: Path) -> FolderLock:
        """占住 folder；已经被别的批量处理占着的抛出 UserError。"""
        path = folder / NAME
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        while True:
            try:
                descriptor = os.open(path, flags, 0o666)
            except OSError as error:
                raise cannot_open(path, error) from None
            if not locked(descriptor, _LOCK_AT):
                os.close(descriptor)
                raise UserError(f"另一个批量处理正在往 {folder} 里写，没有做。", WAIT_OR_OTHER_FOLDER)
            with contextlib.suppress(OSError):
                if os.path.samestat(os.fstat(descriptor), path.stat()):
                    return cls(path, descriptor)
            os.close(descriptor)  # of a batch that has just ended and taken its file away: once more

    def release(self) -> None:
        """放开，拿走锁文件。可以叫两次。"""
        if self.descriptor < 0:
            return
        if sys.platform != "win32":  # while it is still held: whoever waits sees that the file is another
            with contextlib.suppress(OSError):
                self.path.unlink()
        os.close(self.descriptor)
        self.descriptor = -1
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self.path.unlink()
