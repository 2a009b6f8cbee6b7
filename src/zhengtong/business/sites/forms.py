"""The forms of the room's own screens; articles are written at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules
from .desk.queries import WAITING
from .models import Column
from .rules import content, review, rooms

TO_READ = "to_read"  # drafts whose next step this person may take
STATES = [
    ("", _("全部")),
    (TO_READ, _("待我审核")),
    (WAITING, _("待发布")),
    *((state.value, _(label)) for state, label in rules.STATE_LABELS.items()),
]


class ByPart(forms.ModelChoiceField):
    """A choice of columns, each with the name of the site or room that it stands in."""

    def label_from_instance(self, column):
        return f"{column.site.name} · {column.name}"


class Filters(forms.Form):
    """What to show of the articles."""

    words = forms.CharField(label=_("标题或文号"), required=False, max_length=60)
    column = ByPart(label=_("栏目"), required=False, queryset=Column.objects.none(), empty_label=_("全部栏目"))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = columns


class Withdrawal(forms.Form):
    """撤下 with its reason."""

    reason = forms.CharField(label=_("撤下的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class Reserve(forms.Form):
    """Why what the check before publishing finds is left as it is."""

    reserve = forms.CharField(
        label=_("不改正的理由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("检查发现的错误没有全部改正时须写明，记入审计。"),
    )


class NewRoom(forms.Form):
    """开通子站: whose, from which template, at which address."""

    organ = forms.ModelChoiceField(label=_("单位"), queryset=None, to_field_name="code", empty_label=_("请选择尚无子站的单位"))
    template = forms.ChoiceField(label=_("模板"), choices=[(t.code, _(t.name)) for t in rooms.TEMPLATES.values()])
    path = forms.CharField(
        label=_("子站路径"), max_length=20, help_text=_("县政府门户网站域名之后的一段，只用小写字母和数字，例如 nyncj；开通后不再改变。")
    )

    def __init__(self, *args, organs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs


class Closing(forms.Form):
    """关停子站 with its reason."""

    reason = forms.CharField(label=_("关停的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class Review(forms.Form):
    """How many steps a text passes before it goes out."""

    review = forms.ChoiceField(label=_("审核方式"), choices=[(code, _(row[0])) for code, row in review.SCHEMES.items()])


class Gather(forms.Form):
    """A rule by which a column shows what others publish."""

    column = forms.ModelChoiceField(label=_("显示在栏目"), queryset=None)
    content = forms.ChoiceField(
        label=_("内容类别"), required=False, choices=[("", _("不限")), *((k.value, _(v)) for k, v in content.CONTENTS.items())]
    )
    template = forms.ChoiceField(
        label=_("来自哪类子站"), required=False, choices=[("", _("不限")), *((t.code, _(t.name)) for t in rooms.TEMPLATES.values())]
    )
    organ = forms.CharField(label=_("来自哪个单位（机构代码）"), required=False, max_length=20)
    topic = forms.CharField(label=_("关键词中有"), required=False, max_length=20)

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = columns


class Opinion(forms.Form):
    """What a reader of the text says."""

    opinion = forms.CharField(label=_("意见"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class Place(forms.Form):
    """Where else an article shows."""

    column = ByPart(label=_("也显示在栏目"), queryset=None)

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = columns


class Timing(forms.Form):
    """When an official act is to take effect."""

    verb = forms.ChoiceField(label=_("动作"), choices=[("publish", _("定时发布")), ("withdraw", _("定时撤下"))])
    at = forms.DateTimeField(
        label=_("时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=200, help_text=_("定时撤下须写明；定时发布时写明检查发现的错误不改正的理由。")
    )


class IntakeFile(forms.Form):
    """A table of articles."""

    file = forms.FileField(label=_("表格文件"), help_text=_("XLSX或CSV，第一行是表头；一次最多5000篇、20兆字节。"))
