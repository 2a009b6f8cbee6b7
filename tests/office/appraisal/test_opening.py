"""开放审核 and, on the classified network, 密级审核: proposed, reviewed by a second, decided by a third."""

from datetime import date, timedelta

import pytest
from tests.foundation.accounts.cast import SECRET

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry as Logged
from zhengtong.foundation.refusal import Refused
from zhengtong.office.appraisal import actions, queries, rules
from zhengtong.office.appraisal.models import Entry, Sheet
from zhengtong.office.appraisal.rules.judging import Said
from zhengtong.office.archive.models import Item
from zhengtong.office.archive.queries import reading
from zhengtong.office.documents.models import Clearance

pytestmark = pytest.mark.django_db
CLEARED = ("archivist", "reviewer", "county_head", "clerk", "director")


def test_the_list_offers_what_is_twenty_five_or_soon_will_be(people, old):
    today = clock.today()
    aged, soon = today.replace(year=today.year - 26, day=1), today - timedelta(days=25 * 365 - 200)
    reached = old(1, aged.year, "Y", written_on=aged)
    near = old(2, soon.year, "Y", written_on=soon)
    old(3, 2015, "Y")
    rows = queries.listed(rules.Kind.OPENING, queries.closed(people.archivist))
    assert [(row.item, row.ended) for row in rows] == [(reached, True), (near, False)]


def test_what_is_opened_is_known_to_all_and_what_is_controlled_comes_back(people, old, way):
    one, two = old(1, 2000, "Y"), old(2, 2000, "Y")
    sheet = actions.draw_up("opening", "Z003", [one.archive_number, two.archive_number], people.archivist)
    assert sheet.entries.first().judgement == "open"
    actions.judge(
        sheet.code, people.archivist, {one.archive_number: Said("open"), two.archive_number: Said("control", "涉及个人隐私", "3")}
    )
    assert not reading.known(people.town_clerk).exists()
    assert [way(sheet, step).state for step in ("submit", "approve", "decide")] == ["review", "decide", "done"]
    assert reading.known(people.town_clerk).get() == one and Item.objects.get(pk=one.pk).opened_on == clock.today()
    assert Entry.objects.get(number=two.archive_number).until == date(clock.today().year + 3, 12, 31)
    assert not queries.closed(people.archivist).exists()
    assert Logged.objects.filter(verb="archive.open_up").count() == 1


def test_three_different_people_and_nothing_takes_effect_before_the_last(people, old, way):
    item = old(1, 2000, "Y")
    sheet = actions.draw_up("opening", "Z003", [item.archive_number], people.archivist)
    way(sheet, "submit")
    for who in ("archivist", "director", "clerk"):
        with pytest.raises(Refused):
            actions.act("approve", sheet.code, getattr(people, who), SECRET)
    way(sheet, "approve")
    assert Item.objects.get().opened_on is None and Sheet.objects.get().state == "decide"


def test_on_the_open_network_there_is_no_secrecy_to_review(people, old):
    item = old(1)
    assert queries.kinds() == [rules.Kind.OPENING, rules.Kind.DESTRUCTION]
    with pytest.raises(Refused, match="没有涉密档案"):
        actions.draw_up("secrecy", "Z003", [item.archive_number], people.archivist)
    assert not Sheet.objects.exists()


@pytest.fixture
def secret(classified, people, old):
    """An item of 2019 at 机密★5年, over since 2024, and one of this year that still runs; known to some."""
    until = clock.today() + timedelta(days=30)
    for part in CLEARED:
        Clearance.objects.create(person=getattr(people, part), level="机密", until=until, given_at=clock.now())
    readers = tuple(getattr(people, part).code for part in CLEARED)
    told = {"secrecy": "机密", "secrecy_mark": "机密★5年", "readers": readers}
    return old(1, 2019, "Y", **told), old(2, clock.today().year, "Y", **told)


def drawn(people, *items):
    return actions.draw_up("secrecy", "Z003", [item.archive_number for item in items], people.archivist)


def test_what_is_over_is_declassified_and_what_runs_may_be_changed(people, secret, way):
    over, running = secret
    assert {row.item: row.ended for row in queries.listed(rules.Kind.SECRECY, queries.secrets(people.archivist))} == {
        over: True,
        running: False,
    }
    sheet = drawn(people, over, running)
    said = {over.archive_number: Said("declassify", "期满自行解密"), running.archive_number: Said("change", "影响已减小", "秘密★3年")}
    actions.judge(sheet.code, people.archivist, said)
    assert way(sheet, "submit").slip.lines.get(state="open").person == people.reviewer, "by name, within the scope"
    assert way(sheet, "approve", "decide").state == "done"
    over.refresh_from_db()
    running.refresh_from_db()
    assert (over.secrecy, over.secrecy_mark) == ("", "") and (running.secrecy, running.secrecy_mark) == ("秘密", "秘密★3年")
    assert Entry.objects.get(number=over.archive_number).mark == "机密★5年", "what it was stays on the sheet"
    entry = Logged.objects.get(verb="archive.reclassify", detail__archive_number=over.archive_number)
    assert entry.detail["from"] == "机密★5年" and entry.detail["to"] == "" and entry.detail["basis"] == sheet.code


def test_a_decision_that_comes_after_the_end_does_not_prolong(people, secret):
    over, _running = secret
    sheet = drawn(people, over)
    actions.judge(sheet.code, people.archivist, {over.archive_number: Said("change", "延长", "机密★10年")})
    with pytest.raises(Refused, match="自行解密"):
        actions.submit(sheet.code, people.archivist)
    over.refresh_from_db()
    assert over.secrecy_mark == "机密★5年" and Sheet.objects.get().state == "draft"


def test_who_may_not_know_an_item_sees_no_sheet_with_it(people, secret, way):
    sheet = drawn(people, secret[0])
    assert queries.visible(people.archivist).filter(pk=sheet.pk).exists()
    Clearance.objects.filter(person=people.archivist).delete()
    assert not queries.visible(people.archivist).exists() and not queries.secrets(people.archivist).exists()


def test_without_a_reviewer_in_the_scope_it_goes_nowhere(people, secret):
    sheet = drawn(people, secret[0])
    Clearance.objects.filter(person=people.reviewer).delete()
    with pytest.raises(Refused, match="知悉范围"):
        actions.submit(sheet.code, people.archivist)
    assert Sheet.objects.get().state == "draft"


def test_a_secret_is_not_opened_before_it_is_declassified(people, secret):
    with pytest.raises(Refused, match="解密以后"):
        actions.draw_up("opening", "Z003", [secret[0].archive_number], people.archivist)
    assert not Sheet.objects.exists()
