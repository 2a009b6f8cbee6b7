"""The verbs of the website cluster: publish and withdraw an article, and what becomes of a release."""

from django.utils.translation import gettext

from zhengtong.business.sites import queries, rules
from zhengtong.business.sites.digest import content_digest
from zhengtong.business.sites.models import ArticleRow, Column, Release, Site
from zhengtong.business.sites.rules import checks
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


def person_of(by: object) -> Person | None:
    """The person who acts, whether given as an account or as the person."""
    return getattr(by, "person", None) or (by if isinstance(by, Person) else None)


def require(by: object, role: rules.Role, column: Column) -> None:
    """Refuse who does not hold the role, or not in an organ that runs the site or owns the column."""
    person = person_of(by)
    if person is None or not accounts.holds(person, role.value):
        raise Refused(rules.ROLE_NEEDED[role])
    if not queries.columns_for(person, role).filter(pk=column.pk).exists():
        raise Refused(_("“%(column)s”不是本单位负责的栏目"), column=column.name)


def _step(verb: str, article: ArticleRow) -> rules.Step:
    step = rules.step(verb, article.state)
    if step is None:
        raise Refused(_("%(state)s的文章不能这样处理"), state=str(article.get_state_display()))
    return step


def require_publishable(article: ArticleRow, by: object, reserve: str = "") -> rules.Step:
    """Refuse to publish by who may not, from a state that can't, with something missing, or with an error that nobody answers for."""
    step = _step("publish", article)
    require(by, step.role, article.column)
    objections = rules.publish_objections(
        article.title, article.source, article.body, len(article.attachments), rules.words(article.keywords)
    )
    objections += queries.lacking(article)
    if objections:
        raise Refused(objections[0])
    if (wrong := checks.errors(queries.findings(article))) and not reserve.strip():
        told = {"errors": "、".join(gettext(label) for label in wrong)}
        raise Refused(_("发布前检查还有错误（%(errors)s），请改正，或者写明不改正的理由"), field="reserve", **told)
    return step


@action
def publish(article: ArticleRow, by: object, reserve: str = "") -> None:
    """发布: what stands in the locked row goes out with the next release (发展指引 五（一）).

    The address is given once, at the first publishing, and stays: a published address must not change. `reserve` is the reason for
    leaving what the check finds; it stands in the entry with what was left.
    """
    step = require_publishable(article, by, reserve)
    site = article.column.site
    article.published_at = article.published_at or clock.now()
    if not article.public_path:
        year = article.published_at.astimezone(clock.ZONE).year
        article.public_path = f"{article.column.path}/{year}/{take('article', site.code, year)}"
    if article.number and not article.index_number:
        article.index_number = _index_number(site, article.published_at.astimezone(clock.ZONE).year)
    article.state, article.withdrawn_because = step.target.value, ""
    article.digest = content_digest(article)
    article.save(update_fields=["published_at", "public_path", "index_number", "state", "withdrawn_because", "digest"])
    site.has_news()
    told: dict[str, object] = {
        "title": article.title,
        "path": f"/{article.public_path}/",
        "digest": article.digest,
        "column": article.column.path,
    }
    if left := sorted({one.check.code for one in queries.findings(article) if one.blocks}):
        told |= {"left": left, "reason": reserve.strip()}
    record(by, "sites.publish", article, told)


def _index_number(site: Site, year: int) -> str:
    """索引号 of a disclosed document: the organ, the year, five digits (公开目录; sheet §1.9)."""
    organ = Organ.objects.filter(code=site.organ).values_list("credit_code", flat=True).first()
    return f"{organ or site.organ}/{year}-{take('index', site.code, year):05d}"


@action
def withdraw(article: ArticleRow, by: object, reason: str, verb: str = "withdraw") -> None:
    """撤下: the article leaves the site with the next release; the reason is kept.

    `pull` is the emergency: whoever writes or reads in the column takes it down at once, and the publishers are told.
    """
    step = _step(verb, article)
    require(by, step.role, article.column)
    if not reason.strip():
        raise Refused(_("请写明撤下的原因"), field="reason")
    article.state, article.withdrawn_because = step.target.value, reason.strip()
    article.save(update_fields=["state", "withdrawn_because"])
    article.column.site.has_news()
    record(by, f"sites.{verb}", article, {"title": article.title, "reason": reason.strip()})
    if verb == "pull":
        site = article.column.site
        notify(
            (rules.Role.PUBLISHER.value, site.head.organ),
            _("紧急撤下：%(title)s（%(reason)s）"),
            f"/articles/{article.pk}/",
            params={"title": article.title, "reason": reason.strip()},
        )


@action
def note_release_state(release: Release, state: str, reason: str = "") -> None:
    """The portal's answer: it serves the release, or refused it and why."""
    release.state, release.reason = state, reason[:300]
    release.save(update_fields=["state", "reason"])
    record(None, f"sites.release_{state}", release, {"release": release.code, "reason": reason[:300]}, organ=release.site.organ)
