"""What people write about people. Forms check; services write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kithkin.directory.forms.pickers import AccountPicker, PersonPicker
from kithkin.directory.models import (
    AttributeDefinition,
    AttributeKind,
    Membership,
    Person,
    Purchase,
    Tie,
    Unit,
)
from kithkin.directory.models.days import today
from kithkin.directory.queries.places import units_for_writing
from kithkin.directory.queries.ties import ties_to_choose
from kithkin.directory.rules.people import can_give_numbers
from kithkin.directory.values import ValueNotAllowed, value_of
from kithkin.platform.models import User


class DateInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Day(forms.DateField):
    """A day that an organisation can have."""

    widget = DateInput

    def clean(self, value: Any) -> Any:
        """As written, within reason."""
        day = super().clean(value)
        if day is not None and not date(1800, 1, 1) <= day <= date(2999, 12, 31):
            raise ValidationError(_("A day between 1800 and 2999."))
        return day


class PersonForm(forms.ModelForm):
    """Who somebody is and how to reach them."""

    country = forms.CharField(label=_("Country"), required=False, max_length=2, help_text=_("Two letters, such as DE."))
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=10,
        validators=[RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,6})?\Z", _("Two letters, such as en or de."))],
        help_text=_("Two letters, such as en or de."),
    )

    class Meta:
        model = Person
        fields: ClassVar = ["name", "is_kith", "is_kin", "email", "phone", "external_id", "language", "country"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_give_numbers(user):  # it stays as it is, whatever is sent
            number = self.fields["external_id"]
            number.disabled, number.help_text = True, _("Administrators give numbers.")

    def clean_country(self) -> str:
        """A country that there is."""
        country: str = self.cleaned_data["country"].upper()
        if country and country not in phonenumbers.SUPPORTED_REGIONS:
            raise ValidationError(_("“%(country)s” is no country."), params={"country": country})
        return country


class NewPersonForm(PersonForm):
    """Somebody new, with their place where they have one."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Works in"), required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=120)
    since = Day(label=_("Works there from"), required=False, initial=today)
    account = AccountPicker(label=_("Buys for the account"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"].queryset = units_for_writing(user)  # type: ignore[attr-defined]
        self.fields["account"].user = user  # type: ignore[attr-defined]


class TieForm(forms.ModelForm):
    """What ties somebody to whom."""

    account = AccountPicker(label=_("To the account"), required=False)
    other = PersonPicker(
        label=_("Or to the person"),
        required=False,
        help_text=_("With neither, the tie is to the company itself."),
    )
    since = Day(label=_("From"), required=False)

    class Meta:
        model = Tie
        fields: ClassVar = ["kind", "account", "other", "since"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label=_("Tie"), choices=[("", _("Choose…")), *ties_to_choose()])
        for name in ("account", "other"):
            self.fields[name].user = user  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The service says what cannot be."""


class UntilForm(forms.Form):
    """Until when."""

    until = Day(label=_("Until, not including"), initial=today)


class MembershipForm(forms.ModelForm):
    """Where somebody works, from when, as what."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    since = Day(label=_("From"), initial=today)
    until = Day(label=_("Until, not including"), required=False)
    manager = PersonPicker(label=_("Reports to"), required=False)

    class Meta:
        model = Membership
        fields: ClassVar = ["unit", "title", "kind", "manager", "since", "until"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for_writing(user)  # type: ignore[attr-defined]
        self.fields["manager"].user = user  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The service says what cannot be."""


class TitleForm(forms.Form):
    """Another title, from a day on."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    on = Day(label=_("From"), initial=today)


class PurchaseForm(forms.ModelForm):
    """What was bought, when, for how much."""

    account = AccountPicker(label=_("For the account"), required=False)
    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    class Meta:
        model = Purchase
        fields: ClassVar = ["what", "at", "amount", "currency", "number", "account"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].user = user  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The service says what cannot be."""


class AttributesForm(forms.Form):
    """The values of one person's attributes, one field for each attribute that the reader may set."""

    def __init__(self, *args: Any, person: Person, definitions: Sequence[AttributeDefinition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definitions = {f"a_{one.key}": one for one in definitions}
        for name, one in self.definitions.items():
            self.fields[name] = _field(one, person.attributes.get(one.key))

    def clean(self) -> dict[str, Any]:
        """Each value read by its kind."""
        for name, one in self.definitions.items():
            try:
                value_of(one, self.cleaned_data.get(name))
            except ValueNotAllowed as error:
                self.add_error(name, error.what)
        return self.cleaned_data

    def values(self) -> dict[AttributeDefinition, Any]:
        """What was written, for `set_attributes`."""
        return {one: self.cleaned_data.get(name) for name, one in self.definitions.items()}


def _field(definition: AttributeDefinition, value: Any) -> forms.Field:
    options: dict[str, Any] = {"label": definition.label, "required": False, "initial": value}
    match AttributeKind(definition.kind):
        case AttributeKind.DATE:
            return forms.CharField(widget=DateInput(), max_length=40, **options)
        case AttributeKind.YES_NO:
            answers = [("", "—"), ("yes", _("yes")), ("no", _("no"))]
            options["initial"] = {True: "yes", False: "no"}.get(value, "")
            return forms.ChoiceField(choices=answers, **options)
        case AttributeKind.CHOICE:
            choices = [("", "—"), *((str(one), str(one)) for one in definition.choices)]
            return forms.ChoiceField(choices=choices, **options)
        case AttributeKind.NUMBER:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), max_length=40, **options)
        case _:
            return forms.CharField(max_length=500, **options)
