"""What can be imported of the directory."""

from __future__ import annotations

from kithkin.platform.registries.imports import imports

_IMPORTS = "kithkin.directory.imports"
imports.add_later(
    f"{_IMPORTS}.people.PEOPLE",
    f"{_IMPORTS}.accounts.ACCOUNTS",
    f"{_IMPORTS}.purchases.PURCHASES",
    f"{_IMPORTS}.organisation.units.UNITS",
    f"{_IMPORTS}.organisation.managers.MANAGERS",
)
