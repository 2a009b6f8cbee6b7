"""The verbs of a seal's life, and its use."""

from datetime import date, datetime, time, timedelta

from django.conf import settings

from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals.keys import network_keys
from zhengtong.papers.sealing import Press, SealGrant, authority

from . import queries, rules
from .models import Event, Stamp, Use


@action
def apply(organ: Organ, kind: str, name: str, why: str, by: Person | None) -> Stamp:
    """申请: the organ's secretary asks for a seal; an organ has one statutory seal at a time."""
    if by is not None and not queries.may(by, "secretary", organ):
        raise Refused(_("只能为本机关申请印章"))
    if kind not in rules.KINDS:
        raise Refused(_("请选择印章类型"), field="kind")
    if not name.strip():
        raise Refused(_("请写印文"), field="name")
    if kind == rules.Kind.STATUTORY and name.strip() != organ.name:
        raise Refused(_("法定名称章的印文须是机关全称“%(name)s”"), field="name", name=organ.name)
    standing = Stamp.objects.filter(organ=organ, kind=rules.Kind.STATUTORY.value).exclude(state__in=rules.ENDED)
    if kind == rules.Kind.STATUTORY and standing.exists():
        raise Refused(_("%(organ)s已有法定名称章，须先注销旧章"), field="kind", organ=organ.name)
    number = take("印章", "", clock.today().year)
    stamp = Stamp.objects.create(
        code=f"YZ{clock.today().year}-{number:05d}", organ=organ, kind=kind, name=name.strip(), why=why.strip(), changed_at=clock.now()
    )
    _write(stamp, by, "apply", why)
    return stamp


def act(verb: str, code: str, by: Person, pin: str, note: str = "") -> Stamp:
    """One step of a seal's life, confirmed by the key's PIN."""
    confirm(by.account, pin)
    return advance(verb, code, by, note)


@action
def advance(verb: str, code: str, by: Person | None, note: str = "") -> Stamp:
    """The step itself (`rules.STEPS`); `by` is None only when the demo plants its seals."""
    stamp = Stamp.objects.select_for_update(of=("self",)).select_related("organ").get(code=code)
    row = rules.step(verb)
    if no := rules.step_objection(verb, stamp.state):
        raise Refused(no)
    if by is not None and not queries.may(by, row.role, stamp.organ):
        raise Refused(_("这一步不由您办理"))
    if row.reason and not note.strip():
        raise Refused(_("请写明理由"), field="note")
    if verb == "make":
        _make(stamp)
    if verb == "file":
        stamp.filing = note.strip() or f"{stamp.organ.code}-{stamp.code}"
    if verb == "activate":
        stamp.keeper = by
    if verb == "cancel":
        stamp.locked = b""  # what is cancelled can never seal again
    stamp.state, stamp.changed_at = row.target.value, clock.now()
    stamp.save()
    _write(stamp, by, verb, note)
    return stamp


def _make(stamp: Stamp) -> None:
    """制作: the key, wrapped to this network's own; the seal and the key's certificate by the installation's authority."""
    maker = authority.authority(settings.KEYS / "seals", clock.now(), make=settings.MODE == "demo")
    if maker is None:
        raise Refused(_("本网还没有制章机构的密钥和证书，不能制作印章"))
    private = seals.generate()
    stamp.begins = clock.today()
    stamp.ends = rules.expiry(stamp.begins)
    since, until = (datetime.combine(day, time(), clock.ZONE) for day in (stamp.begins, stamp.ends + timedelta(days=1)))
    grant = maker.grant(stamp.code, stamp.name, seals.public_of(private), since, until)
    stamp.public, stamp.certificate, stamp.seal = seals.public_of(private).hex(), grant.certificate, grant.seal
    stamp.locked = seals.encrypt(seals.public_of(network_keys().decryption), private)


@action
def hand_over(code: str, by: Person, to: Person) -> Stamp:
    """移交: the keeper hands the seal to another keeper of the same organ."""
    stamp = Stamp.objects.select_for_update(of=("self",)).select_related("organ", "keeper").get(code=code)
    if stamp.keeper_id != by.pk:
        raise Refused(_("印章只能由现保管人移交"))
    if not queries.may(to, "seal_keeper", stamp.organ):
        raise Refused(_("%(name)s不是本机关的印章保管人"), field="to", name=to.name)
    stamp.keeper, stamp.changed_at = to, clock.now()
    stamp.save(update_fields=["keeper", "changed_at"])
    _write(stamp, by, "hand_over", to.name)
    return stamp


def take_out(organ: Organ, by: Person, on: date | None = None) -> Press:
    """The organ's statutory seal, if it may be used today by this keeper; looked at before every use."""
    stamp = Stamp.objects.filter(organ=organ, kind=rules.Kind.STATUTORY.value).exclude(state__in=rules.ENDED).first()
    if stamp is None:
        raise Refused(_("%(organ)s还没有启用的电子印章，不能用印"), organ=organ.name)
    if no := rules.use_objection(stamp.state, stamp.begins, stamp.ends, on or clock.today()):
        raise Refused(no)
    if stamp.keeper_id != by.pk:
        raise Refused(_("用印须由印章保管人办理，现保管人不是您"))
    private = seals.decrypt(network_keys().decryption, bytes(stamp.locked))
    return Press(stamp.code, SealGrant(bytes(stamp.seal), bytes(stamp.certificate)), private)


@action
def use(press: Press, by: Person, *, paper: str, title: str, number: str, pdf: bytes, ofd: bytes) -> Use:
    """用印登记: the sealed page enters the log, its PDF signed by the same key so that it can be told from any other."""
    stamp = Stamp.objects.select_related("organ").get(code=press.code)
    signature = seals.sign(press.private, pdf).hex()
    used = Use.objects.create(
        stamp=stamp, paper=paper, title=title, number=number, digest=seals.sm3(ofd), signature=signature, by=by, at=clock.now()
    )
    record(by, "stamps.use", stamp, {"paper": paper, "number": number, "digest": used.digest}, organ=stamp.organ.code)
    return used


def _write(stamp: Stamp, by: Person | None, verb: str, note: str) -> None:
    Event.objects.create(stamp=stamp, state=stamp.state, by=by, at=clock.now(), note=note.strip())
    record(by, f"stamps.{verb}", stamp, {"note": note.strip()} if note.strip() else {}, organ=stamp.organ.code)
