"""The room's own screens: what waits for publishing, one article with its official acts, the releases."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.refusal import Refused

from . import queries, rules
from .desk import acts, reviews, timed
from .desk import queries as desk
from .desk.models import Article
from .forms import TO_READ, Filters, Opinion, Place, Reserve, Timing, Withdrawal
from .models import Column
from .publishing import render as publishing
from .publishing.frame import frame

PAGE = 30
READERS = tuple(role.value for role in rules.Role)
MASKABLE = ("PI-1", "PI-2", "PI-3")
BY_FIELD = {field.name: field.verbose_name for field in Article._meta.concrete_fields if field.name in queries.WORDED}


@door(*READERS)
def listing(request: HttpRequest) -> HttpResponse:
    """Articles of the own columns; what waits to be published, or to be read by him, when nothing is asked for."""
    to_read = reviews.to_read(request.person).count()
    filters = Filters(request.GET or {"state": TO_READ if to_read else desk.WAITING}, columns=queries.writable(request.person))
    asked = filters.cleaned_data if filters.is_valid() else {}
    found = desk.visible(request.person)
    if asked.get("state") == TO_READ:
        found, asked["state"] = found.filter(pk__in=reviews.to_read(request.person).values("pk")), ""
    page = Paginator(desk.filtered(found, **asked), PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "waiting": desk.waiting(request.person), "to_read": to_read}
    return render(request, "sites/articles.html", context)


def _found(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(desk.visible(request.person), pk=pk)


@door(*READERS)
def article(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, found: Article, refused: str = "", act: str = "", form: Form | None = None, status: int = 200
) -> HttpResponse:
    """The article as its last draft has it, and what this person may do with it."""
    newest = found.newest()
    held = {role for role in rules.Role if queries.columns_for(request.person, role).filter(pk=found.column_id).exists()}
    may = {verb for verb in ("publish", "withdraw", "pull") if (step := rules.step(verb, found.state)) and step.role in held}
    if "withdraw" in may:
        may.discard("pull")
    public = found.live and not found.has_unpublished_changes
    if public:
        may.discard("publish")  # what is public is the last draft
    step, back = reviews.waits_for(found), reviews.returned(found)
    own = "publish" in may and not step and not back and request.person.code in found.authors() | found.readers()
    if step or back or own:
        may.discard("publish")
    reading = reviews.may_read(found, request.person)
    path = f"/{found.public_path or found.column.path + '/…'}/"
    findings = queries.findings(newest)
    context = {
        "article": found,
        "newest": newest,
        "files": list(enumerate(newest.attachments, 1)),
        "objections": [
            _(no.text) % no.params
            for no in (
                *rules.publish_objections(newest.title, newest.source, newest.body, len(newest.attachments), rules.words(newest.keywords)),
                *queries.lacking(newest),
            )
        ],
        "step": step,
        "back": back,
        "own": own,
        "may_read": reading,
        "above": refused if act not in may | ({"read"} if reading else set()) | {"time"} else "",
        "readings": found.readings.all(),
        "opinion": form if isinstance(form, Opinion) else Opinion(),
        "placements": found.placements.select_related("column__site"),
        "place": Place(columns=_places(request, found)) if rules.Role.PUBLISHER in held and found.live else None,
        "own_places": set(queries.columns_for(request.person, rules.Role.PUBLISHER).values_list("pk", flat=True)),
        "timed": found.timed.exclude(state="cancelled"),
        "timing": form if isinstance(form, Timing) else Timing(),
        "may_time": rules.Role.PUBLISHER in held and ("publish" in may or found.live),
        "may": may,
        "act": act,
        "refused": refused,
        "withdrawal": form if isinstance(form, Withdrawal) else Withdrawal(),
        "reserve": form if isinstance(form, Reserve) else Reserve(),
        "findings": [(one, BY_FIELD.get(one.field, "")) for one in findings],
        "errors": sum(one.blocks for one in findings),
        "opened": act == "publish" and form is not None and bool(form.errors),
        "may_mask": "editor" in request.roles and any(one.check.code in MASKABLE for one in findings),
        "effects": [
            _("文章在“%(site)s”公开，任何人都能看到") % {"site": found.column.site.name},
            _("公开地址：%(path)s，发布后不再改变") % {"path": path},
            _("随下一个发布包送往门户网站"),
        ],
        "withdraw_effects": [_("文章和附件从门户网站撤下，地址保留"), _("撤下的原因记入审计")],
    }
    return render(request, "sites/article.html", context, status=status)


def _places(request: HttpRequest, found: Article) -> QuerySet[Column]:
    """Columns in which this person may also show the article."""
    lists = queries.columns_for(request.person, rules.Role.PUBLISHER).filter(kind=rules.ColumnKind.LIST.value)
    return lists.exclude(pk=found.column_id).exclude(placements__article=found)


def _act(request: HttpRequest, pk: int, act: str, verb: Callable[[Article], object], done: str, form: Form | None = None) -> HttpResponse:
    """Do an official act; a refusal shows beside its button and keeps what was written."""
    found = _found(request, pk)
    try:
        verb(found)
    except Refused as no:
        found = _found(request, pk)
        if form is not None and no.objection.field in form.fields:  # said where it belongs
            form.add_error(no.objection.field, str(no))
            return _page(request, found, "", act, form, status=409)
        return _page(request, found, str(no), act, form, status=409)
    messages.success(request, done)
    return redirect("sites:article", pk)


@require_POST
@door("publisher")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """发布, of the draft that was on the screen; what the check still finds needs its reason."""
    pin, seen, form = request.POST.get("pin", ""), request.POST.get("seen", ""), Reserve(request.POST)
    form.fields["reserve"].required = False  # only what the check finds asks for it
    if not form.is_valid():
        return _page(request, _found(request, pk), act="publish", form=form, status=422)
    reserve = form.cleaned_data["reserve"]
    done = _("已发布，发布包已送往门户网站")
    return _act(request, pk, "publish", lambda found: acts.publish(found, request.user, pin, seen, reserve), done, form)


@require_POST
@door("editor")
def mask(request: HttpRequest, pk: int) -> HttpResponse:
    """隐去个人信息, in a new draft."""
    return _act(request, pk, "mask", lambda found: acts.mask(found, request.user), _("已隐去个人信息，存为新草稿"))


@require_POST
@door("publisher")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤下, with its reason."""
    form = Withdrawal(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, pk), act="withdraw", refused=_("请写明撤下的原因"), form=form, status=422)
    pin, reason = request.POST.get("pin", ""), form.cleaned_data["reason"]
    return _act(request, pk, "withdraw", lambda found: acts.withdraw(found, request.user, pin, reason), _("已撤下"), form)


