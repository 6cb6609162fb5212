"""The script that draws charts: written out of an installed package, since no third-party code is in this tree."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from kithkin.analysis.charts.script import drawing, schemes
from kithkin.platform.charts import SCRIPT


class ChartScript(BaseFinder):
    """Finds `platform/charts.js`, which it makes when it is first asked for, and anew after an upgrade."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The script's place, or nothing."""
        if path != SCRIPT:
            return [] if find_all or kwargs.get("all") else None
        found = str(_made() / SCRIPT)
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Any) -> Iterable[tuple[str, Storage]]:  # noqa: ARG002 (Django's)
        """The one file."""
        yield SCRIPT, FileSystemStorage(location=str(_made()))


def _made() -> Path:
    """The folder that holds the script of these versions; written beside and then put in place."""
    own = resources.files("kithkin.platform.charts").joinpath("draw.js").read_text("utf-8")
    snippet = f"const theme = {json.dumps(schemes())};\n{drawing()}\n{own}"
    folder = Path(settings.HOME) / "made" / f"{version('vl-convert-python')}-{_digest(snippet)}"
    script = folder / SCRIPT
    if not script.exists():
        script.parent.mkdir(parents=True, exist_ok=True)
        beside = script.with_suffix(f".{os.getpid()}")
        beside.write_text(vl_convert.javascript_bundle(snippet), "utf-8")
        beside.replace(script)
    return folder


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
