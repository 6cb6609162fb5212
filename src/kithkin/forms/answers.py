"""Whether what somebody sends is an answer to a field."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kithkin.forms.models import Field, FieldKind

LONGEST = 20_000


class NoAnswer(ValueError):
    """It is none; the message says what would be."""


def checked(field: Field, value: Any) -> Any:
    """The answer as it is kept. Raises `NoAnswer`."""
    kind = FieldKind(field.kind)
    if kind in (FieldKind.SCORE, FieldKind.NUMBER):
        return _number(field, value)
    if kind == FieldKind.TRUTH:
        if not isinstance(value, bool):
            raise NoAnswer(_("It is answered with true or false."))
        return value
    if kind == FieldKind.CHOICES:
        if not isinstance(value, list):
            raise NoAnswer(_("It is answered with a list of choices."))
        return [_text(one) for one in value]
    if kind == FieldKind.DAY:
        return _day(value)
    return _text(value)


def _number(field: Field, value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NoAnswer(_("It is answered with a number."))
    if field.low is not None and field.high is not None and not field.low <= value <= field.high:
        said = _("It is answered with a number from %(low)s to %(high)s.")
        raise NoAnswer(said % {"low": f"{field.low:g}", "high": f"{field.high:g}"})
    return int(value) if float(value).is_integer() else value


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NoAnswer(_("It is answered with text."))
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if len(text) > LONGEST:
        raise NoAnswer(_("It has %(longest)s letters at most.") % {"longest": LONGEST})
    return text


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise NoAnswer(_("It is answered with a day, like 2026-02-28.")) from None
