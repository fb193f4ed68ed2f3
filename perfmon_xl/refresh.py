"""Writes the committed workbooks: `python -m perfmon_xl.refresh` after a change of the layout."""

from __future__ import annotations

from perfmon_xl.resources import folder
from perfmon_xl.workbook.build import blank


def main() -> None:
    """空白模板和填好的示例，放进 xlsx_templates。"""
    import tempfile
    from pathlib import Path

    from perfmon_xl import app

    target = folder("xlsx_templates")
    (target / "monitoring.xlsx").write_bytes(blank())
    with tempfile.TemporaryDirectory() as temporary:
        app.demo(Path(temporary), say=lambda _: None)
        (target / "example.xlsx").write_bytes((Path(temporary) / "示例项目.xlsx").read_bytes())


if __name__ == "__main__":
    main()
