"""Responses that come by file."""

from __future__ import annotations

from kithkin.platform.registries.imports import imports

imports.add_later("kithkin.surveys.imports.kind.RESPONSES")
