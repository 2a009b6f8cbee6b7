"""What the officers and the owners of sites write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Organ


class SiteForm(forms.Form):
    """A site to watch: ours, or any other."""

    name = forms.CharField(label=_("网站名称"), max_length=100)
    address = forms.URLField(
        label=_("首页地址"), max_length=300, assume_scheme="https", help_text=_("像访客一样从这里看起；只看这个网站，不看别的网站")
    )
    code = forms.SlugField(label=_("代码"), max_length=30, help_text=_("英文字母、数字和短横，以后不变，如 linye"))
    organ = forms.ChoiceField(label=_("责任机关"), help_text=_("发现的问题由它整改"))
    domain = forms.CharField(label=_("应有的域名"), max_length=120, required=False, help_text=_("用来核对网站标签，如 www.yunling.gov.cn"))

    def __init__(self, *args: object, known: bool = False, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["organ"].choices = [("", _("请选择")), *Organ.objects.values_list("code", "name")]  # type: ignore[attr-defined]
        if known:
            del self.fields["code"]


class Reason(forms.Form):
    """Why watching ends, or an order is taken back."""

    reason = forms.CharField(label=_("原因"), max_length=300, required=False)


class Ordering(forms.Form):
    """Which faults are to be mended; ticked in the list of findings."""

    faults = forms.MultipleChoiceField(required=False)
    words = forms.CharField(label=_("要求"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: object, known: list[str], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["faults"].choices = [(code, code) for code in known]  # type: ignore[attr-defined]


class Answering(forms.Form):
    """What was mended and how."""

    words = forms.CharField(
        label=_("整改答复"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明怎样改正的；答复后探针马上去复查，看到已改正才销号"),
    )  # fmt: skip
