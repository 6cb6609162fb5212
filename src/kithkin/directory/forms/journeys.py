"""A journey and its stages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Side
from kithkin.directory.services.journeys import Start


class JourneyForm(forms.Form):
    """Whose way it is, and what is asked on it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    side = forms.ChoiceField(label=_("Who goes it"), choices=Side.choices, initial=Side.KITH, widget=forms.RadioSelect)
    outcome = forms.CharField(
        label=_("The question asked at every stage"),
        max_length=200,
        required=False,
        help_text=_("The same one everywhere, so that stages can be compared: “How easy was it?”"),
    )


class NewJourneyForm(JourneyForm):
    """A new one may begin with the stages of a template."""

    start = forms.ChoiceField(
        label=_("Begin with"),
        required=False,
        choices=[
            (Start.CUSTOMER.value, _("the stages of a customer, from need to leaving")),
            (Start.EMPLOYEE.value, _("the stages of an employee, from application to leaving")),
            (Start.EMPTY.value, _("no stage")),
        ],
        initial=Start.CUSTOMER.value,
        widget=forms.RadioSelect,
    )


class StageForm(forms.Form):
    """One stage."""

    name = forms.CharField(label=_("Stage"), max_length=120)
    expectation = forms.CharField(
        label=_("What people expect here, in their words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_lost = forms.BooleanField(label=_("People leave here"), required=False)
