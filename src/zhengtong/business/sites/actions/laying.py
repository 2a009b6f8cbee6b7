"""What another room of this network lays on the editors' desk: a draft, to be reviewed and published like any other."""

from zhengtong.business.sites import rules
from zhengtong.business.sites.desk.models import Article, open_draft
from zhengtong.business.sites.models import Column
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


@action
def lay_draft(path: str, title: str, body: str, source: str, origin: str) -> Article:
    """A draft in the column of this path; what was laid before under the same `origin` is the same draft."""
    if known := Article.objects.filter(origin=origin).first():
        return known
    column = Column.objects.select_related("site").filter(path=path).order_by("site__code").first()
    if column is None:
        raise Refused(_("网站还没有放这类内容的栏目（%(path)s），请先请网站管理员建立"), path=path)
    article = open_draft(column=column, title=title, body=body, source=source, origin=origin)
    record(None, "sites.lay_draft", article, {"title": title, "column": path, "origin": origin}, organ=column.site.organ)
    notify(
        (rules.Role.EDITOR.value, column.site.operator or column.site.organ),
        _("“%(column)s”栏目收到待发布文章：%(title)s"),
        f"/articles/{article.pk}/",
        params={"title": title, "column": column.name},
    )
    return article
