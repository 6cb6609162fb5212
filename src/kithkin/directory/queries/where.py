"""Where the things of the map are read: each end's own page."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

_PAGES = {"unit": "unit", "person": "person", "touchpoint": "touchpoint", "partner": "partner", "audience": "audience"}


def where(key: str, query: str = "") -> str:
    """The page of "unit-7" and its like; "" for somebody who may not be seen."""
    kind, _, number = key.partition("-")
    if not number.isdecimal():
        return ""
    try:
        return reverse(_PAGES[kind], args=[int(number)]) + (query if kind == "unit" else "")
    except NoReverseMatch:
        return f"{reverse('service_map')}?of={key}"
