import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions, entry, queries
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.processes import ticks

from .cast import SECRET, account, person

pytestmark = pytest.mark.django_db
SIGN_IN, CODE, BIND, CHANGE, HOME, ME = (
    reverse(f"accounts:{name}", urlconf="zhengtong.office.urls")
    for name in ("sign_in", "second_factor", "bind", "change_secret", "home", "me")
)


@pytest.fixture
def business(settings):
    settings.NETWORK = "business"


def come(client, username, secret=SECRET, **more):
    return client.post(SIGN_IN, {"username": username, "secret": secret, **more})


def verbs():
    return list(Entry.objects.values_list("verb", flat=True))


def code_of(made):
    device = TOTPDevice.objects.get(user=made)
    return f"{totp(device.bin_key):06d}"


def signed_in(client):
    return "_auth_user_id" in client.session


def test_in_the_office_one_signs_in_with_key_and_pin(client):
    account(person("P1", "principal_head"))
    assert "PIN" in client.get(SIGN_IN).content.decode()
    answer = come(client, "P1", next=ME)
    assert answer.status_code == 302 and answer.url == ME
    assert client.get(ME).status_code == 200  # two factors in one: no code is asked for
    assert verbs() == ["accounts.sign_in"]
    assert Entry.objects.get().detail["way"] == "key"


def test_a_key_that_is_not_the_registered_one_opens_nothing(client):
    made, other = account(person("P1")), account(person("P2"))
    key = queries.key_of(other)
    queries.key_of(made).__class__.objects.filter(account=made).update(locked=bytes(key.locked))
    assert come(client, "P1").status_code == 422 and not signed_in(client)


def test_in_the_business_network_a_clerk_signs_in_with_a_password(client, business):
    account(person("P1", "window_clerk"))
    assert come(client, "P1", next=ME).url == ME
    assert client.get(ME).status_code == 200


def test_where_the_role_demands_it_a_code_comes_after_the_password(client, business):
    made = account(person("P1", "publisher"))
    device = TOTPDevice.objects.create(user=made, confirmed=True)
    assert come(client, "P1", next=ME).url.startswith(CODE)
    assert client.get(ME).url.startswith(CODE)
    assert client.post(CODE, {"code": "000000" if code_of(made) != "000000" else "111111"}).status_code == 422
    assert client.get(ME).url.startswith(CODE)
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    answer = client.post(CODE, {"code": code_of(made), "next": ME})
    assert answer.url == ME and client.get(ME).status_code == 200
    assert verbs() == ["accounts.sign_in", "accounts.wrong_code", "accounts.second_factor"]
    again = Client()
    come(again, "P1")
    assert again.post(CODE, {"code": code_of(made)}).status_code == 422  # a code is good once
    device.refresh_from_db()
    assert device.throttling_failure_count == 1


def test_wrong_codes_make_the_next_try_wait(client, business):
    made = account(person("P1", "publisher"))
    TOTPDevice.objects.create(user=made, confirmed=True, throttling_failure_count=5, throttling_failure_timestamp=clock.real_now())
    come(client, "P1")
    answer = client.post(CODE, {"code": code_of(made)})
    assert "请等待" in answer.content.decode() and client.get(ME).url.startswith(CODE)


def test_who_has_no_code_yet_binds_one_first(client, business):
    made = account(person("P1", "auditor"))
    come(client, "P1", next=ME)
    assert client.get(CODE).url.startswith(BIND)
    page = client.get(BIND).content.decode()
    assert "data:image/svg+xml" in page
    assert client.post(BIND, {"code": "12345"}).status_code == 422
    assert not queries.device_of(made)
    client.post(BIND, {"code": code_of(made)})
    assert queries.device_of(made) and client.get(ME).status_code == 200
    assert client.get(BIND).status_code == 302  # bound once; another one only after a reset


