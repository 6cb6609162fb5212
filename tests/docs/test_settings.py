"""Every setting is in the reference, and the reference names no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_SET_BY_PEOPLE = {"KITHKIN_PARENT", "KITHKIN_SERVED_AT"}
"""Handed by `kithkin up` to its own children."""


def read_from_the_environment() -> set[str]:
    """Names that the product asks the environment for."""
    asked = re.compile(r'(?:env\.\w+\(|environ(?:\.get\(|\[))\s*"([A-Z][A-Z_]+)"|"([A-Z_]+)" in env\.ENVIRON')
    texts = [path.read_text("utf-8") for path in (ROOT / "src/kithkin").rglob("*.py")]
    found = {name for text in texts for pair in asked.findall(text) for name in pair if name}
    return {name for name in found if name.startswith(("KITHKIN_", "DATABASE", "EMAIL"))} - NOT_SET_BY_PEOPLE


def test_reference_names_every_setting_and_no_other():
    documented = re.findall(
        r"^\| `([A-Z_]+)` \|", (ROOT / "docs/reference/settings.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(documented) == sorted(read_from_the_environment())
