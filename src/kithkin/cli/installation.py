"""Django, started inside the few commands that need it: an installation's own, never those that only read files."""

from __future__ import annotations

import os
from pathlib import Path

from kithkin.cli.failures import CommandError

SETTINGS = "kithkin.config.settings"


def start(home: Path | None = None) -> None:
    """Set Django up on the installation in `home`, else on KITHKIN_HOME or where it is by default."""
    if home is not None:
        os.environ["KITHKIN_HOME"] = str(home)
    os.umask(0o077)  # the database, its log and letters that could not leave are nobody else's on this machine
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.core.exceptions import ImproperlyConfigured

    try:
        import django

        django.setup()
    except ImproperlyConfigured as error:
        raise CommandError(f"A setting is wrong: {error}") from error
    except RuntimeError as error:
        raise CommandError(str(error)) from error