@pytest.mark.parametrize("network", ["office", "business"])
def test_no_answer_tells_which_accounts_exist(client, settings, network):
    settings.NETWORK = network
    account(person("P1"))
    Account.objects.create(username="waiting", created_at=clock.now())
    pages = []
    for username in ("P1", "waiting", "nobody"):
        answer = come(Client(), username, "Wrong-Secret-1")
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"', "", answer.content.decode())
        pages.append((answer.status_code, text.replace(username, "NAME")))
    assert pages[0] == pages[1] == pages[2] and pages[0][0] == 422
    assert verbs() == ["accounts.sign_in_failed"] * 3
    assert not Entry.objects.filter(target__contains="nobody").exists()


@pytest.mark.parametrize("network", ["office", "business"])
def test_five_failures_lock_the_account_for_half_an_hour_of_real_time(client, settings, network):
    settings.NETWORK = network
    made = account(person("P1"))
    for _time in range(4):
        assert come(client, "P1", "Wrong-Secret-1").status_code == 422
    answer = come(client, "P1", "Wrong-Secret-1")
    assert answer.status_code == 429 and "已锁定" in answer.content.decode()
    answer = come(Client(HTTP_USER_AGENT="another", REMOTE_ADDR="10.0.0.9"), "P1")
    assert answer.status_code == 429 and not signed_in(client)
    assert verbs().count("accounts.lock_out") == 2
    (settings.HOME / "time").write_text(str(7 * 86400))  # simulated time doesn't open it
    assert come(client, "P1").status_code == 429
    (settings.HOME / "time").unlink()
    AccessAttempt.objects.update(attempt_time=clock.real_now() - timedelta(minutes=31))
    assert come(client, "P1").status_code == 302
    assert not made.is_superuser


def test_the_security_administrator_unlocks(client):
    made = account(person("P1"))
    for _time in range(5):
        come(client, "P1", "Wrong-Secret-1")
    actions.unlock(person("A1", "security_admin"), made)
    assert come(client, "P1").status_code == 302


def test_the_secret_is_kept_nowhere_in_clear(client):
    account(person("P1"))
    come(client, "P1", "Wrong-Secret-1")
    attempt = AccessAttempt.objects.get()
    assert "Wrong-Secret-1" not in attempt.post_data + str(list(Entry.objects.values()))


@pytest.mark.parametrize(("network", "minutes"), [("office", 10), ("business", 30)])
def test_an_idle_session_ends_by_real_time(client, settings, network, minutes):
    settings.NETWORK = network
    account(person("P1"))
    come(client, "P1")
    (settings.HOME / "time").write_text(str(86400))
    assert client.get(ME).status_code == 200  # simulated time ends no session
    session = client.session
    session[entry.SEEN] = clock.real_now().timestamp() - minutes * 60 + 5
    session.save()
    assert client.get(ME).status_code == 200
    session = client.session
    session[entry.SEEN] = clock.real_now().timestamp() - minutes * 60 - 5
    session.save()
    answer = client.get(ME)
    assert answer.status_code == 302 and answer.url.startswith(SIGN_IN) and not signed_in(client)
    assert "离开了一段时间" in client.get(answer.url).content.decode()
    assert verbs()[-1] == "accounts.time_out"


def test_a_first_secret_is_changed_before_anything_else(client):
    made = account(person("P1"))
    Account.objects.update(must_change=True)
    assert come(client, "P1", next=ME).url.startswith(CHANGE)
    assert client.get(ME).url.startswith(CHANGE)
    bad = [("Wrong-Secret-1", "New-Pin-2027", "New-Pin-2027"), (SECRET, "short", "short"), (SECRET, "New-Pin-2027", "Other-Pin-2027")]
    for old, new, again in bad:
        assert client.post(CHANGE, {"old": old, "new": new, "again": again}).status_code == 422
    assert client.get(ME).url.startswith(CHANGE)
    answer = client.post(CHANGE, {"old": SECRET, "new": "New-Pin-2027", "again": "New-Pin-2027", "next": ME})
    assert answer.url == ME and client.get(ME).status_code == 200
    actions.confirm(made, "New-Pin-2027")


