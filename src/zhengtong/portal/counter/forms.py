"""The forms of the counter, made from the item's guide. The rules judge the answers; Django only carries them."""

import secrets
from collections.abc import Mapping

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.forms.rules import Field, Kind, Material, check, fields_of, materials_of, missing_materials
from zhengtong.foundation.refusal import Objection

from . import rules, uploads

ANSWER, KEPT = "a_", "k_"
SALT = "counter.form"
TYPES = {Kind.DATE: "date", Kind.PHONE: "tel"}
FILLED_BY = {Kind.NAME: "name", Kind.PHONE: "tel"}


def sentence(no: Objection) -> str:
    return gettext(no.text) % no.params if no.params else gettext(no.text)


def token_of(sealed: str) -> str | None:
    """The token of a form that we opened, while it can still be handed in."""
    try:
        return str(signing.loads(sealed, salt=SALT, max_age=rules.FORM_LIVES))
    except signing.BadSignature:
        return None


def fresh() -> str:
    """A new token, signed."""
    return signing.dumps(secrets.token_hex(16), salt=SALT)


class Answer(forms.CharField):
    """A question; whether the answer will do is for the rules."""

    def clean(self, value: object) -> str:
        return self.to_python(value)


class Paper(forms.FileField):
    """A material; judged while it came in."""

    def clean(self, data: object, initial: object = None) -> object:
        return data


def _answer(field: Field) -> Answer:
    words: dict[str, str] = {"autocomplete": FILLED_BY.get(field.kind, "off")}
    widget: forms.Widget
    match field.kind:
        case Kind.LONG:
            widget = forms.Textarea(attrs={"rows": 5, **words})
        case Kind.CHOICE:
            widget = forms.RadioSelect(choices=[(c, c) for c in field.choices])
        case _:
            if field.kind is Kind.IDENTITY:
                words["spellcheck"] = "false"
            widget = forms.TextInput(attrs=words)
            widget.input_type = TYPES.get(field.kind, "text")
    return Answer(
        label=field.label,
        required=field.required,
        help_text=field.help,
        max_length=field.limit if field.kind is Kind.LONG else None,
        widget=widget,
    )


def _paper(material: Material) -> Paper:
    accept = ",".join(suffix for kind in material.kinds for suffix in KINDS[kind][1])
    limits = gettext("可收%(kinds)s，最大%(limit)s兆。") % {"kinds": "、".join(material.kinds), "limit": material.limit_mb}
    widget = forms.FileInput(attrs={"accept": accept, "data-limit-mb": material.limit_mb})
    return Paper(label=material.label, required=material.required, help_text=f"{material.help}{limits}", widget=widget)


class Papers(forms.Form):
    """What both forms with uploads share: files sealed on arrival, kept through a corrected typo."""

    use_required_attribute = False

    def __init__(self, guide: Mapping[str, object], data: object = None, files: object = None) -> None:
        super().__init__(data, files)
        self.materials = materials_of(guide["materials"])  # type: ignore[arg-type]
        self.papers: dict[str, uploads.Kept] = {}
        for material in self.materials:
            self.fields[uploads.FIELD + material.key] = _paper(material)

    def rows(self) -> list[tuple[forms.BoundField, uploads.Kept | None]]:
        """Each material with what is already here of it."""
        return [(self[uploads.FIELD + m.key], self.papers.get(m.key)) for m in self.materials]

    def gather(self) -> None:
        """The new upload of each material, or the one kept from the last try."""
        for material in self.materials:
            upload = self.cleaned_data.get(uploads.FIELD + material.key)
            before = uploads.kept(str(self.data.get(KEPT + material.key, "")))
            if before and before.material == material.key:
                self.papers[material.key] = before
            if not isinstance(upload, uploads.SealedUpload):
                continue
            if upload.objection:
                self.add_error(uploads.FIELD + material.key, sentence(upload.objection))
            else:
                if before:
                    before.drop()
                self.papers[material.key] = upload.keep()

    def kept_fields(self) -> list[tuple[str, str]]:
        """Hidden fields that bring the kept files back."""
        return [(KEPT + key, paper.reference()) for key, paper in self.papers.items()]


