"""A journey goes where a person can go: in by a front address, then by what is seen on the page."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .sources import ROOT

JOURNEYS = Path(__file__).resolve().parents[1] / "journeys"
GAZE = "looking.py"  # reads pages for axe and pictures; the only one that may run script, and only these
READING = {"KINDS", "RUN", "TOP", "STILL", "DRAWN", "self.axe"}
SCRIPT = {"evaluate", "evaluate_all", "evaluate_handle", "eval_on_selector", "eval_on_selector_all", "add_init_script", "add_script_tag"}
AROUND = {"dispatch_event", "route", "route_from_har", "set_content", "add_cookies", "set_extra_http_headers", "expose_function"}
INNER = {"django", "urllib", "requests", "httpx", "http", "sqlite3", "socketserver"}
MAY = {"looking.py": {"urllib.parse"}, "conftest.py": {"socket"}}  # to take an address apart; to find free ports


def journeys() -> list[Path]:
    return sorted(JOURNEYS.glob("*.py"))


def name(node: ast.expr) -> str:
    """The last word of what is called: `page.goto` is goto."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST, wanted: Callable[[ast.Call], bool]) -> Iterator[str]:
    return (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Call) and wanted(node))


def goes_elsewhere(call: ast.Call) -> bool:
    """Any address but a network's front one."""
    return name(call.func) == "goto" and [ast.unparse(word) for word in call.args] != ["self.front"]


def forces(call: ast.Call) -> bool:
    return any(word.arg in ("force", "no_wait_after", "trial") for word in call.keywords)


def asks_behind_the_page(call: ast.Call) -> bool:
    """`page.request`, a test client, a forced sign-in."""
    return name(call.func) in ("force_login", "Client", "RequestFactory", "urlopen") or ".request." in ast.unparse(call.func)


def works_around(call: ast.Call) -> bool:
    return name(call.func) in AROUND


def faults(tree: ast.AST, gaze: bool = False) -> list[str]:
    found = [*calls(tree, goes_elsewhere), *calls(tree, forces), *calls(tree, asks_behind_the_page), *calls(tree, works_around)]
    return found + list(calls(tree, lambda call: name(call.func) in SCRIPT and not (gaze and ast.unparse(call.args[0]) in READING)))


@pytest.mark.parametrize("path", journeys(), ids=lambda path: path.name)
def test_a_journey_uses_only_what_a_person_sees(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert faults(tree, path.name == GAZE) == []
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {m for m in modules - MAY.get(path.name, set()) if m.split(".")[0] in INNER} == set()


def test_the_front_address_of_a_network_has_no_path():
    front = next(
        node
        for node in ast.walk(ast.parse((JOURNEYS / "people.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name == "front"
    )
    (answer,) = [node.value for node in ast.walk(front) if isinstance(node, ast.Return)]
    assert ast.unparse(answer) == "f'http://localhost:{self.ports[network]}/'"


@pytest.mark.parametrize(
    "line",
    [
        "page.goto('http://localhost:8001/documents/')",
        "page.goto(self.front + 'desk/')",
        "page.get_by_role('button').click(force=True)",
        "page.evaluate('document.forms[0].submit()')",
        "page.locator('a').evaluate('e => e.click()')",
        "page.locator('a').dispatch_event('click')",
        "page.request.get('/health')",
        "client.force_login(account)",
        "context.add_cookies([session])",
    ],
)
def test_a_short_cut_is_noticed(line):
    assert faults(ast.parse(line)) != []


def test_the_pictures_that_the_papers_show_are_there_and_taken_by_a_journey():
    told = "".join(path.read_text(encoding="utf-8") for path in journeys())
    for paper in ("README.md", "README.zh-CN.md"):
        shown = re.findall(r"docs/screens/([a-z-]+)-(1440|390)\.png", (ROOT / paper).read_text(encoding="utf-8"))
        assert len(shown) >= 6
        assert [
            x for x in shown if not (ROOT / "docs" / "screens" / f"{x[0]}-{x[1]}.png").exists() or f'picture("{x[0]}")' not in told
        ] == []
    assert sum(path.stat().st_size for path in (ROOT / "docs" / "screens").iterdir()) < 6_000_000


def test_every_network_with_people_and_the_portal_is_visited():
    told = "".join(path.read_text(encoding="utf-8") for path in journeys())
    for network in ("office", "classified", "business"):
        assert f'come("{network}"' in told
    assert 'visit("portal"' in told
