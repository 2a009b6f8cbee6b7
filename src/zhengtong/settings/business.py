"""政务外网, with the supervision rooms in its process by default."""

from .base import *  # noqa: F403
from .base import network
from .rooms import BUSINESS, OVERSIGHT

CLASSIFIED = False
DESK = (  # what the editors' desk (business/sites/desk) stands on; nothing else imports it
    "zhengtong.business.sites.desk",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
)
globals().update(network("business", *BUSINESS, *OVERSIGHT, *DESK))

AUTHENTICATION_BACKENDS = [
    *globals().get("AUTHENTICATION_BACKENDS", ["django.contrib.auth.backends.ModelBackend"]),
    "zhengtong.business.sites.desk.permissions.RolePermissions",
]
WAGTAIL_SITE_NAME = "网站编辑台"
WAGTAILADMIN_BASE_URL = "http://localhost:8002"
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing is asked of another host
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_AUTOSAVE_INTERVAL = 0  # one save, one audit entry
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Wagtail sets styles from its scripts; scripts themselves still come from us alone.
DESK_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; object-src 'none'; frame-src 'self'; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
)
