"""Settings of the whole house. What differs between machines comes from the environment; nothing here is secret."""
import os
from typing import Any

from django.conf.locale import LANG_INFO
from django.urls import reverse_lazy
from psycopg.conninfo import conninfo_to_dict

from ombun.jobs.machine.paths import COPY, HOME, PACKAGE, STATIC_MADE, secret_key
from ombun.jobs.machine.paths import STATIC_ROOT as _STATIC_ROOT

SECRET_KEY = secret_key()
DEBUG = os.environ.get("OMBUN_DEBUG") == "1"
OMBUN_IS_DEMO = os.environ.get("OMBUN_IS_DEMO") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("OMBUN_HOSTS", "").split()]

ROOMS = ("audit places funds ledger members regulations contributions claims givers imports meetings matching projects "
         "surveys referrals outlook quality knowledge network papers access exports privacy jobs web").split()
DESKS = sorted(path.parent.name for path in (PACKAGE / "web").glob("*/__init__.py"))
INSTALLED_APPS = [
    *(f"ombun.{room}" for room in ROOMS if (PACKAGE / room / "__init__.py").exists()),
    *(f"ombun.web.{desk}" for desk in DESKS),
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles", "allauth", "allauth.account", "lucide",
]
MIDDLEWARE = [
    "ombun.web.phones.SealedOnTheNetwork",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ombun.web.security.ContentSecurityPolicy",
    "ombun.web.security.NothingIsKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ombun.web.language.ThaiUntilSwitched",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ombun.web.errors.EveryRefusalIsShown",
]
ROOT_URLCONF = "ombun.urls"
WSGI_APPLICATION = "ombun.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]},
}]


def _database(variable: str, **more: Any) -> dict[str, Any]:
    """One address as Django wants it. Without the variable (linters, makemigrations) the name alone."""
    parts = conninfo_to_dict(os.environ.get(variable) or "postgresql:///ombun")
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    options = {name: value for name, value in parts.items() if name not in named.values()}
    return {"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": True,
            **{django: str(parts.get(libpq) or "") for django, libpq in named.items()},
            "OPTIONS": options | more}


DATABASES = {
    "default": _database("OMBUN_DATABASE_URL", pool={"min_size": 1, "max_size": 16, "timeout": 20}),
    "owner": _database("OMBUN_DATABASE_OWNER_URL"),
    "loader": _database("OMBUN_DATABASE_LOADER_URL"),
}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", LANG_INFO["th"]["name_local"]), ("en", "English")]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the sheet of a large village has two fields a member

OMBUN_COPY_FOR_A_PAGE = "ombun.jobs.machine.copying.copy_for_a_page"  # pages and jobs are strangers to each other
OMBUN_DOOR_FOR_PHONES = "ombun.jobs.machine.lan.door"

STATIC_URL = "static/"
STATIC_ROOT = _STATIC_ROOT
STATICFILES_DIRS = [STATIC_MADE]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "ombun.jobs.machine.static.Static"},
}
WHITENOISE_AUTOREFRESH = DEBUG

AUTHENTICATION_BACKENDS = ["ombun.access.passwords.SigningIn"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "ombun.access.passwords.NotTheDemos"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("account_login", query={"left": 1})  # the page forgets people then
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"receipt_check": "30/m/ip"}  # beside those of signing in, which stay as they are
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

OMBUN_PRINTING = HOME / ("printing-demo" if OMBUN_IS_DEMO else "printing")  # what is printed in parts, for some days

# Copies on one machine share 127.0.0.1, and browsers do not tell ports apart: each copy has cookies of its own.
_COOKIES = f"ombun_{COPY[:6]}{'_demo' if OMBUN_IS_DEMO else ''}"
SESSION_COOKIE_NAME = f"{_COOKIES}_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = f"{_COOKIES}_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_NAME = f"{_COOKIES}_language"
if os.environ.get("OMBUN_HTTPS") == "1":  # behind one proxy of our own, which says how and from where a visitor came
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "screen": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
        "file": {"class": "ombun.jobs.machine.log.OwnersLog", "filename": HOME / "ombun.log", "delay": True,
                 "maxBytes": 5_000_000, "backupCount": 3, "encoding": "utf-8", "formatter": "line", "level": "WARNING"},
    },
    "root": {"handlers": ["screen", "file"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "propagate": True, "level": "INFO"},
                "django.server": {"handlers": [], "propagate": False},
                # A fault is told once, with its number, by ombun.errors; a wrong address is not worth a line.
                "django.request": {"handlers": [], "propagate": True, "level": "ERROR" if DEBUG else "CRITICAL"}},
}
