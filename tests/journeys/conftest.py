"""The demo as real processes on free ports, one Chromium, and people who sign in."""

import socket
from contextlib import ExitStack

import pytest

from tests.chromium import browser
from zhengtong.cli import demo

from .looking import DESK, PHONE, Eyes
from .people import County, Person, Visitor

STARTING = 180


def free_ports(count):
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """A prepared county with every process of its networks; at the end all of them must still be running."""
    folder = tmp_path_factory.mktemp("county")
    home = folder / "home"
    with (folder / "prepare.log").open("w", encoding="utf-8") as out:
        demo.prepare(home, out)
    ports = dict(zip(demo.PORTS, free_ports(len(demo.PORTS)), strict=True))
    house = demo.open_house(home, at=ports)
    try:
        for network, port in ports.items():
            assert demo.answering(port, STARTING), f"{network}: {(home / 'demo.log').read_text(encoding='utf-8')[-2000:]}"
        assert demo.answering(ports["portal"], STARTING, demo.RELEASED), "the portal had no first release"
        yield County(home, ports)
        assert [child.name for child in house.children if child.process.poll() is not None] == []
    finally:
        house.end()


@pytest.fixture(scope="session")
def chromium():
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def all_eyes(tmp_path_factory):
    return Eyes(tmp_path_factory.mktemp("screens"))


@pytest.fixture(autouse=True)
def eyes(all_eyes):
    """No page of a journey says an error or fails WCAG 2.1 AA."""
    all_eyes.faults.clear()
    yield all_eyes
    if all_eyes.faults:
        pytest.fail("\n".join(dict.fromkeys(all_eyes.faults)), pytrace=False)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A journey that fails leaves every open page as it stood."""
    report = (yield).get_result()
    if report.when == "call" and report.failed and "eyes" in item.funcargs:
        folder = item.config._tmp_path_factory.getbasetemp() / "failed" / item.name
        item.funcargs["eyes"].keep(folder)
        report.sections.append(("pages as they stood", str(folder)))


@pytest.fixture
def visit(chromium, county, eyes):
    """Open a network's front page as anybody."""
    with ExitStack() as stack:

        def visit(network, width=DESK["width"], **options):
            size = PHONE if width == PHONE["width"] else DESK
            visitor = Visitor(chromium.new_context(viewport=size, locale="zh-CN", **options), eyes, county.front(network))
            stack.callback(visitor.leave)
            return visitor.arrive()

        yield visit


@pytest.fixture
def come(chromium, county, eyes):
    """Sit down at a network as somebody and sign in; who is there already goes to the home page."""
    with ExitStack() as stack:
        there = {}

        def come(network, username, width=DESK["width"], signed_in=True, device="desk"):
            seat = (network, username, device)
            if seat in there:
                return there[seat].home()
            size = PHONE if width == PHONE["width"] else DESK
            context = chromium.new_context(viewport=size, locale="zh-CN", accept_downloads=True)
            person = Person(context, eyes, county.front(network), county, network, username)
            stack.callback(person.leave)
            if not signed_in:
                return person.arrive()
            there[seat] = person
            return person.sign_in()

        yield come
