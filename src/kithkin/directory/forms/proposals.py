"""On whom do you depend? One sentence with three gaps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.forms.relations import end_named, unit_choices
from kithkin.directory.models import Unit
from kithkin.directory.queries.own import own_unit_ids
from kithkin.directory.rules.relations import ENDS_WRITERS
from kithkin.platform.access import reach
from kithkin.platform.models import User


class DependForm(forms.Form):
    """ "We of … depend on … for …"."""

    receiver = forms.ChoiceField(label=gettext_lazy("We of"))
    provider = forms.ChoiceField(label=gettext_lazy("depend on"))
    what = forms.CharField(
        label=gettext_lazy("for"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "services", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("What do we need of them?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within, own = reach(user, *ENDS_WRITERS), own_unit_ids(user)
        mine = unit_choices(None if within.everywhere else {*own, *within.unit_ids})
        mine.sort(key=lambda choice: choice[0] not in {f"unit-{unit_id}" for unit_id in own})
        self.fields["receiver"].choices = [(key, name.strip()) for key, name in mine]  # type: ignore[attr-defined]
        self.fields["provider"].choices = [("", _("Choose…")), *unit_choices()]  # type: ignore[attr-defined]

    @property
    def offered(self) -> bool:
        """Whether the reader belongs anywhere."""
        return bool(self.fields["receiver"].choices)  # type: ignore[attr-defined]

    def unit(self, name: str) -> Unit:
        """The unit chosen, of a form that is valid."""
        found = end_named(self.cleaned_data[name])
        assert isinstance(found, Unit)
        return found
