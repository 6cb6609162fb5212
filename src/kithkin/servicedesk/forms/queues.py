"""A queue: its name, and the unit that works it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from kithkin.directory.models import Unit
from kithkin.platform.registries.scopes import scopes
from kithkin.servicedesk.models import Queue


class QueueForm(forms.ModelForm):
    """The units of today, by name; the one that works it stays in the list."""

    class Meta:
        model = Queue
        fields: ClassVar = ["name", "unit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        known = Q(pk__in=list(scopes().names())) | Q(pk=self.instance.unit_id)
        units.queryset = Unit.objects.filter(known).order_by("name", "pk")
