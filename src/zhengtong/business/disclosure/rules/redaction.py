"""What may be covered, and why: every mark names its ground (政府信息公开条例第十四条至第十六条、第三十七条)."""

from collections.abc import Mapping, Sequence

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from .answers import GROUNDS

SHORTEST = 2  # characters; a single one would black out half of any Chinese text
Mark = Mapping[str, object]  # {"ground", "passage"} or {"ground", "page" from 1, "box": [left, top, right, bottom] as shares of the page}


def mark_objection(mark: Mark, standing: Sequence[Mark]) -> Objection | None:
    """What is wrong with a mark, or None."""
    if mark.get("ground") not in GROUNDS:
        return Objection(_("请选择遮盖的理由"), {}, "ground")
    if "box" in mark:
        box = mark["box"]
        good = isinstance(box, list) and len(box) == 4 and 0 <= box[0] < box[2] <= 1 and 0 <= box[1] < box[3] <= 1
        return None if good else Objection(_("请在页面上点出左上角和右下角两个点"), {}, "")
    passage = "".join(str(mark.get("passage") or "").split())
    if len(passage) < SHORTEST:
        return Objection(_("要遮盖的文字至少写两个字"), {}, "passage")
    if any(passage == "".join(str(one.get("passage") or "").split()) for one in standing):
        return Objection(_("这段文字已经标过"), {}, "passage")
    return None


def passages(marks: Sequence[Mark]) -> tuple[str, ...]:
    """The strings that must not survive anywhere."""
    return tuple(str(one["passage"]) for one in marks if one.get("passage"))


def summary(name: str, marks: Sequence[Mark]) -> str:
    """The list of what was covered and why, as it stands in the letter: never the words themselves."""
    counted: dict[str, int] = {}
    for one in marks:
        counted[str(one["ground"])] = counted.get(str(one["ground"]), 0) + 1
    rows = [f"{GROUNDS[g].label}（{GROUNDS[g].article.removeprefix('政府信息公开条例 ')}）{n}项" for g, n in counted.items()]
    return f"“{name}”中遮盖的内容及理由：{'；'.join(rows)}。"
