"""Fields that several of the platform's forms have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kithkin.platform.models.users import check_time_zone


class Suggesting(forms.TextInput):
    """A text input that offers what fits while somebody types, by the browser itself."""

    template_name = "platform/widgets/suggesting.html"

    def __init__(self, suggestions: Iterable[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = tuple(suggestions)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the suggestions, under an id of their own."""
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}_offered"
        context["widget"]["attrs"]["list"] = listed
        return {**context, "listed": listed, "suggestions": self.suggestions}


def time_zone_field() -> forms.CharField:
    """A time zone by its name, searched by typing."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return forms.CharField(
        label=_("Time zone"),
        max_length=64,
        widget=Suggesting(["UTC", *zones], {"autocomplete": "off"}),
        validators=[check_time_zone],
        help_text=_("Type a city: Berlin, New York. All times are shown in this zone."),
    )


def language_field() -> forms.ChoiceField:
    """One of the product's languages."""
    return forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


def name_field() -> forms.CharField:
    """What somebody is called."""
    return forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
