"""The command line: a thin shell over app.py. Heavy modules are imported when a command needs them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

DONE, FOUND, REFUSED, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "optional arguments": "选项",
    "show this help message and exit": "显示帮助",
}


class _Parser(argparse.ArgumentParser):
    """argparse 的话换成中文；写错了命令，说错在哪、怎么看帮助。"""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("add_help", False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示帮助")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：")

    def error(self, message: str) -> NoReturn:
        for english, chinese in (
            ("the following arguments are required: ", "缺少参数："),
            ("unrecognized arguments: ", "不认识的参数："),
            ("expected one argument", "后面要跟一个值"),
            ("invalid choice: ", "没有这个命令或选项值："),
            ("argument ", "参数 "),
        ):
            message = message.replace(english, chinese)
        message = message.split(" (choose from")[0]
        print(f"{message}。\n怎么办：运行 {self.prog} --help 看用法。", file=sys.stderr)
        raise SystemExit(REFUSED)


def parser() -> argparse.ArgumentParser:
    from perfmon_xl import __version__

    main_parser = _Parser(prog="perfmon-xl", description="绩效运行监控：填工作簿，出 Word 报告。")
    main_parser.add_argument(
        "--version", action="version", version=f"perfmon-xl {__version__}", help="显示版本"
    )
    commands = main_parser.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=_Parser)

    one = commands.add_parser(
        "demo", help="示例走一遍：工作簿和报告", description="用示例项目做一个工作簿和一份报告。"
    )
    one.add_argument(
        "folder",
        nargs="?",
        default="perfmon-xl-demo",
        metavar="文件夹",
        help="放在哪里，默认 perfmon-xl-demo",
    )
    one.add_argument("--pdf", action="store_true", help="再转一份 PDF（要装 LibreOffice）")

    one = commands.add_parser("new", help="新建工作簿", description="新建空白工作簿，或按数据填好的工作簿。")
    one.add_argument("out", metavar="工作簿.xlsx", help="新工作簿的文件名")
    one.add_argument("--from", dest="source", metavar="数据.json", help="按这份数据填好（格式见 schema）")

    commands.add_parser("schema", help="数据文件的格式", description="打印数据文件的 JSON Schema。")

    one = commands.add_parser(
        "export", help="取出工作簿里填写的内容", description="把工作簿里填写的内容取成 JSON 数据。"
    )
    one.add_argument("book", metavar="工作簿.xlsx", help="填好的工作簿")
    one.add_argument("-o", dest="out", metavar="数据.json", help="写到文件，不写就打印出来")

    one = commands.add_parser(
        "fill",
        help="填充：表1带到表3、表4，起草段落",
        description="表1带入表3，跟踪的指标带入表4，起草空着的段落，恢复公式。",
    )
    one.add_argument("book", metavar="工作簿.xlsx", help="要填充的工作簿")
    one.add_argument("-o", dest="out", metavar="另存.xlsx", help="写到另一个文件，不写就地改")

    one = commands.add_parser("report", help="出 Word 报告", description="按工作簿出绩效运行监控报告。")
    one.add_argument("book", metavar="工作簿.xlsx", help="填好的工作簿")
    one.add_argument("-o", dest="out", metavar="报告.docx", help="报告的文件名，默认在工作簿旁边")
    one.add_argument("--template", default="monitoring_report", metavar="模板", help="报告模板的名称")
    one.add_argument("--draft", action="store_true", help="征求意见稿")
    one.add_argument("--pdf", action="store_true", help="再转一份 PDF（要装 LibreOffice）")
    return main_parser


def run(arguments: argparse.Namespace) -> int:
    """做一个命令；返回退出码。"""
    from perfmon_xl import app

    if arguments.command == "demo":
        app.demo(Path(arguments.folder), pdf=arguments.pdf)
    elif arguments.command == "new":
        made = app.new(Path(arguments.out), Path(arguments.source) if arguments.source else None)
        print(f"已新建 {made.path}。\n下一步：在 Excel 或 WPS 里打开，照“填报说明”填写。")
    elif arguments.command == "schema":
        from perfmon_xl import data

        print(data.dumps(data.schema()), end="")
    elif arguments.command == "export":
        text = app.export(Path(arguments.book))
        if arguments.out:
            from perfmon_xl.files import save_atomically

            save_atomically(Path(arguments.out), text.encode("utf-8"))
            print(f"已写到 {arguments.out}。")
        else:
            print(text, end="")
    elif arguments.command == "fill":
        made = app.fill(Path(arguments.book), Path(arguments.out) if arguments.out else None)
        print("\n".join([*made.notes, f"已填充 {made.path}。"]))
    elif arguments.command == "report":
        made = app.report(
            Path(arguments.book),
            Path(arguments.out) if arguments.out else None,
            template=arguments.template,
            draft=arguments.draft,
            pdf=arguments.pdf,
        )
        print("\n".join([f"报告：{made.path}", *made.notes]))
    else:
        parser().print_help()
    return DONE


def main(argv: Sequence[str] | None = None) -> int:
    """命令行入口：用户的错误说中文、退出码 2；程序的错误记日志、退出码 3。"""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows consoles and pipes default to a code page that cannot say everything.
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = parser().parse_args(argv)
    from perfmon_xl.domain.errors import UserError

    try:
        return run(arguments)
    except UserError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已中断，没有留下半个文件。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:
        print(f"程序出了错，文件没有改动。详情在 {_log()}，请把它发给维护人员。", file=sys.stderr)
        return FAULT


def _log() -> Path:
    """把出错的详情记到临时文件夹，返回文件名。"""
    import tempfile
    import traceback

    path = Path(tempfile.gettempdir()) / "perfmon-xl-error.log"
    try:
        with path.open("a", encoding="utf-8") as out:
            out.write(" ".join(sys.argv) + "\n" + traceback.format_exc() + "\n")
    except OSError:
        print(traceback.format_exc(), file=sys.stderr)
    return path


if __name__ == "__main__":
    raise SystemExit(main())
