"""Some prints of the demo county's notice, so that the register has something to show."""

from django.conf import settings

from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.documents import queries as documents

from . import actions, queries, rules
from .models import Print


def plant() -> str:
    """Plant once, through the actions; nothing was issued on the classified network."""
    if settings.CLASSIFIED or Print.objects.exists():
        return "nothing to add"
    cast = {row["username"]: Person.objects.get(code=row["person"]) for row in samples()}
    by = cast["tang.xiao"]
    document = documents.visible(by).filter(pdf__isnull=False).order_by("pk").first()
    if document is None:
        return "nothing to add"
    meeting = actions.register(rules.Thing.PAGE.value, document.code, by, 12, "县长办公会各成员", "上会讨论")
    actions.register(rules.Thing.SHEET.value, document.code, by, 1, "县政府办公室", "存档")
    actions.end(meeting.pk, by, rules.Fate.RETURNED.value, 8, note="散会时当场收回")
    if colleague := queries.witnesses(by, meeting.organ).first():
        actions.end(meeting.pk, by, rules.Fate.DESTROYED.value, 2, colleague, "草拟意见写在页边，按规定销毁")
    return "two prints"
