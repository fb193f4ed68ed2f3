"""Makes the two templates from nothing: `python report_templates/build_template.py`.

The .docx is what counts: finance staff edit it in Word. This is how the first ones were made, and how they can be made
again: styles and tables in pieces.py, the texts in build_monitoring.py and build_summary.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import build_monitoring
import build_summary
from pieces import template

HERE = Path(__file__).resolve().parent
NAMES = ("monitoring_report.docx", "summary_report.docx")


def main() -> None:
    """没有参数两份都做；有参数的做到那个文件，名字以 summary 开头的是汇总报告。"""
    for path in map(Path, sys.argv[1:]) if len(sys.argv) > 1 else map(HERE.joinpath, NAMES):
        if path.name.startswith("summary"):
            path.write_bytes(template("绩效监控汇总报告", build_summary.cover, build_summary.body))
        else:
            path.write_bytes(template("绩效运行监控报告", build_monitoring.cover, build_monitoring.body))


if __name__ == "__main__":
    main()
