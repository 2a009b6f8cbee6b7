"""What the administrators hand in on the directory's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import sheets


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("导入文件"),
        help_text=_("CSV或XLSX，表头与导出的表相同；未列出的行保持不变"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "data-limit-mb": sheets.MOST_BYTES // 1024 // 1024}),
        error_messages={"required": _("请选择要导入的文件"), "empty": _("文件是空的")},
    )


class ChangesForm(forms.Form):
    """Which waiting changes of posts are meant."""

    changes = forms.TypedMultipleChoiceField(
        label=_("任职变动"), coerce=int, required=False, error_messages={"invalid_choice": _("有的变动已被他人处理，请刷新后再选")}
    )

    def __init__(self, *args: object, ids: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["changes"].choices = [(pk, str(pk)) for pk in ids]
