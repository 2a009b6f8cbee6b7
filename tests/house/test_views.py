"""A view is thin, and what changes something answers to POST alone."""

import ast
from collections.abc import Iterator

from .sources import SRC, files, named

GUARDS = ("require_POST", "require_http_methods", "http_method_names")
# A form bound to `request.POST or None` is bound by POST alone; the other asks the method outright.
CONDITIONS = ("request.method", ".is_bound")
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "select_for_update"}


def views() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in files():
        if path.is_relative_to(SRC) and path.suffix == ".py" and "views" in (path.stem, path.parent.name):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef):
                    yield f"{named(path)}:{node.name}", node


def changes(view: ast.FunctionDef) -> bool:
    """It asks for a verb, or reads what was sent in."""
    return any(isinstance(n, ast.Call) and ast.unparse(n.func).startswith("actions.") for n in ast.walk(view))


def guarded(view: ast.FunctionDef) -> bool:
    decorated = any(guard in ast.unparse(d) for d in view.decorator_list for guard in GUARDS)
    return decorated or any(condition in ast.unparse(view) for condition in CONDITIONS)


def test_a_view_that_changes_something_answers_to_post_alone():
    found = dict(views())
    changing = [name for name, view in found.items() if changes(view) and view.args.args and view.args.args[0].arg == "request"]
    assert len(changing) > 10
    assert [name for name in changing if not guarded(found[name]) and not name.split(":")[1].startswith("_")] == []


def test_a_view_writes_nothing_itself():
    """Only actions write (docs/architecture.md)."""
    found = [
        f"{name}: {ast.unparse(n)[:80]}"
        for name, view in views()
        for n in ast.walk(view)
        if isinstance(n, ast.Call)
        and isinstance(n.func, ast.Attribute)
        and n.func.attr in WRITES
        and not ast.unparse(n.func).startswith(("actions.", "request.session", "form."))
    ]
    assert found == []
