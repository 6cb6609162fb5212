"""Why something cannot be done to the organisation: a type for each cause, a sentence with the units' names in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.platform.text import long_date, quoted

NAMED = 5


class Refused(Exception):
    """What was asked for cannot be done to the organisation; the text says why, and what to do."""

    unit: int | None = None
    """The unit at fault, where one is."""


def named(names: Sequence[str]) -> str:
    """The first few names and how many more there are."""
    more = len(names) - NAMED
    shown = ", ".join(quoted(name) for name in names[:NAMED])
    return (
        shown
        if more <= 0
        else ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more)
        % {
            "names": shown,
            "more": more,
        }
    )


class NotOpen(Refused):
    """The unit is not open on a day on which it is needed."""

    def __init__(self, name: str, day: date) -> None:
        text = _("“%(name)s” is not open on %(day)s. Choose a day on which it is, or another unit.")
        super().__init__(text % {"name": name, "day": long_date(day)})


class ClosesLater(Refused):
    """The unit is to take something over, but does not stay."""

    def __init__(self, name: str, day: date) -> None:
        text = _("“%(name)s” closes on %(day)s and can take nothing over for good. Choose another unit.")
        super().__init__(text % {"name": name, "day": long_date(day)})


class Below(Refused):
    """A unit would stand below itself."""

    def __init__(self, name: str, parent: str, day: date) -> None:
        if name == parent:
            text = _("“%(name)s” cannot stand below itself.")
        else:
            text = _(
                "“%(name)s” cannot stand below “%(parent)s”: on %(day)s “%(parent)s” lies below “%(name)s”. "
                "Move “%(parent)s” elsewhere first, or choose another unit."
            )
        super().__init__(text % {"name": name, "parent": parent, "day": long_date(day)})


class Orphaned(Refused):
    """A unit would stand below one that is closed."""

    def __init__(self, name: str, parent: str, day: date) -> None:
        text = _("“%(name)s” would stand below “%(parent)s”, which is not open on %(day)s. Choose another unit or day.")
        super().__init__(text % {"name": name, "parent": parent, "day": long_date(day)})


class HasChildren(Refused):
    """The unit cannot close while units stand below it."""

    def __init__(self, name: str, children: Sequence[str]) -> None:
        text = _("%(children)s stand below “%(name)s”. Say where they go, or move them first.")
        super().__init__(text % {"name": name, "children": named(children)})


class HasMembers(Refused):
    """The unit cannot close while people work in it."""

    def __init__(self, name: str, people: int) -> None:
        text = ngettext(
            "%(count)d person works in “%(name)s” from that day on. Say where they go.",
            "%(count)d people work in “%(name)s” from that day on. Say where they go.",
            people,
        )
        super().__init__(text % {"name": name, "count": people})


class NothingChanges(Refused):
    """It is so already."""

    def __init__(self, name: str, day: date) -> None:
        text = _("On %(day)s that is so already: nothing about “%(name)s” would change.")
        super().__init__(text % {"name": name, "day": long_date(day)})


class CodeTaken(Refused):
    """Two units of one code."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(_("The code “%(code)s” belongs to “%(name)s”.") % {"code": code, "name": name})


class ChangedSince(Refused):
    """A plan cannot be taken back, because something was built on it."""

    def __init__(self, name: str, day: date) -> None:
        text = _("“%(name)s” was changed again for %(day)s or later. Take that back first.")
        super().__init__(text % {"name": name, "day": long_date(day)})


class InUse(Refused):
    """A plan to open a unit cannot be taken back, because something counts on the unit."""

    def __init__(self, name: str) -> None:
        text = _("“%(name)s” is in use already: people, relations or touchpoints name it. Take those away first.")
        super().__init__(text % {"name": name})


class NotPlanned(Refused):
    """Only what lies ahead can be taken back."""

    def __init__(self) -> None:
        super().__init__(_("This has taken effect, or was taken back already. Make a new change instead."))


class NoParts(Refused):
    """Merging or splitting needs at least two."""

    def __init__(self) -> None:
        super().__init__(_("Name at least one other unit."))
