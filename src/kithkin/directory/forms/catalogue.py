"""Forms of what relations are made of."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Audience, Partner, Service, Touchpoint, Unit
from kithkin.directory.queries.organisation import tree_of_today


class ServiceForm(forms.ModelForm):
    """A service."""

    class Meta:
        model = Service
        fields = ("name", "description")
        labels: ClassVar = {"name": _("What is done for others?"), "description": _("What belongs to it?")}
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 3})}


class TouchpointForm(forms.ModelForm):
    """A touchpoint: where kith are met, and by which unit."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Which unit holds it?"), required=False)

    class Meta:
        model = Touchpoint
        fields = ("name", "channel", "unit", "description")
        labels: ClassVar = {"name": _("Where is the outside met?"), "channel": _("By which channel?")}
        help_texts: ClassVar = {"channel": _("Shop, phone, web, letter, at home…")}
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=tree_of_today().nodes.keys()).order_by("name")  # type: ignore[attr-defined]


class AudienceForm(forms.ModelForm):
    """An audience: kith who are served as a group."""

    class Meta:
        model = Audience
        fields = ("name", "description", "segment")
        labels: ClassVar = {"name": _("Which customers outside?"), "segment": _("Which segment are they?")}
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 3})}


class PartnerForm(forms.ModelForm):
    """A partner: another organisation that serves, or is served."""

    class Meta:
        model = Partner
        fields = ("name", "kind")
        labels: ClassVar = {"name": _("Which organisation?"), "kind": _("What is it to the company?")}
