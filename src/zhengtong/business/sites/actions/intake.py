"""Taking in the articles of an older site: as drafts, each with its own day of publication, to be read and published like any other."""

from collections.abc import Sequence
from html import escape

from zhengtong.business.sites import queries, rules, text
from zhengtong.business.sites.desk.models import Article, open_draft
from zhengtong.business.sites.models import Column, Intake, OldAddress
from zhengtong.business.sites.rules import intake
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import person_of


def judge(found: Sequence[intake.Entry], by: object) -> tuple[list[tuple[intake.Entry, Column]], list[intake.Problem]]:
    """The rows that can come with their columns, and those that can't: no column of this editor's, or here already."""
    person = person_of(by)
    columns = {column.path: column for column in queries.columns_for(person, rules.Role.EDITOR)} if person else {}
    open_now = set(queries.writable(person).values_list("path", flat=True)) if person else set()
    marks = set(Article.objects.filter(origin__in=[entry.mark for entry in found]).values_list("origin", flat=True))
    paths = set(OldAddress.objects.filter(path__in=[entry.address for entry in found if entry.address]).values_list("path", flat=True))
    good, bad = [], []
    for entry in found:
        path = entry.values["column"].strip("/")
        if path not in columns or path not in open_now:
            bad.append(_problem(entry, Objection(_("没有“%(path)s”这个栏目，或者不由您编辑"), {"path": path})))
        elif entry.mark in marks or entry.address in paths:
            bad.append(_problem(entry, Objection(_("以前已经导入过"))))
        elif not text.plain(_body(entry)):
            bad.append(_problem(entry, Objection(_("正文里没有可用的文字"))))
        else:
            good.append((entry, columns[path]))
    return good, bad


def _problem(entry: intake.Entry, objection: Objection) -> intake.Problem:
    return intake.Problem(entry.line, entry.values["title"], objection)


def _body(entry: intake.Entry) -> str:
    """The body as the desk keeps it: marked-up text cleaned, plain text in paragraphs."""
    raw = entry.values["body"]
    if "<" in raw and ">" in raw:
        return text.clean(raw)
    return "".join(f"<p>{escape(line.strip())}</p>" for line in raw.splitlines() if line.strip())


@action
def take_in(name: str, found: Sequence[intake.Entry], problems: Sequence[intake.Problem], by: object) -> Intake:
    """导入: every row that can come, as a draft with its old day; what does not come stands in the report. All at once or nothing."""
    person = person_of(by)
    if person is None or not queries.columns_for(person, rules.Role.EDITOR).exists():
        raise Refused(rules.ROLE_NEEDED[rules.Role.EDITOR])
    good, bad = judge(found, by)
    if not good:
        raise Refused(_("没有可以导入的文章"), field="file")
    made = Intake.objects.create(name=name[-200:], by=person.code, by_name=person.name, at=clock.now(), came=len(good))
    for entry, column in good:
        values = {key: entry.values.get(key, "") for key in ("title", "source", "author", "summary", "keywords", "number", "issuer")}
        article = open_draft(
            by, column=column, body=_body(entry), dated=entry.dated, validity=entry.validity, origin=entry.mark,
            published_at=entry.at.replace(tzinfo=clock.ZONE), **values,
        )  # fmt: skip
        if entry.address:
            OldAddress.objects.create(path=entry.address, article=article, intake=made)
    left = sorted([*problems, *bad], key=lambda one: one.line)
    made.left = [{"line": one.line, "title": one.title[:100], "why": str(Refused(one.objection))} for one in left]
    made.save(update_fields=["left"])
    record(
        by,
        "sites.take_in",
        made,
        {"name": made.name, "came": made.came, "left": len(left)},
        organ=person.organ.code if person.organ else "",
    )
    return made
