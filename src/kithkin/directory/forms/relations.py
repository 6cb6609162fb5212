"""Forms of who serves whom: one clear choice for each end, no JavaScript needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import (
    Audience,
    Partner,
    Person,
    RelationSide,
    Service,
    ServiceLink,
    Touchpoint,
    Unit,
)
from kithkin.directory.models.days import today
from kithkin.directory.queries.catalogue import open_things
from kithkin.directory.queries.dates import EARLIEST, LATEST
from kithkin.directory.queries.organisation import tree_of_today
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.services.relations import Ends
from kithkin.platform.models import User
from kithkin.platform.text import fold

Choices = list[tuple[str, Any]]
EndModel = Unit | Partner | Person | Audience


class DayField(forms.DateField):
    """A day that a company can mean; years that databases cannot hold are refused with a sentence."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean(self, value: Any) -> date | None:
        """A day between 1800 and 2999."""
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Choose a day between 1800 and 2999."))
        return day


class PersonField(forms.CharField):
    """Somebody whom the reader (`user`, set by the form) may see, by e-mail address or full name."""

    user: User

    def clean(self, value: Any) -> Person | None:
        """The person; a sentence where there is none or more than one."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        people = people_visible_to(self.user)
        found = list(people.filter(email_normal=text.lower())[:2]) or list(people.filter(name_folded=fold(text))[:2])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            _("Several people are called that: use the e-mail address.")
            if found
            else _("Nobody whom you may see is called that.")
        )


class RelationForm(forms.Form):
    """Provider, receiver, through what, what is needed, since when."""

    provider = forms.ChoiceField(label=gettext_lazy("Who serves?"))
    receiver = forms.ChoiceField(label=gettext_lazy("Who is served?"), required=False)
    person = PersonField(
        label=gettext_lazy("or one person, by e-mail address or full name"), max_length=254, required=False
    )
    service = forms.CharField(
        label=gettext_lazy("Through which service?"),
        help_text=gettext_lazy("Take one that there is, or name a new one."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "services", "autocomplete": "off"}),
    )
    touchpoint = forms.ModelChoiceField(
        Touchpoint.objects.none(),
        label=gettext_lazy("At which touchpoint?"),
        help_text=gettext_lazy("Where the outside is met; leave it empty for a service inside."),
        required=False,
    )
    need = forms.CharField(
        label=gettext_lazy("What does the receiver need?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    since = DayField(label=gettext_lazy("Since when?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].user = user  # type: ignore[attr-defined]
        units = unit_choices()
        partners = [(f"partner-{pk}", name) for pk, name in open_things(Partner).values_list("pk", "name")]
        audiences = [(f"audience-{pk}", name) for pk, name in open_things(Audience).values_list("pk", "name")]
        empty = [("", _("Choose…"))]
        self._choose("provider", empty, (_("Units"), units), (_("Partners"), partners))
        self._choose(
            "receiver", empty, (_("Units"), units), (_("Customers outside"), audiences), (_("Partners"), partners)
        )
        self.fields["touchpoint"].queryset = open_things(Touchpoint)  # type: ignore[attr-defined]
        self.fields["since"].initial = today

    def _choose(self, name: str, empty: Choices, *groups: tuple[str, Choices]) -> None:
        self.fields[name].choices = [*empty, *((label, items) for label, items in groups if items)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One receiver and not two; a person only where the reader may see them; a service under one name."""
        data = super().clean() or {}
        receiver, person = data.get("receiver"), data.get("person")
        if receiver and person:
            self.add_error("person", _("Choose one receiver: either from the list, or a person."))
        elif not receiver and not person and not {"receiver", "person"} & self.errors.keys():
            self.add_error("receiver", _("Say who is served."))
        return data

    def ends(self) -> Ends:
        """Who serves whom and where, of a form that is valid; the service is found or made by its name."""
        receiver = self.cleaned_data.get("person") or end_named(self.cleaned_data["receiver"])
        provider = end_named(self.cleaned_data["provider"])
        assert isinstance(provider, Unit | Partner)
        return Ends(provider, receiver, touchpoint=self.cleaned_data["touchpoint"])


class ChangeRelationForm(forms.Form):
    """What a relation is about; its ends stay."""

    service = forms.ModelChoiceField(
        Service.objects.none(), label=gettext_lazy("Through which service?"), required=False
    )
    touchpoint = forms.ModelChoiceField(
        Touchpoint.objects.none(), label=gettext_lazy("At which touchpoint?"), required=False
    )
    need = forms.CharField(
        label=gettext_lazy("What does the receiver need?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    since = DayField(label=gettext_lazy("Since when?"))

    def __init__(self, *args: Any, link: ServiceLink, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"service": link.service_id, "touchpoint": link.touchpoint_id, "need": link.need, "since": link.since},
        )
        super().__init__(*args, **kwargs)
        for name, model, chosen in (
            ("service", Service, link.service_id),
            ("touchpoint", Touchpoint, link.touchpoint_id),
        ):
            offered: Any = model
            open_or_chosen = Q(retired_at__isnull=True) | Q(pk=chosen)
            self.fields[name].queryset = offered.objects.filter(open_or_chosen).order_by("name")  # type: ignore[attr-defined]


class EndRelationForm(forms.Form):
    """The last day on which it holds."""

    last_day = DayField(label=gettext_lazy("Its last day"))


class RoleForm(forms.Form):
    """Who is what, at which end."""

    person = PersonField(label=gettext_lazy("Who? E-mail address or full name"), max_length=254)
    role = forms.CharField(
        label=gettext_lazy("is what?"),
        max_length=80,
        help_text=gettext_lazy("Owner, the one to ask, speaks for the receiver…"),
    )
    side = forms.ChoiceField(label=gettext_lazy("at which end?"), choices=RelationSide.choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].user = user  # type: ignore[attr-defined]


_NAMED: dict[str, type[Unit] | type[Partner] | type[Audience]] = {
    "unit": Unit,
    "partner": Partner,
    "audience": Audience,
}


def end_named(key: str) -> EndModel:
    """The unit, partner or audience behind a choice that the form offered."""
    kind, _sign, number = key.partition("-")
    return _NAMED[kind].objects.get(pk=int(number))


def unit_choices(within: Iterable[int] | None = None) -> Choices:
    """Every unit of today in the order of the tree, deeper ones further in."""
    allowed = None if within is None else set(within)
    return [
        (f"unit-{node.id}", "\u2003" * depth + node.name)
        for node, depth in tree_of_today().depth_first()
        if allowed is None or node.id in allowed
    ]
