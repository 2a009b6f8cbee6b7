"""Printing and the end of what was printed; each one transaction and one audit entry."""

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import queries, rules
from .models import Ending, Print


@action
def register(thing: str, paper: str, by: Person, copies: int, receiver: str, reason: str) -> Print:
    """打印登记: only what one may see, in the name of one's own organ (第三十二条)."""
    if queries.named(by, thing, [paper]).get(paper) is None:
        raise Refused(_("没有这份文件"))
    if by.organ is None:
        raise Refused(_("没有任职的人员不能登记打印"))
    if no := rules.print_objection(copies, receiver, reason):
        raise Refused(no)
    made = Print.objects.create(
        organ=by.organ, thing=thing, paper=paper, copies=copies, receiver=receiver.strip(), reason=reason.strip(), by=by, at=clock.now()
    )
    record(by, "prints.register", made, {"thing": thing, "paper": paper, "copies": copies, "receiver": made.receiver}, organ=by.organ.code)
    return made


@action
def end(key: int, by: Person, fate: str, copies: int, witness: Person | None = None, note: str = "") -> Ending:
    """收回、销毁: the secretary of the organ that printed accounts for copies; destroying takes two (第三十四、三十五条)."""
    printed = queries.kept_by(by).select_for_update(of=("self",)).filter(pk=key).first()
    if printed is None:
        raise Refused(_("只有打印机关的秘书可以登记收回和销毁"))
    there = witness is not None and witness.pk != by.pk
    if no := rules.end_objection(fate, copies, queries.left(printed), witnessed=there):
        raise Refused(no)
    if witness is not None and witness.organ != printed.organ:
        raise Refused(_("监销人须是本机关人员"), field="witness")
    made = Ending.objects.create(
        printed=printed, fate=fate, copies=copies, by=by, witness=witness if there else None, note=note.strip(), at=clock.now()
    )
    told = {"fate": fate, "copies": copies, "witness": witness.code if made.witness and witness else "", "note": made.note}
    record(by, "prints.end", printed, told, organ=printed.organ.code)
    return made
