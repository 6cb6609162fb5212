"""What administrators fill in about log-ins."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kithkin.platform.forms.fields import language_field, name_field, time_zone_field
from kithkin.platform.forms.login import PASSWORD_HELP
from kithkin.platform.models import Role, User
from kithkin.platform.rules.users import grantable_scopes

MOST_ADDRESSES = 200
EVERYWHERE = "all"
GIVEN_ROLES = [(role.value, role.label) for role in Role if role is not Role.EMPLOYEE]
_ONE = re.compile(r"\s*(?:\"?(?P<name>[^\"<>;\n]*?)\"?\s*<(?P<in>[^<>\n]*)>|(?P<bare>[^\s,;<>]+))\s*(?:[,;\n]|$)")


def scope_choices(user: User) -> list[tuple[str, str]]:
    """Over what this user may give roles, for a select."""
    return [(EVERYWHERE if unit is None else str(unit), name) for unit, name in grantable_scopes(user).items()]


def scope_of(value: str) -> int | None:
    """What a choice of `scope_choices` stands for."""
    return None if value == EVERYWHERE else int(value)


class ChangeUser(forms.Form):
    """What an administrator may change about a log-in."""

    name = name_field()
    language = language_field()
    time_zone = time_zone_field()


class GiveRole(forms.Form):
    """A role, and over what."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *GIVEN_ROLES])
    over = forms.ChoiceField(label=_("Over"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["over"].choices = scope_choices(by)  # type: ignore[attr-defined]


class Invite(forms.Form):
    """Whom to ask, and which roles wait for them."""

    people = forms.CharField(
        label=_("E-mail addresses"),
        max_length=40_000,
        widget=forms.Textarea({"rows": 4, "placeholder": "Kim Berg <kim@company.example>"}),
        help_text=_("One or many, as they stand in a mail or a list. A name before an address in <> is taken over."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=GIVEN_ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None makes an employee, who sees what everybody sees."),
    )
    over = forms.ChoiceField(label=_("Over"))
    language = language_field()

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = scope_choices(by)
        self.fields["over"].choices = choices  # type: ignore[attr-defined]
        if not any(value == EVERYWHERE for value, _label in choices):
            self.fields["roles"].required = True

    def clean_people(self) -> list[tuple[str, str]]:
        """Pairs of address and name; what is no address is named."""
        found, wrong = addresses(self.cleaned_data["people"])
        if wrong:
            shown = ", ".join(text[:60] for text in wrong[:5])
            raise ValidationError(
                ngettext(
                    "This is no e-mail address: %(shown)s", "These are no e-mail addresses: %(shown)s", len(wrong)
                ),
                params={"shown": shown},
            )
        if not found:
            raise ValidationError(_("There is no e-mail address in it."))
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(_("At most %(most)s at once."), params={"most": MOST_ADDRESSES})
        return found

    def grants(self) -> list[tuple[Role, int | None]]:
        """The roles chosen, over what was chosen."""
        over = scope_of(self.cleaned_data["over"])
        return [(Role(role), over) for role in self.cleaned_data["roles"]]


def addresses(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """(address, name) for each address in a pasted text, once each, and what could not be read as one.

    >>> addresses("Kim Berg <KIM@company.example>; bo@company.example, nonsense")
    ([('kim@company.example', 'Kim Berg'), ('bo@company.example', '')], ['nonsense'])
    """
    found: dict[str, str] = {}
    wrong = []
    for match in _ONE.finditer(text):
        address = (match["in"] or match["bare"] or "").strip().lower()
        try:
            validate_email(address)
        except ValidationError:
            wrong.append(match[0].strip(" ,;\n"))
            continue
        found.setdefault(address, (match["name"] or "").strip(" ,\"'")[:200])
    return list(found.items()), [one for one in wrong if one]


class Join(forms.Form):
    """What an invited person chooses."""

    name = name_field()
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same once more"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """The two must be equal, and hard to guess."""
        data = super().clean() or {}
        password = data.get("password1")
        if password and data.get("password2") and password != data["password2"]:
            self.add_error("password2", _("This differs from the password above."))
        if password:
            try:
                validate_password(password, User(email=self.email, name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return data
