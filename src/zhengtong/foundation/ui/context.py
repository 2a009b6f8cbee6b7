"""What every page knows: where I am, who I am, where I may go. One lazy object named `here`."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock

from .navigation import Link, grouped, links

# fmt: off
NETWORKS = {
    # network      name             what must not enter it
    "office":     (_("政务内网"),   _("本网不处理国家秘密")),
    "classified": (_("涉密内网"),   _("不得接入其他网络，不得使用未登记的介质")),
    "business":   (_("政务外网"),   _("本网不处理国家秘密和工作秘密")),
    "oversight":  (_("政务外网"),   _("本网不处理国家秘密和工作秘密")),
    "portal":     (_("互联网门户"), ""),
}
# fmt: on


class Here:
    """The page's place in the house; nothing is asked of the database until a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.code = settings.NETWORK
        self.network, self.note = NETWORKS[settings.NETWORK]

    @property
    def language(self) -> str:
        """The reader's language, as an HTML language tag."""
        return "zh-CN" if (get_language() or "zh").startswith("zh") else "en"

    @cached_property
    def demo_time(self) -> object:
        """Simulated time when it runs ahead of the real one, else None."""
        return clock.now() if clock.offset() else None

    @property
    def clock_shift(self) -> int:
        """Seconds by which simulated time runs ahead, for scripts that say how long ago."""
        return int(clock.offset().total_seconds())

    @property
    def account(self) -> object:
        """The account that is signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def person(self) -> object:
        """The person who is signed in, or None: on the portal there is none."""
        return getattr(self.request, "person", None) if self.account else None

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the person who is signed in, as the gate noted them."""
        return frozenset(getattr(self.request, "roles", ()))

    @property
    def inside(self) -> bool:
        """Whether the way in is done: on the threshold (second factor, first change of password) there is no navigation."""
        match = self.request.resolver_match
        return self.account is not None and getattr(match.func if match else None, "door", "") != "threshold"

    @cached_property
    def navigation(self) -> list[tuple[str, list[Link]]]:
        """The side bar, in groups; empty for those who are not signed in."""
        return grouped(links(self.request, self.roles)) if self.inside else []

    @property
    def elsewhere(self) -> list[Link]:
        """The other rows of the side bar where something waits: on a phone the bar is folded away."""
        return [link for _group, rows in self.navigation for link in rows if link.count and not link.current]

    @cached_property
    def account_links(self) -> list[Link]:
        """The rows in the menu under the name."""
        return links(self.request, self.roles, place="account") if self.inside else []

    @property
    def error_layout(self) -> str:
        """Those who are signed in keep their navigation when a page fails; others see a bare page."""
        return "ui/base.html" if self.inside else "ui/bare.html"


def page(request: HttpRequest) -> dict[str, object]:
    """Give every template `here`."""
    return {"here": Here(request)}
