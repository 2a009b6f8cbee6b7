"""What the clerks and the head write."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock
from zhengtong.foundation.forms.rules import Field, Kind, fields_of

from .models import Desk, Request
from .rules import answers, contests, fees, letters, proactive, receipt, steps


class Day(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **words: object) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **words)


def long(label: str, help_text: str = "", required: bool = True, rows: int = 4, limit: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=limit, widget=forms.Textarea(attrs={"rows": rows})
    )


def choices(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(str(key), gettext(label)) for key, label in table.items()]


class Filters(forms.Form):
    words = forms.CharField(label=_("编号、申请人或内容"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=lambda: [("", gettext("全部")), *choices(steps.STATES)])
    channel = forms.ChoiceField(
        label=_("提交方式"), required=False, choices=lambda: [("", gettext("全部")), *choices(receipt.CHANNEL_LABELS)]
    )


class Plain(forms.Form):
    """A step that needs no words; the version guards against a stale page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, request: Request, desk: Desk | None = None, **words: object) -> None:
        super().__init__(*args, **words)
        self.request, self.desk = request, desk
        self.prepare()

    def prepare(self) -> None:
        """What depends on the request."""


class Completion(Plain):
    text = long(_("要补正什么"), _("一次写全；申请人会原样看到。"))
    until = Day(label=_("请在哪天前补正"))


class Complete(Plain):
    words = long(_("补正内容"), _("申请人当面、来信或来电补充的内容。"))
    on = Day(label=_("收到补正之日"), initial=clock.today)


class Consult(Plain):
    addressee = forms.CharField(label=_("征求谁的意见"), max_length=120)
    text = long(_("涉及对方的信息"), _("写明哪些内容与对方有关；申请人的姓名不会出现在文书里。"))


class Extension(Plain):
    text = long(_("不能按期答复的原因"), rows=3, limit=300)
    days = forms.IntegerField(label=_("延长几个工作日"), min_value=1, max_value=steps.EXTENSION, initial=steps.EXTENSION)


class Reasons(Plain):
    text = long(_("请申请人说明什么"), rows=3, limit=500)
    until = Day(label=_("请在哪天前说明"))


class Fee(Plain):
    measure = forms.ChoiceField(
        label=_("怎样计算"), choices=lambda: choices(fees.MEASURES), widget=forms.RadioSelect, help_text=_("只能选一种，不能两种都收。")
    )
    count = forms.IntegerField(label=_("件数或页数"), min_value=1, help_text=_("10件以内、30页以内不收费；超过的部分按标准自动计算。"))
    account = forms.CharField(label=_("缴费办法"), max_length=200, help_text=_("例如到哪个窗口缴、缴到哪个财政专户。"))

    def prepare(self) -> None:
        self.fields["account"].initial = self.desk.account if self.desk else ""


class Pay(Plain):
    on = Day(label=_("缴费日期"), initial=clock.today)


class Answer(Plain):
    answer = forms.ChoiceField(label=_("答复类型"))
    text = long(_("理由、途径或说明"), _("会写进答复书。救济途径由系统按答复类型自动写入。"), required=False)
    ground = forms.ChoiceField(label=_("不予公开部分的理由"), required=False, help_text=_("只在部分公开时填写。"))
    search = long(_("检索情况"), _("答复“信息不存在”时，写明在哪里、用什么词、怎样查找。"), required=False, rows=3, limit=500)

    def prepare(self) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, row in answers.WRITTEN.items():
            groups.setdefault(gettext(row.group), []).append((key, f"{gettext(row.label)}（{row.article.removeprefix(answers.A)}）"))
        self.fields["answer"].choices = [("", gettext("请选择")), *groups.items()]
        self.fields["ground"].choices = [("", "—"), *grounds()]


class Merge(Plain):
    into = forms.ChoiceField(label=_("并入哪一件"), help_text=_("同一申请人正在办理的另一件申请。"))
    reason = long(_("合并的理由"), rows=2, limit=300)

    def prepare(self) -> None:
        from .queries import others

        found = others(self.request).filter(state__in=[s.value for s in steps.WORKING])
        self.fields["into"].choices = [(one.number, f"{one.number} {one.description[:30]}") for one in found]


class Withdraw(Plain):
    reason = long(_("申请人怎样撤回"), _("例如：当面递交撤回申请书。"), rows=2, limit=300)


FORMS: dict[str, type[Plain]] = {
    "take_up": Plain,
    "completion": Completion,
    "complete": Complete,
    "give_up": Plain,
    "third_party": Consult,
    "co_producer": Consult,
    "extension": Extension,
    "reasons": Reasons,
    "fee": Fee,
    "pay": Pay,
    "forfeit": Plain,
    "answer": Answer,
    "merge": Merge,
    "withdraw": Withdraw,
}


class Delivery(forms.Form):
    way = forms.ChoiceField(label=_("送达方式"), choices=lambda: choices(letters.DELIVERIES), initial="post")
    on = Day(label=_("对方收到之日"), initial=clock.today)


class Opinion(forms.Form):
    opinion = forms.ChoiceField(
        label=_("意见"), choices=[("agrees", _("同意公开")), ("against", _("不同意公开"))], widget=forms.RadioSelect
    )
    reason = long(_("理由"), required=False, rows=2, limit=500)
    on = Day(label=_("答复日期"), initial=clock.today)


