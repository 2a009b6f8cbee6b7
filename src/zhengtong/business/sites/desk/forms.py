"""The form in which an article is written at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from zhengtong.business.sites import queries, rules, text
from zhengtong.foundation.files.actions import safe_name, store
from zhengtong.foundation.refusal import Refused

ATTACHABLE = ("pdf", "docx", "xlsx", "ofd", "png", "jpg")
LIMIT_MB = 50
CITED = ("interprets", "changed_by")  # other documents, named by their numbers


class ArticleForm(WagtailAdminModelForm):
    """Columns of the own organ only; a new attachment is checked by its content and kept under its digest."""

    new_attachment = forms.FileField(label=_("添加附件"), required=False, help_text=_("PDF、Word、Excel、OFD或图片，不超过50兆字节"))
    interprets_number = forms.CharField(
        label=_("被解读文件的文号"), required=False, max_length=60, help_text=_("政策解读填写；两边的页面自动互相链接。")
    )
    changed_by_number = forms.CharField(
        label=_("修改或废止它的文件的文号"), required=False, max_length=60, help_text=_("有效性为已修改、已废止时填写。")
    )
    drop = forms.MultipleChoiceField(label=_("移除附件"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user is not None and self.for_user.person is not None and "column" in self.fields:
            self.fields["column"].queryset = queries.writable(self.for_user.person)
            self.fields["column"].label_from_instance = lambda column: f"{column.site.name} · {column.name}"
        for name in CITED:
            cited = getattr(self.instance, name)
            self.fields[f"{name}_number"].initial = cited.number if cited else ""
        self.fields["drop"].choices = [(kept["sm3"], kept["name"]) for kept in self.instance.attachments]
        if not self.instance.attachments:
            self.fields["drop"].widget = forms.MultipleHiddenInput()

    def clean_body(self):
        return text.clean(self.cleaned_data["body"])

    def clean(self):
        cleaned = super().clean()
        for name in CITED:
            self._cite(name, cleaned.get(f"{name}_number", "").strip())
        attachments = [kept for kept in self.instance.attachments if kept["sm3"] not in cleaned.get("drop", ())]
        if upload := cleaned.get("new_attachment"):
            try:
                file = store(upload.file, upload.name, limit_mb=LIMIT_MB, allowed=ATTACHABLE)
            except Refused as no:
                self.add_error("new_attachment", str(no))
            else:
                attachments = [kept for kept in attachments if kept["sm3"] != file.sm3]
                attachments.append({"sm3": file.sm3, "name": safe_name(upload.name), "kind": file.kind, "size": file.size})
        self.instance.attachments = attachments
        return cleaned

    def _cite(self, name, number):
        """Point to the public document with this number; what is public may be cited by every organ."""
        found = None
        if number:
            public = type(self.instance).objects.filter(number=number, state=rules.State.PUBLISHED.value).exclude(pk=self.instance.pk)
            found = public.order_by("-id").first()
            if found is None:
                self.add_error(f"{name}_number", _("没有公开这个文号的文件"))
        setattr(self.instance, name, found)
