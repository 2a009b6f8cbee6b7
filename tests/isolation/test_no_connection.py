"""The office needs nobody: it works where there is no network, and tries to reach none (design §3)."""

import os
import re
import shutil
import socket
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest

from tests import provide
from zhengtong.cli.story import STORY

ROOT = Path(__file__).parents[2]
ELSEWHERE = "192.0.2.1"  # RFC 5737: for documentation, nobody's
ADDRESS = re.compile(r'sin_addr=inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


@pytest.fixture(scope="module")
def tools():
    """strace and unshare; fetched where we may, a failure in continuous integration where they can't be had."""
    for name, package in (("strace", "strace"), ("unshare", "util-linux")):
        if not shutil.which(name):
            provide.apt(package)
        if not shutil.which(name):
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"no {name}: install Debian's package {package}")


def run_alone(trace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `alone` in a network namespace of its own, with every attempt to reach an address written down."""
    namespace = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k == "ZT_FONTS"}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "ZT_MODE": "demo"}
    watched = ["strace", "-f", "--seccomp-bpf", "-qq", "-s", "0", "-e", "trace=connect,sendto,sendmsg", "-o", str(trace)]
    script = [*watched, *namespace, sys.executable, "-m", "tests.isolation.alone", *words]
    return subprocess.run(script, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900)


def reached(trace: Path) -> list[str]:
    """Every line of the trace that names an address beyond this machine."""
    found = []
    for line in trace.read_text().splitlines():
        for four, six in ADDRESS.findall(line):
            address = ip_address(four or six)
            if not (getattr(address, "ipv4_mapped", None) or address).is_loopback:
                found.append(line)
    return found


def test_a_deliberate_connection_is_seen_and_fails(tools, tmp_path):
    """The control: what the next test would see if the office called anybody."""
    done = run_alone(tmp_path / "trace", "--control", ELSEWHERE)
    assert "control failed" in done.stdout, done.stdout
    assert any(ELSEWHERE in line for line in reached(tmp_path / "trace"))


def test_the_office_works_alone_and_calls_nobody(tools, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = run_alone(tmp_path / "trace", str(tmp_path / "home"), str(port))
    assert done.returncode == 0, done.stdout
    said = done.stdout.splitlines()
    assert f"steps {sum(network == 'office' for network, _, _ in STORY)}" in said
    assert any(line.startswith("page 200 ") for line in said) and "checkpoint True" in said
    assert reached(tmp_path / "trace") == []
    assert "127.0.0.1" in (tmp_path / "trace").read_text(), "the request over loopback is in the trace"
