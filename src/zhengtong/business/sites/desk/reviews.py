"""三审: a reader passes the draft that he saw, or returns it with his reason; a later edit is a new draft and begins anew."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from zhengtong.business.sites import actions, queries, rules
from zhengtong.business.sites.rules import review
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .models import Article, ReadStep
from .queries import WAITING, filtered


def waits_for(article: Article) -> review.Reading | None:
    """The step before the last one that the newest draft waits for; None when it may be published, was returned, or is public."""
    if article.live and not article.has_unpublished_changes:
        return None
    rows = article.of_newest()
    if any(row.outcome == ReadStep.RETURNED for row in rows):
        return None
    return review.waiting(article.column.site.review, [row.step for row in rows], bool(article.origin))


def returned(article: Article) -> ReadStep | None:
    """The return that the newest draft has not answered yet."""
    return next((row for row in article.of_newest() if row.outcome == ReadStep.RETURNED), None)


def may_read(article: Article, person: Person) -> review.Reading | None:
    """The step that this person may take on the newest draft; None when it is not his turn."""
    step = waits_for(article)
    if step is None or not queries.columns_for(person, rules.Role(step.role)).filter(pk=article.column_id).exists():
        return None
    return None if review.reader_objection(person.code, article.authors(), article.readers()) else step


def to_read(person: Person) -> QuerySet[Article]:
    """Articles whose newest draft waits for a step that the person's posts let him take."""
    found = Article.objects.none()
    for step in (review.FIRST, review.AGAIN):
        columns = list(queries.columns_for(person, rules.Role(step.role)).values_list("pk", flat=True))
        if not columns:
            continue
        schemes = [code for code, (_name, steps) in review.SCHEMES.items() if step in steps]
        rows = ReadStep.objects.filter(article=OuterRef("pk"), revision=OuterRef("latest_revision_id"))
        asked = filtered(Article.objects.filter(column__in=columns, column__site__review__in=schemes, origin=""), state=WAITING)
        asked = asked.exclude(Exists(rows.filter(outcome=ReadStep.RETURNED))).exclude(Exists(rows.filter(step=step.code)))
        if step is review.AGAIN:
            asked = asked.filter(Exists(rows.filter(step=review.FIRST.code)))
        found = found | asked
    return found


def _taking(article: Article, by: Account, seen: str) -> tuple[Article, review.Reading]:
    """The locked article and the step that is due, for one who may take it."""
    locked = Article.objects.select_for_update(of=("self",)).select_related("column__site__main").get(pk=article.pk)
    if seen != str(locked.latest_revision_id or ""):
        raise Refused(_("文章刚被他人修改，请看过新稿再审核"))
    step = waits_for(locked)
    if step is None:
        raise Refused(_("这篇稿件现在不等审核"))
    actions.require(by, rules.Role(step.role), locked.column)
    if no := review.reader_objection(by.code, locked.authors(), locked.readers()):
        raise Refused(no)
    return locked, step


def _note(article: Article, step: review.Reading, by: Account, outcome: str, opinion: str) -> ReadStep:
    row = ReadStep.objects.create(
        article=article, revision=article.latest_revision_id, step=step.code, outcome=outcome, opinion=opinion.strip(),
        by=by.code, name=by.name, at=clock.now(),
    )  # fmt: skip
    told = {"title": article.newest().title, "step": step.name, "revision": article.latest_revision_id, "opinion": opinion.strip()}
    record(by, "sites.pass" if outcome == ReadStep.PASSED else "sites.return", article, told)
    return row


@action
def pass_on(article: Article, by: Account, seen: str, opinion: str = "") -> ReadStep:
    """通过: the draft goes to the next reader."""
    locked, step = _taking(article, by, seen)
    return _note(locked, step, by, ReadStep.PASSED, opinion)


@action
def send_back(article: Article, by: Account, seen: str, reason: str) -> ReadStep:
    """退回 with the reason, told to those who wrote the draft."""
    locked, step = _taking(article, by, seen)
    if not reason.strip():
        raise Refused(_("请写明退回的原因"), field="opinion")
    row = _note(locked, step, by, ReadStep.RETURNED, reason)
    _tell(locked.authors(), locked, reason.strip())
    return row


def _tell(authors: Iterable[str], article: Article, reason: str) -> None:
    for person in Person.objects.filter(code__in=authors):
        notify(
            person, _("稿件被退回：%(title)s（%(reason)s）"), f"/articles/{article.pk}/",
            params={"title": article.newest().title, "reason": reason},
        )  # fmt: skip
