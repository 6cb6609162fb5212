"""When an event was, from a cell: in the order of day and month that was chosen for the file, and in the reader's zone.

Without a choice only what cannot be mistaken is read, as `kithkin analyze flow` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.analysis.flow.times import MISSING, TimesReader
from kithkin.platform.imports.values import BadValue, looks_like_day
from kithkin.platform.registries.imports import Option

DAY, MONTH = "day", "month"
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_AN_EDGE = timedelta(days=2)


def guess_order(values: Mapping[str, Sequence[str]]) -> str:
    """Which stands first in the first dates of the file: what one of them can be alone, else the day."""
    pairs = [(int(m[1]), int(m[2])) for cell in values.get("at", ()) if (m := _NUMERIC.match(cell))]
    if not pairs:
        return ""
    return MONTH if any(second > 12 for _first, second in pairs) else DAY


ORDER = Option(
    "order",
    gettext_lazy("Dates like 03-02-2026"),
    (
        ("", gettext_lazy("are refused")),
        (DAY, gettext_lazy("have the day first: 3 February")),
        (MONTH, gettext_lazy("have the month first: 2 March")),
    ),
    guess=guess_order,
)


def looks_like_moment(cell: str) -> bool:
    """Whether a cell could be a date, whatever stands first in it."""
    return bool(_NUMERIC.match(cell)) or looks_like_day(cell)


class Dates:
    """Reads the cells of one file."""

    def __init__(self, order: str) -> None:
        self._order = order
        self._reader = TimesReader(day_first=order == DAY)
        self._zone = timezone.get_current_timezone()
        self._now = timezone.now()

    def read(self, cell: str, after: datetime | None = None) -> datetime:
        """The moment, in UTC, or BadValue.

        Where clocks were set back an hour comes twice: it is the second one if the first would be before `after`, the
        event that stands above.
        """
        micros = int(self._reader.take([cell])[0])
        numeric = _NUMERIC.match(cell)
        if micros == MISSING:
            raise BadValue(_("This is no date and time."), _("Write it like 2026-04-30 14:05."))
        if numeric and not self._order and numeric[1] != numeric[2]:
            raise BadValue(
                _("Which is the day here and which the month cannot be told."),
                _("Say above which stands first, or write it like 2026-04-30 14:05."),
            )
        found = self._placed(datetime(1970, 1, 1) + timedelta(microseconds=micros), cell, after)  # noqa: DTZ001
        if found < EARLIEST:
            raise BadValue(_("That was before there were requests."), _("Is the year right?"))
        if found > self._now + _AN_EDGE:
            raise BadValue(_("That day has not come yet."), _("Are day and month in the order that was chosen?"))
        return found

    def _placed(self, local: datetime, cell: str, after: datetime | None) -> datetime:
        if _names_a_zone(cell):
            return local.replace(tzinfo=UTC)
        try:
            found = local.replace(tzinfo=self._zone).astimezone(UTC)
            later = local.replace(tzinfo=self._zone, fold=1).astimezone(UTC)
        except OverflowError:
            raise BadValue(_("There is no such day."), _("Is the year right?")) from None
        return later if after is not None and found < after <= later else found


def _names_a_zone(cell: str) -> bool:
    clock = cell[10:]
    return clock.endswith("Z") or "+" in clock or "-" in clock
