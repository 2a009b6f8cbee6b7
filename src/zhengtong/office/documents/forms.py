"""What a drafter fills in. The rules are asked with every field, so that all objections stand where they belong."""

from collections import Counter
from collections.abc import Iterable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused

from . import actions, forms_attachments, forms_joint, queries
from .forms_attachments import AttachmentsField, Row
from .forms_joint import JointFields
from .models import Document, Sitting, here
from .queries import groups
from .rules import body, kinds, secrecy, steps
from .rules.attachments import Attached

UPLOAD_MB = 50
ACCEPTED = ".docx,.doc,.wps,.html,.htm,.txt,.pdf,.png,.jpg,.jpeg,.tif,.tiff"
SAMPLE = _("一行一段。以“一、”“（一）”“1.”“（1）”开头的行是各级标题；以“|”开头的行是表格的一行，各格用“|”隔开。")


class DraftForm(JointFields):
    """One column, plain words. Recipients are collective names or single organs; on the open network no secrecy is asked."""

    organ = forms.ChoiceField(label=_("以谁的名义发文"))
    kind = forms.ChoiceField(label=_("文种"), choices=[(k, _(v.name)) for k, v in kinds.KINDS.items()], initial="notice")
    title = forms.CharField(
        label=_("标题"), max_length=100, help_text=_("发文机关＋事由＋文种，如“云岭县人民政府关于做好今冬防火工作的通知”。")
    )
    groups = forms.MultipleChoiceField(label=_("主送：一类机关"), required=False, widget=forms.CheckboxSelectMultiple)
    recipients = forms.CharField(label=_("主送：单个机关"), required=False, max_length=600, help_text=_("写全称或规范化简称，用顿号隔开。"))
    cc = forms.CharField(label=_("抄送"), required=False, max_length=600, help_text=_("写全称或规范化简称，用顿号隔开。"))
    text = forms.CharField(
        label=_("正文"),
        validators=[MaxLengthValidator(body.LONGEST)],
        help_text=SAMPLE,
        widget=forms.Textarea(attrs={"rows": 18, "class": "zt-manuscript", "data-zt-manuscript": ""}),
    )
    attachments = AttachmentsField()
    urgency = forms.ChoiceField(
        label=_("紧急程度"), required=False, choices=[(k, _(label)) for k, label in kinds.URGENCY.items()], widget=forms.RadioSelect
    )
    publication = forms.ChoiceField(
        label=_("公开属性"), choices=[(p.value, _(label)) for p, label in secrecy.PUBLICATION.items()], widget=forms.RadioSelect
    )
    publication_reason = forms.CharField(label=_("不予公开的理由"), required=False, max_length=200)
    secrecy = forms.ChoiceField(label=_("密级"), required=False, choices=[("", _("不涉密")), *((x, x) for x in secrecy.LEVELS if x)])
    secrecy_period = forms.CharField(label=_("保密期限"), required=False, max_length=40, help_text=_("如“5年”“6个月”“长期”。"))
    secrecy_basis = forms.CharField(label=_("定密依据"), required=False, max_length=200, help_text=_("保密事项范围的条目。"))
    readers = forms.MultipleChoiceField(
        label=_("知悉范围"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("只有名单上的人看得到这份文件，包括标题。")
    )
    blank_attachment = Row(Attached(""))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    origin = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, person: Person, data: object = None, *, document: Document | None = None, complete: bool = False, typed: Sitting | None = None
    ) -> None:
        self.person, self.document, self.complete = person, document, complete
        new = {"version": 0, "publication": "proactive", "attachments": [], "joint_mark": "all"}
        begun = initial(document) if document else new
        super().__init__(data, initial={**begun, **_typed(typed)})
        self.issuers = [document.organ] if document else queries.issuers(person)
        self.fields["organ"].choices = [(o.code, o.name) for o in reversed(self.issuers)]
        addressed = begun["groups"] if document else []
        self.fields["groups"].choices = [(name, name) for name in dict.fromkeys([*groups.names(person), *addressed])]
        if here() == secrecy.Profile.CLASSIFIED:
            self.fields["readers"].choices = [(p.code, p.name) for p in self._handlers()]
        else:
            for name in ("secrecy", "secrecy_period", "secrecy_basis", "readers"):
                del self.fields[name]

    @property
    def attachment_rows(self) -> list[Row]:
        """The rows of attachments as they were typed, or as they are."""
        return forms_attachments.seen(self["attachments"].value() or [])

    def catch_up(self) -> None:
        """Let what was written be saved over the newer version, now that the person has been told of it."""
        assert self.document is not None
        self.document.refresh_from_db(fields=["version"])
        self.data = self.data.copy()
        self.data["version"] = self.document.version

    def _handlers(self) -> list[Person]:
        """Everybody who may come into question for the 知悉范围: those with clearance, by name."""
        return queries.cleared_people()

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if self.errors:
            return given
        organ = next((o for o in self.issuers if o.code == given["organ"]), None)
        if organ is None:
            self.add_error("organ", _("只能以本机关或上级人民政府（代拟）的名义起草"))
            return given
        given["organ"] = organ
        try:
            given["content"] = self._content(given)
        except Refused as no:
            self.add_error(no.objection.field, str(no))
            return given
        for objection in actions.check(given["content"], organ, complete=self.complete):
            field = objection.field if objection.field in self.fields else None
            self.add_error(field, str(Refused(objection)))
        return given

    def _behind(self, name: str) -> list[Organ]:
        """The organs of a collective name; for one that is kept no more, those to whom the document went under it."""
        rows = self.document.recipients.filter(name=name, cc=False).select_related("organ") if self.document else []
        return groups.members(self.person, name) or [row.organ for row in rows]

    def _content(self, given: dict[str, object]) -> actions.Content:
        mains = [actions.To(o.code, name) for name in given["groups"] for o in self._behind(name) if o.code != given["organ"].code]
        mains += [actions.To(o.code, name) for name, o in named(given["recipients"], "recipients")]
        copied = [actions.To(o.code, name, cc=True) for name, o in named(given["cc"], "cc")]
        plain = ("kind", "title", "text", "urgency", "publication", "publication_reason", "secrecy", "secrecy_period", "secrecy_basis")
        return actions.Content(
            **{name: given.get(name) or "" for name in plain},
            recipients=(*mains, *copied),
            readers=tuple(given.get("readers") or ()),
            attachments=given["attachments"],
            important=self.document.important if self.document else False,
            **self.issued_with(given, named),
        )


