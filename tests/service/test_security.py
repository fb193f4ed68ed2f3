"""Who is kept out: another site, another user, a rebound name, a forged key, a path outside, a body without end."""

from __future__ import annotations

import http.client
import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.service import Service

from perfmon_xl.service import api
from perfmon_xl.service.refusals import RequestError
from perfmon_xl.service.uploads import plain_name

PROTECTED = [
    (m, re.sub(r"\{\w+\}", "x", p))
    for m, p in api.ROUTES
    if p.startswith("/api/") and p not in api.WITHOUT_TOKEN
]


@pytest.mark.parametrize(("method", "path"), PROTECTED)
@pytest.mark.parametrize("key", [None, "", "x", "A" * 43])
def test_nothing_is_done_without_the_key(service: Service, method: str, path: str, key: str | None) -> None:
    status, told, _ = service.ask(method, path, b"{}", {"X-Perfmon-Token": key})
    assert status == 401 and "钥匙" in told["message"]


def test_the_key_counts_in_the_header_only(service: Service) -> None:
    sent = {"X-Perfmon-Token": None, "Cookie": f"token={service.token}; X-Perfmon-Token={service.token}"}
    assert service.ask("GET", f"/api/health?token={service.token}", headers=sent)[0] == 401


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]:{port}",
        "127.0.0.1:{port}.evil.example",
        "0.0.0.0:{port}",
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/health", "/page/page.js"])
def test_a_name_that_was_rebound_is_refused(service: Service, host: str, path: str) -> None:
    assert service.ask("GET", path, headers={"Host": host.format(port=service.port)})[0] == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_its_own_names_are_served(service: Service, host: str) -> None:
    assert service.ask("GET", "/api/health", headers={"Host": f"{host}:{service.port}"})[0] == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
        "http://127.0.0.1:{port}.evil.example",
        "file:///x",
        "",
    ],
)
def test_another_site_is_refused_even_with_the_key(service: Service, origin: str) -> None:
    sent = {"Origin": origin.format(port=service.port)}
    for method, path in (("GET", "/"), ("GET", "/api/health"), ("POST", "/api/jobs")):
        status, _, answer = service.ask(method, path, b"{}" if method == "POST" else None, sent)
        assert status == 403
        assert answer.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("origin", ["null", "file://"])
def test_the_addin_in_a_folder_is_let_in_with_the_key_only(service: Service, origin: str) -> None:
    status, _, answer = service.ask(
        "OPTIONS", "/api/jobs", headers={"Origin": origin, "X-Perfmon-Token": None}
    )
    assert status == 204 and answer.getheader("Access-Control-Allow-Origin") == origin
    assert service.ask("GET", "/api/health", headers={"Origin": origin})[0] == 200
    assert service.ask("GET", "/api/health", headers={"Origin": origin, "X-Perfmon-Token": "x"})[0] == 401
    assert service.ask("GET", "/", headers={"Origin": origin})[0] == 403


def test_a_page_of_ours_cannot_be_framed_nor_load_anything_from_outside(service: Service) -> None:
    answer = service.ask("GET", "/")[2]
    policy = answer.getheader("Content-Security-Policy") or ""
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert (
        answer.getheader("Referrer-Policy") == "no-referrer"
        and answer.getheader("Cache-Control") == "no-store"
    )


def test_no_outside_address_is_in_the_page() -> None:
    import perfmon_xl.service

    for path in (Path(perfmon_xl.service.__file__).parent / "page").iterdir():
        assert not re.search(
            r"(?:https?:)?//(?!www\.w3\.org)[a-z]",
            re.sub(r"(?m)//.*$", "", path.read_text(encoding="utf-8"))
            if path.suffix == ".js"
            else path.read_text(encoding="utf-8"),
        ), path.name


