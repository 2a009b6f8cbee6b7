"""Changing items."""

from collections.abc import Mapping, Sequence

from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.forms.rules import fields_of, materials_of
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import rules
from .models import Examiner, Item


@action
def save(
    values: Mapping[str, object], organ: Organ, window: Organ, examiners: Sequence[tuple[Organ, str]], by: object, *,
    version: int | None = None,
) -> Item:  # fmt: skip
    """Create or change an item by its code; a published one stays published only with a whole guide.

    `version` is the one that the person saw: a stale one is refused, 0 means that the code must be new.
    """
    if no := rules.promise_objection(int(str(values["promised_days"])), int(str(values["statutory_days"]))):
        raise Refused(no)
    try:
        fields_of(values.get("fields", []))  # type: ignore[arg-type]
        materials_of(values.get("materials", []))  # type: ignore[arg-type]
    except ValueError as error:
        raise Refused(_("表单定义有误：%(error)s"), error=str(error)) from error
    if no := next(iter(rules.form_objections(values.get("fields", []), values.get("materials", []))), None):  # type: ignore[arg-type]
        raise Refused(no)
    rest = {k: v for k, v in values.items() if k != "code"}
    now = Item.objects.select_for_update().filter(code=values["code"]).values_list("version", flat=True).first() or 0
    if version is not None and version != now:
        used = Objection(_("编码已被使用"), field="code")
        raise Refused(used if version == 0 else Objection(_("您打开之后别人改过，请对照后再保存"), code="stale"))
    item, created = Item.objects.update_or_create(
        code=values["code"], defaults={**rest, "organ": organ, "window": window, "version": now + 1}
    )
    if item.published and (no := next(iter(rules.guide_objections(rest | {"name": item.name})), None)):
        raise Refused(no)
    Examiner.objects.filter(item=item).delete()
    Examiner.objects.bulk_create(Examiner(item=item, organ=o, task=task, order=n) for n, (o, task) in enumerate(examiners))
    record(by, "items.create" if created else "items.change", item)
    return item


@action
def publish(code: str, by: object) -> Item:
    """Show an item on the portal; refused while its guide lacks a key element."""
    item = Item.objects.select_for_update().get(code=code)
    if no := next(iter(rules.guide_objections({key: getattr(item, key) for key in rules.ELEMENTS})), None):
        raise Refused(no)
    item.published = True
    item.save(update_fields=["published"])
    record(by, "items.publish", item)
    return item


@action
def withdraw(code: str, by: object, reason: str) -> Item:
    """停止受理: the item leaves the portal; cases already handed in go on."""
    if not reason.strip():
        raise Refused(_("请写明停止受理的原因"), field="reason")
    item = Item.objects.select_for_update().get(code=code)
    item.published = False
    item.save(update_fields=["published"])
    record(by, "items.withdraw", item, {"reason": reason.strip()})
    return item
