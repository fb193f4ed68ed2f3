"""The command line: a thin shell over perfmon_xl.app. Heavy modules are imported when a command needs them."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from perfmon_xl.commands import modules
from perfmon_xl.commands.codes import DONE, FAULT, INTERRUPTED, REFUSED
from perfmon_xl.commands.help import ChineseHelp, localise, near_options, refusal, with_plain_dashes

# Many files, each in a process with limits; waiting for work, which a process with limits does; no file from outside.
_OWN_LIMITS = ("batch", "serve", "addin")
_SELDOM = (
    50_000,
    20,
    50,
)  # one job and the process ends: looking for cycles takes a tenth of it and finds few


class _Parser(argparse.ArgumentParser):
    """argparse 的话换成中文；写错了命令，说错在哪、怎么看帮助。"""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("add_help", False)
        kwargs.setdefault("formatter_class", ChineseHelp)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示帮助")

    def format_usage(self) -> str:
        return localise(super().format_usage())

    def format_help(self) -> str:
        return localise(super().format_help())

    def parse_args(self, args: Any = None, namespace: Any = None) -> argparse.Namespace:  # type: ignore[override]
        """不认识的选项由它那个命令来说：知道有哪些选项，才说得出最像的一个。"""
        found: argparse.Namespace
        words = sys.argv[1:] if args is None else args
        if words and words[0] in ("help", "帮助"):
            words = [*words[1:], "--help"]
        found, extra = self.parse_known_args(with_plain_dashes(words), namespace)
        if extra:
            actions = [a for a in self._actions if isinstance(a, argparse._SubParsersAction)]
            own = actions[0].choices.get(found.command, self) if actions else self
            own.error("unrecognized arguments: " + " ".join(extra))
        return found

    def error(self, message: str) -> NoReturn:
        unknown = message.removeprefix("unrecognized arguments: ")
        near = near_options(unknown, self._option_string_actions) if unknown != message else ""
        remedy = f"运行 {self.prog} --help 看用法。"
        if unknown != message and not unknown.startswith("-"):
            remedy = "路径里有空格的，整个用引号括起来；一次只做一个文件，许多工作簿用 perfmon-xl batch。"
        print(f"{refusal(message)}{near}。\n怎么办：{remedy}", file=sys.stderr)
        raise SystemExit(REFUSED)


def parser() -> argparse.ArgumentParser:
    from perfmon_xl import __version__

    main_parser = _Parser(prog="perfmon-xl", description="绩效运行监控：填工作簿，出 Word 报告。")
    main_parser.add_argument(
        "--version", action="version", version=f"perfmon-xl {__version__}", help="显示版本"
    )
    commands = main_parser.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=_Parser)
    for module in modules().values():
        module.add(commands)
    return main_parser


def run(arguments: argparse.Namespace) -> int:
    """做一个命令；返回退出码。"""
    if arguments.command is None:
        parser().print_help()
        return DONE
    return int(modules()[arguments.command].run(arguments))


def main(argv: Sequence[str] | None = None) -> int:
    """命令行入口：用户的错误说中文、退出码 2；程序的错误记日志、退出码 3。"""
    if argv is None:
        _in_utf8()
        _end_on_signals()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows consoles and pipes default to a code page that cannot say everything.
            stream.reconfigure(encoding="utf-8", errors="replace")
    from perfmon_xl.commands.saying import reader
    from perfmon_xl.domain.errors import UserError
    from perfmon_xl.system import budget

    try:
        _refuse_broken(sys.argv[1:] if argv is None else argv)
        arguments = parser().parse_args(argv)
        if argv is None and arguments.command not in _OWN_LIMITS:
            budget.switch_on()
            gc.set_threshold(*_SELDOM)
        return run(arguments)
    except (MemoryError, budget.Exhausted):
        said = budget.too_much().worded(reader())
        budget.switch_off()
        print(said, file=sys.stderr)
        return REFUSED
    except UserError as error:
        print(error.worded(reader()), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已中断，没有留下半个文件。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:
        from perfmon_xl.system.faults import fault_message, log_fault

        print(fault_message(log_fault(" ".join(sys.argv))), file=sys.stderr)
        return FAULT


def _in_utf8() -> None:
    """在说不了中文的语言环境里（LC_ALL=POSIX、ISO-8859-1）文件名也写不出来：换成 UTF-8 重新开始，只换这一次。"""
    if sys.platform == "win32" or sys.flags.utf8_mode or sys.getfilesystemencoding().lower() == "utf-8":
        return
    from importlib.util import find_spec

    if os.environ.get("PERFMON_XL_UTF8") or find_spec("perfmon_xl") is None:
        return
    environment = {**os.environ, "PYTHONUTF8": "1", "PERFMON_XL_UTF8": "1"}
    os.execve(sys.executable, [sys.executable, *_same_start(), *sys.argv[1:]], environment)


def _same_start() -> list[str]:
    """How this program was started, for the interpreter; nothing of the current folder is imported."""
    return ["-P", "-c", "import sys; from perfmon_xl.cli import main; sys.exit(main())"]


def _end_on_signals() -> None:
    """关机、注销、被停掉（TERM、HUP）同 Ctrl-C：收拾干净再结束。"""
    import signal

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:
            signal.signal(getattr(signal, name), stop)


def _refuse_broken(words: Sequence[str]) -> None:
    """命令行里的文件名不是这个系统的文字（别的编码留下的字节）：说清楚，别的地方就不用再防。"""
    from perfmon_xl.domain.errors import UserError

    for word in words:
        if any("\ud800" <= c <= "\udfff" for c in word):
            shown = word.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
            raise UserError(
                f"“{shown}”这个名称的编码不对（不是 UTF-8），程序打不开。", "请把文件改一个名称，再试一次。"
            )


if __name__ == "__main__":
    raise SystemExit(main())
