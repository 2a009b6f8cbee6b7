"""What the networks have in common. A network adds its own rooms and nothing else.

Every setting that a county changes is an environment variable; `docs/operations.md` lists them.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url

from zhengtong.foundation.processes import logs

SOURCE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("ZT_HOME", "var")).resolve()
MODE = os.environ.get("ZT_MODE", "production")  # "demo" only for the demo, the story and the tests

DEBUG = False
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WSGI_APPLICATION = "zhengtong.foundation.processes.wsgi.application"
STATIC_URL = "/static/"
STATICFILES_DIRS = [SOURCE / "foundation" / "ui" / "built"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

# Who comes in, and how often he may fail: five times, then half an hour (rules and sources: foundation/accounts/rules.py).
SIGN_IN = {
    "AUTHENTICATION_BACKENDS": ["axes.backends.AxesStandaloneBackend", "zhengtong.foundation.accounts.backends.PersonalSecret"],
    "PASSWORD_HASHERS": ["zhengtong.foundation.accounts.hashers.SM3PasswordHasher"],
    "LOGIN_URL": "accounts:sign_in",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "SESSION_COOKIE_AGE": 12 * 3600,
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": timedelta(minutes=30),
    "AXES_LOCKOUT_PARAMETERS": ["username"],  # over all addresses and browsers together
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_PASSWORD_FORM_FIELD": "secret",
    "AXES_LOCKOUT_CALLABLE": "zhengtong.foundation.accounts.views.passage.locked_out",
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
    "OTP_TOTP_SYNC": False,
}

# `network()` sets these for each network; here they only have their types.
NETWORK = ""
NETWORK_HOME = MEDIA_ROOT = KEYS = TRAYS = LOGS = HOME
CLASSIFIED = False

EVERYWHERE = [
    "zhengtong.foundation.processes",
    "zhengtong.foundation.audit",
    "zhengtong.foundation.clock",
    "zhengtong.foundation.numbers",
    "zhengtong.foundation.files",
    "zhengtong.foundation.seals",
    "zhengtong.foundation.ui",
    "zhengtong.ferry",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
# The portal knows no civil servant (design §3a): these stay off it.
WITH_PEOPLE = [
    "zhengtong.foundation.orgs",
    "zhengtong.foundation.accounts",
    "zhengtong.foundation.slips",
    "zhengtong.foundation.notices",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
]


def database(home: Path) -> dict[str, object]:
    """PostgreSQL where ZT_DATABASE_URL names one, else an embedded file for this network alone."""
    if url := os.environ.get("ZT_DATABASE_URL"):
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def secret(home: Path) -> str:
    """This network's own secret, made by `keys init`. Without one each process has its own; `serve` refuses then."""
    path = home / "keys" / "secret"
    return path.read_text().strip() if path.exists() else secrets.token_urlsafe(48)


def network(name: str, *rooms: str, people: bool = True) -> dict[str, object]:
    """The settings in which networks differ: rooms, addresses, database, files, keys, cookies."""
    home = HOME / name
    for part in ("files", "keys", "trays/in", "trays/out", "logs", "tmp"):
        (home / part).mkdir(parents=True, exist_ok=True, mode=0o700)
    middleware = [
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "zhengtong.foundation.processes.middleware.request_log",
        *(["django.contrib.sessions.middleware.SessionMiddleware"] if people else []),
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        *(
            [
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django_otp.middleware.OTPMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware",
                "zhengtong.foundation.accounts.middleware.gate",
                "axes.middleware.AxesMiddleware",
            ]
            if people
            else []
        ),
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
        "zhengtong.foundation.processes.middleware.content_policy",
    ]
    context = [
        "django.template.context_processors.request",
        "zhengtong.foundation.ui.context.page",
        *(["django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"] if people else []),
    ]
    return {
        "NETWORK": name,
        "NETWORK_HOME": home,
        "INSTALLED_APPS": [*rooms, *EVERYWHERE, *(WITH_PEOPLE if people else [])],
        "MIDDLEWARE": middleware,
        "ROOT_URLCONF": f"zhengtong.{'office' if name == 'classified' else name}.urls",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": context,
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                        )
                    ],
                    "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
                },
            }
        ],
        "DATABASES": {"default": database(home)},
        "SECRET_KEY": secret(home),
        "MEDIA_ROOT": home / "files",
        "KEYS": home / "keys",
        "TRAYS": home / "trays",
        "LOGS": home / "logs",
        "LOGGING": logs.configuration(name, MODE),
        "STATIC_ROOT": HOME / "static" / name,
        "FILE_UPLOAD_TEMP_DIR": home / "tmp",
        "ALLOWED_HOSTS": os.environ.get("ZT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(","),
        "SESSION_COOKIE_NAME": f"session_{name}",
        "CSRF_COOKIE_NAME": f"csrf_{name}",
        "LANGUAGE_COOKIE_NAME": f"language_{name}",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": MODE == "production",
        "CSRF_COOKIE_SECURE": MODE == "production",
        "AUTH_USER_MODEL": "accounts.Account" if people else "auth.User",
        "SILENCED_SYSTEM_CHECKS": ["axes.W006"] if people else ["urls.W005"],  # W006: see SIGN_IN
        **(SIGN_IN if people else {}),
    }
