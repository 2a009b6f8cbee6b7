"""What a search is narrowed to, as it stands in the address."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries, rules

KINDS = {
    "news": _("动态信息"),
    "notice": _("通知公告"),
    "policy": _("政策文件"),
    "interpretation": _("政策解读"),
    "document": _("其他公开信息"),
    "trading": _("公共资源交易公告"),
}
FORCE = {"valid": _("现行有效"), "amended": _("已修改"), "repealed": _("已废止"), "expired": _("已失效")}
EVERYWHERE, MAIN = "", "main"  # in the address; the county's own site has no path


class SearchForm(forms.Form):
    """Every field may be left empty; what can't be read is said at its field and narrows nothing."""

    q = forms.CharField(required=False, strip=True)
    kind = forms.ChoiceField(label=_("类别"), required=False)
    room = forms.ChoiceField(label=_("哪个网站"), required=False)
    force = forms.ChoiceField(label=_("文件效力"), required=False, choices=[("", _("全部")), *FORCE.items()])
    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    order = forms.ChoiceField(label=_("排列"), required=False, choices=[("", _("标题相符的在前")), ("newest", _("最新的在前"))])

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data)
        kinds, rooms = queries.choices()
        self.fields["kind"].choices = [("", _("全部")), *((kind, KINDS.get(kind, kind)) for kind in kinds)]
        self.fields["room"].choices = [(EVERYWHERE, _("全部")), *((path or MAIN, name) for path, name in rooms)]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("截止日期不能早于起始日期"))
        return given

    def wanted(self) -> rules.Wanted:
        """The query; fields in error narrow nothing."""
        self.is_valid()
        given = self.cleaned_data
        room = given.get("room") or None
        return rules.Wanted(
            rules.words(given.get("q", "")),
            given.get("kind", ""),
            "" if room == MAIN else room,
            given.get("force", ""),
            given.get("since"),
            given.get("until"),
            newest=given.get("order") == "newest",
        )
