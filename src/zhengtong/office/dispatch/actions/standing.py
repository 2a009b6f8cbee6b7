"""撤销、废止、替代、修改 (第三十三条): which document ends which, told to everybody who had received the old one."""

from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.orgs.rules import Kind as OrganKind
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.dispatch import queries
from zhengtong.office.dispatch.models import Dispatch, Effect, Receipt
from zhengtong.office.dispatch.rules import standing

from .giving import _sent


@action
def affect(later: int, by: Person, number: str, kind: str, since: date | None = None, note: str = "") -> Effect:
    """登记效力: this document amends, supersedes, repeals or annuls the one of that number.

    撤销 counts from the day of the old document whatever is written; the others from `since`, by default this document's day.
    """
    new = _sent(later, by)
    old = Dispatch.objects.select_related("sender").filter(number=number.strip(), secrecy="").order_by("pk").first()
    if old is None or not (old.pk == new.pk or queries.reaches(new, old)):
        raise Refused(_("没有找到文号为“%(number)s”的文件"), field="number", number=number.strip())
    issued = old.sent_at.astimezone(clock.ZONE).date()
    row = standing.EFFECTS.get(standing.Kind(kind)) if kind in set(standing.Kind) else None
    day = issued if row and row.backdated else since or new.sent_at.astimezone(clock.ZONE).date()
    relation = orgs.relation(old.sender, new.sender)
    same = old.sender_id == new.sender_id
    if no := standing.effect_objection(kind, day, issued, same, relation, OrganKind(new.sender.kind), old.pk == new.pk):
        raise Refused(no)
    if Effect.objects.filter(later=new, earlier=old).exists():
        raise Refused(_("这一效力已登记过"))
    effect = Effect.objects.create(later=new, earlier=old, kind=kind, since=day, note=note.strip(), by=by, at=clock.now())
    told = {"old": old.number, "number": new.number, "since": day.isoformat()}
    for copy in Receipt.objects.filter(dispatch=old, state__in=["waiting", "signed"]).select_related("organ"):
        people = queries.receivers(copy.organ)
        notify(people, _TOLD[standing.Kind(kind)], f"/received/{copy.pk}/", f"effect:{effect.pk}", told)
    record(by, "dispatch.affect", old, {"by": new.number, "kind": kind, "since": day.isoformat(), "note": effect.note})
    return effect


_TOLD = {
    standing.Kind.AMEND: _("%(old)s部分内容已由%(number)s修改"),
    standing.Kind.SUPERSEDE: _("%(old)s已由%(number)s替代，自%(since)s起失效"),
    standing.Kind.REPEAL: _("%(old)s已由%(number)s废止，自%(since)s起失效"),
    standing.Kind.ANNUL: _("%(old)s已由%(number)s撤销，自始无效"),
}
