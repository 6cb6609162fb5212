"""What the style page shows as examples: a form with every input, lists in every state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kithkin.platform.listing import Column, Page, ShownFilter

_SIZES = [("s", _("small")), ("m", _("middle")), ("l", _("large"))]


class SampleForm(forms.Form):
    """Every input that the product uses."""

    name = forms.CharField(label=_("Text"), help_text=_("Help says what is meant, before somebody asks."))
    mail = forms.EmailField(label=_("E-mail"), required=False)
    age = forms.IntegerField(label=_("Number"), required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    file = forms.FileField(label=_("File"), required=False)
    size = forms.ChoiceField(label=_("One of a list"), choices=_SIZES)
    one = forms.ChoiceField(label=_("One of a few"), choices=_SIZES, widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(
        label=_("Some of a few"), choices=_SIZES, required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label=_("Yes or no"), required=False)
    words = forms.CharField(label=_("More words"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    fixed = forms.CharField(label=_("Cannot be changed"), required=False, disabled=True, initial="K-1204")


class WrongForm(forms.Form):
    """A form that was sent with mistakes."""

    age = forms.IntegerField(label=_("Number"), help_text=_("In whole years."), max_value=120)
    mail = forms.EmailField(label=_("E-mail"))

    def clean(self) -> dict[str, Any]:
        """Something about the whole."""
        raise forms.ValidationError(_("These two do not go together. Change one of them."))


def sample_form() -> SampleForm:
    """Fresh."""
    return SampleForm(initial={"one": "m", "some": ["s"], "agreed": True}, auto_id="sample-%s")


@dataclass(frozen=True)
class Sample:
    """One row of the lists."""

    pk: int
    name: str
    side: str
    count: int


_COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("side", _("Side")),
    Column("count", _("Requests"), sort="count", figure=True),
)


def _page(key: str, rows: tuple[Sample, ...], **fields: Any) -> Page[Any]:
    said = {"filters": (), "searchable": False, "text": "", "after": None, "before": None}
    return Page(
        key=key,
        rows=rows,
        columns=_COLUMNS,
        every_column=_COLUMNS,
        sort="name",
        descending=False,
        size=25,
        **{**said, **fields},
    )


ROWS = _page(
    "sample",
    (
        Sample(1, "Kim Adler", "kith", 1204),
        Sample(2, "Lee Costa with a name that does not end before the column does", "kin", 17),
        Sample(3, "Noor Tanaka", "both", 3),
    ),
    filters=(ShownFilter("side", _("Side"), [("kith", _("kith")), ("kin", _("kin"))], ""),),
    searchable=True,
    after="x",
)
NOTHING = _page("sample-nothing", ())
NO_FIT = _page("sample-no-fit", (), searchable=True, text="zzz")
