"""遮盖处理: the pages as they are, passages by their words, areas by two clicks, the list of what and why."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from PIL import ImageDraw

from zhengtong.business.disclosure import actions, forms, queries, redacting
from zhengtong.business.disclosure.models import Redaction
from zhengtong.business.disclosure.rules import answers, steps
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.refusal import Refused

from .requests import answer

WIDE = 640  # pixels of a page on the screen: clicks are counted in them, so the picture is never scaled
AMBER, BLUE = (200, 120, 0), (30, 90, 200)


def _found(request: HttpRequest, pk: int) -> Redaction:
    return get_object_or_404(
        Redaction.objects.select_related("request__organ", "source", "result"), pk=pk, request__in=queries.visible(request.person)
    )


def _pdf(found: Redaction) -> bytes | None:
    """The original as pages; None for a plain text, which has none."""
    content = read(found.source.sm3)
    if found.source.kind == "txt":
        return None
    return content if found.source.kind == "pdf" else redacting.as_pdf(content, clock.now())


@require_POST
@door(steps.CLERK)
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Take in an original, and go to its pages."""
    form, made = forms.Original(request.POST, request.FILES), []

    def run(data: dict) -> None:
        made.append(actions.begin_redaction(number, request.person, data["original"].name, data["original"].file))

    response = answer(request, number, "original", form, run, _("已收下原件，请标出要遮盖的内容"))
    return redirect("disclosure:redaction", made[0].pk) if made else response


@door(*queries.ROLES)
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, form: forms.Passage | None = None, status: int = 200) -> HttpResponse:
    found = _found(request, pk)
    pdf = _pdf(found)
    rows = [(one, answers.GROUNDS[str(one["ground"])]) for one in found.marks]
    working = found.state == Redaction.DRAFT and found.request.state in steps.WORKING
    context = {
        "found": found,
        "form": form or forms.Passage(),
        "rows": rows,
        "pages": range(1, redacting.pages_of(pdf) + 1) if pdf else [],
        "text": read(found.source.sm3).decode("utf-8", "replace") if pdf is None else "",
        "corner": (request.GET.get("page", ""), request.GET.get("x", ""), request.GET.get("y", "")),
        "ground": request.GET.get("ground", ""),
        "grounds": forms.grounds(),
        "wide": WIDE,
        "may": working and queries.may(request.person, steps.CLERK, found.request.organ),
    }
    return render(request, "disclosure/redaction.html", context, status=status)


@door(*queries.ROLES)
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page with what is marked on it outlined, and the first corner of an area that has only one."""
    found = _found(request, pk)
    pdf = _pdf(found)
    if pdf is None or not 1 <= number <= redacting.pages_of(pdf):
        raise Http404
    shown = redacting.drawing(pdf, number, 96)
    shown = shown.resize((WIDE, round(shown.height * WIDE / shown.width)))
    pen = ImageDraw.Draw(shown)
    for mark in found.marks:
        boxes = [redacting.Box(int(mark["page"]), *mark["box"])] if "box" in mark else redacting.find(pdf, str(mark["passage"]))
        for box in (one for one in boxes if one.page == number):
            edges = (box.left * shown.width, box.top * shown.height, box.right * shown.width, box.bottom * shown.height)
            pen.rectangle(edges, outline=AMBER, width=3)
    if request.GET.get("x", "").isdecimal() and request.GET.get("y", "").isdecimal():
        x, y = int(request.GET["x"]), int(request.GET["y"])
        pen.line((x, y, x + 24, y), fill=BLUE, width=3)
        pen.line((x, y, x, y + 24), fill=BLUE, width=3)
    return HttpResponse(redacting.png(shown), content_type="image/png")


def _try(request: HttpRequest, pk: int, verb: object, done: str) -> HttpResponse:
    try:
        verb()  # type: ignore[operator]
        messages.success(request, done)
    except Refused as no:
        messages.error(request, str(no))
    return redirect("disclosure:redaction", pk)


@require_POST
@door(steps.CLERK)
def passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a passage by its words."""
    form = forms.Passage(request.POST)
    if not form.is_valid():
        return _page(request, pk, form, 422)
    _found(request, pk)
    try:
        actions.mark(pk, request.person, form.cleaned_data)
    except Refused as no:
        form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        return _page(request, pk, form, 409)
    messages.success(request, _("已标出"))
    return redirect("disclosure:redaction", pk)


@require_POST
@door(steps.CLERK)
def corner(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A click on the page: the first is one corner, the second the other, and the area between them is marked."""
    found = _found(request, pk)
    pdf, given = _pdf(found), request.POST
    try:
        x, y = int(given["at.x"]), int(given["at.y"])
        first = (int(given["x"]), int(given["y"])) if given.get("x") and given.get("page") == str(number) else None
    except (KeyError, ValueError) as error:
        raise Http404 from error
    if pdf is None or not 1 <= number <= redacting.pages_of(pdf):
        raise Http404
    if first is None:
        return redirect(
            f"{request.path.split('corner')[0]}?page={number}&x={max(0, x)}&y={max(0, y)}&ground={given.get('ground', '')}#page-{number}"
        )
    shown = redacting.drawing(pdf, number, 36)
    tall = round(shown.height * WIDE / shown.width)
    left, right = sorted((first[0] / WIDE, x / WIDE))
    top, bottom = sorted((first[1] / tall, y / tall))
    box = [min(1.0, max(0.0, edge)) for edge in (left, top, right, bottom)]
    mark = {"page": number, "box": box, "ground": given.get("ground", "")}
    return _try(request, pk, lambda: actions.mark(pk, request.person, mark), _("已标出"))


@require_POST
@door(steps.CLERK)
def unmark(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Take a mark back."""
    _found(request, pk)
    return _try(request, pk, lambda: actions.unmark(pk, request.person, place), _("已取消标记"))


@require_POST
@door(steps.CLERK)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Cover, prove, and put the result into the answer."""
    _found(request, pk)
    return _try(request, pk, lambda: actions.finish_redaction(pk, request.person), _("已遮盖并核验，放入要提供的文件"))
