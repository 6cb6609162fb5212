"""What cannot be answered, and why."""

from __future__ import annotations

from django.utils.translation import gettext as _


class CannotAnswer(Exception):
    """The question cannot be answered for this reader; the message says why and what can be asked instead."""


def none_within_reach() -> str:
    """What a reader is told who does not read everything, and whose units have no answers here."""
    return _(
        "You read answers about the units that you look after. There are none here: choose another program or other "
        "months."
    )
