"""One process at a time: a lock on an open file, which the system takes away however the process ends."""

from __future__ import annotations

import os
import sys


def locked(descriptor: int, at: int = 0) -> bool:
    """占住这个打开的文件（Windows 上是第 at 个字节）；别的进程占着的，是 False。共享盘没有锁的，当作占住了。"""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, at, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return sys.platform != "win32"  # a share without locks: nobody can be kept out
    return True
