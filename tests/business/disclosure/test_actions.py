from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, transaction

from zhengtong.business.disclosure import actions, queries
from zhengtong.business.disclosure.models import Consultation, Letter, Request
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock.models import ClockEvent
from zhengtong.foundation.clock.queries import reading
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.refusal import Refused
from zhengtong.papers.sealing import pdf as signatures

from .conftest import ANSWERS, GUIDE, MONDAY, PIN

DUE = date(2026, 3, 30)  # twenty working days after 2 March 2026


def text_of(letter):
    pages = pypdfium2.PdfDocument(read(letter.file.sm3))
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def unchanged(request, verb):
    """Nothing of the request moved, and no entry says that it did."""
    before = Request.objects.filter(pk=request.pk).values().get(), Entry.objects.count(), ClockEvent.objects.count()
    with pytest.raises(Refused):
        verb()
    assert (Request.objects.filter(pk=request.pk).values().get(), Entry.objects.count(), ClockEvent.objects.count()) == before


def test_a_request_from_the_portal_runs_from_the_day_it_was_handed_in(arrive, portal, told):
    request = arrive()
    assert (request.received_on, request.state, request.name) == (MONDAY, "received", ANSWERS["name"])
    assert reading(request.number, "disclosure.answer").due == DUE
    assert reading(request.number, "disclosure.completion").due == date(2026, 3, 11)
    assert told()["label"] == "待核对" and told()["case_number"] == request.number
    assert ANSWERS["name"] not in str(list(Entry.objects.values("actor_name", "detail")))


def test_the_same_receipt_comes_once(arrive, portal):
    request = arrive()
    unchanged(request, lambda: arrive())


def test_a_letter_by_post_counts_from_the_confirmation(register):
    request = register("post", date(2026, 2, 26), date(2026, 2, 27))
    assert request.received_on == date(2026, 2, 27)
    with pytest.raises(Refused):
        register("post", date(2026, 2, 26), None)
    assert Request.objects.count() == 1


def test_nobody_of_another_organ_registers_sees_or_moves_a_request(cast, register):
    request = register()
    assert not queries.visible(cast.outsider).exists() and not queries.visible(cast.editor).exists()
    unchanged(request, lambda: actions.take_up(request.number, cast.outsider))
    unchanged(request, lambda: actions.register(cast.outsider, cast.desk, "window", MONDAY, None, ANSWERS, {}))


def test_completion_ends_the_clocks_and_what_comes_starts_the_answer_anew(cast, register, send, at):
    request = register()
    send(request, "completion", text="请写明文号", until=MONDAY + timedelta(days=15))
    assert request.state == "completing"
    assert {reading(request.number, limit).state for limit in ("disclosure.answer", "disclosure.completion")} == {"finished"}
    at(date(2026, 3, 9))
    actions.complete(request.number, cast.clerk, "云政发〔2025〕3号", date(2026, 3, 9))
    assert reading(request.number, "disclosure.answer").due == date(2026, 4, 7)
    unchanged(request, lambda: actions.draft(request.number, cast.clerk, "completion", {"text": "再补", "until": date(2026, 4, 1)}))


def test_completion_is_asked_within_seven_working_days_only(cast, register, at):
    request = register()
    at(date(2026, 3, 12))
    unchanged(request, lambda: actions.draft(request.number, cast.clerk, "completion", {"text": "补", "until": date(2026, 4, 1)}))


def test_who_does_not_complete_gives_up_after_the_term_and_not_before(cast, register, send, at):
    request = register()
    send(request, "completion", text="请写明文号", until=date(2026, 3, 17))
    unchanged(request, lambda: actions.give_up(request.number, cast.clerk))
    at(date(2026, 3, 18))
    assert actions.give_up(request.number, cast.clerk).answer == "no_completion"


def test_waiting_for_a_third_party_does_not_count_and_silence_ends_it(cast, register, send, at):
    request = register()
    actions.take_up(request.number, cast.clerk)
    at(date(2026, 3, 4))
    letter = send(request, "third_party", addressee="丰禾公司", text="合同单价")
    assert request.state == "consulting" and reading(request.number, "disclosure.answer").state == "stopped"
    assert ANSWERS["name"] not in text_of(letter)
    at(date(2026, 3, 5))
    actions.deliver(letter.pk, cast.clerk, "post", date(2026, 3, 5))
    at(date(2026, 3, 26))
    assert actions.lapse_consultations() == 0  # the fifteenth working day itself is theirs
    at(date(2026, 3, 27))
    assert actions.lapse_consultations() == 1 and actions.lapse_consultations() == 0
    request.refresh_from_db()
    assert (request.state, Consultation.objects.get().opinion) == ("handling", "silent")
    assert reading(request.number, "disclosure.answer").left == 17
    assert queries.unsettled(request)


