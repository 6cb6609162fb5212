"""Choosing one of very many: a text field with suggestions, read by number, address or name."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Account, Person
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.queries.people import people_visible_to, profiles_visible_to
from kithkin.directory.queries.people_found import exactly
from kithkin.platform.models import User
from kithkin.platform.text import fold

_KEY = re.compile(r"#(\d{1,18})\s*\Z")


class Picker(forms.CharField):
    """Reads what was suggested ("Kim Lee · #7") or what was typed, if exactly one fits."""

    suggest_url: Any = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.user: User | None = None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Suggestions while typing; without JavaScript, it is typed."""
        return {**super().widget_attrs(widget), "autocomplete": "off", "data-suggest": self.suggest_url}

    def clean(self, value: Any) -> Any:
        """The record, None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        found = self.find(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Nobody and nothing is called so. Choose from what is suggested."))
        raise forms.ValidationError(_("More than one fits. Choose from what is suggested."))

    def find(self, text: str) -> list[Any]:
        """At most two that fit."""
        raise NotImplementedError


class PersonPicker(Picker):
    """Somebody whom `user` sees."""

    suggest_url = reverse_lazy("suggest_people")

    def find(self, text: str) -> list[Person]:
        """By the key suggested, else by address or number, else by the whole name."""
        assert self.user is not None
        people = people_visible_to(self.user)
        if key := _KEY.search(text):
            return list(people.filter(pk=int(key[1])))
        exact = list(people.filter(exactly(text, profiles_visible_to(self.user)))[:2])
        return exact or list(people.filter(name_folded=fold(text))[:2])


class AccountPicker(Picker):
    """An account that `user` sees."""

    suggest_url = reverse_lazy("suggest_accounts")

    def find(self, text: str) -> list[Account]:
        """By the key suggested, else by number, else by the whole name."""
        assert self.user is not None
        accounts = accounts_visible_to(self.user)
        if key := _KEY.search(text):
            return list(accounts.filter(pk=int(key[1])))
        exact = list(accounts.filter(number=text)[:2])
        return exact or list(accounts.filter(name_folded=fold(text))[:2])


def as_picked(record: Person | Account) -> str:
    """What a suggestion writes into the field."""
    return f"{record} · #{record.pk}"
