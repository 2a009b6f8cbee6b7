"""The co-issuers of a draft (联合行文): who they are, what the mark shows, that the matter is both sides' own."""

from collections.abc import Callable, Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Organ

from .models import Document
from .rules import joint

Named = Callable[[str, str], Iterable[tuple[str, Organ]]]


class JointFields(forms.Form):
    """Three fields of the draft's form; a document of one organ leaves them as they are."""

    issuers = forms.CharField(
        label=_("联合发文机关"), required=False, max_length=600,
        help_text=_("与本机关同级的机关，按排列次序写全称或规范化简称，用顿号隔开；主办机关不必再写。"),
    )  # fmt: skip
    joint_mark = forms.ChoiceField(
        label=_("发文机关标志"), required=False, choices=[(key, _(label)) for key, label in joint.MARKS.items()], initial="all",
        widget=forms.RadioSelect,
    )  # fmt: skip
    joint_shared = forms.BooleanField(
        label=_("党委、政府联合行文：所涉事项属于双方共同职权"), required=False,
        help_text=_("属于党委、政府各自职权范围内的工作，不得联合行文（第十七条）。"),
    )  # fmt: skip

    def issued_with(self, given: Mapping[str, object], named: Named) -> dict[str, object]:
        """What was filled in, as the content takes it."""
        found = tuple(organ.code for _name, organ in named(str(given["issuers"]), "issuers"))
        return {"issuers": found, "joint_mark": given["joint_mark"] or "", "joint_shared": given["joint_shared"]} if found else {}


def initial(document: Document) -> dict[str, object]:
    """The fields as the document has them."""
    others = "、".join(one.organ.name for one in document.issuers.select_related("organ"))
    return {"issuers": others, "joint_mark": document.joint_mark or "all", "joint_shared": document.joint_shared}