def test_two_that_are_asked_stop_the_clock_until_the_last_has_answered(cast, register, send, at):
    request = register()
    actions.take_up(request.number, cast.clerk)
    send(request, "third_party", addressee="甲公司", text="单价")
    send(request, "co_producer", addressee="县财政局", text="附表")
    first, second = Consultation.objects.all()
    at(date(2026, 3, 5))
    actions.note_opinion(first.number, cast.clerk, "agrees", "", date(2026, 3, 5))
    request.refresh_from_db()
    assert request.state == "consulting"
    with pytest.raises(Refused, match="理由"):
        actions.note_opinion(second.number, cast.clerk, "against", "", date(2026, 3, 5))
    at(date(2026, 3, 10))
    actions.note_opinion(second.number, cast.clerk, "against", "属于过程信息", date(2026, 3, 10))
    request.refresh_from_db()
    assert request.state == "handling" and reading(request.number, "disclosure.answer").due == date(2026, 4, 8)  # six working days later


def test_the_head_extends_once_and_the_pause_before_is_not_lost(cast, register, send, at):
    request = register()
    actions.take_up(request.number, cast.clerk)
    send(request, "co_producer", addressee="县财政局", text="附表")
    at(date(2026, 3, 10))
    actions.note_opinion(Consultation.objects.get().number, cast.clerk, "agrees", "", date(2026, 3, 10))
    plain = reading(request.number, "disclosure.answer").due
    send(request, "extension", text="材料多", days=10)
    shown = reading(request.number, "disclosure.extended")
    assert request.extended == 10 and plain == date(2026, 4, 8) and shown.due == date(2026, 4, 22)
    assert reading(request.number, "disclosure.answer").state == "finished"
    unchanged(request, lambda: actions.draft(request.number, cast.clerk, "extension", {"text": "还多", "days": 5}))


def test_the_clerk_can_not_sign_an_answer_and_the_head_not_before_it_was_sent_up(cast, register):
    request = register()
    letter = actions.draft(request.number, cast.clerk, "answer", {"answer": "absent", "search": "查遍档案室"})
    unchanged(request, lambda: actions.issue(letter.pk, cast.accounts["clerk"], PIN))
    unchanged(request, lambda: actions.issue(letter.pk, cast.accounts["head"], PIN))
    actions.send_up(letter.pk, cast.clerk)
    unchanged(request, lambda: actions.send_back(letter.pk, cast.head, " "))
    actions.send_back(letter.pk, cast.head, "检索范围写具体")
    letter.refresh_from_db()
    assert (letter.state, letter.returned) == ("draft", "检索范围写具体")
    actions.send_up(letter.pk, cast.clerk)
    unchanged(request, lambda: actions.issue(letter.pk, cast.accounts["head"], "wrong"))


def test_an_answer_is_numbered_sealed_and_names_the_remedies(cast, register, send):
    request = register()
    letter = send(request, "answer", answer="process", text="属于会议讨论记录")
    text = text_of(letter)
    assert letter.number == "云政办公开〔2026〕1号" and letter.number in text
    assert "先向云岭县人民政府申请行政复议" in text and request.number in text
    report = signatures.verify(read(letter.file.sm3), letter.issued_at)
    assert report.good, report
    assert (request.state, request.answer, request.counted_as) == ("answered", "process", "process")
    assert reading(request.number, "disclosure.answer").state == "finished"
    actions.deliver(letter.pk, cast.clerk, "post", MONDAY)
    request.refresh_from_db()
    assert (request.state, request.closed_on) == ("closed", MONDAY)


def test_on_the_portal_the_answer_and_the_papers_open_with_the_code(cast, arrive, portal, send, told):
    request = arrive()
    actions.give_paper(request.number, cast.clerk, "方案.txt", "分配方案正文".encode())
    send(request, "answer", answer="open")
    status = told()
    assert request.state == "closed" and status["state"] == "closed" and "予以公开" in status["label"]
    assert [paper["name"] for paper in status["papers"]] == ["政府信息公开申请答复书.pdf", "方案.txt"]
    assert "6个月" in status["remedy"]


def test_the_portals_completion_needs_the_code(cast, arrive, portal, send):
    request = arrive()
    send(request, "completion", text="写明文号", until=MONDAY + timedelta(days=15))
    words = {"completes": True, "answers": {"supplement": "云政发〔2025〕3号"}, "attachments": {}}
    unchanged(request, lambda: arrive(**words, status_key="00" * 16))
    assert arrive(**words).supplement == "云政发〔2025〕3号"


