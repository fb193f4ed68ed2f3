"""Why a file cannot be written, on Windows: held by another program is not a lack of rights."""

from __future__ import annotations

import errno
import os

import pytest

from perfmon_xl.domain.errors import system_reason


class WindowsError(PermissionError):
    """An OSError as Windows raises it."""

    def __init__(self, number: int) -> None:
        super().__init__(13, "Permission denied")
        self.winerror = number


@pytest.mark.parametrize(
    ("number", "held", "rights"), [(32, True, False), (33, True, False), (5, True, True), (1314, False, True)]
)
def test_a_held_file_is_said_to_be_held(number: int, held: bool, rights: bool) -> None:
    reason = system_reason(WindowsError(number))
    assert ("Excel、WPS、Word）正开着它" in reason) is held and ("没有权限" in reason) is rights


@pytest.mark.parametrize("number", sorted(n for n in errno.errorcode if n < 134))
def test_no_reason_is_told_in_english(number: int) -> None:
    reason = system_reason(OSError(number, os.strerror(number)))
    assert reason and not any("a" <= letter.lower() <= "z" for letter in reason)
