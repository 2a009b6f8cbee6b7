"""One row of the implementation list on the screen: its form and the lines below it are made from the table of fields."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock

from .files import MOST_MB
from .forms import BLANK_ROWS, standing
from .models import Implementation
from .rules import codes
from .rules import implementation as rules

STATES = [("", _("全部")), *((state.value, _(label)) for state, label in rules.STATES.items())]


class Filters(forms.Form):
    words = forms.CharField(label=_("名称或编码"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)
    task_type = forms.ChoiceField(
        label=_("事项类型"), required=False, choices=[("", _("全部")), *((code, _(word)) for code, word in codes.TASK_TYPES.items())]
    )


class Text(forms.CharField):
    """Marked as required where the rules ask for it at submission; a draft may still leave it empty."""

    def validate(self, value: object) -> None:
        """Asked by the rules."""


class Choice(forms.ChoiceField):
    """Like `Text`."""

    def validate(self, value: object) -> None:
        if value:
            super().validate(value)


def _field(field: rules.Field, *, locked: bool = False) -> forms.Field:
    """The control of one field; whether it must be filled in is asked when the row is submitted, not while it is written."""
    help_text = _("由上级清单规定") if locked else ""
    if field.choices is not None:
        choices = [("", _("请选择")), *((code, gettext(word)) for code, word in field.choices.items())]
        return Choice(label=_(field.label), required=field.required, choices=choices, disabled=locked, help_text=help_text)
    widget = forms.Textarea(attrs={"rows": 3}) if field.long else forms.TextInput()
    most = field.limit
    return Text(label=_(field.label), required=field.required, max_length=most, widget=widget, disabled=locked, help_text=help_text)


class Fields(forms.Form):
    """The fields of a row."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, row: Implementation | None, data: object = None) -> None:
        super().__init__(data, initial={**(row.values if row else {}), "seen": f"{row.version}.{row.revision}" if row else ""})
        for field in rules.FIELDS:
            fixed = field.key == "task_code" and row is not None
            self.fields[field.key] = _field(field, locked=fixed or bool(row and row.claimed and field.upper))
            if fixed and not (row and row.claimed):
                self.fields[field.key].help_text = ""

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(label, [self[field.key] for field in fields]) for label, fields in rules.GROUPS]

    def values(self) -> dict[str, str]:
        return {field.key: text for field in rules.FIELDS if (text := str(self.cleaned_data.get(field.key, "")).strip())}


def _lines_form(sheet: rules.Sheet) -> type[forms.BaseFormSet]:
    line = type(f"Line_{sheet.key}", (forms.Form,), {field.key: _field(field) for field in sheet.fields})
    return forms.formset_factory(line, extra=BLANK_ROWS, can_delete=True, max_num=rules.MOST_LINES, absolute_max=rules.MOST_LINES + 10)


class Row:
    """The row and its sheets, checked together."""

    def __init__(self, row: Implementation | None, data: object = None) -> None:
        self.form = Fields(row, data)
        held = row.sheets if row else {}
        self.sheets = {
            s.key: _lines_form(s)(data, prefix=s.key, initial=[dict(line) for line in held.get(s.key, ())]) for s in rules.SHEETS
        }

    def is_valid(self) -> bool:
        checked = [part.is_valid() for part in (self.form, *self.sheets.values())]
        if not all(checked):
            return False
        self._judge()
        return self.form.is_valid() and all(part.is_valid() for part in self.sheets.values())

    def _judge(self) -> None:
        """Every objection of the rules at its own field, all at once."""
        whole = True
        for sheet in rules.SHEETS:
            forms_of = standing(self.sheets[sheet.key])
            for number, no in rules.line_objections(sheet, self.lines()[sheet.key]):
                params = {key: gettext(text) if isinstance(text, str) else text for key, text in no.params.items()}
                if number < len(forms_of) and no.field in forms_of[number].fields:
                    forms_of[number].add_error(no.field, gettext(no.text) % params)
                else:
                    self.form.add_error(None, gettext(no.text) % params)
                whole = False
        if whole:
            for no in rules.objections(self.form.values(), self.lines()):
                self.form.add_error(no.field if no.field in self.form.fields else None, gettext(no.text) % no.params)

    def lines(self) -> dict[str, list[Mapping[str, str]]]:
        """The lines of each sheet that are filled in and not struck."""
        found = {}
        for sheet in rules.SHEETS:
            given = [line.cleaned_data for line in standing(self.sheets[sheet.key])]
            found[sheet.key] = [{f.key: text for f in sheet.fields if (text := str(line.get(f.key, "")).strip())} for line in given]
        return found

    def parts(self) -> list[tuple[str, forms.BaseFormSet]]:
        return [(sheet.label, self.sheets[sheet.key]) for sheet in rules.SHEETS]


class Import(forms.Form):
    file = forms.FileField(
        label=_("导入文件"),
        help_text=_("XLSX、CSV或JSON，表头与导出的相同。CSV只有主表，子表保持不变；没有列出的事项保持不变。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json", "data-limit-mb": MOST_MB}),
        error_messages={"required": _("请选择要导入的文件"), "empty": _("文件是空的")},
    )
    claimed = forms.BooleanField(
        label=_("这是上级下发的清单"), required=False, help_text=_("导入后，上级规定的要素本县不能改；本县自己的要素保持不变。")
    )


class Approval(forms.Form):
    effective_from = forms.DateField(
        label=_("生效日期"),
        help_text=_("从这一天起收到的申请按新版办，已收到的按原来的版本办完。"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_from"].initial = clock.today()


class Return(forms.Form):
    reason = forms.CharField(label=_("退回的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
