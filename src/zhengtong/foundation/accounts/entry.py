"""The state of a sign-in, kept in the session: by which way, when last seen, what is still missing. Real time throughout."""

from django.conf import settings
from django.http import HttpRequest

from zhengtong.foundation import clock

from . import rules
from .models import Account

WAY, SEEN = "accounts.way", "accounts.seen"
EVERY = 20  # seconds between two notes of being seen, so that not every request writes the session


def begin(request: HttpRequest, way: rules.Way) -> None:
    """Note in the fresh session how the person signed in."""
    request.session[WAY] = way.value
    request.session[SEEN] = clock.real_now().timestamp()


def idle_too_long(request: HttpRequest) -> bool:
    """Whether nobody has been there for longer than the network allows; a session of unknown age counts as fresh once."""
    seen = request.session.get(SEEN)
    return seen is not None and clock.real_now().timestamp() - seen > rules.IDLE_MINUTES[settings.NETWORK] * 60


def note_presence(request: HttpRequest) -> None:
    now = clock.real_now().timestamp()
    if now - request.session.get(SEEN, 0) > EVERY:
        request.session[SEEN] = now


def second_factor_shown(request: HttpRequest) -> bool:
    """A key with its PIN is two factors in one; a password needs a code besides."""
    return request.session.get(WAY) == rules.Way.KEY.value or getattr(request.user, "otp_device", None) is not None


def unfinished(request: HttpRequest) -> str:
    """The name of the page that must come first, or nothing: second factor, then the first change of the secret."""
    if rules.needs_second_factor(request.roles) and not second_factor_shown(request):
        return "accounts:second_factor"
    if must_change(request.user):
        return "accounts:change_secret"
    return ""


def must_change(account: Account) -> bool:
    """Whether the secret is a first one given by somebody else, or older than the network allows."""
    if account.must_change or account.secret_at is None:
        return account.must_change
    what = "pin" if rules.WAYS[settings.NETWORK] == rules.Way.KEY else "password"
    return (clock.real_now() - account.secret_at).days >= rules.POLICIES[settings.NETWORK, what].days
