"""An organ's desk for disclosure: its guide (公开指南), its seal, and what the portal may know of it."""

import json
from collections.abc import Mapping
from datetime import datetime, time

from django.conf import settings

from zhengtong.business.disclosure.handling import require
from zhengtong.business.disclosure.models import Desk
from zhengtong.business.disclosure.rules import receipt, steps
from zhengtong.ferry.actions import send
from zhengtong.foundation import clock, seals
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals.keys import network_keys
from zhengtong.papers.sealing import authority

FIELDS = ("unit", "address", "hours", "phone", "fax", "email", "classes", "review", "court", "account")
MUST = ("unit", "address", "hours", "phone", "classes", "review", "court")
LASTS = 10  # years


@action
def open_desk(organ: Organ, values: Mapping[str, str], by: Person | None) -> Desk:
    """公开指南 (第十二条): who takes requests, where and when; the portal's form follows. `by` None: the demo plants it."""
    if by is not None:
        require(by, steps.HEAD, organ)
    for name in MUST:
        if not str(values.get(name) or "").strip():
            raise Refused(_("公开指南的这一项不能空缺（第十二条）"), field=name)
    desk, _new = Desk.objects.update_or_create(organ=organ, defaults={name: str(values.get(name) or "").strip() for name in FIELDS})
    record(by, "disclosure.open_desk", desk, {"unit": desk.unit}, organ=organ.code)
    publish_desks()
    return desk


@action
def publish_desks() -> None:
    """Tell the portal which organs take requests, with their form; the same list twice is one package."""
    desks = [guide(desk) for desk in Desk.objects.select_related("organ")]
    digest = seals.sm3(json.dumps(desks, ensure_ascii=False, sort_keys=True).encode())
    send("disclosure_desks", {"desks": desks}, {}, by=None, key=f"{clock.now().isoformat()}/{digest}")


def guide(desk: Desk) -> dict[str, object]:
    """What the portal's form is made of, and what it says of the desk."""
    return {
        "code": f"{receipt.PREFIX}{desk.organ.code}",
        "name": f"向{desk.organ.name}申请公开政府信息",
        "organ": desk.organ.name,
        "unit": desk.unit,
        "place": desk.address,
        "hours": desk.hours,
        "phone": desk.phone,
        "fax": desk.fax,
        "email": desk.email,
        "classes": desk.classes,
        "promised_days": 20,
        "fields": list(receipt.FIELDS),
        "materials": list(receipt.MATERIALS),
        "completion": list(receipt.COMPLETION),
    }


@action
def make_seal(organ: Organ, by: Person | None) -> Desk:
    """刻制政府信息公开专用章: the key is wrapped to this network's own; the certificate comes from the installation's authority."""
    if by is not None:
        require(by, steps.HEAD, organ)
    desk = Desk.objects.select_for_update(of=("self",)).select_related("organ").filter(organ=organ).first()
    if desk is None:
        raise Refused(_("请先填写公开指南"))
    if desk.public:
        raise Refused(_("专用章已经启用"))
    maker = authority.authority(settings.KEYS / "seals", clock.now(), make=settings.MODE == "demo")
    if maker is None:
        raise Refused(_("本网还没有制章机构的密钥和证书，不能制作印章"))
    private, since = seals.generate(), datetime.combine(clock.today(), time(), clock.ZONE)
    grant = maker.grant(
        f"GK-{organ.code}", organ.name, seals.public_of(private), since, since.replace(year=since.year + LASTS, day=min(since.day, 28))
    )
    desk.public, desk.seal, desk.certificate = seals.public_of(private).hex(), grant.seal, grant.certificate
    desk.locked = seals.encrypt(seals.public_of(network_keys().decryption), private)
    desk.seal_mark = authority.TEST if maker.test else ""
    desk.save()
    record(by, "disclosure.make_seal", desk, {"public": desk.public}, organ=organ.code)
    return desk