def test_the_fee_stops_the_clock_until_it_is_paid(cast, register, send, at):
    request = register()
    actions.take_up(request.number, cast.clerk)
    letter = send(request, "fee", measure="page", count=68, account="3号窗口")
    assert (request.state, request.fee) == ("paying", 380) and "380元" in text_of(letter)
    actions.deliver(letter.pk, cast.clerk, "window", MONDAY)
    unchanged(request, lambda: actions.forfeit(request.number, cast.clerk))
    at(date(2026, 3, 5))
    actions.pay(request.number, cast.clerk, date(2026, 3, 5))
    assert reading(request.number, "disclosure.answer").due == date(2026, 4, 2)
    request.refresh_from_db()
    unchanged(request, lambda: actions.draft(request.number, cast.clerk, "fee", {"measure": "page", "count": 90, "account": "窗口"}))


def test_who_does_not_pay_gives_up_after_twenty_working_days(cast, register, send, at):
    request = register()
    actions.take_up(request.number, cast.clerk)
    letter = send(request, "fee", measure="page", count=68, account="3号窗口")
    actions.deliver(letter.pk, cast.clerk, "window", MONDAY)
    at(date(2026, 3, 31))
    assert actions.forfeit(request.number, cast.clerk).answer == "no_payment"


def test_only_one_applicants_requests_are_merged(cast, register):
    first, second, foreign = register(), register(), register(identity="other", name="别人")
    unchanged(foreign, lambda: actions.merge(foreign.number, first.number, cast.clerk, "同样的信息"))
    unchanged(second, lambda: actions.merge(second.number, second.number, cast.clerk, "同样的信息"))
    merged = actions.merge(second.number, first.number, cast.clerk, "同样的信息")
    assert (merged.state, merged.answer, merged.merged_into) == ("closed", "merged", first)
    assert second.number in str(queries.letter_facts(first, cast.desk).merged)


def test_a_review_has_a_clock_of_its_own_and_a_court_may_order_a_new_answer(cast, register, send, at):
    request = register()
    letter = send(request, "answer", answer="process", text="过程稿")
    actions.deliver(letter.pk, cast.clerk, "post", MONDAY)
    at(date(2026, 3, 9))
    contest = actions.contest(request.number, cast.clerk, "suit_after", "云岭县人民法院", "（2026）行初1号", date(2026, 3, 9))
    assert reading(contest.number, "disclosure.lawsuit").due == date(2026, 3, 24)
    actions.reply(contest.number, cast.clerk, date(2026, 3, 9))
    assert reading(contest.number, "disclosure.lawsuit").state == "finished"
    with pytest.raises(Refused):
        actions.conclude(contest.number, cast.clerk, "upheld", date(2026, 3, 9), "", True)
    actions.conclude(contest.number, cast.clerk, "corrected", date(2026, 3, 9), "", True)
    request.refresh_from_db()
    assert request.state == "handling" and reading(request.number, "disclosure.again").due == date(2026, 4, 7)
    actions.give_paper(request.number, cast.clerk, "a.txt", b"text")
    again = send(request, "answer", answer="open")
    actions.deliver(again.pk, cast.clerk, "post", date(2026, 3, 9))
    request.refresh_from_db()
    assert (request.answer, request.counted_as, request.counted_on) == ("open", "process", MONDAY)  # the year's figures stand


def test_every_clock_is_reported_to_supervision_without_a_name(cast, register):
    request = register()
    rows = [row.payload for row in Outgoing.objects.filter(contract="clock_events") if row.payload["subject"] == request.number]
    assert {row["limit"] for row in rows} == {"disclosure.answer", "disclosure.completion"}
    assert ANSWERS["name"] not in str(rows) and ANSWERS["description"] not in str(rows)


def test_one_letter_is_open_at_a_time_and_a_stale_page_moves_nothing(cast, register):
    request = register()
    letter = actions.draft(request.number, cast.clerk, "answer", {"answer": "absent", "search": "查"})
    unchanged(request, lambda: actions.take_up(request.number, cast.clerk))
    actions.discard(letter.pk, cast.clerk)
    unchanged(request, lambda: actions.take_up(request.number, cast.clerk, version=request.version + 7))
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(request=request, kind="answer", addressee="x", drafted_by=cast.clerk, state="issued")


def test_the_guide_has_no_gap_and_only_the_head_changes_it(cast):
    with pytest.raises(Refused):
        actions.open_desk(cast.organs["YL130"], GUIDE | {"phone": ""}, cast.head)
    with pytest.raises(Refused):
        actions.open_desk(cast.organs["YL130"], GUIDE, cast.clerk)
    sent = Outgoing.objects.filter(contract="disclosure_desks").last().payload["desks"]
    assert sent[0]["code"] == "xxgk-YL130" and "locked" not in sent[0]
