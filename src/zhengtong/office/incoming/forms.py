"""What is filled in about an incoming paper, one form for each step. Plain words, one column."""

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock
from zhengtong.foundation.clock import queries as clocks
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.office.circulation import queries as circulation
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules import kinds, secrecy

from . import queries
from .models import Incoming
from .rules import elements, steps

Named = list[str]


class Uploads(forms.FileInput):
    allow_multiple_selected = True


class Day(forms.DateInput):
    """A day; browsers take it in one format only."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class UploadsField(forms.FileField):
    """Several files at once."""

    widget = Uploads

    def clean(self, data: object, initial: object = None) -> list[object]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(UploadsField, self).clean(one, initial) for one in given if one]


class CountForm(forms.Form):
    """What the receiver counts (第二十四条（一）)."""

    pages = forms.IntegerField(label=_("页数"), min_value=1, initial=1)
    copies = forms.IntegerField(label=_("份数"), min_value=1, initial=1)
    copy_numbers = forms.CharField(label=_("份号"), required=False, max_length=60)
    envelope = forms.CharField(label=_("封套号"), required=False, max_length=40)
    attachments = forms.CharField(label=_("附件"), required=False, max_length=300)
    readers = forms.MultipleChoiceField(label=_("知悉范围"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        if settings.CLASSIFIED:
            self.fields["readers"].choices = [(p.code, p.name) for p in documents.cleared_people()]
        else:
            del self.fields["readers"], self.fields["copy_numbers"]

    def elements(self) -> elements.Elements:
        given = {k: v for k, v in self.cleaned_data.items() if k not in ("readers", "organ", "files")}
        return elements.Elements(**{"title": "", "sender": "", **given})


class RegisterForm(CountForm):
    """A paper that came on paper."""

    organ = forms.ChoiceField(label=_("收文机关"))
    sender = forms.CharField(label=_("来文机关"), max_length=120)
    their_number = forms.CharField(label=_("来文字号"), required=False, max_length=60)
    title = forms.CharField(label=_("标题"), max_length=200)
    kind = forms.ChoiceField(
        label=_("文种"), required=False, choices=[("", _("按标题认定")), *((k, _(v.name)) for k, v in kinds.KINDS.items())]
    )
    dated = forms.DateField(label=_("成文日期"), required=False, widget=Day())
    urgency = forms.ChoiceField(label=_("紧急程度"), required=False, choices=[(k, _(label)) for k, label in kinds.URGENCY.items()])
    secrecy = forms.ChoiceField(label=_("密级"), required=False, choices=[("", _("不涉密")), *((x, x) for x in secrecy.LEVELS if x)])
    secrecy_mark = forms.CharField(label=_("密级和保密期限"), required=False, max_length=44, help_text=_("照来文抄录，如“机密★5年”。"))
    files = UploadsField(label=_("扫描件或电子文件"), required=False, help_text=_("可一次选几个文件：PDF、图片、OFD、docx。"))
    field_order = ("organ", "sender", "their_number", "title", "kind", "dated", "urgency", "secrecy", "secrecy_mark", "files")

    def __init__(self, organs: list[Organ], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["organ"].choices = [(o.code, o.name) for o in organs]
        if not settings.CLASSIFIED:
            del self.fields["secrecy"], self.fields["secrecy_mark"]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        given["kind"] = given.get("kind") or elements.kind_of(str(given.get("title", "")))
        return given


class StepForm(forms.Form):
    """A form of one step; it knows the paper."""

    def __init__(self, paper: Incoming, *args: object, **more: object) -> None:
        self.paper = paper
        super().__init__(*args, **more)


class SignForm(StepForm):
    pages = forms.IntegerField(label=_("页数"), min_value=1, initial=1)
    copies = forms.IntegerField(label=_("份数"), min_value=1, initial=1)


class CheckForm(StepForm):
    nature = forms.ChoiceField(
        label=_("性质"), choices=[(n.value, _(label)) for n, label in elements.NATURES.items()], initial="action", widget=forms.RadioSelect
    )
    due = forms.DateField(label=_("办理时限"), required=False, help_text=_("不填按紧急程度计算。"), widget=Day())
    note = forms.CharField(label=_("初审意见"), required=False, max_length=300)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["due"].initial = elements.limit(self.paper.urgency, clock.today(), clocks.calendar())


class SendBackForm(StepForm):
    ground = forms.ChoiceField(
        label=_("退文依据"), choices=[(k, _(g.label)) for k, g in elements.GROUNDS.items()], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("理由"), max_length=160, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PlacesForm(StepForm):
    """Leader, lead and assisting units, by the names people use."""

    lead = forms.CharField(label=_("主办单位"), required=False, max_length=80, help_text=_("本机关处室或下属单位，写全称或规范化简称。"))
    assisting = forms.CharField(label=_("协办单位"), required=False, max_length=300, help_text=_("用顿号隔开。"))

    def places(self) -> tuple[str, Named]:
        """Codes of the lead and the assisting units."""
        lead = self.cleaned_data.get("lead", "").strip()
        others = [n for n in re.split(r"[、，,；;]+", self.cleaned_data.get("assisting", "")) if n.strip()]
        return (queries.place_named(lead, self.paper) if lead else ""), [queries.place_named(n.strip(), self.paper) for n in others]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        try:
            given["lead_code"], given["assisting_codes"] = self.places()
        except Refused as no:
            self.add_error("lead", str(no))
        return given

    def _proposed(self) -> None:
        self.fields["lead"].initial = queries.place_name(self.paper.lead) if self.paper.lead else ""
        self.fields["assisting"].initial = "、".join(queries.place_name(code) for code in self.paper.assisting)


class ProposeForm(PlacesForm):
    text = forms.CharField(label=_("拟办意见"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    leader = forms.ChoiceField(label=_("呈哪位领导批示"), required=False)
    readers = forms.CharField(label=_("传阅给"), required=False, max_length=300, help_text=_("写姓名，用顿号隔开。"))
    field_order = ("text", "leader", "lead", "assisting", "readers")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["leader"].choices = [("", _("不呈批示，直接交办")), *((p.code, p.name) for p in queries.leaders(self.paper))]
        self.fields["text"].initial = self.paper.proposal
        self._proposed()

    def clean_readers(self) -> Named:
        try:
            return circulation.named(self.cleaned_data["readers"], self.paper.organ, "readers")
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


class InstructForm(PlacesForm):
    """The leader writes; the units that were proposed stand there already."""

    text = forms.CharField(label=_("批示"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    further = forms.ChoiceField(label=_("再呈"), required=False)
    field_order = ("text", "written_on", "picture", "lead", "assisting", "further")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["text"].initial = _("同意。")
        self.fields["further"].choices = [("", _("不再呈其他领导")), *((p.code, p.name) for p in queries.leaders(self.paper))]
        self._proposed()


class TranscribeForm(InstructForm):
    """What the leader wrote by hand, entered by his secretary and marked so."""

    written_on = forms.DateField(label=_("批示日期"), widget=Day())
    picture = forms.FileField(label=_("手迹扫描件"), required=False, help_text=_("图片或PDF。"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["text"].initial = ""
        self.fields["written_on"].initial = clock.today()


class FinishForm(StepForm):
    result = forms.CharField(label=_("办理结果"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class UrgeForm(StepForm):
    note = forms.CharField(label=_("附言"), required=False, max_length=200)


class ReplyForm(StepForm):
    answer = forms.CharField(label=_("答复文件的文号或编号"), max_length=60, help_text=_("先拟写并印发答复文件，再在这里登记。"))


class CloseForm(StepForm):
    outcome = forms.CharField(label=_("办理结果"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        lead = self.paper.handlings.filter(lead=True).exclude(result="").last()
        self.fields["outcome"].initial = lead.result if lead else ""


class CirculateForm(StepForm):
    heads = forms.MultipleChoiceField(label=_("领导"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(label=_("其他人员"), required=False, max_length=600, help_text=_("写姓名，用顿号隔开。"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["heads"].choices = [(p.code, p.name) for p in queries.leaders(self.paper)]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        try:
            given["readers"] = [*given.get("heads", []), *circulation.named(given.get("others", ""), self.paper.organ)]
        except Refused as no:
            self.add_error("others", str(no))
        return given


class SearchForm(forms.Form):
    """The filters of the register; they stay in the address."""

    words = forms.CharField(label=_("标题、文号、来文机关"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[
            ("", _("全部")), ("running", _("办理中")), ("late", _("逾期")),
            *((s.value, _(label)) for s, label in steps.STATE_LABELS.items()),
        ],
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("来源"), required=False, choices=[("", _("全部")), *((s.value, _(label)) for s, label in elements.SOURCES.items())]
    )
