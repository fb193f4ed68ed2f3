"""`perfmon-xl serve`: the page in the browser, on this machine alone."""

from __future__ import annotations

import argparse

from perfmon_xl.commands.codes import DONE, Commands
from perfmon_xl.commands.files import book_path
from perfmon_xl.domain.errors import UserError

_MOST_MINUTES = 24 * 60


def add(commands: Commands) -> None:
    one = commands.add_parser(
        "serve",
        help="在浏览器里用：填充、检查、出报告的页面",
        description="打开一个网页，填充、检查、出报告都在上面点；WPS 的加载项也用它。只在这台电脑上，不连外网；"
        "已经在运行的，只打开网页。没有人用，过一会儿自己退出。",
    )
    one.add_argument("book", nargs="?", metavar="工作簿.xlsx", help="一打开就选好的工作簿")
    one.add_argument("--no-browser", action="store_true", help="不打开浏览器（WPS 的加载项这样启动它）")
    one.add_argument("--icon", action="store_true", help="在菜单和桌面上放一个图标，以后双击打开")
    one.add_argument("--idle", type=int, default=15, metavar="分钟", help="几分钟没有人用就退出，默认 15")


def run(arguments: argparse.Namespace) -> int:
    if arguments.icon:
        from perfmon_xl.app.page_icon import make_icons

        print("\n".join(f"图标：{path}" for path in make_icons()))
        return DONE
    from perfmon_xl.service.serving import serve

    book = book_path(arguments.book) if arguments.book else None
    if book is not None and (not book.is_file() or book.suffix.lower() != ".xlsx"):
        raise UserError(f"找不到工作簿 {book}。", "请核对文件名和所在文件夹；工作簿是 .xlsx 文件。")
    if not 1 <= arguments.idle <= _MOST_MINUTES:
        raise UserError(f"--idle 不能写 {arguments.idle}。", f"请写 1 到 {_MOST_MINUTES} 的整数。")
    serve(book, idle=arguments.idle * 60.0, browser=not arguments.no_browser)
    return DONE
