"""The few tags that the components are made of; rooms write components, not tags."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zhengtong.foundation.ui.marks import MARKS, UNKNOWN, Mark

register = template.Library()

CLASSES = {
    "select": "form-select",
    "nullbooleanselect": "form-select",
    "selectmultiple": "form-select",
    "checkbox": "form-check-input",
    "radioselect": "",
    "checkboxselectmultiple": "",
}


@register.simple_block_tag
def capture(content: str) -> str:
    """Keep what a block renders, so that the page's title stands in its head and as its heading."""
    return SafeString(content.strip())


@register.simple_tag
def mark(state: object, label: str = "", tone: str = "", icon: str = "") -> Mark:
    """The word, tone and sign of a state; what the caller says himself leads."""
    known = MARKS.get(str(state), UNKNOWN)
    return Mark(str(label) or (gettext(known.word) if known.word else str(state)), tone or known.tone, icon or known.icon)


@register.simple_tag
def widget(field: BoundField, placeholder: str = "", autofocus: object = "") -> SafeString:
    """The field's own control, with our looks; a long text gets a counter, a file a list with a size check."""
    kind = field.widget_type
    attrs: dict[str, str | bool] = {
        "class": " ".join(filter(None, [field.field.widget.attrs.get("class", ""), CLASSES.get(kind, "form-control")]))
    }
    if kind == "textarea" and "maxlength" in field.field.widget_attrs(field.field.widget):
        attrs["data-zt-counter"] = True
    if kind in ("file", "clearablefile"):
        attrs["data-zt-upload"] = True
    if placeholder:
        attrs["placeholder"] = placeholder
    if autofocus:
        attrs["autofocus"] = True
    return field.as_widget(attrs=attrs)


@register.simple_tag
def page_numbers(page: Page) -> Iterator[str | int]:
    """The page numbers to show, with gaps where there are too many."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
