"""Which link is to be the weak one."""

from __future__ import annotations

from kithkin.cli.failures import CommandError
from kithkin.demo.structure import SERVICES, WEAK_LINK


def truth(asked: str | None) -> str | None:
    """The link that was asked for, by its name or a part of it; None for a company without a weak one."""
    if asked is None:
        return WEAK_LINK
    if asked.strip().lower() == "none":
        return None
    plain = asked.replace("->", "→").strip()
    names = [service.link for service in SERVICES]
    found = [name for name in names if plain == name] or [name for name in names if plain.lower() in name.lower()]
    if len(found) != 1:
        raise CommandError(f"--weak-link {asked!r}: name one of these, or none: {'; '.join(found or names)}.")
    return found[0]
