"""What receivers did with the demo county's dispatched notice, so that figures, replies and standings have something to show."""

from datetime import timedelta

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.clock import queries as clocks
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.circulation import actions as circulation

from . import actions, queries
from .models import Call, Dispatch

COLUMNS = "值班人数|数字\n带班领导\n自查完成日期|日期"


def plant() -> str:
    """Plant once, through the actions; a second run does nothing. Nothing was dispatched on the classified network."""
    sent = Dispatch.objects.order_by("pk").first()
    if settings.CLASSIFIED or sent is None or Call.objects.exists():
        return "nothing to add"
    cast = {row["username"]: Person.objects.get(code=row["person"]) for row in samples()}
    by, town, other = cast["fang.mo"], cast["ma.tian"], cast["he.lu"]
    due = clocks.calendar().next_working(clock.today() + timedelta(days=7))
    call = actions.ask(sent.pk, by, COLUMNS, due, "请各乡镇、街道填报今冬值班安排。")
    actions.sign_for(queries.received(town).get(dispatch=sent).pk, town)
    actions.answer(call.pk, queries.answering(town, call)[0], town, ["12", "马恬然", clock.today().isoformat()])
    actions.send_back(queries.received(other).get(dispatch=sent).pk, other, "附件未随文发送，请补发。")
    circulation.circulate(
        sent.document, cast["tang.xiao"], [cast["luo.qing"].code, cast["song.yan"].code], organ=sent.sender, origin="outgoing",
        title=sent.title, number=sent.number, sheets=[(sent.pdf.sm3, f"{sent.number}.pdf")],
    )  # fmt: skip
    return "one call, one reply, one return"
