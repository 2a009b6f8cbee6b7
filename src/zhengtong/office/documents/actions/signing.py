"""签发 (第二十二条): the head's approval is a signature over the digest of the exact content."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts.actions import confirm, sign_with_personal_key
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import body

from .desk import in_hand, move

P = ParamSpec("P")


def official(
    verb: Callable[Concatenate[str, Person, P], Document],
) -> Callable[Concatenate[str, Person, str, P], Document]:
    """An official act is confirmed by the PIN of the personal key (design §3b.14).

    The PIN is proved before the act's transaction begins, so that a wrong one is counted even though the act fails.
    """

    @wraps(verb)
    def run(code: str, by: Person, pin: str, /, *args: P.args, **kwargs: P.kwargs) -> Document:
        confirm(by.account, pin)
        return verb(code, by, *args, **kwargs)

    return run


@action
def sign(code: str, by: Person, pin: str, opinion: str = "", *, seen: str = "") -> Document:
    """签发 (第二十二条): the principal head signs the digest with his own key; for a classified document this decides its level.

    `seen` is the digest of the page that the signer had before his eyes; nothing else is ever signed.
    """
    document, line = in_hand("sign", code, by)
    for asked in document.consultations.select_related("organ"):
        if asked.unsettled:
            raise Refused(_("%(organ)s不同意，尚未协调一致，不能签发"), organ=asked.organ.name)
    exact = body.digest(document.content())
    if exact != document.content_digest:
        raise Refused(_("文件内容与保存时的摘要不符，不能签发"))
    if seen and seen != exact:
        raise Refused(Objection(_("您打开之后内容有改动，请看过最新的版面再签发"), code="stale"))
    document.signature = {**sign_with_personal_key(by.account, pin, bytes.fromhex(exact)), "digest": exact, "by": by.code}
    document.signed_by, document.signed_at = by, clock.now()
    said = opinion.strip() or "同意"  # a bare signature counts as consent (圈阅视为同意, 第二十二条)
    slips.complete(line, by, "agree", said, verb="documents.sign", target=document, detail={"digest": exact})
    move("sign", document, "signature", "signed_by", "signed_at")
    return document


def verify(document: Document) -> None:
    """Refuse to go on with a document whose content is not exactly what was signed (第二十五条（一）)."""
    signature = document.signature
    if not signature:
        raise Refused(_("文件没有有效签发"))
    exact = body.digest(document.content())
    if exact != signature["digest"] or not seals.verify(
        bytes.fromhex(signature["public_key"]), bytes.fromhex(exact), bytes.fromhex(signature["signature"])
    ):
        raise Refused(_("文件内容与签发时不一致，签发无效，须送原签发人复审"))
