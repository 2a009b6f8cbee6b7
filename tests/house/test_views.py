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


# What changes a row without being a verb of its own: a part that a verb calls inside its own transaction, or what is no change of state.
PARTS = {
    "foundation/accounts/actions/administration.py:end": "part of the security administrator's verbs",
    "foundation/accounts/actions/grants.py:take_back": "part of granting and of a changed post",
    "foundation/accounts/actions/motions.py:ask": "part of what takes two administrators",
    "foundation/accounts/actions/personal_keys.py:sign_with_personal_key": "counts wrong PINs; the act that it signs is recorded",
    "foundation/files/actions.py:discard": "the end of what a recorded verb destroyed",
    "foundation/notices/actions.py:notify": "tells people what another verb has recorded",
    "foundation/notices/actions.py:settle": "takes such a notice away again",
    "foundation/numbers/actions.py:reach": "part of taking in what was numbered elsewhere",
    "foundation/numbers/actions.py:take": "part of registration",
    "foundation/orgs/actions/writing.py:move": "part of the import",
    "foundation/search/actions.py:rebuild": "what is found, made anew from what the rooms hold: no change of state",
    "foundation/slips/actions/urging.py:remind": "part of what the machine does by a rule, which its room records",
    "foundation/slips/actions/lines.py:see": "notes when a line was first seen",
    "foundation/slips/actions/lines.py:look": "notes when somebody last looked, which is no change of state",
    "office/documents/actions/attachments.py:attach": "part of drafting and saving",
    "office/documents/actions/joint.py:name_issuers": "part of drafting and saving",
    "office/documents/actions/desk.py:move": "part of every verb of a document",
    "office/documents/actions/keeping.py:keep_version": "part of drafting and saving",
    "office/incoming/actions/desk.py:move": "part of every verb of an incoming paper",
}


def verbs() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in files():
        if path.is_relative_to(SRC) and path.suffix == ".py" and "actions" in (path.stem, path.parent.name):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{path.relative_to(SRC).as_posix()}:{node.name}", node


CALLS = WRITES | {"execute"}  # a statement of its own
WRITTEN = ("keep", "add")  # what foundation.written writes


def writes(name: str, verb: ast.FunctionDef) -> bool:
    told = "foundation.written import" in (SRC / name.partition(":")[0]).read_text()
    if told and any(isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in WRITTEN for n in ast.walk(verb)):
        return True
    calls = [n.func for n in ast.walk(verb) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in CALLS]
    return any(("objects" in ast.unparse(c) and c.attr != "select_for_update") or c.attr in ("save", "delete", "execute") for c in calls)


def test_every_verb_is_one_recorded_transaction():
    unrecorded = {
        name
        for name, verb in verbs()
        if writes(name, verb) and not any(ast.unparse(d).split("(")[0].endswith("action") for d in verb.decorator_list)
    }
    assert unrecorded == set(PARTS)
