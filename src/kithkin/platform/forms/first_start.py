"""Who the first administrator is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kithkin.platform.models import User


class FirstAdministrator(forms.Form):
    """Name, address and password."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("A password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts()[1:2])

    def clean_email(self) -> str:
        """An address that nobody logs in with yet."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody logs in with this address already."))
        return email

    def clean(self) -> dict[str, Any]:
        """The password fits the rules, and is not made of the name."""
        given = super().clean() or {}
        if password := given.get("password"):
            try:
                validate_password(password, User(email=given.get("email", ""), name=given.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return given
