"""What a segment is called and how it is kept; its rule has a form of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Segment


class SegmentForm(forms.Form):
    """Name, description, live or static."""

    name = forms.CharField(label=_("Name"), max_length=100)
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    kept = forms.ChoiceField(
        label=_("Who belongs to it"),
        choices=[
            ("live", _("Live: whoever fits the rule at the moment")),
            ("static", _("Static: those who fit now, whatever becomes of them")),
        ],
        initial="live",
        widget=forms.RadioSelect,
    )

    @classmethod
    def of(cls, segment: Segment) -> SegmentForm:
        """With the segment as it is."""
        kept = "live" if segment.is_live else "static"
        return cls(initial={"name": segment.name, "description": segment.description, "kept": kept})

    @property
    def values(self) -> dict[str, Any]:
        """As the services take them."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "description": data["description"],
            "is_live": data["kept"] == "live",
        }