class NewContest(forms.Form):
    path = forms.ChoiceField(label=_("途径"), choices=lambda: choices(contests.PATH_LABELS))
    body = forms.CharField(label=_("受理机关"), max_length=80)
    docket = forms.CharField(label=_("案号"), max_length=60)
    on = Day(label=_("收到通知之日"), initial=clock.today)


class Reply(forms.Form):
    on = Day(label=_("提交答复之日"), initial=clock.today)


class Conclusion(forms.Form):
    result = forms.ChoiceField(label=_("结果"), choices=lambda: [(k, v) for k, v in choices(contests.RESULTS) if k != "pending"])
    on = Day(label=_("审结日期"), initial=clock.today)
    note = long(_("说明"), required=False, rows=2, limit=500)
    again = forms.BooleanField(label=_("责令重新答复（自即日起20个工作日）"), required=False)


class Given(forms.Form):
    paper = forms.FileField(label=_("要提供的文件"), help_text=_("PDF、图片或表格，最大25兆。有不宜公开内容的，先作遮盖处理。"))


class Original(forms.Form):
    original = forms.FileField(label=_("要遮盖的原件"), help_text=_("PDF、图片或文本文件，最大25兆。原件只留在这里，不会发出。"))


def grounds() -> list[tuple[str, str]]:
    return [(key, f"{gettext(row.label)}（{row.article.removeprefix(answers.A)}）") for key, row in answers.GROUNDS.items()]


class Passage(forms.Form):
    passage = forms.CharField(label=_("要遮盖的文字"), max_length=300, help_text=_("写出原文；文件里每一处都会遮盖，跨行的也找得到。"))
    ground = forms.ChoiceField(label=_("理由"), choices=grounds)


class EntryFilters(forms.Form):
    words = forms.CharField(label=_("名称或索引号"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=lambda: [("", gettext("全部")), *choices(proactive.STATES)])
    matter = forms.ChoiceField(label=_("事项"), required=False, choices=lambda: [("", gettext("全部")), *choices(proactive.MATTER_LABELS)])


class NewEntry(forms.Form):
    desk = forms.ModelChoiceField(label=_("机关"), queryset=Desk.objects.none(), empty_label=None)
    matter = forms.ChoiceField(
        label=_("事项"), choices=lambda: [(k, f"{gettext(m.label)}（{m.article[8:]}）") for k, m in proactive.MATTERS.items()]
    )
    title = forms.CharField(label=_("名称"), max_length=200, help_text=_("与网站文章的标题一致，文章发布后会自动对上。"))
    summary = forms.CharField(label=_("内容概述"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    arisen_on = Day(label=_("生成日期"), initial=clock.today, help_text=_("信息形成或者变更之日，公开期限从次日起算。"))

    def __init__(self, *args: object, desks: object, **words: object) -> None:
        super().__init__(*args, **words)
        self.fields["desk"].queryset = desks


class Published(forms.Form):
    address = forms.CharField(label=_("在哪里公开的"), max_length=200, help_text=_("例如：县政府公报第3期、镇政务公开栏。"))
    on = Day(label=_("公开日期"), initial=clock.today)


class Withheld(forms.Form):
    reason = long(_("不公开的理由"), rows=2, limit=300)


class GuideForm(forms.ModelForm):
    """公开指南."""

    class Meta:
        model = Desk
        fields = ("unit", "address", "hours", "phone", "fax", "email", "classes", "review", "court", "account")
        labels = {
            "unit": _("公开工作机构"),
            "address": _("办公地址"),
            "hours": _("办公时间"),
            "phone": _("联系电话"),
            "fax": _("传真"),
            "email": _("电子邮箱"),
            "classes": _("信息的分类和编排"),
            "review": _("复议机关"),
            "court": _("管辖法院"),
            "account": _("缴费办法"),
        }
        widgets = {"classes": forms.Textarea(attrs={"rows": 4})}


def _control(field: Field) -> forms.Field:
    words: dict[str, object] = {"label": field.label, "required": field.required, "help_text": field.help}
    match field.kind:
        case Kind.LONG:
            return forms.CharField(max_length=field.limit, widget=forms.Textarea(attrs={"rows": 5}), **words)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=[(c, c) for c in field.choices], **words)
    return forms.CharField(max_length=field.limit, **words)


class Registration(forms.Form):
    """A request on paper, noted by the clerk: how it came, then the same questions as on the portal."""

    desk = forms.ModelChoiceField(label=_("机关"), queryset=Desk.objects.none(), empty_label=None)
    channel = forms.ChoiceField(label=_("提交方式"))
    came_on = Day(label=_("到达日期"), initial=clock.today)
    confirmed_on = Day(
        label=_("双方确认日期"), required=False, help_text=_("平常信函、传真、电子邮件必填：以与申请人确认之日为收到申请之日。")
    )

    def __init__(self, *args: object, desks: object, **words: object) -> None:
        super().__init__(*args, **words)
        self.fields["desk"].queryset = desks
        came = {k: v for k, v in receipt.CHANNEL_LABELS.items() if k is not receipt.Channel.WEB}
        self.fields["channel"].choices = choices(came)
        for field in fields_of(receipt.FIELDS):
            self.fields[field.key] = _control(field)
        self.fields["paper"] = forms.FileField(label=_("申请书和身份证明的扫描件"), required=False)

    def answers(self) -> dict[str, str]:
        return {field.key: str(self.cleaned_data.get(field.key) or "") for field in fields_of(receipt.FIELDS)}
