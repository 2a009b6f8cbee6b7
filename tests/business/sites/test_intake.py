"""Articles of an older site come as drafts from a table; what can't come is told row by row, and old addresses lead to the new ones."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from zhengtong.business.sites import tables
from zhengtong.business.sites.actions import intake as actions
from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.models import Intake, OldAddress
from zhengtong.business.sites.publishing import release
from zhengtong.business.sites.rules import intake as rules
from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
HEAD = ["栏目路径", "标题", "正文", "来源", "发布时间", "原网址", "文号不认的列"]
GOOD = [
    "news",
    "县里开展冬修",
    "<p>各乡镇<script>x</script>动工。</p>",
    "县融媒体中心",
    "2019-03-05 09:30",
    "http://old.example.cn/art/2019/3/5/art_77.html",
    "x",
]


def book(*rows, head=HEAD):
    made = openpyxl.Workbook()
    for row in (head, *rows):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def comma(*rows):
    return "\n".join(",".join(row) for row in (HEAD, *rows)).encode("gb18030")


def changed(**more):
    row = dict(zip(HEAD, GOOD, strict=True)) | more
    return [row[name] for name in HEAD]


def problems(content, name="a.xlsx"):
    return [(one.line, str(Refused(one.objection))) for one in tables.read(content, name)[1]]


@pytest.fixture
def taken(site):
    def taken(*rows):
        found, bad = tables.read(book(*rows), "旧站.xlsx")
        return actions.take_in("旧站.xlsx", found, bad, site.editor)

    return taken


def test_a_row_comes_as_a_draft_with_its_own_day_and_cleaned(taken):
    made = taken(GOOD, changed(标题="第二篇", 正文="第一段\n\n第二段", 原网址=""))
    first, second = Article.objects.order_by("pk")
    assert (made.came, made.left) == (2, []) and not first.live and first.column.path == "news"
    assert f"{first.published_at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}" == "2019-03-05 09:30"
    assert "script" not in first.body and first.newest().title == "县里开展冬修"
    assert second.body == "<p>第一段</p><p>第二段</p>"
    assert list(OldAddress.objects.values_list("path", "article")) == [("/art/2019/3/5/art_77.html", first.pk)]
    assert Entry.objects.filter(verb="sites.take_in").get().detail == {"name": "旧站.xlsx", "came": 2, "left": 0}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"标题": ""}, "“标题”没有填写"),
        ({"标题": "长" * 300}, "“标题”超过"),
        ({"发布时间": "去年春天"}, "“发布时间”不是日期"),
        ({"发布时间": "2019-02-30"}, "“发布时间”不是日期"),
        ({"发布时间": "2999-01-01"}, "日期不能晚于今天"),
        ({"原网址": "javascript:alert(1)"}, "“原网址”不是网页地址"),
        ({"原网址": "/../etc/passwd"}, "“原网址”不是网页地址"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_at_its_line(site, more, said):
    ((line, told),) = problems(book(GOOD, changed(**{"原网址": "/other", **more})))
    assert line == 3 and said in told


def test_the_same_article_twice_in_a_table_is_told():
    assert problems(book(GOOD, changed(标题="另一个标题"))) == [(3, "与第2行是同一篇")]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "不是完好的XLSX"),
        (b"x", "a.doc", "只接收XLSX或CSV"),
        (book(), "a.xlsx", "没有数据行"),
        (book(["a"], head=["标题"]), "a.xlsx", "表头缺少"),
        (b"\x00", "a.csv", "不是文本"),
        (b"x" * (20 * 1024 * 1024 + 1), "a.csv", "超过20兆字节"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(content, name, said):
    with pytest.raises(Refused, match=said):
        tables.read(content, name)


def test_a_table_in_the_offices_own_encoding_is_read(site):
    found, bad = tables.read(comma(GOOD), "a.csv")
    assert not bad and found[0].values["title"] == "县里开展冬修"


def test_what_does_not_come_stands_in_the_report_and_the_rest_comes(taken):
    made = taken(
        GOOD,
        changed(栏目路径="nothing", 标题="别人的栏目", 原网址="/b"),
        changed(标题="空正文", 正文="<p> </p>", 原网址="/c"),
        changed(标题="", 原网址="/d"),
    )
    assert made.came == 1 and [(row["line"], row["title"]) for row in made.left] == [(3, "别人的栏目"), (4, "空正文"), (5, "")]
    again = tables.read(book(GOOD), "旧站.xlsx")
    with pytest.raises(Refused, match="没有可以导入"):
        actions.take_in("旧站.xlsx", *again, Article.objects.get().latest_revision.user)
    assert Article.objects.count() == 1 and Intake.objects.count() == 1


def test_nobody_takes_in_what_is_not_his(site):
    found, bad = tables.read(book(GOOD), "a.xlsx")
    for who in (site.farmer, site.clerk, None):
        with pytest.raises(Refused):
            actions.take_in("a.xlsx", found, bad, who)
    assert not Article.objects.exists() and not Intake.objects.exists()


def test_the_screens_check_first_then_take_in_and_give_the_report(site, enter):
    client = enter(site.editor)
    page = client.post(
        reverse("sites:intake"), {"file": SimpleUploadedFile("旧站.xlsx", book(GOOD, changed(标题="", 原网址="/b")))}
    ).content.decode()
    assert "县里开展冬修" in page and "“标题”没有填写" in page and not Article.objects.exists()
    answer = client.post(reverse("sites:take_in"), follow=True)
    made = Intake.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("sites:intake_report", args=[made.pk]) and "“标题”没有填写" in answer.content.decode()
    assert "没有填写" in client.get(reverse("sites:intake_left", args=[made.pk])).content.decode("utf-8-sig")
    assert client.post(reverse("sites:take_in")).url == reverse("sites:intake") and Article.objects.count() == 1
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(reverse("sites:intake_table")).content))
    assert [cell.value for cell in next(sheet["文章"].rows)] == [one.label for one in rules.COLUMNS] and "news" in [
        r[0].value for r in sheet["栏目"].rows
    ]
    other = enter(site.farmer)
    assert other.get(reverse("sites:intake_report", args=[made.pk])).status_code == 404
    assert other.get(reverse("sites:intake_left", args=[made.pk])).status_code == 404


def test_a_bad_file_is_said_at_its_field(site, enter):
    page = enter(site.editor).post(reverse("sites:intake"), {"file": SimpleUploadedFile("a.xlsx", b"broken")})
    assert page.status_code == 422 and "不是完好的XLSX" in page.content.decode()


def test_the_command_checks_and_takes_in(site, tmp_path, capsys):
    file = tmp_path / "旧站.xlsx"
    file.write_bytes(book(GOOD, changed(标题="", 原网址="/b")))
    call_command("articles", "check", str(file), by=site.editor.username)
    assert "可以导入1篇，不能导入1行" in capsys.readouterr().out and not Article.objects.exists()
    call_command("articles", "import", str(file), by=site.editor.username)
    assert "已导入1篇" in capsys.readouterr().out and Article.objects.count() == 1
    for words in (("check", str(file), "nobody"), ("check", str(tmp_path / "no.csv"), site.editor.username)):
        with pytest.raises(CommandError):
            call_command("articles", *words[:2], by=words[2])


def test_an_old_address_goes_out_with_the_release_as_long_as_its_article_is_public(taken, site, served):
    taken(GOOD)
    article = Article.objects.get()
    assert "data/moved/moved.json" not in served(release.release(site.site))
    article.publish_newest(site.publisher)
    article.refresh_from_db()
    assert article.public_path.startswith("news/2019/")
    found = json.loads(served(release.release(site.site))["data/moved/moved.json"])
    assert found == {"/art/2019/3/5/art_77.html": f"/{article.public_path}/"}
    article.unpublish(user=site.publisher, reason="不再适用")
    assert "data/moved/moved.json" not in served(release.release(site.site))
