"""The table of state marks: each state has a word, a tone and a sign, so that colour never speaks alone.

Tones: plain, blue (in hand), amber (soon late), yellow and red (cards of the clock), ink (done), void (ended without effect).
A room whose states are not here passes `label`, `tone` and `icon` to `<c-badge>` itself.
"""

from typing import NamedTuple

from zhengtong.foundation.refusal import gettext_noop as _


class Mark(NamedTuple):
    """How a state is shown."""

    word: str
    tone: str
    icon: str


# fmt: off
MARKS = {
    # the clock (时限状态)
    "normal":    Mark(_("正常"),   "plain",  "clock"),
    "warning":   Mark(_("将到期"), "amber",  "hourglass"),
    "yellow":    Mark(_("黄牌"),   "yellow", "flag"),
    "red":       Mark(_("红牌"),   "red",    "alert-triangle"),
    "stopped":   Mark(_("已停计"), "plain",  "player-pause"),
    "finished":  Mark(_("已办结"), "ink",    "check"),
    # the handling slip (办理单)
    "waiting":   Mark(_("未到"),   "plain",  "circle-dotted"),
    "open":      Mark(_("办理中"), "blue",   "circle-dot"),
    "done":      Mark(_("已办"),   "ink",    "check"),
    "returned":  Mark(_("已退回"), "amber",  "arrow-back-up"),
    "void":      Mark(_("作废"),   "void",   "ban"),
    # papers and articles
    "draft":     Mark(_("草稿"),   "plain",  "pencil"),
    "review":    Mark(_("审核中"), "blue",   "circle-dot"),
    "signed":    Mark(_("已签发"), "ink",    "signature"),
    "numbered":  Mark(_("已登记"), "ink",    "hash"),
    "issued":    Mark(_("已印发"), "ink",    "send"),
    "archived":  Mark(_("已归档"), "ink",    "archive"),
    "released":  Mark(_("已公开"), "ink",    "world"),
    "published": Mark(_("已发布"), "ink",    "world"),
    "withdrawn": Mark(_("已撤下"), "void",   "ban"),
    # cases and packages
    "received":  Mark(_("已收件"), "plain",  "inbox"),
    "accepted":  Mark(_("已受理"), "blue",   "circle-dot"),
    "refused":   Mark(_("不予受理"), "void", "ban"),
    "completion": Mark(_("待补正"), "amber", "arrow-back-up"),
    "decided":   Mark(_("已办结"), "ink",    "check"),
    "sent":      Mark(_("已发出"), "blue",   "send"),
    "signed_for": Mark(_("已签收"), "ink",   "check"),
    "late":      Mark(_("逾期"),   "red",    "alert-triangle"),
    "urged":     Mark(_("已催办"), "amber",  "bell"),
    "failed":    Mark(_("失败"),   "red",    "alert-triangle"),
}
# fmt: on

UNKNOWN = Mark("", "plain", "circle")
