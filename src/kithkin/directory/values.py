"""What a value of an attribute may be: from what somebody wrote, or what a file holds, to what is kept."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kithkin.directory.models import AttributeDefinition, AttributeKind

LONGEST = 500
Value = str | float | int | bool
_YES, _NO = frozenset({"yes", "y", "true", "1", "ja", "j", "x"}), frozenset({"no", "n", "false", "0", "nein"})


class ValueNotAllowed(Exception):
    """This is no value of that attribute."""

    def __init__(self, definition: AttributeDefinition, what: str) -> None:
        super().__init__(_("%(attribute)s: %(what)s") % {"attribute": definition.label, "what": what})
        self.definition, self.what = definition, what


def value_of(definition: AttributeDefinition, given: Any) -> Value | None:
    """The value as it is kept: text, number, ISO date, true or false, or one of the choices; None for nothing."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    return _READERS[AttributeKind(definition.kind)](definition, given)


def shown(definition: AttributeDefinition, value: Any) -> str:
    """A kept value as people read it."""
    if definition.kind == AttributeKind.YES_NO:
        return _("yes") if value else _("no")
    if definition.kind == AttributeKind.DATE:
        try:
            return date_format(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _text(definition: AttributeDefinition, given: Any) -> Value:
    text = str(given).strip()
    if "\x00" in text:
        raise ValueNotAllowed(definition, _("There is a character in it that cannot be kept."))
    if len(text) > LONGEST:
        raise ValueNotAllowed(definition, _("No more than %(longest)d characters.") % {"longest": LONGEST})
    return text


def _number(definition: AttributeDefinition, given: Any) -> Value:
    wrong = ValueNotAllowed(definition, _("A number, such as 12 or 3.5."))
    if isinstance(given, bool):
        raise wrong
    try:
        number = float(given.strip()[:40] if isinstance(given, str) else given)
    except (TypeError, ValueError, OverflowError) as error:
        raise wrong from error
    if not math.isfinite(number) or abs(number) > 1e15:
        raise wrong
    return int(number) if number.is_integer() else number


def _date(definition: AttributeDefinition, given: Any) -> Value:
    if isinstance(given, datetime):
        return given.date().isoformat()
    try:
        found = given if isinstance(given, date) else date.fromisoformat(str(given).strip()[:40])
    except ValueError as error:
        raise ValueNotAllowed(definition, _("A date, such as 2026-02-28.")) from error
    return found.isoformat()


def _yes_no(definition: AttributeDefinition, given: Any) -> Value:
    if isinstance(given, bool):
        return given
    text = str(int(given) if isinstance(given, float | Decimal) and given in {0, 1} else given).strip().lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise ValueNotAllowed(definition, _("Yes or no."))


def _choice(definition: AttributeDefinition, given: Any) -> Value:
    text = str(given).strip()
    for choice in definition.choices:
        if str(choice).casefold() == text.casefold():
            return str(choice)
    some = ", ".join(str(choice) for choice in definition.choices[:8])
    raise ValueNotAllowed(definition, _("One of: %(choices)s.") % {"choices": some})


_READERS = {
    AttributeKind.TEXT: _text,
    AttributeKind.NUMBER: _number,
    AttributeKind.DATE: _date,
    AttributeKind.YES_NO: _yes_no,
    AttributeKind.CHOICE: _choice,
}
