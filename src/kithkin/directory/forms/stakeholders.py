"""One of those with a stake, and which of them are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.forms.relations import DayField
from kithkin.directory.models import Stakeholder, StakeholderGroup
from kithkin.directory.queries.stakeholders import Quadrant
from kithkin.directory.services.stakeholders import Stake
from kithkin.platform.models import User

_LEVELS = [(1, gettext_lazy("1 · little")), (2, "2"), (3, "3"), (4, "4"), (5, gettext_lazy("5 · much"))]
_FIELDS = ("name", "group", "kind", "power", "interest", "strength", "owner", "next_step", "next_step_due")


class StakeholderForm(forms.Form):
    """Who they are, how they are seen, who looks after them, what comes next."""

    name = forms.CharField(label=gettext_lazy("Stakeholder"), max_length=120)
    group = forms.ChoiceField(label=gettext_lazy("Group"), choices=StakeholderGroup.choices, widget=forms.RadioSelect)
    kind = forms.CharField(
        label=gettext_lazy("Kind"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Supplier, shareholder, lender, community, regulator, …"),
    )
    power = forms.TypedChoiceField(label=gettext_lazy("Power"), choices=_LEVELS, coerce=int, initial=3)
    interest = forms.TypedChoiceField(label=gettext_lazy("Interest"), choices=_LEVELS, coerce=int, initial=3)
    strength = forms.TypedChoiceField(
        label=gettext_lazy("Strength of the connection"), choices=_LEVELS, coerce=int, initial=3
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Looked after by"), required=False)
    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=200, required=False)
    next_step_due = DayField(
        label=gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy("A week before, it stands on the home page of who looks after them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = self.fields["owner"]
        assert isinstance(owners, forms.ModelChoiceField)
        owners.queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    @classmethod
    def of(cls, stakeholder: Stakeholder) -> StakeholderForm:
        """With one as they are."""
        return cls(initial={name: getattr(stakeholder, name) for name in _FIELDS})

    def clean(self) -> dict[str, Any]:
        """A day needs something to do on it."""
        data = super().clean() or {}
        if data.get("next_step_due") and not data.get("next_step"):
            self.add_error("next_step", _("Say what is to be done by that day."))
        return data

    @property
    def stake(self) -> Stake:
        """As the services take it."""
        return Stake(**self.cleaned_data)


class GridFilter(forms.Form):
    """Which of them are shown; what makes no sense is left aside."""

    q = forms.CharField(
        label=gettext_lazy("Name or kind"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Group"), required=False, choices=[("", gettext_lazy("all")), *StakeholderGroup.choices]
    )
    quadrant = forms.ChoiceField(label=gettext_lazy("What to do"), required=False)
    strength = forms.TypedChoiceField(
        label=gettext_lazy("Strength at least"),
        required=False,
        choices=[("", gettext_lazy("any")), *_LEVELS[1:]],
        coerce=int,
    )
    mine = forms.BooleanField(label=gettext_lazy("Only mine"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quadrants = self.fields["quadrant"]
        assert isinstance(quadrants, forms.ChoiceField)
        quadrants.choices = [("", _("all")), *((one.value, one.label) for one in Quadrant)]

    def apply(self, stakeholders: QuerySet[Stakeholder], user: User) -> QuerySet[Stakeholder]:
        """Those that fit."""
        self.is_valid()
        asked = self.cleaned_data
        if text := asked.get("q"):
            stakeholders = stakeholders.filter(Q(name__icontains=text) | Q(kind__icontains=text))
        if group := asked.get("group"):
            stakeholders = stakeholders.filter(group=group)
        if quadrant := asked.get("quadrant"):
            stakeholders = stakeholders.filter(Quadrant(quadrant).condition)
        if strength := asked.get("strength"):
            stakeholders = stakeholders.filter(strength__gte=strength)
        return stakeholders.filter(owner=user) if asked.get("mine") else stakeholders

    @property
    def narrows(self) -> bool:
        """Whether any of it leaves somebody out."""
        return any(self.cleaned_data.values())
