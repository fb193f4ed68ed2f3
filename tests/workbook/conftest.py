"""The small workbook of the contract, once in each of its forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.small_book import KINDS, opened

from perfmon_xl.workbook.port import Workbook


@pytest.fixture(params=KINDS)
def book(request: pytest.FixtureRequest) -> Iterator[Workbook]:
    with opened(request.param, request) as one:
        yield one
