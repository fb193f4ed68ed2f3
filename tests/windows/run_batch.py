"""A batch by spawned processes, run by Windows' Python in the folder given: run_batch.py FOLDER [TIMES] [JOBS].

Three workbooks, one with a blank in its name; each time all are done and the summary is there. What hangs is given up
after LIMIT seconds with the stack of every thread, of the processes too (each dumps its own).
"""

from __future__ import annotations

import faulthandler
import json
import os
import shutil
import sys
import time
from pathlib import Path

from perfmon_xl import app, cli
from perfmon_xl.system.resources import example_data

LIMIT = float(os.environ.get("LIMIT", "300"))


def main(folder: Path, times: int, jobs: str) -> int:
    work = folder / "一批"
    shutil.rmtree(folder, ignore_errors=True)
    work.mkdir(parents=True)
    app.new(work / "甲.xlsx", example_data())
    for name in ("乙 丙.xlsx", "丁&戊.xlsx"):
        shutil.copy(work / "甲.xlsx", work / name)
    for number in range(1, times + 1):
        faulthandler.dump_traceback_later(LIMIT, exit=True)
        start, out = time.monotonic(), folder / f"做好的{number}"
        code = cli.main(["batch", str(work), "-o", str(out), "--jobs", jobs])
        faulthandler.cancel_dump_traceback_later()
        reports = sorted(p.name for p in out.rglob("*.docx"))
        assert code in (0, 1) and len(reports) == 4 and list(out.glob("汇总*.xlsx")), (code, reports)
        print(json.dumps({"time": number, "seconds": round(time.monotonic() - start, 1)}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int((sys.argv[2:] or ["1"])[0]), (sys.argv[3:] or ["2"])[0]))
