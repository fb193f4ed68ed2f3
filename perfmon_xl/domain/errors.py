"""The user's faults: said in Chinese with place, fact and remedy; never a traceback."""

from __future__ import annotations


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
