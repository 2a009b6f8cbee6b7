"""The designer's pages: every button works without script, what is refused says so at its row, and nobody else gets in."""

import pytest
from lxml import html

from zhengtong.foundation.slips.models import Pattern

pytestmark = pytest.mark.django_db
AT = "/slips/YL003/outgoing/"


def tree(answer):
    return html.fromstring(answer.content.decode())


def fields(answer):
    """What a browser would send of the designer's form."""
    (form,) = tree(answer).xpath("//form[@id='designer']")
    return dict(form.form_values())


def rows(answer):
    return [li.get("aria-label") for li in tree(answer).xpath("//form[@id='designer']//ol/li")]


def press(client, answer, do, htmx=False, **more):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(AT, {**fields(answer), "do": do, **more}, headers=headers)


@pytest.fixture
def page(desk):
    client = desk("secretary")
    return client, client.get(AT)


def test_the_secretary_finds_the_templates_of_the_organs_she_keeps(desk):
    client = desk("secretary")
    assert "/slips/" in client.get("/").content.decode()
    links = tree(client.get("/slips/")).xpath("//main//table//a/@href")
    assert {AT, "/slips/YL003/incoming/", "/slips/YL130/release/", "/slips/YL003/outgoing/0/"} <= set(links)


def test_nobody_else_opens_a_template(desk):
    for part in ("drafter", "head", "archivist"):
        assert {desk(part).get(at).status_code for at in ("/slips/", AT, f"{AT}0/")} == {403}
        assert {desk(part).post(at).status_code for at in (AT, f"{AT}drop/")} == {403}
    other = desk("outside_secretary")
    assert {other.get(at).status_code for at in (AT, f"{AT}0/", f"{AT}1/", "/slips/YL001/unknown/")} == {404}
    assert {other.post(at, {"do": "publish"}).status_code for at in (AT, f"{AT}drop/")} == {404}
    assert not Pattern.objects.exists()


def test_rows_move_by_buttons_and_the_picture_follows(page):
    client, first = page
    assert rows(first)[2:5] == ["确定会签", "办公室审核", "分管领导审批"]
    moved = press(client, first, "down:3")
    assert rows(moved)[3:5] == ["分管领导审批", "办公室审核"]
    assert [e.text_content().strip() for e in tree(moved).xpath("//li//p[@class='zt-plan-error']")] == [
        "分管领导审批以前须经办公室审核（第二十条）"
    ]
    assert tree(moved).xpath("//*[@data-zt-focus]/@id") == ["down-4"]
    assert len(tree(moved).xpath("//svg//g[contains(@class, 'zt-flow-refused')]")) == 1
    back = press(client, moved, "up:4")
    assert rows(back) == rows(first) and not tree(back).xpath("//p[@class='zt-plan-error']")
    assert rows(press(client, back, "arrange", order="0,2,1,3,4,5,6,7,8,9"))[1:3] == ["确定会签", "处室审核"]
    assert not Pattern.objects.exists()


def test_a_stage_is_added_chosen_put_beside_and_published(page):
    client, first = page
    added = press(client, first, "add", stage="advise")
    at = rows(added).index("征求意见")
    named = {f"row-{at}-label": "合法性审核", f"row-{at}-who": "role:organ_head", f"row-{at}-beside": "1", f"row-{at}-days": "3"}
    shown = press(client, added, "show", **named)
    assert "合法性审核" in rows(shown) and not tree(shown).xpath("//p[@class='zt-plan-error']"), tree(shown).text_content()
    assert len(tree(shown).xpath("//svg/path[@class='zt-flow-gate']")) == 2
    done = press(client, shown, "publish", note="加法核")
    assert (done.status_code, done.url) == (302, "/slips/")
    made = Pattern.objects.get()
    assert (made.version, made.note, made.rows[at].role, made.rows[at].beside, made.rows[at].days) == (1, "加法核", "organ_head", True, 3)
    answer = client.get(f"{AT}1/")
    assert "加法核" in answer.content.decode() and "合法性审核" in answer.content.decode()


def test_a_refused_publication_keeps_what_was_arranged(page):
    client, first = page
    bad = press(client, press(client, first, "out:1"), "down:4")
    answer = press(client, bad, "publish")
    assert answer.status_code == 422 and rows(answer) == rows(bad)
    assert tree(answer).xpath("//p[@class='zt-plan-error']")
    assert not Pattern.objects.exists()


def test_with_script_only_the_designer_comes_back_and_saving_goes_elsewhere(page):
    client, first = page
    part = press(client, first, "down:3", htmx=True)
    assert part.status_code == 200 and tree(part).tag == "form"
    kept = press(client, first, "keep", htmx=True)
    assert (kept.status_code, kept.headers["HX-Redirect"]) == (200, AT)
    assert Pattern.objects.get().version is None
    stale = press(client, first, "keep")
    assert stale.status_code == 422 and "模板已被改动" in stale.content.decode()
    again = client.get(AT)
    assert client.post(f"{AT}drop/").status_code == 302 and not Pattern.objects.exists()
    assert "草稿" in again.content.decode()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"row-1-who": "post:P'; --:x"}, {"row-1-days": "-5"}, {"row-1-days": "１"}, {"row-1-days": "9" * 50},
        {"row-0-stage": "nothing"}, {"do": "up:999"}, {"do": "down:-1"}, {"do": "out:99"}, {"do": "arrange", "order": "5,5,5"},
        {"key": "x"}, {"row-1-label": "长" * 5000}, {"do": "add", "stage": "\x00"},
    ],
)  # fmt: skip
def test_nonsense_from_a_form_is_answered_and_publishes_nothing(page, nonsense):
    client, first = page
    assert client.post(AT, {**fields(first), "do": "show", **nonsense}).status_code == 200
    if "do" not in nonsense and "key" not in nonsense:
        assert client.post(AT, {**fields(first), **nonsense, "do": "publish"}).status_code == 422
    assert not Pattern.objects.exists()
