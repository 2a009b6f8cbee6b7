"""The forms of sign-in, of one's own account and of the consoles."""

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Person, Post

from . import rules


def _secret(label: object, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget)


def secret_name() -> str:
    """What the sign-in secret is called in this network."""
    return gettext("密钥口令（PIN）") if rules.WAYS[settings.NETWORK] == rules.Way.KEY else gettext("口令")


class SignIn(forms.Form):
    username = forms.CharField(
        label=_("账号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    secret = _secret("", "current-password")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].label = secret_name()


class Code(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{6}\s*$", label=_("动态码"), help_text=_("手机上动态码应用显示的6位数字"),
        error_messages={"invalid": _("动态码是6位数字")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "6"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip()


class ChangeSecret(forms.Form):
    old = _secret("", "current-password")
    new = _secret("", "new-password")
    again = _secret("", "new-password")

    def __init__(self, *args: object, what: str, first: bool = False, **kwargs: object) -> None:
        """`what`: pin or password; `first`: there is no old one yet."""
        super().__init__(*args, **kwargs)
        name = gettext("密钥口令（PIN）") if what == "pin" else gettext("口令")
        policy = rules.POLICIES[settings.NETWORK, what]
        self.fields["old"].label = gettext("现用%(name)s") % {"name": name}
        self.fields["new"].label = gettext("新的%(name)s") % {"name": name}
        self.fields["again"].label = gettext("再输一次新的%(name)s") % {"name": name}
        self.fields["new"].help_text = gettext(
            "至少%(minimum)s位，含大写字母、小写字母、数字、符号中的至少%(kinds)s种；每%(days)s天更换一次"
        ) % {"minimum": policy.minimum, "kinds": policy.kinds, "days": policy.days}
        if first:
            del self.fields["old"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("两次输入不一致"))
        return cleaned


class NewAccount(forms.Form):
    person = forms.CharField(label=_("人员代码"), max_length=20, help_text=_("在机构人员名录中查得，每人在本网只有一个账号"))
    username = forms.CharField(label=_("账号名"), max_length=40, help_text=_("只用字母、数字和 . - _"))

    def clean_person(self) -> Person:
        person = Person.objects.filter(code=self.cleaned_data["person"].strip()).first()
        if not person:
            raise forms.ValidationError(_("没有这个人员代码"))
        return person


class Reason(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=200)


def _post(post: Post) -> str:
    """A post as one chooses it: unit, title, and who holds it today."""
    holders = "、".join(held.person.name for held in post.holdings.all() if held.holds_on(clock.today()))
    return f"{post.unit or ''}{post.title}" + (f"（{holders}）" if holders else f"（{gettext('空缺')}）")


class GrantRole(forms.Form):
    """A role for a post of the organ that was chosen before."""

    post = forms.CharField(label=_("职位"), max_length=30, widget=forms.Select)
    role = forms.ChoiceField(label=_("角色"))

    def __init__(self, posts: Iterable[Post], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].widget.choices = [("", gettext("请选择")), *((post.code, _post(post)) for post in posts)]
        own = [role for role in rules.ROLES.values() if settings.NETWORK in role.networks]
        self.fields["role"].choices = [("", gettext("请选择")), *((role.code, gettext(role.name)) for role in own)]

    def clean_post(self) -> Post:
        post = Post.objects.filter(code=self.cleaned_data["post"].strip()).first()
        if not post:
            raise forms.ValidationError(_("没有这个职位代码"))
        return post


class Filter(forms.Form):
    words = forms.CharField(label=_("账号、姓名或人员代码"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("全部")), ("pending", _("待开通")), ("active", _("已开通")), ("disabled", _("已停用"))],
    )  # fmt: skip
