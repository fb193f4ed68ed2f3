"""A LibreOffice of one's own; imported only where uno is (the system's Python, or one of the same version)."""

import contextlib
import os
import signal
import subprocess
import sys
import time

sys.path.append("/usr/lib/python3/dist-packages")
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def value(name, content):
    one = PropertyValue()
    one.Name, one.Value = name, content
    return one


def start(profile, pipe):
    """起一个没有窗口的 LibreOffice，用自己的配置目录，在 pipe 上等着。"""
    return subprocess.Popen(
        ["soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
         f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def connected(pipe):
    """等它起来，给出它的桌面。"""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    raise RuntimeError("soffice did not start")


@contextlib.contextmanager
def desktop_of_own(profile):
    """一个用完就停的 LibreOffice（连同它的子进程）的桌面。"""
    pipe = f"perfmon{os.getpid()}"
    office = start(profile, pipe)
    try:
        yield connected(pipe)
    finally:
        os.killpg(office.pid, signal.SIGKILL)
