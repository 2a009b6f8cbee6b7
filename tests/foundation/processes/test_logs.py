"""What a line of the log says, and what it never says."""

import json
import logging
import sys

import pytest
from django.conf import settings
from django.utils.log import AdminEmailHandler

from zhengtong.foundation.processes import logs


def told(form, message="request", raised=None, **added):
    record = logging.LogRecord("zhengtong.request", logging.INFO, __file__, 1, message, (), raised)
    vars(record).update(added)
    return form.format(record)


@pytest.fixture
def failure():
    """A failure whose text repeats a row's values, as PostgreSQL's do."""
    said = "duplicate key\nDETAIL:  Key (identity)=(530899199901011234) already exists.\nCONTEXT:  row 7"
    try:
        raise ValueError(said)
    except ValueError:
        return sys.exc_info()


def test_in_production_a_line_is_one_json_object():
    line = json.loads(told(logs.Structured("portal"), id="a1", path="/政策/", status=200, ms=3.5))
    assert {k: line[k] for k in ("level", "logger", "network", "message", "id", "path", "status", "ms")} == {
        "level": "INFO", "logger": "zhengtong.request", "network": "portal", "message": "request",
        "id": "a1", "path": "/政策/", "status": 200, "ms": 3.5,
    }  # fmt: skip
    assert line["time"].endswith("+00:00") and line["pid"] > 0


def test_in_the_demo_a_line_is_for_reading():
    assert told(logs.Plain("%(levelname)s %(name)s %(message)s"), status=200) == "INFO zhengtong.request request status=200"


@pytest.mark.parametrize("form", [logs.Structured("office"), logs.Plain()])
def test_no_form_repeats_what_people_typed(form, failure):
    line = told(form, "Internal Server Error", failure, request="<WSGIRequest: GET '/?q=机密'>", sql="INSERT 机密", params=("机密",))
    assert "duplicate key" in line and "Traceback" in line
    assert "机密" not in line and "530899" not in line and "row 7" not in line


@pytest.mark.parametrize(("mode", "form"), [("production", "Structured"), ("demo", "Plain")])
def test_the_mode_chooses_the_form(mode, form):
    chosen = logs.configuration("office", mode)["formatters"]["line"]
    assert chosen["()"].endswith(f".{form}")


def test_every_logger_ends_in_the_one_handler_and_none_sends_mail():
    ours = settings.LOGGING
    assert list(ours["handlers"]) == ["stderr"] == ours["root"]["handlers"]
    assert not any(logger.get("handlers") for logger in ours["loggers"].values())
    for name in ("django", "django.request", "zhengtong"):
        logger = logging.getLogger(name)
        assert logger.propagate and not any(isinstance(h, logging.StreamHandler | AdminEmailHandler) for h in logger.handlers)
