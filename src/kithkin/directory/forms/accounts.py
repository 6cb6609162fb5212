"""What people write about accounts."""

from __future__ import annotations

from typing import Any, ClassVar

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Account, Unit
from kithkin.directory.queries.places import units_for_writing
from kithkin.platform.models import User


class AccountForm(forms.ModelForm):
    """A customer organisation, and the unit that looks after it."""

    country = forms.CharField(label=_("Country"), required=False, max_length=2, help_text=_("Two letters, such as DE."))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Looked after by"), required=False)

    class Meta:
        model = Account
        fields: ClassVar = ["name", "number", "industry", "country", "unit"]

    def __init__(self, *args: Any, user: User, keep: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for_writing(user, keep)  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        """A country that there is."""
        country: str = self.cleaned_data["country"].upper()
        if country and country not in phonenumbers.SUPPORTED_REGIONS:
            raise ValidationError(_("“%(country)s” is no country."), params={"country": country})
        return country
