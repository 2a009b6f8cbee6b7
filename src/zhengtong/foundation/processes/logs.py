"""What processes say of themselves: one line for each event on standard error, kept by whoever runs them.

JSON in production, plain lines in the demo. A line never holds a query, a form field or a row's values.
"""

import logging
from types import TracebackType
from typing import TypeAlias

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

Raised: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
UNSAID = (*RESERVED_ATTRS, "request", "sql", "params", "response")  # what libraries attach and may hold what people typed
VALUES = ("DETAIL:", "CONTEXT:")  # PostgreSQL repeats the row's values under an error


def without_values(trace: str) -> str:
    """A traceback without the lines in which the database quotes the row."""
    return "\n".join(line for line in trace.splitlines() if not line.lstrip().startswith(VALUES))


class Structured(JsonFormatter):
    """One JSON object for each line: time (UTC), level, logger, network, message, and what the caller added."""

    def __init__(self, network: str) -> None:
        super().__init__(
            ["levelname", "name", "message", "process"],
            rename_fields={"levelname": "level", "name": "logger", "process": "pid"},
            static_fields={"network": network},
            reserved_attrs=UNSAID,
            timestamp="time",
            json_ensure_ascii=False,
        )

    def formatException(self, ei: Raised) -> str:
        return without_values(logging.Formatter.formatException(self, ei))


class Plain(logging.Formatter):
    """The same for a person at a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        added = (f"{name}={value}" for name, value in vars(record).items() if name not in UNSAID)
        return " ".join([super().formatMessage(record), *added])

    def formatException(self, ei: Raised) -> str:
        return without_values(super().formatException(ei))


def configuration(network: str, mode: str) -> dict[str, object]:
    """Django's LOGGING; the web server takes the same for its own lines."""
    form: dict[str, object] = (
        {"()": f"{__name__}.Structured", "network": network}
        if mode == "production"
        else {"()": f"{__name__}.Plain", "fmt": "%(levelname)s %(name)s %(message)s"}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": form},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "zhengtong": {"level": "INFO"},
            "django": {"level": "INFO", "handlers": []},  # no mail to anybody
            "django.request": {"level": "ERROR"},  # 4xx are in the request log already
            "_granian": {"level": "INFO", "handlers": []},
        },
    }
