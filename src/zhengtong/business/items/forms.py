"""An item as the person who keeps it writes it: the guide, the questions, the papers, the departments."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.files.rules import KINDS as FILE_KINDS
from zhengtong.foundation.forms import rules as form_rules
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ

from . import rules
from .models import Item

BLANK_ROWS = 2
PAPERS = ("pdf", "jpg", "png", "docx", "ofd")
STATES = [("", _("全部")), ("published", _("已公布")), ("hidden", _("未公布"))]
QUESTIONS = {
    form_rules.Kind.TEXT: _("一行文字"),
    form_rules.Kind.LONG: _("一段文字"),
    form_rules.Kind.NAME: _("姓名"),
    form_rules.Kind.IDENTITY: _("身份证号"),
    form_rules.Kind.PHONE: _("电话"),
    form_rules.Kind.DATE: _("日期"),
    form_rules.Kind.CHOICE: _("单选"),
    form_rules.Kind.CREDIT_CODE: _("统一社会信用代码"),
}
ANY_PAPER = {"kinds": ["pdf", "jpg", "png"], "limit_mb": 25}
TEXTS = ("summary", "basis", "conditions")


class Filters(forms.Form):
    words = forms.CharField(label=_("名称或编码"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)


class OrganField(forms.CharField):
    """An organ by its name in the directory; gives the organ."""

    def clean(self, value: object) -> Organ | None:
        name = super().clean(value)
        if not name:
            return None
        organ = orgs.organ_named(name)
        if organ is None:
            raise forms.ValidationError(_("机构名录中没有“%(name)s”，请写全称或规范化简称"), params={"name": name})
        return organ


class ItemForm(forms.ModelForm):
    """The guide: everything that stands on the page besides questions and papers."""

    organ = OrganField(label=_("实施机关"), max_length=80)
    window = OrganField(label=_("综合窗口所在机关"), max_length=80)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Item
        fields = [
            "code", "name", "kind", "organ", "window", "summary", "basis", "conditions", "promised_days", "statutory_days", "result", "fee",
            "place", "hours", "phone", "complaint_phone",
        ]  # fmt: skip
        labels = {
            "code": _("事项编码"),
            "kind": _("事项类型"),
            "promised_days": _("承诺时限（工作日）"),
            "statutory_days": _("法定时限（工作日）"),
            **{key: _(label) for key, label in rules.ELEMENTS.items()},
        }
        help_texts = {
            "summary": _("用居民听得懂的话写：办什么、谁来办、要跑几次。"),
            "basis": _("一行一条，写明法律法规和条款。"),
            "conditions": _("一行一条。"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in TEXTS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        item = self.instance if self.instance.pk else None
        self.initial |= {"version": item.version if item else 0}
        if item:
            self.fields["code"].disabled = True
            self.initial |= {"organ": item.organ.name, "window": item.window.name}

    def clean(self) -> Mapping[str, object]:
        given = super().clean() or {}
        promised, statutory = given.get("promised_days"), given.get("statutory_days")
        if promised and statutory and (no := rules.promise_objection(promised, statutory)):
            self.add_error(no.field, forms.ValidationError(no.text, params=no.params))
        return given

    def _post_clean(self) -> None:
        """The table is written by the action alone; the form only asks its constraints."""


class Question(forms.Form):
    """One question of the application form."""

    key = forms.RegexField(rules.NAME_OF_KEY, label=_("字段代码"), help_text=_("小写英文，如 shop_name。"))
    label = forms.CharField(label=_("问什么"), max_length=60)
    kind = forms.ChoiceField(label=_("回答的样子"), choices=[(kind.value, label) for kind, label in QUESTIONS.items()], initial="text")
    choices = forms.CharField(label=_("选项"), required=False, help_text=_("单选时填写，用顿号隔开。"))
    help = forms.CharField(label=_("填写提示"), required=False, max_length=120)
    optional = forms.BooleanField(label=_("可以不填"), required=False)

    def clean(self) -> Mapping[str, object]:
        given = super().clean() or {}
        if given.get("kind") == form_rules.Kind.CHOICE and not self.options():
            self.add_error("choices", _("单选至少要有两个选项"))
        return given

    def options(self) -> list[str]:
        found = [part.strip() for part in self.cleaned_data.get("choices", "").split("、") if part.strip()]
        return found if len(found) > 1 else []

    def row(self, before: Mapping[str, object]) -> dict[str, object]:
        """The question as the form keeps it; what this screen does not show stays as it was."""
        given = self.cleaned_data
        row = {**before, "key": given["key"], "label": given["label"], "kind": given["kind"], "help": given["help"]}
        return row | {"required": not given["optional"], "choices": self.options()}


class Paper(forms.Form):
    """One paper to hand in."""

    key = forms.RegexField(rules.NAME_OF_KEY, label=_("材料代码"), help_text=_("小写英文，如 floor_plan。"))
    label = forms.CharField(label=_("材料名称"), max_length=60)
    help = forms.CharField(label=_("材料要求"), required=False, max_length=200)
    kinds = forms.MultipleChoiceField(
        label=_("文件格式"), choices=[(kind, kind.upper()) for kind in PAPERS if kind in FILE_KINDS], widget=forms.CheckboxSelectMultiple,
        initial=ANY_PAPER["kinds"],
    )  # fmt: skip
    limit_mb = forms.IntegerField(label=_("大小上限（MB）"), min_value=1, max_value=50, initial=ANY_PAPER["limit_mb"])
    optional = forms.BooleanField(label=_("有则提供"), required=False)

    def row(self, before: Mapping[str, object]) -> dict[str, object]:
        given = self.cleaned_data
        kept = {name: given[name] for name in ("key", "label", "help", "kinds", "limit_mb")}
        return {**before, **kept, "required": not given["optional"]}


class Department(forms.Form):
    """A department that works on every case, at the same time as the others."""

    organ = OrganField(label=_("并联办理部门"), max_length=80)
    task = forms.CharField(label=_("办理内容"), max_length=120)


def _rows(form: type[forms.Form], prefix: str, data: object, initial: list[dict[str, object]]) -> forms.BaseFormSet:
    kind = forms.formset_factory(form, extra=BLANK_ROWS, can_delete=True, max_num=60, absolute_max=80)
    return kind(data, prefix=prefix, initial=initial)


def _optional(row: Mapping[str, object]) -> bool:
    return not row.get("required", True)


class Whole:
    """The four parts of the page, checked together."""

    def __init__(self, item: Item | None, data: object = None) -> None:
        self.item = item
        self.guide = ItemForm(data, instance=item)
        questions = [{**row, "choices": "、".join(row.get("choices", ())), "optional": _optional(row)} for row in self._kept("fields")]
        papers = [{**ANY_PAPER, **row, "optional": _optional(row)} for row in self._kept("materials")]
        parts = item.examiner_set.select_related("organ") if item else []
        self.questions = _rows(Question, "questions", data, questions)
        self.papers = _rows(Paper, "papers", data, papers)
        self.departments = _rows(Department, "departments", data, [{"organ": part.organ.name, "task": part.task} for part in parts])

    def _kept(self, name: str) -> list[dict[str, object]]:
        return list(getattr(self.item, name)) if self.item else []

    @property
    def parts(self) -> tuple[forms.BaseForm | forms.BaseFormSet, ...]:
        return self.guide, self.questions, self.papers, self.departments

    def is_valid(self) -> bool:
        checked = [part.is_valid() for part in self.parts]  # all of them, so that every error shows at once
        return all(checked)

    def values(self) -> dict[str, object]:
        """What the action takes."""
        given = {name: self.guide.cleaned_data[name] for name in ItemForm.Meta.fields if name not in ("organ", "window")}
        return given | {"fields": self._list(self.questions, "fields"), "materials": self._list(self.papers, "materials")}

    def _list(self, rows: forms.BaseFormSet, name: str) -> list[dict[str, object]]:
        before = {str(row["key"]): row for row in self._kept(name)}
        return [row.row(before.get(row.cleaned_data["key"], {})) for row in standing(rows)]

    def examiners(self) -> list[tuple[Organ, str]]:
        return [(row.cleaned_data["organ"], row.cleaned_data["task"]) for row in standing(self.departments)]


def standing(rows: forms.BaseFormSet) -> list[forms.Form]:
    """The rows that are filled in and not struck."""
    return [row for row in rows.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]


class Withdrawal(forms.Form):
    """停止受理 with its reason."""

    reason = forms.CharField(label=_("停止受理的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
