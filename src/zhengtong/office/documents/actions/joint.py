"""Who issues a document together with the lead organ (第十七条): named by the drafter, void together."""

from collections.abc import Sequence

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.orgs.rules import Kind, rung
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.models import Document, Issuer
from zhengtong.office.documents.queries import joint as queries
from zhengtong.office.documents.rules import joint

VOIDED = ("signed_by", "signed_at", "signature")


def objection(kind: str, lead: Organ, codes: Sequence[str], mark: str, *, shared: bool, complete: bool) -> Objection | None:
    """What stands against issuing together; whether each can sign and seal at all only when the draft claims to be complete."""
    others = [orgs.organ(code) for code in codes]
    found = joint.objection(kind, body(lead, lead), [body(lead, one) for one in others], mark, shared=shared)
    if found or not complete:
        return found
    for one in others:
        if not accounts.people_with("principal_head", one):
            return Objection(_("%(name)s没有可以签发的主要负责人，请先由安全保密管理员授予职责"), {"name": one.name}, field="issuers")
        if not accounts.people_with("seal_keeper", queries.keeping(one)):
            return Objection(_("%(name)s没有印章保管人，请先由安全保密管理员授予职责"), {"name": one.name}, field="issuers")
    return None


def body(lead: Organ, one: Organ) -> joint.Body:
    """An organ as the rules of joint documents see it."""
    return joint.Body(one.name, rung(one.kind, one.level), Kind(orgs.system(one).kind), orgs.relation(lead, one))


def name_issuers(document: Document, codes: Sequence[str]) -> None:
    """The co-issuers in the drafter's order; who is named as before keeps his row."""
    if codes == tuple(document.issuers.values_list("organ__code", flat=True)):
        return
    document.issuers.all().delete()
    organs = {o.code: o for o in Organ.objects.filter(code__in=codes)}
    Issuer.objects.bulk_create(Issuer(document=document, order=n, organ=organs[code]) for n, code in enumerate(codes, start=1))


def signers(document: Document) -> list[Person]:
    """Whose signatures stand on it now, in the issuers' order."""
    found = [document.signed_by, *(one.signed_by for one in document.issuers.select_related("signed_by"))]
    return list(dict.fromkeys(person for person in found if person))


def void(document: Document, signed: Sequence[Person]) -> None:
    """Take every organ's signature away; the caller saves the document. The co-issuers' heads among `signed` are told."""
    lead = document.signed_by
    document.signed_by = document.signed_at = document.signature = None
    document.issuers.update(signed_by=None, signed_at=None, signature=None)
    for person in signed:
        if person != lead:
            notify(
                person, _("《%(title)s》有改动，您的签发已失效，改好后重新送您签发"), link=f"/documents/{document.code}/",
                subject=document.code, params={"title": document.title},
            )  # fmt: skip