def named(text: str, field: str) -> Iterable[tuple[str, Organ]]:
    """The organs of a list of names; a name that the directory does not know is said at its field (第九条（八）)."""
    for name in (part.strip() for part in text.replace("，", "、").replace("\n", "、").split("、")):
        if name:
            organ = orgs.organ_named(name)
            if organ is None:
                raise Refused(_("机构名录中没有“%(name)s”，请写全称或规范化简称") % {"name": name}, field=field)
            yield name, organ


def initial(document: Document) -> dict[str, object]:
    """The form's fields as the document has them; rows under a collective name become that name again."""
    to = list(document.recipients.all())
    several = Counter(r.name for r in to if not r.cc)
    collective = {*orgs.groups(), *(name for name, count in several.items() if count > 1)}
    same = (
        "kind",
        "title",
        "text",
        "urgency",
        "publication",
        "publication_reason",
        "secrecy",
        "secrecy_period",
        "secrecy_basis",
        "version",
    )
    return {
        **{name: getattr(document, name) for name in same},
        "organ": document.organ.code,
        **forms_joint.initial(document),
        "groups": [name for name in several if name in collective],
        "recipients": "、".join(r.name for r in to if not r.cc and r.name not in collective),
        "cc": "、".join(r.name for r in to if r.cc),
        "readers": list(document.readers.values_list("person__code", flat=True)),
        "attachments": forms_attachments.initial(document),
    }


def _typed(sitting: Sitting | None) -> dict[str, object]:
    """The fields as they were typed and kept."""
    several = ("groups", "readers")
    kept = sitting.typed if sitting and sitting.typed else {}
    found: dict[str, object] = {name: values if name in several else values[-1] for name, values in kept.items() if values}
    if kept:
        found["attachments"] = forms_attachments.rows(lambda name: kept.get(name, ()))
    return found | ({"origin": sitting.file.sm3} if sitting and sitting.file else {})


