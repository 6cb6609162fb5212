"""What is said of an attribute."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import AttributeDefinition
from kithkin.platform.text import fold

LONGEST = 25_000


class DefinitionForm(forms.ModelForm):
    """An attribute: what it is called, what its values are, who sees them and for how long."""

    key = forms.CharField(
        label=_("Key"),
        required=False,
        max_length=40,
        help_text=_("For files and programs: small letters, figures and _. Left empty, it is made of the label."),
    )
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text=_("For one of a list: each choice on a line of its own."),
    )

    class Meta:
        model = AttributeDefinition
        fields: ClassVar = ["label", "kind", "choices", "group", "side", "sensitivity", "retention_months", "key"]
        help_texts: ClassVar = {"retention_months": _("Older values are cleared every night. Empty: kept for good.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.initial.get("choices")
        if isinstance(choices, list):
            self.initial["choices"] = "\n".join(str(choice) for choice in choices)
        side = self.fields["side"]
        side.choices = [("", _("kith and kin")), *list(side.choices)[1:]]  # type: ignore[attr-defined]

    def clean_choices(self) -> list[str]:
        """One for each line, empty lines left out."""
        lines = (line.strip() for line in self.cleaned_data["choices"].splitlines())
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        """A key out of the label where none was written."""
        data: dict[str, Any] = self.cleaned_data
        if not data.get("key") and "key" in data:
            label = fold(data.get("label", ""))
            letters = (letter if letter.isascii() and letter.isalnum() else "_" for letter in label)
            data["key"] = "".join(letters).strip("_0123456789")[:40] or "attribute"
        return data

    def _post_clean(self) -> None:
        """The service says what cannot be."""
