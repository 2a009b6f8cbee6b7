"""The consoles of the system administrator and the security administrator; the auditor's is the audit log.

Each administrator has pages of his own (GB/T 22239-2019 8.1.5.1—8.1.5.3); what a button promises is asked of the same table
as the action.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts import actions, forms, queries, rules
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.accounts.models import Account, Grant, Motion
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused

PAGE = 50
Verb = Callable[[Person, Account, str], object]
# fmt: off
VERBS: dict[str, Verb] = {
    "activate": lambda by, account, _reason: actions.activate(by, account),
    "unlock":   lambda by, account, _reason: actions.unlock(by, account),
    "reset":    actions.reset_secret,
    "disable":  actions.disable,
    "restore":  lambda by, account, _reason: actions.restore(by, account),
}
# fmt: on


@door("system_admin", "security_admin")
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts with their state; the security administrator finds first those that wait for him."""
    filters = forms.Filter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {"words": request.GET.get("words", ""), "state": ""}
    page = Paginator(queries.accounts(chosen["words"].strip(), chosen["state"]), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": filters, "pending": queries.pending().count(), "motions": queries.motions().count()}
    return render(request, "accounts/accounts.html", context)


@door("system_admin")
def new(request: HttpRequest) -> HttpResponse:
    """Make an account; it has no rights and waits for the security administrator."""
    form = forms.NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.create_account(request.person, form.cleaned_data["username"], form.cleaned_data["person"])
            messages.success(request, _("账号已建立，没有任何权限，等待安全保密管理员开通。"))
            return redirect("accounts:account", account.username)
        except Refused as no:
            form.add_error(no.objection.field or None, str(no))
    words = request.GET.get("words", "").strip()
    context = {"form": form, "words": words, "people": queries.without_account(words)[:20] if words else []}
    return render(request, "accounts/new.html", context, status=422 if form.is_bound else 200)


@door("system_admin", "security_admin")
def account(request: HttpRequest, username: str) -> HttpResponse:
    return _account_page(request, get_object_or_404(Account.objects.select_related("person"), username=username))


def _account_page(request: HttpRequest, shown: Account, secret: str = "") -> HttpResponse:
    auditor = "auditor" in queries.roles(shown.person)
    context = {
        "shown": shown,
        "auditor": auditor,
        "posts": queries.posts_with_roles(shown.person) if shown.person else [],
        "verbs": rules.verbs(shown.state, request.roles, auditor) if shown.person_id != request.person.pk else [],
        "secret": secret,
        "key": queries.key_of(shown),
        "device": queries.device_of(shown),
    }
    return render(request, "accounts/account.html", context)


@door("system_admin", "security_admin")
@require_POST
def act(request: HttpRequest, username: str, verb: str) -> HttpResponse:
    """One verb on one account; a first secret is shown once, on the page that answers."""
    shown = get_object_or_404(Account.objects.select_related("person"), username=username)
    if verb not in VERBS:
        raise Http404
    try:
        done = VERBS[verb](request.person, shown, request.POST.get("reason", ""))
    except Refused as no:
        messages.error(request, str(no))
        return redirect("accounts:account", username)
    if isinstance(done, str):
        return _account_page(request, Account.objects.select_related("person").get(pk=shown.pk), done)
    messages.success(request, _("已提出，等待另一名管理员同意。") if isinstance(done, Motion) else _("已办理。"))
    return redirect("accounts:account", username)


@door("system_admin", "security_admin")
def motions(request: HttpRequest) -> HttpResponse:
    """What touches an auditor and waits for a second administrator."""
    return render(request, "accounts/motions.html", {"motions": queries.motions()})


@door("system_admin", "security_admin")
@require_POST
def settle(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Agree or not."""
    motion = get_object_or_404(Motion, pk=pk)
    if verb not in ("agree", "drop"):
        raise Http404
    try:
        secret = actions.agree(request.person, motion) if verb == "agree" else actions.drop(request.person, motion)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("accounts:motions")
    if isinstance(secret, str) and secret:
        return _account_page(request, Account.objects.select_related("person").get(pk=motion.account_id), secret)
    messages.success(request, _("已办理。"))
    return redirect("accounts:motions")


@door("security_admin")
def grants(request: HttpRequest) -> HttpResponse:
    """Which post has which role; give one."""
    organs = orgs.organs()
    organ = organs.filter(code=request.GET.get("organ", "")).first()
    form = forms.GrantRole(queries.posts_of(organ) if organ else [], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant(request.person, form.cleaned_data["post"], form.cleaned_data["role"])
            messages.success(request, _("角色已授予。"))
            return redirect("accounts:grants")
        except Refused as no:
            form.add_error(no.objection.field or None, str(no))
    words = request.GET.get("words", "").strip()
    page = Paginator(queries.grant_list(words), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "words": words, "organs": organs, "organ": organ}
    return render(request, "accounts/grants.html", context, status=422 if form.is_bound else 200)


@door("security_admin")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        done = actions.withdraw(request.person, get_object_or_404(Grant, pk=pk), request.POST.get("reason", ""))
        messages.success(request, _("已提出，等待另一名管理员同意。") if isinstance(done, Motion) else _("角色已收回。"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("accounts:grants")
