"""The user's faults: said in Chinese with place, fact and remedy; never a traceback."""

from __future__ import annotations

import errno


class UserError(Exception):
    """用户能改的问题：message 说清在哪、是什么；hint 说怎么办。"""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message + (f"\n怎么办：{self.hint}" if self.hint else "")


class ForeignBookError(UserError):
    """打开的工作簿不是绩效运行监控工作簿。"""


_SYSTEM_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里是只读的",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.EIO: "磁盘读写出错",
}


def system_reason(error: OSError) -> str:
    """操作系统说的原因，常见的换成中文。

    >>> system_reason(OSError(errno.ENOSPC, "No space left on device"))
    '磁盘满了'
    """
    return _SYSTEM_REASONS.get(error.errno or 0, error.strerror or str(error))
