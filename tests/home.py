"""Loaded before everything else (see pyproject.toml): tests keep their files in a home of their own."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("KITHKIN_HOME", tempfile.mkdtemp(prefix="kithkin-tests-"))
os.environ.setdefault("KITHKIN_LOG_LEVEL", "ERROR")
