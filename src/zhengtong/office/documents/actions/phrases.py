"""What an organ keeps ready for its drafters: templates and stock phrases, kept by its secretaries."""

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.models import Phrase
from zhengtong.office.documents.rules import kinds

KEEPER = "secretary"


@action
def keep_phrase(by: Person, name: str, text: str, *, kind: str = "", whole: bool = False) -> Phrase:
    """Write a template (`whole`) or a stock phrase down for one's own organ; the same name replaces it."""
    organ = kept_by(by)
    if kind and kind not in kinds.KINDS:
        raise Refused(_("请选择文种"), field="kind")
    if not name.strip() or not text.strip():
        raise Refused(_("名称和内容都要写"), field="name")
    wanted = {"text": text.strip(), "kind": kind, "whole": whole, "by": by, "at": clock.now()}
    found, _new = Phrase.objects.update_or_create(organ=organ, name=name.strip(), defaults=wanted)
    record(by, "documents.keep_phrase", found, {"name": found.name, "whole": whole}, organ=organ.code)
    return found


@action
def drop_phrase(by: Person, key: int) -> None:
    """Take a template or phrase of one's own organ away; documents made from it stay as they are."""
    organ = kept_by(by)
    found = Phrase.objects.filter(pk=key, organ=organ).first()
    if found is None:
        raise Refused(_("没有这条模板或常用语"))
    record(by, "documents.drop_phrase", found, {"name": found.name}, organ=organ.code)
    found.delete()


def kept_by(by: Person) -> Organ:
    """The organ whose templates, phrases and groups this person keeps."""
    organ = by.organ
    if organ is None or not accounts.holds(by, KEEPER):
        raise Refused(_("模板、常用语和主送分组由本机关的机要秘书维护"))
    return organ