def test_a_changed_password_keeps_this_session_and_ends_the_others(client, business):
    account(person("P1", "window_clerk"))
    other = Client()
    come(other, "P1")
    come(client, "P1")
    client.post(CHANGE, {"old": SECRET, "new": "New-Password-27", "again": "New-Password-27"})
    assert client.get(ME).status_code == 200 and other.get(ME).status_code == 302


def test_an_old_secret_must_be_changed(client, settings):
    settings.NETWORK = "classified"
    account(person("P1"))
    come(client, "P1")
    assert client.get(ME).status_code == 200
    Account.objects.update(secret_at=clock.real_now() - timedelta(days=7))
    assert client.get(ME).url.startswith(CHANGE)


def test_the_password_change_is_closed_before_the_code(client, business):
    made = account(person("P1", "publisher"))
    TOTPDevice.objects.create(user=made, confirmed=True)
    come(client, "P1")
    assert client.get(CHANGE).url.startswith(CODE)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_next_never_leads_out_of_the_house(client, wanted):
    account(person("P1"))
    assert come(client, "P1", next=wanted).url == "/"


def test_a_disabled_account_is_out_at_once(client):
    made = account(person("P1"))
    come(client, "P1")
    actions.disable(person("S1", "system_admin"), made, "调离")
    assert client.get(ME).url.startswith(SIGN_IN)


def test_signing_out_is_a_post_and_audited(client):
    account(person("P1"))
    come(client, "P1")
    out = reverse("accounts:sign_out")
    assert client.get(out).status_code == 405
    client.post(out)
    assert not signed_in(client) and verbs()[-1] == "accounts.sign_out"


def test_sessions_end_with_the_browser_and_pages_stay_in_no_cache(client):
    account(person("P1"))
    come(client, "P1")
    cookie = client.cookies["session_office"]
    assert cookie["max-age"] == "" and cookie["expires"] == "" and cookie["httponly"]
    assert client.get(ME)["Cache-Control"] == "no-store"


def test_a_wrong_pin_on_a_page_is_counted_when_the_page_is_done(client, rf):
    from zhengtong.foundation.accounts.middleware import gate

    made = account(person("P1"))
    request = rf.get("/")
    request.session, request.user = client.session, made

    def view(request):
        with pytest.raises(Exception, match="密钥口令不正确"):
            actions.confirm(request.user, "wrong")
        assert queries.key_of(made).failures == 0
        from django.http import HttpResponse

        return HttpResponse()

    gate(view)(request)
    assert queries.key_of(made).failures == 1


def test_the_code_command_prints_a_code_that_opens_and_never_the_same_twice(client, business, capsys):
    made = account(person("P1", "publisher"))
    TOTPDevice.objects.create(user=made, confirmed=True)
    call_command("code", "P1")
    first = capsys.readouterr().out.strip()
    come(client, "P1")
    assert client.post(CODE, {"code": first}).status_code == 302
    call_command("code", "P1")
    second = capsys.readouterr().out.strip()
    again = Client()
    come(again, "P1")
    assert second != first and again.post(CODE, {"code": second}).status_code == 302


def test_no_code_is_shown_outside_the_demo(settings):
    settings.MODE = "production"
    TOTPDevice.objects.create(user=account(person("P1")), confirmed=True)
    with pytest.raises(CommandError):
        call_command("code", "P1")


def test_sample_accounts_are_shown_in_the_demo_only(client, settings):
    assert "lin.wen" in client.get(SIGN_IN).content.decode()
    settings.MODE = "production"
    assert "lin.wen" not in client.get(SIGN_IN).content.decode()


def test_sessions_past_their_end_are_cleared_by_the_worker():
    clear = next(tick.work for tick in ticks.ticks() if tick.work.__name__ == "clear_expired")
    for key, days in (("over", -1), ("still", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=clock.real_now() + timedelta(days=days))
    clear()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["still"]