class PhraseForm(forms.Form):
    """A template or a stock phrase of one's own organ."""

    name = forms.CharField(label=_("名称"), max_length=40)
    kind = forms.ChoiceField(label=_("文种"), required=False, choices=[("", _("不限")), *((k, _(v.name)) for k, v in kinds.KINDS.items())])
    whole = forms.BooleanField(
        label=_("整篇模板"), required=False, help_text=_("选上：一份公文的全部正文；不选：常用语，一两句话。取用时都放在正文里光标所在处。")
    )
    text = forms.CharField(label=_("内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6, "class": "zt-manuscript"}))


class GroupForm(forms.Form):
    """A collective name of one's own organ and the organs that it means."""

    name = forms.CharField(label=_("统称"), max_length=40, help_text=_("写在主送栏里的名称，如“县防火指挥部各成员单位”。"))
    members = forms.CharField(
        label=_("包括的机关"), max_length=4000, help_text=_("写全称或规范化简称，用顿号隔开。"), widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_members(self) -> list[str]:
        try:
            return [organ.code for _name, organ in named(self.cleaned_data["members"], "members")]
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


class UploadForm(forms.Form):
    """A finished text to begin from."""

    file = forms.FileField(
        label=_("从文件起草"),
        help_text=_("docx、doc、wps、html、txt、pdf 或扫描的图片，不超过50兆字节；原件一并留存，docx 的修订保留署名，扫描件自动识别文字。"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-limit-mb": str(UPLOAD_MB)}),
    )
    replace = forms.BooleanField(label=_("换掉我写了还没有保存的内容"), required=False)

    def __init__(self, *given: object, typed: Sitting | None = None) -> None:
        super().__init__(*given)
        if typed is None:
            del self.fields["replace"]

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_MB * 1024 * 1024:
            raise forms.ValidationError(_("文件超过%(limit)d兆字节，未读取"), params={"limit": UPLOAD_MB})
        return file


class OpinionForm(forms.Form):
    """What a handler writes on the slip."""

    opinion = forms.CharField(label=_("意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    strokes = forms.CharField(required=False, max_length=400_000, widget=forms.HiddenInput(attrs={"data-zt-strokes": ""}))


class CheckForm(OpinionForm):
    """Review and recheck: an error that stays needs its reason (第二十条（四）)."""

    reserve = forms.CharField(
        label=_("不改正错误的理由"), required=False, max_length=500, help_text=_("规则检查有错误而不改正的才填写，理由记入审计。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """A step that is worth nothing without its reason (第二十一条)."""

    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ConsultForm(forms.Form):
    """Whom to consult (第十九条（六）)."""

    organs = forms.CharField(
        label=_("会签机关"), help_text=_("写全称或规范化简称，用顿号隔开；各机关同时办理。"), widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(label=_("附言"), required=False, max_length=300)

    def clean_organs(self) -> list[str]:
        try:
            return [organ.code for _name, organ in named(self.cleaned_data["organs"], "organs")]
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


class AnswerForm(forms.Form):
    """The consulted organ's answer."""

    answer = forms.ChoiceField(label=_("答复"), choices=[("agree", _("同意")), ("disagree", _("不同意"))], widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("意见"), required=False, max_length=500, help_text=_("不同意的须写明理由。"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("answer") == "disagree" and not given.get("reason", "").strip():
            self.add_error("reason", _("不同意须写明理由"))
        return given


class OutcomeForm(forms.Form):
    """How a disagreement was settled (第十六条（四）)."""

    outcome = forms.CharField(label=_("协调结果"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SearchForm(forms.Form):
    """The filters of the register; they stay in the address."""

    words = forms.CharField(label=_("标题、文号"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("全部")), ("running", _("办理中")), *((s.value, _(label)) for s, label in steps.STATE_LABELS.items())],
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("文种"), required=False, choices=[("", _("全部")), *((k, _(v.name)) for k, v in kinds.KINDS.items())])
