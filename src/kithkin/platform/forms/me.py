"""What people fill in about themselves."""

from __future__ import annotations

from typing import Any

from django import forms

from kithkin.platform.forms.fields import language_field, name_field, time_zone_field
from kithkin.platform.models import User
from kithkin.platform.registries.notifications import Frequency, frequency, topics


class Profile(forms.Form):
    """Name, language, time zone."""

    name = name_field()
    language = language_field()
    time_zone = time_zone_field()


class Notifications(forms.Form):
    """A choice for each topic that concerns the reader."""

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, prefix="tell")
        for topic in topics:
            if topic.concerns(user):
                self.fields[topic.key] = forms.ChoiceField(
                    label=str(topic.label), choices=Frequency.choices, initial=frequency(user, topic)
                )

    def choices(self) -> dict[str, Frequency]:
        """Topic → how soon."""
        return {key: Frequency(value) for key, value in self.cleaned_data.items()}
