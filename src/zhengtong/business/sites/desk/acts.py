"""The official acts on an article, each confirmed by the publisher's key: what screens and story both do."""

from typing import cast

from wagtail.actions.edit import EditAction

from zhengtong.business.sites import text
from zhengtong.business.sites.models import Release
from zhengtong.business.sites.publishing.release import release
from zhengtong.business.sites.rules import personal
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.refusal import Refused

from .models import Article


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
    data = kept | changes
    form = kind(data, instance=newest, for_user=by)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refused(str(errors[0]), field=field)
    return cast(Article, EditAction(form.instance, user=by, form=form).execute())
