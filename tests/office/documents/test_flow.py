"""A document's way page draws its slips, for those whom it concerns and nobody else."""

import pytest
from lxml import html

from zhengtong.office.documents import actions

pytestmark = pytest.mark.django_db


def picture(page):
    return html.fromstring(page.content.decode()).xpath("//svg[@role='img']")


def test_the_way_page_shows_each_line_with_its_state_in_words_and_is_reached_from_the_paper(walk, desk, cast):
    document = walk("countersign")
    at = f"/documents/{document.code}/way/"
    assert at in desk("drafter").get(f"/documents/{document.code}/").content.decode()
    answer = desk("drafter").get(at)
    (svg,) = picture(answer)
    boxes = svg.xpath(".//g")
    assert len(boxes) == document.slip.lines.count()
    states = [g.get("class").split()[-1] for g in boxes]
    assert states.count("zt-flow-open") == 2 and states.count("zt-flow-done") == 3
    assert all(g.xpath("./title/text()")[0] for g in boxes)
    told = svg.xpath("./desc/text()")[0]
    assert "处室审核，unit_head，已办" in told and "云岭县教育局，办理中" in told
    names = {svg.xpath("./title/@id")[0], svg.xpath("./desc/@id")[0]}
    assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} == names


def test_what_was_returned_stays_in_the_picture(walk, desk, cast):
    document = walk("office")
    actions.return_(document.code, cast.reviewer, "请核实数字")
    (svg,) = picture(desk("drafter").get(f"/documents/{document.code}/way/"))
    assert [g for g in svg.xpath(".//g") if "zt-flow-returned" in g.get("class")]
    assert [p for p in svg.xpath(".//path") if "zt-flow-back" in p.get("class")]


def test_the_way_of_a_paper_that_does_not_concern_me_is_not_there(walk, desk):
    document = walk("office")
    assert desk("outsider").get(f"/documents/{document.code}/way/").status_code == 404
    assert desk("outside_secretary").get(f"/documents/{document.code}/way/").status_code == 404
