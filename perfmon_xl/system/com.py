"""The placeholder for an argument that is left out of a COM call.

pywin32's late-bound objects, which is what xlwings hands out, stop at the first argument left out and send nothing
behind it: of `Add(Type=2, Formula1="=…")` only the type arrives, and no one says so. So every argument up to the last
one wanted is given by position, `not_given()` in the gaps (mhammond/pywin32 #725, #2150).
"""

from __future__ import annotations

import sys


def not_given() -> object:
    """没有给的参数；没有 pywin32 的地方是 None。"""
    if "pythoncom" not in sys.modules:  # whoever talks to Excel has it loaded
        return None
    return sys.modules["pythoncom"].Empty
