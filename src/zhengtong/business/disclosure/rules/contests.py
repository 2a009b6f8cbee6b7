"""Reviews and lawsuits over an answer, with the organ's own limits (行政复议法; 行政诉讼法; 法释〔2025〕8号)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import gettext_noop as _


class Path(StrEnum):
    REVIEW = "review"
    SIMPLE = "review_simple"
    DIRECT = "suit_direct"
    AFTER = "suit_after"


@dataclass(frozen=True, slots=True)
class Way:
    """Where an answer is contested, the clock of the organ's reply, and the block of the annual report's fourth table."""

    label: str
    limit: str
    block: str


# fmt: off
PATHS: Mapping[Path, Way] = {
    Path.REVIEW: Way(_("行政复议"),                 "disclosure.review",        "review"),
    Path.SIMPLE: Way(_("行政复议（简易程序）"),     "disclosure.review_simple", "review"),
    Path.DIRECT: Way(_("行政诉讼（未经复议）"),     "disclosure.lawsuit",       "direct"),
    Path.AFTER:  Way(_("行政诉讼（复议后）"),       "disclosure.lawsuit",       "after"),
}
RESULTS = {"upheld": _("结果维持"), "corrected": _("结果纠正"), "other": _("其他结果"), "pending": _("尚未审结")}
# fmt: on
PATH_LABELS = {path: way.label for path, way in PATHS.items()}
AGAIN = "disclosure.again"  # a judgment that orders disclosure is carried out within 20 working days
