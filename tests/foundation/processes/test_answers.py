"""What every answer carries: health, headers, a line in the log."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from zhengtong import __version__

pytestmark = pytest.mark.django_db


def lines(caplog):
    return [record for record in caplog.records if record.name == "zhengtong.request"]


def test_health_tells_network_version_and_database_and_needs_nobody():
    answer = Client().get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"network": settings.NETWORK, "version": __version__, "database": answer.json()["database"]}
    assert answer.json()["database"] in ("sqlite", "postgresql")


@pytest.mark.parametrize("path", ["/health", "/no-such-page/"])
def test_every_answer_forbids_foreign_and_inline_scripts_and_frames(path):
    headers = Client().get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == "'none'" and policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"] and "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_desks_relaxed_policy_exists_only_where_there_is_a_desk():
    assert "unsafe" not in Client().get("/desk/").headers["Content-Security-Policy"]


def test_a_request_leaves_one_line_without_its_query_and_its_form(caplog):
    caplog.set_level(logging.INFO, logger="zhengtong.request")
    answer = Client().get("/health", {"name": "䶮㿠"})
    Client().post("/no-such-page/", {"identity": "530899199901011234"})
    first, second = lines(caplog)
    assert (first.method, first.path, first.status, first.id) == ("GET", "/health", 200, answer["X-Request-Id"])
    assert first.ms >= 0 and second.status in (404, 405)
    said = str([vars(record) for record in lines(caplog)])
    assert "䶮㿠" not in said and "530899" not in said


def test_every_request_has_a_number_of_its_own():
    assert len({Client().get("/health")["X-Request-Id"] for _ in range(3)}) == 3
