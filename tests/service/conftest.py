"""One running service for the tests that do not end it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.service import Service, serving


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    yield from serving(tmp_path_factory.mktemp("service"))


@pytest.fixture(scope="session")
def book_bytes(demo_folder) -> bytes:
    return (demo_folder / "示例项目.xlsx").read_bytes()