def test_only_this_machine_reaches_it(service: Service) -> None:
    here = {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in here - {a for a in here if a.startswith("127.")}:
        with pytest.raises(OSError):
            socket.create_connection((address, service.port), timeout=2)
    # Everything of 127/8 is this machine; the others of it are not listened to.
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", service.port), timeout=2)


ANOTHER = """
import http.client, os, sys
port, kept = int(sys.argv[1]), sys.argv[2]
try:
    open(kept).read()
    print("read")
except OSError as error:
    print(type(error).__name__)
ask = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
ask.request("POST", "/api/jobs", body="{}", headers={"Content-Type": "application/json"})
print(ask.getresponse().status)
"""


def _as_another() -> list[str]:
    """换成别的账户运行；自己不是 root 的，要 sudo 肯。"""
    if os.name != "posix":
        pytest.skip("accounts of POSIX")
    if os.geteuid() == 0:
        return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if subprocess.run(["sudo", "-n", "-u", "nobody", "true"], capture_output=True, check=False).returncode:
        pytest.skip("only root, or whom sudo lets, may become another user")
    return ["sudo", "-n", "-u", "nobody"]


def test_a_process_of_another_user_gets_neither_the_key_nor_an_answer(service: Service) -> None:
    """真的换一个账户：读不到钥匙，没有钥匙什么也不做。"""
    done = subprocess.run(
        [*_as_another(), "/usr/bin/python3", "-I", "-c", ANOTHER, str(service.port), str(service.folder / "service.json")],
        cwd="/", env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["PermissionError", "401"], done.stdout


@pytest.mark.parametrize("name", ["service.json", "work"])
def test_another_user_cannot_read_what_is_kept(service: Service, name: str) -> None:
    if os.name == "posix":
        assert stat.S_IMODE((service.folder / name).stat().st_mode) & 0o077 == 0
    assert (service.folder / name).exists()


@pytest.mark.parametrize(
    "path",
    [
        "/page/../routes.py",
        "/page/%2e%2e/routes.py",
        "/page/..%2froutes.py",
        "/page//etc/passwd",
        "/rules/../../x",
        "/page/page.js/x",
    ],
)
def test_no_address_leaves_the_page_s_folder(service: Service, path: str) -> None:
    status, told, _ = service.ask("GET", path)
    assert status == 404 and "from __future__" not in str(told)


@pytest.mark.parametrize(
    "given_path",
    [
        "示例项目.xlsx",
        "../x.xlsx",
        "/etc/passwd",
        "/etc/passwd\0.xlsx",
        "/dev/null",
        "/不在/这里.xlsx",
        "{folder}",
        "{script}",
        "{work}",
    ],
)
def test_a_path_that_is_no_workbook_of_the_person_is_refused(
    service: Service, tmp_path: Path, given_path: str
) -> None:
    (tmp_path / "夹.xlsx").mkdir()
    upload = service.upload("a.xlsx", b"x")["upload"]
    path = given_path.format(
        folder=tmp_path / "夹.xlsx", script=__file__, work=service.folder / "work" / upload / "a.xlsx"
    )
    status, told, _ = service.ask("POST", "/api/jobs", {"action": "check", "book": {"path": path}})
    assert status == 400 and told["message"]


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"action": "eval"}, {"action": "check"}, {"action": "check", "book": "x"}, {"action": "check", "book": {"upload": "x"}},
        {"action": "check", "book": {"upload": ["x"]}}, {"action": "check", "more": 1}, {"action": "doctor", "book": {"path": "/x.xlsx"}},
        {"action": "doctor", "options": {"draft": True}}, {"action": "report", "options": {"draft": "yes"}}, {"action": "doctor", "reader": "excel"},
        {"action": "batch", "books": []}, {"action": "batch", "books": {"path": "relative"}}, {"action": "__class__"}, {"action": ["check"]},
    ],
)  # fmt: skip
def test_what_the_description_does_not_know_is_refused(service: Service, asked: object) -> None:
    status, told, _ = service.ask("POST", "/api/jobs", asked)
    assert status == 400 and told["message"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_request_is_refused(service: Service, body: bytes) -> None:
    assert service.ask("POST", "/api/jobs", body)[0] == 400


@pytest.mark.parametrize("path", ["/api/jobs/x", "/api/jobs/x/files/y", "/api/nothing", "/nothing"])
def test_what_is_not_there(service: Service, path: str) -> None:
    assert service.ask("GET", path)[0] == 404


def test_files_of_a_job_go_out_by_their_ids_only(service: Service, book_bytes: bytes) -> None:
    job = service.job("fill", book=service.upload("a.xlsx", book_bytes))
    assert service.file(job)[:2] == b"PK"
    for other in ("a.xlsx", "..%2fa.xlsx", "%2fetc%2fpasswd"):
        assert service.ask("GET", f"/api/jobs/{job['id']}/files/{other}")[0] == 404


@pytest.mark.parametrize("path", ["/api/uploads?name=a.xlsx", "/api/jobs", "/api/session", "/api/choose"])
def test_a_body_of_a_gigabyte_is_refused_before_it_is_read(service: Service, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    connection.putrequest("PUT" if "uploads" in path else "POST", path)
    connection.putheader("X-Perfmon-Token", service.token)
    connection.putheader("Content-Length", str(1 << 30))
    connection.endheaders()
    answer = connection.getresponse()  # nothing was sent
    assert answer.status == 413


def test_a_body_that_does_not_say_its_size_is_cut_off(service: Service) -> None:
    before = set((service.folder / "work").iterdir())
    block = b"100000\r\n" + b"x" * (1 << 20) + b"\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as line:
        line.sendall(
            f"PUT /api/uploads?name=a.xlsx HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\n"
            f"X-Perfmon-Token: {service.token}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        sent = 0
        try:
            while sent < 1024:  # a gigabyte, if it were taken
                line.sendall(block)
                sent += 1
        except OSError:
            pass
        assert sent < 200
    assert set((service.folder / "work").iterdir()) == before


def test_a_ticket_is_good_once_and_does_not_open_the_rest(service: Service) -> None:
    ticket = service.ask("POST", "/api/tickets")[1]["ticket"]
    without = {"X-Perfmon-Token": None}
    assert service.ask("GET", "/api/health", headers={"X-Perfmon-Token": ticket})[0] == 401
    status, told, _ = service.ask("POST", "/api/session", {"ticket": ticket}, without)
    assert status == 200 and told["token"] == service.token
    assert service.ask("POST", "/api/session", {"ticket": ticket}, without)[0] == 401
    assert service.ask("POST", "/api/session", {}, without)[0] == 401


def test_a_ticket_grows_old(tmp_path: Path) -> None:
    from perfmon_xl.service.routes import ServiceContext

    now = [0.0]
    context = ServiceContext(
        token="k", uploads=None, jobs=None, backups=tmp_path, leave=lambda: None, clock=lambda: now[0]
    )  # type: ignore[arg-type]
    first, second = context.ticket(), context.ticket()
    now[0] = 29
    assert context.take(first)
    now[0] = 31
    assert not context.take(second)


names = st.text(st.sampled_from("../\\:甲a.xlsx ~|\0\n*CON") | st.characters(), max_size=300).map(
    lambda t: t + ".xlsx"
)


@given(names)
def test_a_name_that_was_sent_stays_in_its_room(name: str) -> None:
    try:
        folder, plain = plain_name(name)
    except RequestError as refused:
        assert refused.status == 415
        return
    for part in (*filter(None, folder.split("/")), plain):
        assert part not in (".", "..") and not set(part) & set('<>:"/\\|?*\0\n') and len(part.encode()) <= 255
    assert plain.lower().endswith((".xlsx", ".docx", ".json", ".csv"))


def test_the_key_is_on_no_command_line(service: Service) -> None:
    if sys.platform != "linux":
        pytest.fail("written for Linux")
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "perfmon_xl serve" in listed and service.token not in listed