@door(*READERS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it will be, from the last draft."""
    newest = _found(request, pk).newest()
    return HttpResponse(publishing.article_page(frame(newest.column.site), newest, preview=True))


@door(*READERS)
def file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One attachment of the last draft, as a download."""
    kept = _found(request, pk).newest().attachments
    if not 1 <= number <= len(kept):
        raise Http404
    one = kept[number - 1]
    return FileResponse(open_stored(one["sm3"]), as_attachment=True, filename=one["name"], content_type=KINDS[one["kind"]][0])


@require_POST
@door(*READERS)
def pull(request: HttpRequest, pk: int) -> HttpResponse:
    """紧急撤下, by whoever writes in the column."""
    form = Withdrawal(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, pk), act="pull", refused=_("请写明撤下的原因"), form=form, status=422)
    pin, reason = request.POST.get("pin", ""), form.cleaned_data["reason"]
    return _act(request, pk, "pull", lambda found: acts.pull(found, request.user, pin, reason), _("已紧急撤下，并告知发布员"), form)


@require_POST
@door("unit_reader", "office_reader")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """A step of the 三审: pass the draft that was on the screen, or return it."""
    form = Opinion(request.POST)
    opinion = form.cleaned_data["opinion"] if form.is_valid() else ""
    seen = request.POST.get("seen", "")
    if request.POST.get("outcome") == "returned":
        return _act(request, pk, "read", lambda found: reviews.send_back(found, request.user, seen, opinion), _("已退回"), form)
    return _act(request, pk, "read", lambda found: reviews.pass_on(found, request.user, seen, opinion), _("已通过"), form)


@require_POST
@door("publisher")
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """放到栏目: another column also shows the article."""
    form = Place(request.POST, columns=_places(request, _found(request, pk)))
    if not form.is_valid():
        return _page(request, _found(request, pk), act="place", refused=_("请选择栏目"), status=422)
    column = form.cleaned_data["column"]
    return _act(request, pk, "place", lambda found: acts.place(found, column, request.user), _("已放到这个栏目，随下一个发布包生效"))


@require_POST
@door("publisher")
def take_off(request: HttpRequest, pk: int, placement: int) -> HttpResponse:
    """从栏目取下."""
    if not _found(request, pk).placements.filter(pk=placement).exists():
        raise Http404
    return _act(request, pk, "place", lambda found: acts.take_off(placement, request.user), _("已从这个栏目取下"))


@require_POST
@door("publisher")
def time(request: HttpRequest, pk: int) -> HttpResponse:
    """定时发布、定时撤下, confirmed now."""
    form = Timing(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, pk), act="time", refused=_("请填写以后的时间"), form=form, status=422)
    asked, pin, seen = form.cleaned_data, request.POST.get("pin", ""), request.POST.get("seen", "")
    return _act(request, pk, "time", lambda found: timed.set_time(found, request.user, pin, seen=seen, **asked), _("已定时"), form)


@require_POST
@door("publisher")
def time_cancel(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    """取消定时."""
    if not _found(request, pk).timed.filter(pk=which).exists():
        raise Http404
    return _act(request, pk, "time", lambda found: timed.cancel(which, request.user), _("定时已取消"))


@door("editor", "publisher")
def releases(request: HttpRequest) -> HttpResponse:
    """What was sent to the portal, and what became of it."""
    page = Paginator(queries.releases(), PAGE).get_page(request.GET.get("page"))
    return render(request, "sites/releases.html", {"page": page})
