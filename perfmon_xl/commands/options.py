"""Options that more than one command has."""

from __future__ import annotations

import argparse


def add_engine(command: argparse.ArgumentParser, note: str) -> None:
    """--engine：工作簿由谁读写；note 说用了它有什么不同。"""
    command.add_argument(
        "--engine",
        choices=("package", "openpyxl"),
        default="package",
        metavar="package|openpyxl",
        help=f"由谁读写工作簿；openpyxl 是换一个库再看一遍，{note}",
    )
