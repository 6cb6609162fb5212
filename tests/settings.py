"""The product's settings, but for what only costs time in tests."""

from kithkin.config.settings import *  # noqa: F403
from kithkin.config.settings import CACHES, DATABASES, HOME, SQLITE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
API_RATE = "1000000/d"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}, "process": CACHES["process"]}
if SQLITE:
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}
