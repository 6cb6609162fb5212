"""A rule as one plain sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.directory.registries.segment_fields import Kind, Operator, Value
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.segmentation.refusals import RuleRefused
from kithkin.directory.segmentation.tree import Condition, Group, Mode, Rule
from kithkin.platform.models import User
from kithkin.platform.text import quoted


def sentence(rule: Rule, user: User | None = None) -> str:
    """ "Everybody of whom is true: Side is kith, and not (Country is “DE”)."."""
    return _("Everybody with: %(rule)s.") % {"rule": _group(rule, user, top=True)}


def said_of_rule(rule: Any, catalogue: Catalogue) -> str:
    """A rule as it is kept, in words; where it speaks of what the reader may not see, only that it does."""
    try:
        return sentence(parse(rule, catalogue), catalogue.user)
    except RuleRefused:
        return _("A rule that speaks of something not open to you, or no longer there.")


def _group(group: Group, user: User | None, *, top: bool = False) -> str:
    said = [_group(one, user) if isinstance(one, Group) else condition_in_words(one, user) for one in group.parts]
    joined = (_(", and ") if group.mode is Mode.ALL else _(" or ")).join(said)
    if group.mode is Mode.NONE:
        return _("not (%(parts)s)") % {"parts": joined}
    return joined if top or len(said) == 1 else f"({joined})"


def condition_in_words(condition: Condition, user: User | None) -> str:
    """ "Last purchase is in the last 30 days"."""
    label, operator, value = str(condition.field.label), condition.operator, condition.value
    if not operator.takes_a_value:
        return f"{label} {operator.label}"
    if operator is Operator.LAST_DAYS:
        days = int(value) if isinstance(value, int | float) else 0
        return _("%(field)s is %(when)s") % {
            "field": label,
            "when": ngettext("in the last %(n)d day", "in the last %(n)d days", days) % {"n": days},
        }
    return f"{label} {operator.label} {_value(condition, value, user)}"


def _value(condition: Condition, value: Value, user: User | None) -> str:
    if isinstance(value, tuple):
        low, high = (_value(condition, one, user) for one in value)
        return _("%(low)s and %(high)s") % {"low": low, "high": high}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value)
    if condition.field.kind in {Kind.CHOICE, Kind.PLACE}:
        return str(dict(condition.field.choices(user)).get(str(value), value))
    return quoted(value) if isinstance(value, str) else f"{value}"
