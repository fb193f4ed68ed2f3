"""Run by a Python that can import uno, never imported: one LibreOffice, kept running, turns files into PDF.

Usage: uno_converter.py SOFFICE PROFILE_URI. Reads a line of JSON a job, {"source": …, "target": …}; answers each with
{"ok": true} or {"ok": false, "why": …}; the first line it writes, {"ok": true, "pid": …}, says that it is ready.
"""

import contextlib
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import urlparse
from urllib.request import url2pathname


def unlimited() -> None:
    """The limit of memory that the command line sets is for files from outside, not for LibreOffice."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def main(program: str, profile: str) -> None:
    unlimited()
    sys.path.append("/usr/lib/python3/dist-packages")  # where Debian and Ubuntu put uno
    import uno
    from com.sun.star.beans import PropertyValue

    def options(**values: object) -> tuple[object, ...]:
        made = []
        for name, value in values.items():
            one = PropertyValue()
            one.Name, one.Value = name, value
            made.append(one)
        return tuple(made)

    pipe = f"perfmon{os.getpid()}"
    accept = f"--accept=pipe,name={pipe};urp;"
    command = [program, profile, "--headless", "--norestore", "--nologo", "--nodefault", accept]
    nowhere = subprocess.DEVNULL
    office = subprocess.Popen(
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=os.name != "nt"
    )
    jobs: queue.Queue[str] = queue.Queue()
    threading.Thread(target=listen, args=(jobs, office, profile), daemon=True).start()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while True:  # whoever started this gives up when it takes too long
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:
            if office.poll() not in (None, 0):
                raise
            time.sleep(0.1)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    say({"ok": True, "pid": office.pid})
    while True:
        job = json.loads(jobs.get())
        try:
            source, target = (pathlib.Path(job[name]).as_uri() for name in ("source", "target"))
            document = desktop.loadComponentFromURL(source, "_blank", 0, options(Hidden=True, ReadOnly=True))
            if document is None:
                raise ValueError("not loaded")
            try:
                document.storeToURL(target, options(FilterName="writer_pdf_Export"))
            finally:
                document.close(True)
            say({"ok": True})
        except Exception as error:
            say({"ok": False, "why": str(error)})


def listen(jobs: "queue.Queue[str]", office: "subprocess.Popen[bytes]", profile: str) -> None:
    """Whoever started this is done, or dead: LibreOffice goes, hung or not, and its profile with it."""
    for line in sys.stdin:
        jobs.put(line)
    if os.name == "nt":
        office.kill()
    else:
        os.killpg(office.pid, signal.SIGKILL)
    office.wait()
    shutil.rmtree(url2pathname(urlparse(profile.partition("=")[2]).path), ignore_errors=True)
    os._exit(0)


def say(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], "-env:UserInstallation=" + sys.argv[2])
