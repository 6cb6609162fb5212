"""Who may open what: a row for each address, gathered from the modules of this package that define ROWS."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast

EVERYBODY = frozenset({"alice", "percy", "anna", "dora", "donald", "gus", "bob", "charlie"})
ADMINISTRATORS = frozenset({"alice"})
MANAGERS = frozenset({"alice", "percy"})
ANALYSTS = frozenset({"alice", "percy", "anna"})


def nothing(_: Cast) -> dict[str, Any]:
    """No arguments."""
    return {}


@dataclass(frozen=True)
class Row:
    """One address: who may open it, with which arguments, and what the others are answered.

    `kwargs(cast)` makes the objects that the address speaks of and returns its arguments. With `post` the address is
    posted to with that data instead of opened. `status` is what the allowed get, `otherwise` the others, but for
    `exceptions` by name. `sees(cast)`, called after `kwargs`,
    maps a text to those of the allowed whose page must hold it; the pages of all others must not.
    """

    allowed: frozenset[str]
    kwargs: Callable[[Cast], dict[str, Any]] = nothing
    post: Callable[[Cast], Mapping[str, Any]] | None = None
    status: int = 200
    otherwise: int = 403
    exceptions: Mapping[str, int] = field(default_factory=dict)
    anonymous: int = 302
    sees: Callable[[Cast], Mapping[str, frozenset[str]]] | None = field(default=None)


def rows() -> dict[str, Row]:
    """Every row, by the address's name."""
    found: dict[str, Row] = {}
    for module in pkgutil.iter_modules(importlib.import_module("tests.access").__path__, "tests.access."):
        if module.name.rpartition(".")[2].startswith("test_"):
            continue
        for name, row in getattr(importlib.import_module(module.name), "ROWS", {}).items():
            assert name not in found, f"two rows for {name}"
            found[name] = row
    return found
