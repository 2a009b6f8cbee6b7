"""Templates as BPMN files: out by a button or the command line, in as a draft; what is refused changes nothing."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from lxml import etree
from tests.foundation.slips.test_bpmn import SCHEMA, foreign, walked

from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.slips import actions, queries
from zhengtong.foundation.slips.models import Pattern
from zhengtong.foundation.slips.rules import bpmn, patterns

from .test_designer import AT, press, rows, tree

pytestmark = pytest.mark.django_db
KEY = "YL003/outgoing"


def exported(client, version):
    answer = client.post(f"{AT}{version}/export/")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"] and ".bpmn" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def handed_in(client, data, **more):
    form = client.get(f"{AT}import/").context["form"]
    return client.post(f"{AT}import/", {"file": SimpleUploadedFile("f.bpmn", data), "key": form.initial["key"], **more})


def published(client):
    """Version 1 of the organ's own: one stage more than the county's, beside another."""
    added = press(client, client.get(AT), "add", stage="advise")
    at = rows(added).index("征求意见")
    named = {f"row-{at}-label": "合法性 审核", f"row-{at}-who": "role:organ_head", f"row-{at}-beside": "1", f"row-{at}-days": "3"}
    assert press(client, added, "publish", note="加法核", **named).status_code == 302
    return Pattern.objects.get(version=1)


def test_a_version_goes_out_and_comes_back_as_a_draft_of_the_same_rows(desk):
    client = desk("secretary")
    made = published(client)
    data = exported(client, 1)
    SCHEMA.assertValid(etree.fromstring(data))
    labels = [entry.label for entry in made.rows]
    assert sorted(label for place in walked(data) for label in place) == sorted(labels)
    assert any("合法性 审核" in place and len(place) == 2 for place in walked(data))
    assert handed_in(client, data).url == AT
    draft = Pattern.objects.get(version=None)
    assert (draft.rows, draft.note) == (made.rows, "加法核")
    last = Entry.objects.filter(verb__startswith="slips.").order_by("pk").values_list("verb", "target", "actor_kind")
    assert list(last)[-2:] == [
        ("slips.export_pattern", f"slips.pattern:{KEY}", "person"),
        ("slips.import_pattern", f"slips.pattern:{KEY}", "person"),
    ]
    assert "合法性 审核" in rows(client.get(AT))


def test_every_kind_of_the_county_goes_out_and_comes_back(desk):
    desk("secretary")
    organ = Organ.objects.get(code="YL003")
    for kind in patterns.KINDS.values():
        data = actions.export_pattern(organ, kind.code, 0, None)
        SCHEMA.assertValid(etree.fromstring(data))
        assert len(walked(data)) == max(patterns.entry_places(kind.entries))
        sheet = bpmn.read(data, kind)
        assert (sheet, sheet.entries) == (queries.sheet(kind.code, organ, 0), kind.entries)


def test_a_foreign_file_is_refused_at_the_field_and_changes_nothing(desk):
    client = desk("secretary")
    count = Entry.objects.count()
    for data, said in (
        (foreign(extra='<bpmn:exclusiveGateway id="q" name="金额大吗"/>'), "exclusiveGateway“金额大吗”"),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "不得含文档类型或实体声明"),
        (b"\x89PNG", "不是合格的XML文件"),
        (b" " * (bpmn.MOST_BYTES + 2), "文件太大"),
        (b"", "文件是空的"),
    ):
        answer = handed_in(client, data)
        assert answer.status_code == 422
        assert said in tree(answer).xpath("string(//main//form)")
    assert not Pattern.objects.exists() and Entry.objects.count() == count


def test_what_the_rule_book_refuses_comes_in_as_a_draft_and_is_marked_at_its_row(desk):
    client = desk("secretary")
    sheet = queries.sheet("outgoing", Organ.objects.get(code="YL003"), 0)
    turned = bpmn.Sheet("outgoing", "发文", "YL009", "别的机关", 3, "", (*sheet.entries[:-2], *reversed(sheet.entries[-2:])))
    assert handed_in(client, bpmn.write(turned)).status_code == 302
    shown = client.get(AT)
    assert tree(shown).xpath("//p[@class='zt-plan-error']")
    assert press(client, shown, "publish").status_code == 422
    assert Pattern.objects.get().version is None


def test_a_file_does_not_replace_a_draft_that_was_changed_meanwhile(desk):
    client = desk("secretary")
    data = exported(client, 0)
    assert handed_in(client, data).status_code == 302
    kept = Pattern.objects.get()
    answer = handed_in(client, data, key=0)
    assert answer.status_code == 422 and "模板已被改动" in answer.content.decode()
    kept_still = Pattern.objects.get()
    assert (kept_still.key, kept_still.entries) == (kept.key, kept.entries)


def test_nobody_else_takes_templates_out_or_in(desk):
    for part, code in (("drafter", 403), ("outside_secretary", 404)):
        client = desk(part)
        assert client.get(f"{AT}import/").status_code == code
        assert client.post(f"{AT}import/", {"file": SimpleUploadedFile("f.bpmn", b"x"), "key": 0}).status_code == code
        assert client.post(f"{AT}0/export/").status_code == code
    assert desk("secretary").post(f"{AT}7/export/").status_code == 404
    assert desk("secretary").get(f"{AT}0/export/").status_code == 405
    assert not Pattern.objects.exists() and not Entry.objects.filter(verb="slips.export_pattern").exists()


def told(*words):
    out = StringIO()
    call_command("slips", *words, stdout=out)
    return out.getvalue()


def test_the_command_line_takes_templates_out_and_in(desk, cast, tmp_path):
    made = published(desk("secretary"))
    assert f"{KEY}\t1\t" in told("list")
    file = tmp_path / "f.bpmn"
    file.write_text(told("export", KEY), encoding="utf-8")
    assert told("export", KEY, "--version", "0") != file.read_text(encoding="utf-8")
    name = Account.objects.get(person=cast.secretary).username
    assert "导入为草稿" in told("import", KEY, str(file), "--by", name)
    assert Pattern.objects.get(version=None).rows == made.rows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "YL003/nothing"), "YL003/nothing"),
        (("export", "NOBODY/outgoing"), "NOBODY/outgoing"),
        (("export", KEY, "--version", "9"), "没有这一版"),
        (("import", KEY, "{file}", "--by", "nobody"), "没有账号"),
        (("import", KEY, "{file}", "--by", "{drafter}"), "只有本机关秘书"),
        (("import", KEY, "{file}x", "--by", "{secretary}"), "No such file"),
        (("import", KEY, "{file}", "--by", "{secretary}"), "XML"),
    ],
)
def test_what_the_command_line_can_not_do_it_says_and_changes_nothing(desk, cast, tmp_path, words, said):
    desk("secretary"), desk("drafter")
    file = tmp_path / "f.bpmn"
    file.write_text("<a>", encoding="utf-8")
    names = {part: Account.objects.get(person=getattr(cast, part)).username for part in ("secretary", "drafter")}
    with pytest.raises(CommandError, match=said):
        told(*(word.format(file=file, **names) for word in words))
    assert not Pattern.objects.exists()
