"""Settings of one installation, each with a default that works on a laptop: `docs/reference/settings.md` lists them.

What may be set from outside is read through `env` and named `KITHKIN_…`, but for the customary `DATABASE_URL` and
`EMAIL_URL`.
"""

from __future__ import annotations

import gc
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kithkin.config.home import home, secret
from kithkin.config.logs import logging_config

gc.set_threshold(10_000)  # at every 700 objects, a sixth of each start and a twentieth of each page are spent on it
env = environ.Env()

HOME = home()
PUBLIC_URL = env.str("KITHKIN_URL", default="")
SERVED_AT = env.str("KITHKIN_SERVED_AT", default="http://localhost:8000")
"""Where `kithkin up` listens: for letters, where nobody said under which address people come."""
DEBUG = env.bool("KITHKIN_DEBUG", default=False)
SECRET_KEY = env.str("KITHKIN_SECRET_KEY", default="") or secret(HOME / "secret.key")

_public = urlsplit(PUBLIC_URL)
SECURE = _public.scheme == "https"
ALLOWED_HOSTS = env.list("KITHKIN_HOSTS", default=[]) or ["localhost", "127.0.0.1", "[::1]"]
if _public.hostname and _public.hostname not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_public.hostname)
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if _public.netloc else []

INSTALLED_APPS = [
    "kithkin.demo",
    "kithkin.insights",
    "kithkin.servicedesk",
    "kithkin.surveys",
    "kithkin.forms",
    "kithkin.directory",
    "kithkin.platform",  # before those whose templates it replaces
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "auditlog",
    "csp",
    "django_htmx",
    "django_q",
    "ninja",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
]

MIDDLEWARE = [
    "kithkin.platform.middleware.request_id",
    "kithkin.platform.api.doors.speak_in_problems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kithkin.platform.middleware.last_seen",
    "kithkin.platform.middleware.acting_person",
    "kithkin.platform.middleware.signed_in",
]

ROOT_URLCONF = "kithkin.config.urls"
WSGI_APPLICATION = "kithkin.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kithkin.platform.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kithkin.platform.templatetags.kithkin",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- storage ---

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'kithkin.sqlite3'}")}
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
_CACHE_OPTIONS = {"MAX_ENTRIES": 20_000}  # fewer would let a flood of log-ins push its own throttle out
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "cache"),
        "OPTIONS": _CACHE_OPTIONS,
    }
    if SQLITE
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": _CACHE_OPTIONS,
    }
}
CACHES["process"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "process",
    "OPTIONS": {"MAX_ENTRIES": 300},  # some 100 kB each at most
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_TEMP_DIR = HOME / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
UPLOAD_LIMIT_BYTES = env.int("KITHKIN_UPLOAD_LIMIT_MB", default=200) * 2**20
IMPORT_CHUNK_LINES = 500

# --- what is counted ---

WAREHOUSE = env.str("KITHKIN_WAREHOUSE", default="") or str(HOME / "warehouse")
WAREHOUSE_OPTIONS = env.dict("KITHKIN_WAREHOUSE_OPTIONS", default={})
SPARK = env.str("KITHKIN_SPARK", default="")
QUERY_MEMORY_MB = env.int("KITHKIN_QUERY_MEMORY_MB", default=1024)
QUERY_THREADS = env.int("KITHKIN_QUERY_THREADS", default=0)

STATIC_URL = "/static/"
STATIC_ROOT = env.path("KITHKIN_STATIC", default=str(HOME / "static"))()
STATIC_ROOT = Path(STATIC_ROOT)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kithkin.platform.charts.finder.ChartScript",
]
WHITENOISE_USE_FINDERS = DEBUG

# --- who may enter ---

AUTH_USER_MODEL = "platform.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "kithkin.platform.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None  # the person decides
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # a whole office may share one address; failures are counted below
    "login_failed": "30/m/ip,5/300s/key",  # codes; passwords are counted by `platform.accounts.throttle`
    "wrong_from_network": "30/m/ip",
    "wrong_here": "5/300s/key,10/h/key",
    "wrong_anywhere": "30/h/key",
    "wrong_in_known_browser": "5/300s/key",
    "reset_password": "60/m/ip,5/m/key",
}
_LOGIN_FORMS = "kithkin.platform.forms.login"
ACCOUNT_FORMS = {
    "login": f"{_LOGIN_FORMS}.Login",
    "reset_password": f"{_LOGIN_FORMS}.ResetPassword",
    "reset_password_from_key": f"{_LOGIN_FORMS}.ResetPasswordFromKey",
    "change_password": f"{_LOGIN_FORMS}.ChangePassword",
    "set_password": f"{_LOGIN_FORMS}.SetPassword",
    "reauthenticate": f"{_LOGIN_FORMS}.Reauthenticate",
}
# allauth's own would write a row when somebody opens the link
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 (a path)
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_ADAPTER = "kithkin.platform.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_LOGIN_FORMS}.Authenticate",
    "reauthenticate": f"{_LOGIN_FORMS}.ReauthenticateByCode",
    "activate_totp": f"{_LOGIN_FORMS}.ActivateApp",
    "add_webauthn": f"{_LOGIN_FORMS}.AddPasskey",
    "edit_webauthn": f"{_LOGIN_FORMS}.RenamePasskey",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who is here was invited by mail
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Kithkin"
USERSESSIONS_ADAPTER = "kithkin.platform.accounts.sessions.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = True  # shown; noted by our own middleware, every five minutes at most

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "kithkin_session", "kithkin_csrf", "kithkin_language"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("KITHKIN_BEHIND_PROXY", default=False) else None
)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kithkin.platform.views.errors.forgery"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- mail ---

if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(HOME / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("KITHKIN_MAIL_FROM", default="kithkin@localhost")

# --- programs ---

API_RATE = env.str("KITHKIN_API_RATE", default="600/m")

# --- languages and times ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
FORMAT_MODULE_PATH = ["kithkin.config.formats"]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("KITHKIN_TIME_ZONE", default="UTC")

# --- work in the background ---

Q_CLUSTER = {
    "name": "kithkin",
    "orm": "default",
    "broker_class": "kithkin.platform.broker.Broker",
    "workers": env.int("KITHKIN_JOB_WORKERS", default=1),
    "timeout": 60,
    "retry": 90,
    "max_attempts": 5,
    "ack_failures": False,
    "catch_up": False,
    "poll": 0.5,
    "queue_limit": 4,
    "save_limit": 1000,
    "label": "Jobs",
    "log_level": "WARNING",
}

# --- what happened ---

AUDITLOG_LOGENTRY_MODEL = "platform.AuditEntry"
AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_MASK_CALLABLE = "kithkin.platform.audit.hide"
LOGGING_CONFIG = None
logging_config(env.str("KITHKIN_LOG", default="text"), env.str("KITHKIN_LOG_LEVEL", default="INFO"))

# --- the house itself ---

ORGANISATION = env.str("KITHKIN_ORGANISATION", default="")
SIMULATED = HOME / "simulated.json"
"""There as long as the company in this installation is a simulated one: every page says so."""