class Application(Papers):
    """The application for one item."""

    consent = forms.BooleanField(
        label=_("我已阅读并同意：所填信息和材料仅用于办理本事项，按法定期限保存。"), error_messages={"required": _("请阅读并同意后再提交")}
    )
    once = forms.CharField(widget=forms.HiddenInput, initial=fresh, required=False)

    def __init__(self, guide: Mapping[str, object], data: object = None, files: object = None) -> None:
        super().__init__(guide, data, files)
        self.questions = fields_of(guide["fields"])  # type: ignore[arg-type]
        for question in self.questions:
            self.fields[ANSWER + question.key] = _answer(question)
        order = [ANSWER + q.key for q in self.questions] + [uploads.FIELD + m.key for m in self.materials] + ["consent", "once"]
        self.order_fields(order)

    def answers(self) -> list[forms.BoundField]:
        return [self[ANSWER + question.key] for question in self.questions]

    @property
    def token(self) -> str:
        return token_of(str(self.data.get("once", ""))) or ""

    def clean(self) -> dict[str, object]:
        given = {q.key: str(self.cleaned_data.get(ANSWER + q.key, "")) for q in self.questions}
        self.given, objections = check(self.questions, given, clock.today())
        self.gather()
        refused = {key.removeprefix(uploads.FIELD) for key in self.errors if key.startswith(uploads.FIELD)}
        for no in objections:
            self.add_error(ANSWER + no.field, sentence(no))
        for no in missing_materials(self.materials, [*self.papers, *refused]):
            self.add_error(uploads.FIELD + no.field, sentence(no))
        if not self.token:
            self.data = self.data.copy()
            self.data["once"] = fresh()
            self.add_error(None, _("这张表打开得太久，已为您换成新的，填写的内容都还在，请再提交一次。"))
        return self.cleaned_data


class Query(forms.Form):
    """Number and code."""

    number = forms.CharField(
        label=_("收件编号"),
        max_length=60,
        help_text=_("回执上以YL开头的编号"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=30,
        help_text=_("回执上的8位查询码，大小写都可以"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        return rules.plain_number(self.cleaned_data["number"])

    def clean_code(self) -> str:
        return rules.plain_code(self.cleaned_data["code"])


class Completion(Papers):
    """The papers that were asked for; which ones, the notice says. A request for information is completed in words."""

    def __init__(self, guide: Mapping[str, object], data: object = None, files: object = None) -> None:
        super().__init__(guide, data, files)
        for field in self.fields.values():
            field.required = False
        self.questions = fields_of(guide.get("completion", ()))  # type: ignore[arg-type]
        for question in self.questions:
            self.fields[ANSWER + question.key] = _answer(question)

    def answers(self) -> list[forms.BoundField]:
        return [self[ANSWER + question.key] for question in self.questions]

    def clean(self) -> dict[str, object]:
        self.gather()
        given = {q.key: str(self.cleaned_data.get(ANSWER + q.key, "")) for q in self.questions}
        self.given, objections = check(self.questions, given, clock.today())
        for no in objections:
            self.add_error(ANSWER + no.field, sentence(no))
        if not self.papers and not self.questions and not self.errors:
            self.add_error(None, _("请至少上传一份要补的材料"))
        return self.cleaned_data


class Rating(forms.Form):
    """好差评: five levels and what one wants to add."""

    stars = forms.TypedChoiceField(
        label=_("您对这次办事满意吗"),
        coerce=int,
        choices=lambda: [(value, gettext(label)) for value, label in rules.RATINGS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一个评价等级")},
    )
    words = forms.CharField(label=_("想说的话"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
