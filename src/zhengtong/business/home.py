"""The business desk: everybody's first page is the list of what waits for him."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhengtong.foundation.accounts.doors import door

# fmt: off
FIRST = (
    # role             first page
    ("window_clerk",   "cases:list"),
    ("examiner",       "cases:list"),
    ("approver",       "cases:list"),
    ("disclosure_clerk", "disclosure:list"),
    ("disclosure_head", "disclosure:list"),
    ("letters_center", "letters:list"),
    ("item_manager",   "items:list"),
    ("publisher",      "sites:articles"),
    ("editor",         "sites:articles"),
    ("unit_reader",    "sites:articles"),
    ("office_reader",  "sites:articles"),
    ("supervisor",     "timelimits:board"),
    ("letters_handler", "letters:list"),
    ("letters_checker", "letters:list"),
    ("letters_confidential", "letters:list"),
    ("egov_office",    "timelimits:board"),
)
# fmt: on


@door()
def home(request: HttpRequest) -> HttpResponse:
    """To the list of the first role that the person has; administrators to their own home."""
    return redirect(next((page for role, page in FIRST if role in request.roles), "accounts:home"))
