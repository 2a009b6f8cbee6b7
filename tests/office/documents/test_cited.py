"""Cited documents are found by number and title among what one may see; what is no longer in force is said, the unknown quietly."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhengtong.foundation import clock
from zhengtong.office.dispatch.models import Dispatch, Effect
from zhengtong.office.documents import queries
from zhengtong.office.documents.rules.cited import cites
from zhengtong.office.incoming.models import Incoming

from .test_views import form

OWN = "云岭县人民政府关于做好今冬明春防火工作的通知"


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("根据云政发〔2026〕12号精神", ["云政发〔2026〕12号"], "云政发〔2026〕12号"),
        ("按照《关于放假的通知》（云政发〔2026〕12号）要求", ["《关于放假的通知》（云政发〔2026〕12号）"], "云政发〔2026〕12号"),
        ("见云政办函[2026] 012 号。", ["云政办函〔2026〕12号"], "云政办函〔2026〕12号"),
        ("《关于印发〈办法〉的通知》", ["《关于印发〈办法〉的通知》"], None),
        ("参加《红楼梦人物研究》读书会", [], None),
        ("云政发〔2026〕12号和云政发〔2026〕12号", ["云政发〔2026〕12号"], "云政发〔2026〕12号"),
        ("没有引用", [], None),
    ],
)
def test_a_citation_is_found_as_it_is_written(text, written, meant):
    found = cites(text)
    assert [cite.text for cite in found] == written
    assert meant is None or meant in found[0].numbers


@pytest.mark.django_db
class TestLookedUp:
    def test_a_document_of_ones_own_is_linked_by_number_and_by_title(self, cast, walk):
        document = walk("issued")
        for text in (f"根据{document.number}要求", f"按照《{OWN}》要求", "按照《关于做好今冬明春防火工作的通知》要求"):
            found = queries.cited(cast.drafter, text).found
            assert [(one.number, one.link) for one in found] == [(document.number, f"/documents/{document.code}/")]

    def test_what_one_may_not_see_is_unknown_and_no_title_is_told(self, cast, walk):
        document = walk("issued")
        found = queries.cited(cast.outsider, f"根据{document.number}和《{OWN}》")
        assert not found.found and len(found.unknown) == 2

    def test_a_receiver_is_led_to_his_copy(self, cast, walk):
        document = walk("issued")
        (found,) = queries.cited(cast.shiqiao, f"根据{document.number}").found
        assert found.link.startswith("/received/")

    def test_a_paper_that_came_in_is_found_by_its_own_number(self, cast, government):
        now = clock.now()
        paper = Incoming.objects.create(
            code="S2026-1", profile="open", organ=government, office=cast.drafter.organ, source="paper", number="收1", serial=1, year=2026,
            sender="云州市人民政府", their_number="云州政发〔2026〕3号", title="关于加强防汛工作的通知", received_at=now,
            received_by=cast.secretary, created_at=now,
        )  # fmt: skip
        (found,) = queries.cited(cast.secretary, "贯彻云州政发〔2026〕3号精神").found
        assert (found.title, found.link) == (paper.title, "/incoming/S2026-1/")

    def test_a_repealed_one_is_said_beside_the_draft_and_objected_to_by_the_rule_book(self, cast, walk, desk):
        document = walk("issued")
        newer = walk("issued", title="云岭县人民政府关于今冬防火工作的通知")
        older, later = (Dispatch.objects.get(document=code) for code in (document.code, newer.code))
        told = {"by": cast.registrar, "at": clock.now(), "since": clock.today()}
        Effect.objects.create(later=later, earlier=older, kind="repeal", **told)
        (found,) = queries.cited(cast.drafter, f"根据{document.number}").found
        assert found.ended and f"已由{newer.number}废止" in found.sentence
        drafter, asked = desk("drafter"), form(text=f"根据{document.number}，现就有关事项通知如下：\n一、抓好落实")
        assert "已失效" in drafter.post(reverse("documents:cited"), asked).content.decode()
        rules = drafter.post(reverse("documents:findings"), asked).content.decode()
        assert "TX-0" in rules and newer.number in rules
        Effect.objects.update(since=clock.today() + timedelta(days=9))
        assert newer.number not in drafter.post(reverse("documents:findings"), asked).content.decode()

    def test_the_page_lists_what_the_text_cites_but_not_itself(self, desk, walk):
        document = walk("issued", text="根据云政发〔2001〕9号，通知如下：\n一、抓好落实")
        page = desk("drafter").get(reverse("documents:page", args=[document.code])).content.decode()
        assert "云政发〔2001〕9号" in page.partition("引用的文件")[2]
        assert not queries.cited(document.drafter, f"本文{document.number}", document.number).unknown
