"""What the center and the organs write."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.business.disclosure import queries as disclosure
from zhengtong.business.disclosure.rules import receipt
from zhengtong.foundation.orgs.models import Organ

from . import queries, rules
from .models import Letter


def long(label: str, help_text: str = "", required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=4000, widget=forms.Textarea(attrs={"rows": rows})
    )


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, f"{gettext(row.label)}（{row.asked}）") for kind, row in rules.KINDS.items()]


class Plain(forms.Form):
    """A step that needs no words; the version guards against a stale page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, letter: Letter, **words: object) -> None:
        super().__init__(*args, **words)
        self.letter = letter
        self.prepare()

    def prepare(self) -> None:
        """What depends on the letter."""


class Classify(Plain):
    kind = forms.ChoiceField(label=_("这是哪一类"), choices=kinds, widget=forms.RadioSelect)
    about = forms.CharField(
        label=_("反映的单位或人员"),
        max_length=120,
        required=False,
        help_text=_("写全称。被反映的单位、下级和本人看不到这封信，也不会派给他们。"),
    )

    def prepare(self) -> None:
        self.fields["kind"].initial, self.fields["about"].initial = self.letter.kind, self.letter.about


class Dispatch(Plain):
    lead = forms.ModelChoiceField(label=_("主办单位"), queryset=Organ.objects.none())
    assists = forms.ModelMultipleChoiceField(
        label=_("协办单位"), queryset=Organ.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        open_to = queries.choosable(self.letter)
        self.fields["lead"].queryset = self.fields["assists"].queryset = open_to
        best = [self.letter.proposed] if self.letter.proposed in open_to else queries.suggested(self.letter)
        self.fields["lead"].initial = best[0].pk if best and best[0] else None
        if best and best[0]:
            self.fields["lead"].help_text = _("已按职责和以往来信选好建议的单位，不对就改。")


class HandOver(Plain):
    organ = forms.ModelChoiceField(label=_("向哪个机关申请"), queryset=Organ.objects.none(), empty_label=None)
    applicant = forms.ChoiceField(label=_("申请人类型"), choices=lambda: [(word, gettext(word)) for word in receipt.APPLICANTS.values()])
    identity = forms.CharField(label=_("证件号码"), max_length=40, help_text=_("来信没有写的，先电话问明。"))
    address = forms.CharField(label=_("通信地址"), max_length=120)
    form = forms.ChoiceField(label=_("要什么形式"), choices=lambda: [(word, gettext(word)) for word in receipt.FORMS])
    way = forms.ChoiceField(label=_("怎样取得"), choices=lambda: [(word, gettext(word)) for word in receipt.WAYS])

    def prepare(self) -> None:
        self.fields["organ"].queryset = disclosure.open_organs()

    def answers(self) -> dict[str, str]:
        return {key: str(self.cleaned_data[key]) for key in ("applicant", "identity", "address", "form", "way")}


class Transfer(Plain):
    body = forms.CharField(label=_("移送给"), max_length=200, help_text=_("例如：中共云岭县纪律检查委员会。"))


class GiveBack(Plain):
    reason = long(_("退单理由"), rows=3)
    proposed = forms.ModelChoiceField(label=_("应由哪个单位办理"), queryset=Organ.objects.none(), required=False)
    hard = forms.BooleanField(label=_("疑难来信（3个工作日内可退）"), required=False)

    def prepare(self) -> None:
        self.fields["proposed"].queryset = queries.choosable(self.letter).exclude(pk=self.letter.lead_id)


class Draft(Plain):
    text = long(_("答复"), _("来信人会原样看到。写清处理结果和依据，不写他人姓名。"), rows=8)

    def prepare(self) -> None:
        self.fields["text"].initial = self.letter.answer


class AskExtension(Plain):
    reason = long(_("不能按期答复的原因"), rows=3)
    interim = long(_("目前办到哪一步"), _("同意以后会告诉来信人。"), rows=3)


class SendBack(Plain):
    reason = long(_("哪里要改"), rows=3)


class CallBack(Plain):
    result = forms.ChoiceField(
        label=_("来信人怎么说"), choices=lambda: [(r.value, gettext(label)) for r, label in rules.RESULTS.items()], widget=forms.RadioSelect
    )
    words = long(_("回访记录"), _("不满意的，写明核实的情况。"), required=False, rows=3)


FORMS: dict[str, type[Plain]] = {
    "classify": Classify,
    "dispatch": Dispatch,
    "hand_over": HandOver,
    "transfer": Transfer,
    "sign_for": Plain,
    "give_back": GiveBack,
    "draft": Draft,
    "ask_extension": AskExtension,
    "extend": Plain,
    "refuse_extension": Plain,
    "send_back": SendBack,
    "answer": Plain,
    "call_back": CallBack,
    "urge": Plain,
}


class Opinion(forms.Form):
    opinion = long(_("协办意见"), rows=3)


class Registration(forms.Form):
    """What was told at the window or by telephone, or came on paper."""

    channel = forms.ChoiceField(
        label=_("怎样来的"), choices=lambda: [(c, gettext(rules.CHANNELS[rules.Channel(c)])) for c in ("window", "phone", "paper")]
    )
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=lambda: [("", gettext("稍后分类")), *kinds()])
    subject = forms.CharField(label=_("标题"), max_length=60)
    text = long(_("内容"), _("写明时间、地点和经过。"), rows=6)
    place = forms.CharField(label=_("事情发生在哪里"), max_length=120, required=False)
    about = forms.CharField(label=_("反映的单位或人员"), max_length=120, required=False)
    name = forms.CharField(label=_("来信人"), max_length=80, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    paper = forms.FileField(label=_("来信的扫描件"), required=False)
