"""The description of the API as it was published: `python -m tests.platform.api.published` writes it anew."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

SNAPSHOT = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"


def document() -> str:
    """The description of this version, as text that can be compared line by line."""
    from kithkin.config.api import api  # noqa: PLC0415 (Django is set up first)

    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("KITHKIN_HOME", tempfile.mkdtemp(prefix="kithkin-openapi-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithkin.config.settings")
    django.setup()
    SNAPSHOT.write_text(document(), "utf-8")
