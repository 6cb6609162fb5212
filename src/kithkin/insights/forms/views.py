"""A saved view: its name and who has it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kithkin.insights.queries.views import units_to_share_with
from kithkin.insights.rules.reaching import reads
from kithkin.platform.models import User

NOBODY, EVERYBODY = "", "everybody"


class ViewForm(forms.Form):
    """Name and sharing, as far as the user may share."""

    name = forms.CharField(label=_("Name"), max_length=120)
    shared = forms.ChoiceField(
        label=_("Shared with"),
        required=False,
        help_text=_("Whoever opens it sees what they may see themselves, not what you see."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [(EVERYBODY, _("everybody"))] if reads(user).everywhere else []
        units = [(str(pk), name) for pk, name in units_to_share_with(user)]
        field = self.fields["shared"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(NOBODY, _("nobody")), *everybody, *units]
