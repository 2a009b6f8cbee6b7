"""定时: an official act confirmed now and done by the worker at its moment, in the name of who confirmed it."""

from datetime import datetime

from zhengtong.business.sites import actions, rules
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .models import Article, Timed


@action
def set_time(article: Article, by: Account, pin: str, verb: str, at: datetime, reason: str = "", seen: str = "") -> Timed:
    """Confirm a publishing or withdrawal for a later moment; everything that is asked then is asked now too, as far as it can be."""
    confirm(by, pin)
    locked = Article.objects.select_for_update(of=("self",)).select_related("column__site__main").get(pk=article.pk)
    if at <= clock.now():
        raise Refused(_("请填写以后的时间"), field="at")
    if locked.timed.filter(verb=verb, state=Timed.WAITING).exists():
        raise Refused(_("这篇文章已经定了时间，请先取消"), field="at")
    if verb == Timed.PUBLISH:
        if seen != str(locked.latest_revision_id or ""):
            raise Refused(_("文章刚被他人修改，请看过新稿再定时"))
        actions.require_publishable(locked.newest(), by, reason)
        locked.require_read(by)
    else:
        actions.require(by, rules.Role.PUBLISHER, locked.column)
        if not reason.strip():
            raise Refused(_("请写明撤下的原因"), field="reason")
        if locked.state != rules.State.PUBLISHED and not locked.timed.filter(verb=Timed.PUBLISH, state=Timed.WAITING, at__lt=at).exists():
            raise Refused(_("没有公开的文章不能撤下"))
    made = Timed.objects.create(article=locked, verb=verb, at=at, reason=reason.strip(), seen=seen, by=by)
    record(by, "sites.time", locked, {"verb": verb, "at": at.isoformat(), "reason": reason.strip(), "title": locked.newest().title})
    return made


@action
def cancel(pk: int, by: Account) -> Timed:
    """取消: nothing happens at that moment."""
    timed = Timed.objects.select_for_update(of=("self",)).select_related("article__column__site__main").filter(pk=pk).first()
    if timed is None or timed.state != Timed.WAITING:
        raise Refused(_("没有等待的定时"))
    actions.require(by, rules.Role.PUBLISHER, timed.article.column)
    timed.state = Timed.CANCELLED
    timed.save(update_fields=["state"])
    record(by, "sites.time_cancel", timed.article, {"verb": timed.verb, "at": timed.at.isoformat()})
    return timed


def do_due() -> int:
    """The worker's tick: do what is due; what can't be done any more is kept with its reason and told to who confirmed it."""
    due = list(Timed.objects.filter(state=Timed.WAITING, at__lte=clock.now()).values_list("pk", flat=True))
    for pk in due:
        try:
            _do(pk)
        except Refused as no:
            _failed(pk, str(no))
    return len(due)


@action
def _do(pk: int) -> None:
    timed = Timed.objects.select_for_update(of=("self",)).select_related("article", "by__person").get(pk=pk)
    if timed.state != Timed.WAITING:
        return  # another worker was faster
    if timed.verb == Timed.PUBLISH:
        timed.article.publish_newest(timed.by, timed.seen, timed.reason)
    else:
        timed.article.unpublish(user=timed.by, reason=timed.reason)
    timed.state = Timed.DONE
    timed.save(update_fields=["state"])


@action
def _failed(pk: int, told: str) -> None:
    timed = Timed.objects.select_for_update(of=("self",)).select_related("article", "by__person").get(pk=pk)
    timed.state, timed.told = Timed.FAILED, told[:300]
    timed.save(update_fields=["state", "told"])
    record(None, "sites.time_failed", timed.article, {"verb": timed.verb, "at": timed.at.isoformat(), "reason": told[:300]})
    if timed.by.person:
        params = {"title": timed.article.newest().title, "reason": told}
        notify(timed.by.person, _("定时没有完成：%(title)s（%(reason)s）"), f"/articles/{timed.article_id}/", params=params)
