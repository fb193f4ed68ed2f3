"""Shared by all tests: the example project, as records and as a filled workbook."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from support.live import LiveOffice
from support.office import REQUIRED

from perfmon_xl import app
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.system.resources import example_data

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


# Whatever rule sets the person who runs the tests keeps at home, the tests see only the project's own.
os.environ["PERFMON_XL_RULE_SETS"] = str(Path(__file__).parent / "data" / "没有规则集")


# Hundreds of tests start the program anew. Where nothing is to be compiled into the source tree (containers like to say
# so), each of them would compile seven hundred modules again: a second of processor time every time.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    compiled = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "compiled")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = compiled
    sys.dont_write_bytecode = False


LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")
    parser.addoption("--long", action="store_true", help="also what proves the last per cent (marked long)")


@pytest.hookimpl(tryfirst=True, optionalhook=True)  # a Python without xdist runs the tests, too
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """点名的几个文件在一个进程里跑；全部跑的时候一个处理器一个进程。"""
    named = [arg for arg in config.args if Path(arg.partition("::")[0]).resolve() != Path(__file__).parent]
    return 0 if named else None


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """要 LibreOffice 或检验程序的都慢，不用各写一遍；最后那百分之几不点名不跑。"""
    for item in items:
        if item.get_closest_marker("office") or item.get_closest_marker("validator"):
            item.add_marker(pytest.mark.slow)
    if config.getoption("--long") or any("::" in arg for arg in config.args):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    config.stash[LEFT_OUT] = len(long)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left out"] = len(long)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """平行跑的，没有跑几个由干活的进程告诉。"""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"left out: {count} tests that prove the last per cent; with them: python -m pytest --long"
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """要求工具齐全的地方（CI），跳过一个也算没有通过：该跑的没有跑，不能当作通过。"""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRED and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """要不要重写对照文件。"""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture(scope="session")
def example() -> Monitoring:
    """示例项目的记录。"""
    return app.load_data(example_data())


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """demo 做出来的文件夹。"""
    folder = tmp_path_factory.mktemp("demo")
    app.demo(folder, say=lambda _: None)
    return folder


@pytest.fixture
def demo_book(demo_folder: Path, tmp_path: Path) -> Path:
    """demo 的工作簿，一份可以改的副本。"""
    path = tmp_path / "项目.xlsx"
    path.write_bytes((demo_folder / "示例项目.xlsx").read_bytes())
    return path


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """测试自己的用户文件夹：撤销的账写在里面。"""
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def live_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveOffice]:
    """开着的 LibreOffice，xlwings 连着它；用它的测试加 @needs_uno。"""
    office = LiveOffice(tmp_path_factory.mktemp("live"))
    yield office
    office.quit()
