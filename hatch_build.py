"""Compiles the translations into the wheel, so that whoever installs it needs no program for that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):
    """Beside each .po its .mo."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatch names them)
        """Called before the files are gathered."""
        for catalogue in Path(self.root).glob("src/kithkin/locale/*/LC_MESSAGES/*.po"):
            with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source, locale=catalogue.parts[-3]))
