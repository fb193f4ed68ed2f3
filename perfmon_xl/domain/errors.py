"""The user's faults: said in Chinese with place, fact and remedy; never a traceback."""

from __future__ import annotations

import errno

from perfmon_xl.domain.message import Message, Reader, Wordable, worded


class UserError(Exception):
    """用户能改的问题：fact 说清在哪、是什么；remedy 说怎么办。"""

    def __init__(self, fact: Wordable, remedy: Wordable = "") -> None:
        super().__init__(fact, remedy)
        self.fact, self.remedy = fact, remedy

    @property
    def message(self) -> str:
        return worded(self.fact)

    @property
    def hint(self) -> str:
        return worded(self.remedy)

    def as_message(self) -> Message:
        """事实，和怎么办。"""
        return Message.of(self.fact) + ("\n怎么办：" + Message.of(self.remedy) if self.remedy else "")

    def worded(self, reader: Reader) -> str:
        """写给一种读者看的全文。"""
        return self.as_message().worded(reader)

    def __str__(self) -> str:
        return self.worded(Reader.PLAIN)


class ForeignBookError(UserError):
    """打开的工作簿不是绩效运行监控工作簿。"""


_SYSTEM_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里是只读的",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "那里放不下这么大的文件",
    errno.ELOOP: "链接绕成了圈",
    errno.EDQUOT: "您在那里的空间用完了",
    errno.EEXIST: "那里已经有同名的文件",
    errno.ENOTEMPTY: "文件夹里还有东西",
    errno.EBUSY: "别的程序正用着它",
    errno.ETXTBSY: "别的程序正用着它",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EINVAL: "名称或位置不能用",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EMLINK: "链接太多",
    errno.ENXIO: "不是能读写的文件",
    errno.ENODEV: "不是能读写的文件",
    errno.EOPNOTSUPP: "那里不支持这样做",
    **dict.fromkeys(
        (errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN,
         errno.ENOTCONN, errno.ECONNRESET, errno.ECONNABORTED, errno.ECONNREFUSED, errno.EPIPE),
        "连不上（网络或共享断了）",
    ),
}  # fmt: skip


_HELD = "别的程序（Excel、WPS、Word）正开着它"
# Windows says “access denied” too when the file to be replaced is open elsewhere.
_HELD_ON_WINDOWS = {32: _HELD, 33: _HELD, 5: "没有权限，或者" + _HELD}


def system_reason(error: OSError) -> str:
    """操作系统说的原因，常见的换成中文。

    >>> system_reason(OSError(errno.ENOSPC, "No space left on device"))
    '磁盘满了'
    """
    held = _HELD_ON_WINDOWS.get(getattr(error, "winerror", None) or 0)
    if held:
        return held
    told = _SYSTEM_REASONS.get(error.errno or 0)
    if told is None and getattr(error, "winerror", None) is None:  # Windows speaks the user's language
        return f"系统没有答应（错误号 {error.errno}）" if error.errno else "系统没有答应"
    return told or error.strerror or str(error)
