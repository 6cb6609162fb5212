"""Forms of needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.forms.relations import DayField
from kithkin.directory.models import Audience, Need, NeedState, ServiceLink, Side
from kithkin.directory.models.days import today
from kithkin.directory.queries.catalogue import open_things
from kithkin.directory.services.needs import NeedDraft
from kithkin.platform.models import User


class UserField(forms.CharField):
    """Somebody with a log-in, by e-mail address or full name: one of those `offered`."""

    offered = User.objects.none()

    def clean(self, value: Any) -> User | None:
        """The user; a sentence where there is none or more than one."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        found = list(self.offered.filter(email__iexact=text)[:2]) or list(self.offered.filter(name__iexact=text)[:2])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            _("Several people are called that: use the e-mail address.")
            if found
            else _(
                "Nobody to whom you can hand it is called that: those whom you see here and who can log in, and whoever"
                " works at one of the two ends of its relation."
            )
        )


class NeedForm(forms.Form):
    """The problem, kept apart from the wished-for solution; whose it is."""

    problem = forms.CharField(
        label=gettext_lazy("What is the problem?"),
        help_text=gettext_lazy("As they live it, without a solution: “I cannot pay when the till is down.”"),
        max_length=300,
    )
    wished_for = forms.CharField(
        label=gettext_lazy("Which solution is wished for?"),
        help_text=gettext_lazy("Theirs, not the company's. It may be met in another way."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    side = forms.ChoiceField(label=gettext_lazy("Whose need is it?"), choices=Side.choices)
    audience = forms.ModelChoiceField(
        Audience.objects.none(), label=gettext_lazy("Of which customers outside?"), required=False
    )

    def __init__(self, *args: Any, link: ServiceLink | None, need: Need | None = None, **kwargs: Any) -> None:
        if need is not None:
            kwargs["initial"] = {
                "problem": need.problem,
                "wished_for": need.wished_for,
                "side": need.side,
                "audience": need.audience_id,
            }
        super().__init__(*args, **kwargs)
        self.link = link
        self.fields["audience"].queryset = open_things(Audience)  # type: ignore[attr-defined]
        if link is not None:
            del self.fields["side"], self.fields["audience"]

    def draft(self) -> NeedDraft:
        """What it says, of a form that is valid; a need of a relation is that of its receiver."""
        data = self.cleaned_data
        side, audience = data.get("side", ""), data.get("audience")
        if self.link is not None:
            audience = self.link.receiver_audience
            person = self.link.receiver_person
            outside = audience is not None or (person is not None and not person.is_kin)
            side = Side.KITH if outside else Side.KIN
        return NeedDraft(data["problem"].strip(), side, data["wished_for"].strip(), audience, self.link)


class AnswerForm(forms.Form):
    """Who owns it, and what comes of it."""

    owner = UserField(
        label=gettext_lazy("Who can meet it? E-mail address or full name"), max_length=254, required=False
    )
    state = forms.ChoiceField(label=gettext_lazy("What comes of it?"), choices=NeedState.choices)
    answer = forms.CharField(
        label=gettext_lazy("The answer, as those who need it will read it"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, offered: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offered = offered  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """What was said or counted, by whom, from how many, when."""

    text = forms.CharField(
        label=gettext_lazy("What was said or counted?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(label=gettext_lazy("Where is that from?"), max_length=200, required=False)
    n = forms.IntegerField(label=gettext_lazy("From how many?"), min_value=1, max_value=2_000_000_000, required=False)
    at = DayField(label=gettext_lazy("When?"), initial=today)
