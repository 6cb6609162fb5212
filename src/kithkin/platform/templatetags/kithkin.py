"""Small things that templates need; loaded everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template

from kithkin.platform import text

register = template.Library()
register.filter("device", text.device)
register.filter("language_name", text.language_name)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The address's query with these parameters set, or left out where None: `?{% query after=page.next %}`."""
    pairs = context["request"].GET.copy()
    for name, value in changes.items():
        pairs.pop(name, None)
        if value not in (None, ""):
            pairs[name] = str(value)
    return urlencode([(name, value) for name, values in pairs.lists() for value in values])


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, None where there is none."""
    try:
        return mapping[key]
    except (KeyError, IndexError, TypeError):
        return None


@register.filter(expects_localtime=True)
def long_date(day: date | None) -> str:
    """The day in words: "1 March 2025"; nothing for None."""
    return text.long_date(day) if day else ""
