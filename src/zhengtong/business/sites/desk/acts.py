"""The official acts on an article, each confirmed by the publisher's key: what screens and story both do."""

from typing import cast

from wagtail.actions.edit import EditAction

from zhengtong.business.sites import actions, rules, text
from zhengtong.business.sites.models import Column, Release
from zhengtong.business.sites.publishing.release import release
from zhengtong.business.sites.rules import personal
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .forms import CITED
from .models import Article, Placement


def publish(article: Article, by: Account, pin: str, seen: str = "", reserve: str = "") -> Release | None:
    """发布: confirm, publish the draft that was seen, send the release."""
    confirm(by, pin)
    article.publish_newest(by, seen, reserve)
    return release(article.column.site)


def withdraw(article: Article, by: Account, pin: str, reason: str) -> Release | None:
    """撤下: confirm, take it down with its reason, send the release."""
    confirm(by, pin)
    article.unpublish(user=by, reason=reason)
    return release(article.column.site)


def pull(article: Article, by: Account, pin: str, reason: str) -> Release | None:
    """紧急撤下: the same by whoever writes in the column, at once."""
    confirm(by, pin)
    article.unpublish(user=by, reason=reason, verb="pull")
    return release(article.column.site)


@action
def place(article: Article, column: Column, by: Account) -> Placement:
    """放到栏目: the column also shows the article; there is still one row and one address."""
    actions.require(by, rules.Role.PUBLISHER, column)
    if article.state != rules.State.PUBLISHED:
        raise Refused(_("没有公开的文章不能放到其他栏目"))
    if column.pk == article.column_id or column.kind != rules.ColumnKind.LIST.value:
        raise Refused(_("文章已在这个栏目，或者这个栏目不是文章列表"))
    made, new = Placement.objects.get_or_create(article=article, column=column, defaults={"by": by.code, "at": clock.now()})
    if new:
        column.site.has_news()
        record(by, "sites.place", article, {"title": article.title, "column": column.path})
    return made


@action
def take_off(pk: int, by: Account) -> None:
    """从栏目取下: the column no longer shows the article of another one."""
    placement = Placement.objects.select_related("column__site__main", "article").filter(pk=pk).first()
    if placement is None:
        raise Refused(_("文章不在这个栏目"))
    actions.require(by, rules.Role.PUBLISHER, placement.column)
    placement.column.site.has_news()
    record(by, "sites.take_off", placement.article, {"title": placement.article.title, "column": placement.column.path})
    placement.delete()


MASKED = ("title", "summary", "author", "keywords")


def mask(article: Article, by: Account) -> Article:
    """隐去个人信息: a new draft in which every identity, mobile and card number is masked."""
    newest = article.newest()
    kind = Article.snippet_viewset.get_form_class(for_update=True)
    body = kind.base_fields["body"].widget.format_value(text.clean(newest.body, personal.masked))
    return edit(article, by, body=body, **{name: personal.masked(getattr(newest, name)) for name in MASKED})


@action
def edit(article: Article, by: Account, **changes: object) -> Article:
    """Save a new draft through the desk's own form; what the form objects to is refused."""
    kind = Article.snippet_viewset.get_form_class(for_update=True)
    newest = article.newest()
    kept = {name: getattr(newest, name) for name in kind.base_fields if hasattr(newest, name)}
    kept |= {"column": newest.column_id, "body": kind.base_fields["body"].widget.format_value(newest.body)}
    kept |= {f"{name}_number": cited.number if (cited := getattr(newest, name)) else "" for name in CITED}
    data = kept | changes
    form = kind(data, instance=newest, for_user=by)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refused(str(errors[0]), field=field)
    return cast(Article, EditAction(form.instance, user=by, form=form).execute())
