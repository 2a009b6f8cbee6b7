"""Sample pages that use every component, so that they can be read, measured and looked at."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from zhengtong.foundation.ui.navigation import Entry, entries

SAMPLES = Path(__file__).parent / "samples"
ZONE = ZoneInfo("Asia/Shanghai")


class Draft(forms.Form):
    title = forms.CharField(label="标题", max_length=80, help_text="事由写清楚，一般不超过五十字。")
    kind = forms.ChoiceField(label="文种", choices=[("notice", "通知"), ("reply", "批复")])
    openness = forms.ChoiceField(label="公开属性", widget=forms.RadioSelect, choices=[("open", "主动公开"), ("asked", "依申请公开")])
    to = forms.MultipleChoiceField(
        label="主送", widget=forms.CheckboxSelectMultiple, choices=[("a", "各乡镇"), ("b", "县政府各部门")], required=False
    )
    opinion = forms.CharField(label="意见", max_length=200, widget=forms.Textarea(attrs={"rows": 4}), required=False)
    licence = forms.FileField(
        label="附件", required=False, help_text="PDF 或图片，每个不超过 20 MB。", widget=forms.FileInput(attrs={"data-limit-mb": "20"})
    )
    consent = forms.BooleanField(label="我已阅读并同意告知书")


class Filters(forms.Form):
    q = forms.CharField(label="查找", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), ("red", "红牌")])
    since = forms.DateField(label="送达日期起", required=False, widget=forms.DateInput(attrs={"type": "date"}))


def render(source, request=None, **context):
    """Render a template that may hold components, as the loader would."""
    return engines["django"].from_string(CottonCompiler().process(source)).render(context, request or RequestFactory().get("/"))


def rows():
    titles = ["关于做好2026年冬春农田水利建设工作的通知", "关于拨付乡村道路养护资金的请示", "关于开展冬季消防安全检查的通知"]
    senders, states = ["县水利局", "县交通运输局", "县应急管理局"], ["red", "yellow", "warning", "normal", "normal", "normal"]
    steps = [("open", ""), ("review", "会签"), ("returned", ""), ("signed", ""), ("open", "复核"), ("open", "登记")]
    return [
        {"title": titles[n % 3], "from": senders[n % 3], "step": steps[n][0], "word": steps[n][1], "state": states[n]}
        | {"at": datetime(2026, 11, 20 + n % 3, 9, 30, tzinfo=ZONE), "due": date(2026, 11, 18 + 2 * n)}
        for n in range(6)
    ]


def lines():
    class Line(dict):
        def __getattr__(self, name):
            return self.get(name)

    def plain(label, state, who, opinion="", **more):
        moment = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
        done = {"done_by": Thing(name=who), "done_at": moment} if state in ("done", "returned") else {"person": Thing(name=who)}
        return Line(label=label, state=state, opinion=opinion, opened_at=moment, **done, **more)

    return [
        plain("拟稿", "done", "周敏", "送请审核。"),
        plain("科室审核", "done", "李国强", "已改第三段，补充了资金渠道。"),
        plain("会签 县财政局", "done", "王芳", "同意。资金从水利专项中列支。"),
        plain("会签 县教育局", "void", "赵静"),
        plain("办公室核稿", "returned", "孙立", "引用文件名称不全，请补齐后再报。"),
        plain("签发", "open", "张卫东", due=date(2026, 11, 25), urged=1),
        plain("登记编号", "waiting", ""),
    ]


NAVIGATION = (
    Entry("待办", "sample:home", icon="inbox", order=1, count=lambda request: 6),
    Entry("公文登记簿", "sample:register", icon="list", group="公文", order=2),
    Entry("归档", "sample:archive", icon="archive", group="公文", order=3),
    Entry("审计", "sample:audit", ("auditor",), icon="shield", group="管理", order=4),
    Entry("我的账号", "sample:me", icon="key", place="account"),
)


@pytest.fixture
def navigation(monkeypatch):
    """A navigation of its own for these tests, written as rooms write theirs."""
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "navigation", NAVIGATION if config.label == "ui" else (), raising=False)
    entries.cache_clear()
    yield NAVIGATION
    monkeypatch.undo()
    entries.cache_clear()


@pytest.fixture
def sample(settings, navigation):
    """Render a sample page as HTML, with somebody signed in where the network knows people."""

    def page(name, bound=False, pin_error=""):
        request = RequestFactory().get("/home/")
        if settings.NETWORK != "portal":
            request.user = Thing(is_authenticated=True, get_username=lambda: "zhangwd")
            request.person = Thing(name="张卫东", organ=Thing(short_name="县政府", name="云岭县人民政府"), main_post=Thing(title="县长"))
        data = {"kind": "notice", "opinion": "请按程序办理。"} if bound else None
        files = {"licence": SimpleUploadedFile("a.pdf", b"")} if bound else None
        links = [
            Thing(title=title, href=f"#{n}", current=n == 0)
            for n, title in enumerate(["首页", "政务公开", "政策文件", "办事服务", "互动交流", "走进云岭"])
        ]
        return render(
            (SAMPLES / f"{name}.html").read_text(),
            request,
            form=Draft(data, files),
            filters=Filters(),
            rows=rows(),
            lines=lines(),
            page_obj=Paginator(range(300), 20).page(6),
            effects=["文件定稿，正文此后不能改动；改动会使签发失效", "办理单转到办公室登记编号", "通知拟稿人周敏"],
            entries=[Thing(at=row["at"], who="周敏", text="送审", note="", state=row["state"]) for row in rows()[:4]],
            pin_error=pin_error,
            steps=["阅读告知", "填写申请", "核对提交", "领取回执"],
            way=[Thing(title="首页", href="/"), Thing(title="办事服务", href="/services/")],
            site=Thing(
                name="云岭县人民政府",
                domain="www.yunling.gov.cn",
                navigation=links,
                code="5301290001",
                organ="云岭县人民政府办公室",
                contact="0871-68000000",
                icp="滇ICP备00000000号",
                police="滇公网安备 53012900000001号",
                mark_href="#mark",
            ),
        )

    return page
