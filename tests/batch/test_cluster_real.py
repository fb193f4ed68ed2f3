"""Real schedulers on this machine: with certificates as the README says, dying in the midst, without machines.

The batch is the command in a process of its own, so that what Dask prints would be seen.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from support.many import projects

from perfmon_xl import batch

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="process groups"),
]

README = Path(batch.__file__).with_name("README.md")
ROOT = README.parents[2]
ENGLISH = re.compile(r"Traceback|[A-Za-z]+Error\b|[a-z]{3,} [a-z]{3,} [a-z]{2,}")
PLAIN = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s", "PYTHONPATH": str(ROOT)}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    *commands: list[str], environment: dict[str, str], folder: Path
) -> Iterator[list[subprocess.Popen[bytes]]]:
    log = (folder / "dask.log").open("w+b")
    started: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "dask", *command], env={**os.environ, **environment},
                    stdout=log, stderr=log, cwd=folder, start_new_session=True,
                )
            )  # fmt: skip
        yield started
    finally:
        for one in started:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()
        log.close()


def asked(folder: Path, out: Path, address: str, environment: dict[str, str]) -> list[object]:
    command = [
        sys.executable,
        "-m",
        "perfmon_xl",
        "batch",
        str(folder),
        "-o",
        str(out),
        "--scheduler",
        address,
    ]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300, check=False
    )
    return [done.returncode, done.stdout + done.stderr]


def ready(folder: Path, out: Path, address: str, environment: dict[str, str]) -> list[object]:
    """Again until scheduler and worker are up."""
    deadline = time.monotonic() + 180
    while True:
        code, said = asked(folder, out, address, environment)
        waiting = "连不上" in str(said) or "没有干活的机器" in str(said) or "没有回答" in str(said)
        if not waiting or time.monotonic() > deadline:
            return [code, said]
        time.sleep(1)


def office(folder: Path, name: str) -> dict[str, str]:
    """一个单位自己的证书机构和一张证书，写在 folder 里；返回 README 说的那几个变量。"""
    folder.mkdir()
    now = dt.datetime.now(dt.UTC)

    def signed(
        subject: str,
        key: ec.EllipticCurvePrivateKey,
        issuer: str,
        by: ec.EllipticCurvePrivateKey,
        *,
        ca: bool,
    ) -> x509.Certificate:
        def called(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        made = (
            x509.CertificateBuilder()
            .subject_name(called(subject)).issuer_name(called(issuer)).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        )  # fmt: skip
        if ca:
            usage = dict.fromkeys(
                ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
                 "encipher_only", "decipher_only"), False,
            )  # fmt: skip
            made = made.add_extension(
                x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True
            )
        return made.sign(by, hashes.SHA256())

    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(signed(name, authority, name, authority, ca=True).public_bytes(pem))
    (folder / "own.pem").write_bytes(signed("127.0.0.1", own, name, authority, ca=False).public_bytes(pem))
    (folder / "own.key").write_bytes(
        own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    block = re.search(r"```sh\n(export DASK.*?)```", README.read_text(encoding="utf-8"), re.S)
    assert block is not None
    words = [word for word in shlex.split(block[1]) if "=" in word]
    assert len(words) == 8
    told = dict(word.split("=", 1) for word in words)
    return PLAIN | {
        key: str(folder / value) if (folder / value).exists() else value for key, value in told.items()
    }


@pytest.mark.long
def test_certificates_keep_others_out(tmp_path: Path) -> None:
    ours, theirs = office(tmp_path / "本单位", "本单位"), office(tmp_path / "别处", "别处")
    folder, out, port = tmp_path / "in", tmp_path / "out", free_port()
    projects(folder, 2, sizes=(5,))
    address = f"tls://127.0.0.1:{port}"
    scheduler = [
        "scheduler",
        "--protocol",
        "tls",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-dashboard",
    ]
    worker = [
        "worker",
        address,
        "--host",
        "127.0.0.1",
        "--nworkers",
        "1",
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    with running(scheduler, worker, environment=ours, folder=tmp_path):
        code, said = ready(folder, out, address, ours)
        assert code in (0, 1) and "做成 2 个" in str(said), said
        for environment, where in (
            (theirs, address),  # a certificate of somebody else
            (PLAIN, address),  # none
            (PLAIN, f"tcp://127.0.0.1:{port}"),  # not even encrypted
        ):
            code, said = asked(folder, tmp_path / "别人的", where, environment)
            assert code == 2 and not ENGLISH.search(str(said)), said
            assert re.search(r"连不上调度器|不是 Dask 调度器", str(said)) and "怎么办" in str(said)
            assert not (tmp_path / "别人的").exists()


@pytest.mark.long
def test_a_scheduler_killed_in_the_midst(tmp_path: Path) -> None:
    folder, out, port = tmp_path / "in", tmp_path / "out", free_port()
    projects(folder, 30, sizes=(5,))
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = [
        "worker",
        address,
        "--host",
        "127.0.0.1",
        "--nworkers",
        "1",
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    one = tmp_path / "one"
    projects(one, 1, sizes=(5,))
    with running(scheduler, worker, environment=PLAIN, folder=tmp_path) as started:
        assert "做成 1 个" in str(ready(one, tmp_path / "first", address, PLAIN)[1])
        command = [
            sys.executable,
            "-m",
            "perfmon_xl",
            "batch",
            str(folder),
            "-o",
            str(out),
            "--scheduler",
            address,
        ]
        child = subprocess.Popen(
            command, env={**os.environ, **PLAIN}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        deadline = time.monotonic() + 200
        while len(list(out.rglob("*.docx"))) < 1 and time.monotonic() < deadline and child.poll() is None:
            time.sleep(0.02)
        os.killpg(started[0].pid, signal.SIGKILL)
        said, _ = child.communicate(timeout=300)
    assert child.returncode == 1 and "连接断了" in said, said
    assert "内存" not in said and not ENGLISH.search(said), said


def test_a_scheduler_without_machines(tmp_path: Path) -> None:
    port = free_port()
    projects(tmp_path / "in", 1, sizes=(5,))
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    with running(scheduler, environment=PLAIN, folder=tmp_path):
        deadline, said = time.monotonic() + 120, ""
        while "没有干活的机器" not in said and time.monotonic() < deadline:
            code, said = map(str, asked(tmp_path / "in", tmp_path / "out", f"tcp://127.0.0.1:{port}", PLAIN))
    assert code == "2" and "dask worker" in said and not ENGLISH.search(said.replace("dask worker", "")), said
