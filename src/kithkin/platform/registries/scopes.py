"""Over what a role may be given: the directory says which organisation units there are, and what lies below which."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol


class Scopes(Protocol):
    """What the platform asks of the organisation."""

    def below(self, scope_ids: Collection[int]) -> frozenset[int]:
        """These units and all that lie below them today."""
        ...

    def names(self) -> Mapping[int, str]:
        """Every unit of today with its name, in the order of the tree."""
        ...


class _Nothing:
    def below(self, scope_ids: Collection[int]) -> frozenset[int]:
        return frozenset(scope_ids)

    def names(self) -> Mapping[int, str]:
        return {}


_provider: Scopes = _Nothing()


def provide_scopes(provider: Scopes) -> None:
    """Called once, by the room that holds the organisation."""
    global _provider  # noqa: PLW0603 (one organisation, one answer)
    _provider = provider


def scopes() -> Scopes:
    """The organisation as far as roles are concerned."""
    return _provider
