"""Story 2 on the portal: a resident finds the item, applies with two large files, completes, sees the result, rates."""

import secrets
from collections.abc import Callable, Iterator, Mapping

from django.forms import Form
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from zhengtong.foundation.forms.rules import materials_of
from zhengtong.foundation.refusal import Refused
from zhengtong.portal.pages import queries as pages

from . import actions, queries, rules, uploads
from .forms import Application, Completion, Query, Rating, fresh
from .models import Submission

Values = dict[str, object]
ITEM = "YL-0101"
MEGABYTE = 1 << 20


def _guide(values: Values) -> Mapping[str, object]:
    """The guide that the resident reads, as it stands in the release."""
    guide = pages.item(str(values.get("item") or ITEM))
    if guide is None:
        raise Refused("门户上没有这个事项")
    return guide


def paper(size: int, values: Values) -> Iterator[bytes]:
    """A PDF of this size in chunks, full of the resident's name: what a search through the portal's files must not find."""
    words = f"{values['resident_name']} {values['resident_id']} ".encode()
    yield b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    while size > 0:
        yield (words * (1 + (1 << 16) // len(words)))[: 1 << 16][:-8] + secrets.token_bytes(8)
        size -= 1 << 16


def _uploads(guide: Mapping[str, object], wanted: tuple[str, ...], megabytes: int, values: Values) -> MultiValueDict[str, object]:
    known = {m.key: m for m in materials_of(guide["materials"])}  # type: ignore[arg-type]
    sealed = {key: uploads.seal(paper(megabytes * MEGABYTE, values), f"{known[key].label}.pdf", known[key]) for key in wanted}
    return MultiValueDict({uploads.FIELD + key: [upload] for key, upload in sealed.items()})


def _posted(data: Mapping[str, object]) -> QueryDict:
    posted = QueryDict(mutable=True)
    posted.update({key: str(value) for key, value in data.items()})
    return posted


def _valid(form: Form) -> Form:
    if not form.is_valid():
        raise Refused("；".join(f"{name}：{error}" for name, errors in form.errors.items() for error in errors))
    return form


def _apply(values: Values, megabytes: int) -> Values:
    guide = _guide(values)
    answers = {
        "name": values["resident_name"], "identity": values["resident_id"], "phone": "13800000001", "shop": "云岭早点铺",
        "address": "云岭县云城街道文昌路18号", "area": "42", "business": "早点小吃",
    }  # fmt: skip
    data = {f"a_{key}": value for key, value in answers.items()} | {"consent": "on", "once": fresh()}
    form = Application(guide, _posted(data), _uploads(guide, ("plan", "premises"), megabytes, values))
    _valid(form)
    receipt = actions.submit(guide, form.given, list(form.papers.values()), True, form.token)
    return {
        "actor": receipt.number, "verb": "counter.submit", "paper": receipt.number, "item": guide["code"],
        "receipt": receipt.number, "code": rules.spoken(receipt.code),
    }  # fmt: skip


def apply(values: Values) -> Values:
    """The first application, with two files of 20 MB."""
    return _apply(values, 20)


def apply_second(values: Values) -> Values:
    """The second application, by the same way."""
    return _apply(values, 1)


def _open(values: Values) -> tuple[Submission, str]:
    """Number and code typed into the form."""
    form = _valid(Query({"number": values["receipt"], "code": values["code"]}))
    code = form.cleaned_data["code"]
    found = queries.submission(form.cleaned_data["number"], code)
    if found is None:
        raise Refused("编号或查询码不正确")
    return found, code


def complete(values: Values) -> Values:
    """The resident reads what is missing and uploads it."""
    found, code = _open(values)
    if not queries.status(found, code).get("notice"):
        raise Refused("门户上没有补正告知")
    guide = _guide({"item": found.item})
    form = Completion(guide, _posted({}), _uploads(guide, ("health",), 1, values))
    _valid(form)
    papers = list(form.papers.values())
    actions.complete(found.number, code, papers)
    for sent in papers:
        sent.drop()
    return {"actor": found.number, "verb": "counter.complete", "paper": found.number}


def see_result(values: Values) -> Values:
    """Number and code show the result. Looking leaves no entry: the step names the one by which the status came."""
    found, code = _open(values)
    told = queries.status(found, code)
    if told["state"] != "granted" or not told["result"]:
        raise Refused("门户上看不到办理结果")
    return {"reads": "counter.tell", "paper": found.number, "case_number": told["case_number"]}


def rate(values: Values) -> Values:
    """The resident is content."""
    found, code = _open(values)
    form = _valid(Rating({"stars": "5", "words": "很方便，一次也没有跑。"}))
    actions.rate(found.number, code, form.cleaned_data["stars"], form.cleaned_data["words"])
    return {"actor": found.number, "verb": "counter.rate", "paper": found.number}


STEPS: dict[str, Callable[[Values], Values]] = {
    "apply": apply,
    "complete": complete,
    "see_result": see_result,
    "rate": rate,
    "apply_second": apply_second,
}
