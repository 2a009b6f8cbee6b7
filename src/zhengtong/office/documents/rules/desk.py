"""The writing desk: how long somebody counts as present, and how long a paper may be."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from zhengtong.foundation.refusal import gettext_noop as _

from .kinds import KINDS, Main

PRESENT = timedelta(seconds=90)  # three missed signs of life

# How long a document may be, in characters: the General Office's rules on relieving the grassroots (2024) hold policy
# papers below 5,000 and ask for short ones in everything else (整治形式主义为基层减负若干规定 一).
LIMIT = 5000


def present(seen_at: datetime, now: datetime) -> bool:
    """Whether somebody last seen then is still at the draft."""
    return now - seen_at < PRESENT


# fmt: off
WANTED = (
    #  field          what is still to be written
    ("title",      _("标题")),
    ("recipients", _("主送机关")),
    ("text",       _("正文")),
)
# fmt: on


def unwritten(kind: str, title: str, recipients: Sequence[str], text: str) -> list[str]:
    """What a draft still lacks before anything can be said of it; a kind without main recipients lacks none."""
    addressed = kind in KINDS and KINDS[kind].main in (Main.NONE, Main.OPTIONAL)
    written = {"title": bool(title.strip()), "recipients": bool(recipients) or addressed, "text": bool(text.strip())}
    return [said for field, said in WANTED if not written[field]]


ALIKE, DOUBLE = 0.3, 0.75  # shares of common pieces from which a title is shown as similar, and as likely the same matter
COMMON = ("关于", "通知", "意见", "报告", "请示", "印发", "做好", "工作", "进一步")


def pieces(title: str, organ: str = "") -> frozenset[str]:
    """The two-character pieces of what a title is about; the issuer and the words of every title don't count."""
    text = "".join(title.split()).removeprefix(organ)
    for word in COMMON:
        text = text.replace(word, "　")
    return frozenset(text[n : n + 2] for n in range(len(text) - 1) if "　" not in text[n : n + 2])


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of common pieces among all of both."""
    return len(one & other) / len(one | other) if one | other else 0.0
