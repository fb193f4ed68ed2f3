"""Writes the committed workbooks: `python xlsx_templates/refresh.py` after a change of the layout."""

from __future__ import annotations

from perfmon_xl.rules.pages import readme
from perfmon_xl.rules.registry import catalogue
from perfmon_xl.system.resources import folder, folder_of_rules
from perfmon_xl.workbook.build.monitoring import blank


def main() -> None:
    """空白模板和填好的示例，放进 xlsx_templates；规则目录，放在规则旁边。"""
    import os
    import tempfile
    from pathlib import Path

    os.environ["PERFMON_XL_RULE_SETS"] = os.devnull  # only the project's own rule sets go into its templates

    from perfmon_xl import app

    target = folder("xlsx_templates")
    (target / "monitoring.xlsx").write_bytes(blank())
    with tempfile.TemporaryDirectory() as temporary:
        app.demo(Path(temporary), say=lambda _: None)
        (target / "example.xlsx").write_bytes((Path(temporary) / "示例项目.xlsx").read_bytes())
    (folder_of_rules() / "README.md").write_text(readme(catalogue()), encoding="utf-8")


if __name__ == "__main__":
    main()
