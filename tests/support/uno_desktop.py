"""A LibreOffice of one's own, for scripts that run under the system's Python (which can import uno)."""

import contextlib
import os
import signal
import subprocess
import sys
import time

sys.path.append("/usr/lib/python3/dist-packages")
import uno
from com.sun.star.beans import PropertyValue


def value(name, content):
    one = PropertyValue()
    one.Name, one.Value = name, content
    return one


@contextlib.contextmanager
def desktop_of_own(profile):
    """起一个 LibreOffice，给出它的桌面；用完连同子进程一起停掉。"""
    pipe = f"perfmon{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}",
         f"--accept=pipe,name={pipe};urp;"],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.1)
        yield context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    finally:
        os.killpg(office.pid, signal.SIGKILL)
