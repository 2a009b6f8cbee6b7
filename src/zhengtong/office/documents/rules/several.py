"""一并签发: which of the papers that wait for his signature a head may sign together, at one entry of his PIN.

第二十二条 wants his opinion, name and date on each paper and lets a circle stand for consent; it says nothing of several at once. The rows
are the county's convention: together go only papers about which nothing is left to weigh, each read by himself exactly as it stands.
"""

from dataclasses import dataclass

from zhengtong.foundation.refusal import gettext_noop as _

MOST = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a paper is signed by itself, in words beside its box."""

    code: str
    said: str
    article: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rows ask of one paper; `seen` is the digest of what he had before him, "" when he has not opened it."""

    secret: bool
    upward: bool
    important: bool
    disagreement: bool
    reserved: bool
    seen: str
    digest: str


# fmt: off
BARS = (
    Bar("secret",       _("涉密文件须逐件签发"),                       "保守国家秘密法；本县约定"),
    Bar("upward",       _("上行文须由主要负责人逐件签发"),             "第二十二条；本县约定"),
    Bar("important",    _("重要公文须由主要负责人逐件签发"),           "第二十二条；本县约定"),
    Bar("disagreement", _("会签或加签中有不同意见，须逐件签发"),       "第十六条（四）；本县约定"),
    Bar("reserved",     _("核稿时留有未改正的规则错误，须逐件签发"),   "第二十条（四）；本县约定"),
    Bar("unseen",       _("您还没有打开看过"),                         "第二十二条；本县约定"),
    Bar("changed",      _("您看过以后有改动，请再打开看"),             "第二十二条、第二十五条（一）；本县约定"),
)
# fmt: on


def holds(code: str, at: Standing) -> bool:
    """Whether a row stands against this paper."""
    match code:
        case "unseen":
            return not at.seen
        case "changed":
            return at.seen != at.digest
        case _:
            return bool(getattr(at, code))


def bar(at: Standing) -> Bar | None:
    """The first row against signing this paper together with others, or None."""
    return next((row for row in BARS if holds(row.code, at)), None)
