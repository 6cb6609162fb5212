"""Forms about consent and its purposes."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Purpose


class ConsentForm(forms.Form):
    """One decision of one person."""

    purpose = forms.ModelChoiceField(label=_("Purpose"), queryset=Purpose.objects.all())
    given = forms.TypedChoiceField(
        label=_("Decision"), choices=[("yes", _("yes")), ("no", _("no"))], coerce=lambda text: text == "yes"
    )
    source = forms.CharField(label=_("How it was told"), max_length=200, required=False)


class PurposeForm(forms.ModelForm):
    """A purpose in people's words, and what allows it."""

    class Meta:
        model = Purpose
        fields: ClassVar = ["name", "description", "lawful_basis"]
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 3})}


class EraseForm(forms.Form):
    """Typing the name again is the pause before something that cannot be undone."""

    name = forms.CharField(label=_("The name, once more"), max_length=200)

    def __init__(self, *args: object, expected: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._expected = expected

    def clean_name(self) -> str:
        """It must be the very name."""
        name: str = self.cleaned_data["name"]
        if name.strip() != self._expected:
            raise forms.ValidationError(_("This is not the name above. Nothing was erased."))
        return name
