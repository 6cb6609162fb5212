"""Small things that templates need; loaded everywhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template

register = template.Library()


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
