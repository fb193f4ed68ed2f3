"""The command line: a thin shell over perfmon_xl.app. Heavy modules are imported when a command needs them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from perfmon_xl.commands import modules
from perfmon_xl.commands.codes import DONE, FAULT, INTERRUPTED, REFUSED
from perfmon_xl.commands.help import ChineseHelp, localise, refusal


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

    def error(self, message: str) -> NoReturn:
        print(f"{refusal(message)}。\n怎么办：运行 {self.prog} --help 看用法。", file=sys.stderr)
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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows consoles and pipes default to a code page that cannot say everything.
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = parser().parse_args(argv)
    from perfmon_xl.domain.errors import UserError
    from perfmon_xl.domain.message import Reader

    try:
        return run(arguments)
    except UserError as error:
        print(error.worded(Reader.COMMAND_LINE), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已中断，没有留下半个文件。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:
        from perfmon_xl.system.faults import log_fault

        log = log_fault(" ".join(sys.argv))
        print(f"程序出了错，文件没有改动。详情在 {log}，请把它发给维护人员。", file=sys.stderr)
        return FAULT


if __name__ == "__main__":
    raise SystemExit(main())
