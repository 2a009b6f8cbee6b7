"""What readers, approvers and the archivist fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.office.archive import rules as archive

from . import rules

ALL = ("", _("全部"))
PURPOSES = [(purpose.value, _(label)) for purpose, label in rules.PURPOSES.items()]


class Find(forms.Form):
    """查找: by whatever one knows."""

    words = forms.CharField(label=_("题名"), required=False, max_length=60)
    number = forms.CharField(label=_("档号或文号"), required=False, max_length=60)
    maker = forms.CharField(label=_("责任者"), required=False, max_length=60)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=1949, max_value=2999)
    period = forms.ChoiceField(
        label=_("保管期限"), required=False, choices=[ALL, *((p.value, _(label)) for p, label in archive.PERIODS.items())]
    )
    klass = forms.CharField(label=_("类目"), required=False, max_length=20)


class Ask(forms.Form):
    """申请借阅."""

    purpose = forms.ChoiceField(label=_("利用目的"), choices=PURPOSES)
    note = forms.CharField(
        label=_("用途"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("写明用在哪项工作，查什么。")
    )
    days = forms.IntegerField(label=_("天数"), min_value=1, max_value=365)
    copies = forms.BooleanField(label=_("需要复制件（每次复制都有登记）"), required=False)

    def __init__(self, row: rules.Access, data: object = None) -> None:
        super().__init__(data, initial={"days": min(7, row.days)})
        self.fields["days"].help_text = _("最多%(days)d天，批准当天算第一天。") % {"days": row.days}
        if not row.copies:
            del self.fields["copies"]


class Grant(forms.Form):
    note = forms.CharField(label=_("意见"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    days = forms.IntegerField(label=_("天数"), min_value=1, max_value=365)


class Reason(forms.Form):
    note = forms.CharField(label=_("理由"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class Extend(forms.Form):
    days = forms.IntegerField(label=_("续借天数"), min_value=1, max_value=365)
    note = forms.CharField(label=_("说明"), required=False, max_length=rules.LONGEST)


class GiveBack(forms.Form):
    effect = forms.CharField(
        label=_("利用效果"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：为修订应急预案提供了依据。"),
    )  # fmt: skip


class Register(forms.Form):
    words = forms.CharField(label=_("题名、档号或利用人"), required=False, max_length=60)
    year = forms.IntegerField(label=_("申请年份"), required=False, min_value=2000, max_value=2999)
    purpose = forms.ChoiceField(label=_("利用目的"), required=False, choices=[ALL, *PURPOSES])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *((str(s), _(label)) for s, label in rules.SHOWN.items())])
