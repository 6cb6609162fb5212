"""Whether letters leave this installation."""

from __future__ import annotations

from django.conf import settings


def letters_stay_in() -> str:
    """The folder in which letters lie as files, for want of a mail server; empty where they leave."""
    return str(settings.EMAIL_FILE_PATH) if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") else ""
