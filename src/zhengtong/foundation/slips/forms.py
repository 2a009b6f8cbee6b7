"""The rows of the designer as its form sends them: every row by its number, and one button that says what to do."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules import bpmn, patterns

LONGEST = patterns.LONGEST * 4  # what is too long is refused in words, not cut


class TakeIn(forms.Form):
    """导入: a file of another tool, and the draft that the person had before him."""

    file = forms.FileField(
        label=_("BPMN文件"),
        help_text=_("BPMN 2.0格式，由本系统导出，或由其他流程工具画成。"),
        widget=forms.FileInput(attrs={"accept": ".bpmn,.xml", "data-limit-mb": bpmn.MOST_BYTES // 1_000_000}),
        error_messages={"required": _("请选择要导入的文件"), "empty": _("文件是空的")},
    )
    key = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**8)


def entries(kind: patterns.Kind, given: Mapping[str, str]) -> tuple[patterns.Entry, ...]:
    """The rows in the order of the page; fields that make no sense read as empty and are refused at their row."""
    found: list[patterns.Entry] = []
    while f"row-{len(found)}-stage" in given and len(found) <= patterns.MOST_ROWS:
        at = f"row-{len(found)}-"
        stage = kind.stage(given[f"{at}stage"])
        role, unit, post = (
            who(patterns.plain(given.get(f"{at}who", ""))) if stage and not stage.fixed else (stage.roles[0] if stage else "", "", "")
        )
        days = given.get(f"{at}days", "").strip()
        found.append(
            patterns.Entry(
                patterns.plain(given[f"{at}stage"])[:24],
                patterns.plain(given.get(f"{at}label", ""))[:LONGEST],
                role,
                unit,
                post,
                bool(given.get(f"{at}beside")),
                int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0 if not days else -1,
            )
        )
    return tuple(found)


def who(value: str) -> tuple[str, str, str]:
    """role:CODE, unit:CODE:role or post:CODE:role as role, unit and post."""
    kind, code, role = (*value.split(":", 2), "", "")[:3]
    return {"role": (code, "", ""), "unit": (role, code, ""), "post": (role, "", code)}.get(kind, ("", "", ""))


def value(entry: patterns.Entry) -> str:
    """The other way: what is chosen in the row's list."""
    if entry.post:
        return f"post:{entry.post}:{entry.role}"
    return f"unit:{entry.unit}:{entry.role}" if entry.unit else f"role:{entry.role}"


def done(kind: patterns.Kind, rows: tuple[patterns.Entry, ...], given: Mapping[str, str]) -> tuple[tuple[patterns.Entry, ...], str]:
    """The rows after the button was pressed, and which button has the focus next, so that the keyboard can go on."""
    verb, _colon, number = given.get("do", "").partition(":")
    at = int(number) if number.isascii() and number.isdigit() else -1
    match verb:
        case "up" if at > 0:
            return patterns.moved(rows, at, -1), f"up-{at - 1}" if at > 1 else f"down-{at - 1}"
        case "down" if at >= 0:
            return patterns.moved(rows, at, 1), f"down-{at + 1}" if at + 2 < len(rows) else f"up-{at + 1}"
        case "out" if at >= 0:
            return patterns.without(rows, at), f"out-{min(at, len(rows) - 2)}"
        case "arrange":
            return patterns.arranged(rows, [int(n) for n in given.get("order", "").split(",") if n.isascii() and n.isdigit()]), ""
        case "add":
            return patterns.with_stage(kind, rows, given.get("stage", "")), "add"
        case "county":
            return kind.entries, ""
    return rows, ""
