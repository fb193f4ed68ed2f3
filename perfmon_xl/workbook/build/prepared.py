"""A worksheet that looks at each formula once: XlsxWriter searches every one for some thirty new functions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlsxwriter.worksheet import Worksheet


class OneFormulaOnce(Worksheet):  # type: ignore[misc]
    """一列的公式都一样：头一格看过的，下面的照用。"""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, expand_future_functions, self.use_future_functions)


@lru_cache(maxsize=1024)
def _prepared(formula: str, expand: bool, future: bool) -> str:
    plain: Any = Worksheet()
    plain.use_future_functions = future
    return str(plain._prepare_formula(formula, expand))
