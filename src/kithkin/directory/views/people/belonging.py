"""What somebody belongs to: ties, units, purchases. A form each, and a step back to the person's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kithkin.directory.forms.people import MembershipForm, PurchaseForm, TieForm, TitleForm, UntilForm
from kithkin.directory.models import Membership, Person, Tie
from kithkin.directory.rules.people import can_add_person
from kithkin.directory.services.memberships import (
    AlreadyThere,
    EndsBeforeItBegins,
    NotAtThatTime,
    ReportsToThemselves,
    change_title,
    join_unit,
    leave_unit,
)
from kithkin.directory.services.purchases import PurchaseNumberTaken, record_purchase
from kithkin.directory.services.ties import AlreadyTied, TiedToNobody, TieEndsBeforeItBegins, add_tie, end_tie
from kithkin.directory.views.people.writing import editable
from kithkin.platform.access import allowed
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.text import long_date
from kithkin.platform.views.meanwhile import differences

REFUSED = (
    AlreadyThere,
    AlreadyTied,
    EndsBeforeItBegins,
    NotAtThatTime,
    PurchaseNumberTaken,
    ReportsToThemselves,
    TieEndsBeforeItBegins,
    TiedToNobody,
    ValidationError,
)


@allowed(can_add_person)
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """A new tie, to an account, a person or the company."""
    user, person, _sight = editable(request, pk)
    form = TieForm(request.POST or None, user=user)
    title = _("What ties %(person)s to whom?") % {"person": person}
    return _asked(
        request, person, form, lambda data: add_tie(person=person, **data), title=title, verb=_("Add the tie")
    )


@allowed(can_add_person)
def end(request: HttpRequest, pk: int, tie_pk: int) -> HttpResponse:
    """A tie ends on a day."""
    _user, person, _sight = editable(request, pk)
    ended = get_object_or_404(Tie, pk=tie_pk, person=person)
    title = _("Until when does the tie of %(person)s hold?") % {"person": person}
    form = UntilForm(request.POST or None)
    shown = Changed(ended, lambda: UntilForm(initial={"until": ended.until}))
    verb = _("End the tie")
    return _asked(request, person, form, lambda data: end_tie(tie=ended, **data), title=title, verb=verb, shown=shown)


@allowed(can_add_person)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """The person works in a unit from a day on."""
    user, person, _sight = editable(request, pk)
    form = MembershipForm(request.POST or None, user=user)
    title = _("Where does %(person)s work?") % {"person": person}
    return _asked(request, person, form, lambda data: join_unit(person=person, **data), title=title)


@allowed(can_add_person)
def leave(request: HttpRequest, pk: int, stay_pk: int) -> HttpResponse:
    """The person's work in a unit ends on a day."""
    _user, person, _sight = editable(request, pk)
    stay = get_object_or_404(Membership.objects.select_related("unit"), pk=stay_pk, person=person)
    title = _("Until when does %(person)s work in %(unit)s?") % {"person": person, "unit": stay.unit}
    form = UntilForm(request.POST or None)
    shown = Changed(stay, lambda: UntilForm(initial={"until": stay.until}), _stays)
    return _asked(request, person, form, lambda data: leave_unit(membership=stay, **data), title=title, shown=shown)


@allowed(can_add_person)
def title(request: HttpRequest, pk: int, stay_pk: int) -> HttpResponse:
    """The person has another title from a day on."""
    _user, person, _sight = editable(request, pk)
    stay = get_object_or_404(Membership.objects.select_related("unit", "person"), pk=stay_pk, person=person)
    heading = _("What is %(person)s in %(unit)s?") % {"person": person, "unit": stay.unit}
    form = TitleForm(request.POST or None, initial={"title": stay.title})
    shown = Changed(stay, lambda: TitleForm(initial={"title": stay.title, "on": stay.since}), _stays)
    return _asked(request, person, form, lambda data: change_title(membership=stay, **data), title=heading, shown=shown)


@allowed(can_add_person)
def purchase(request: HttpRequest, pk: int) -> HttpResponse:
    """The person bought something."""
    user, person, _sight = editable(request, pk)
    form = PurchaseForm(request.POST or None, user=user)
    title = _("What did %(person)s buy?") % {"person": person}
    return _asked(request, person, form, lambda data: record_purchase(person=person, **data), title=title)


@dataclass(frozen=True)
class Changed:
    """A record that a form changes: with a form of how it is now, and what else to say of it to a second writer."""

    record: Tie | Membership
    fresh: Callable[[], forms.BaseForm]
    standing: Callable[[Any], list[str]] = lambda _: []


def _stays(stay: Membership) -> list[str]:
    """Every time of the person in that unit, since a title may have begun another."""
    found = Membership.objects.filter(person=stay.person_id, unit=stay.unit_id).order_by("since")
    return [
        _("%(what)s, from %(since)s until %(until)s")
        % {
            "what": one.title or one.get_kind_display(),
            "since": long_date(one.since),
            "until": long_date(one.until) if one.until else "…",
        }
        for one in found
    ]


def _asked(
    request: HttpRequest,
    person: Person,
    form: forms.BaseForm,
    write: Callable[[dict[str, Any]], object],
    *,
    title: str,
    verb: str = "",
    shown: Changed | None = None,
) -> HttpResponse:
    """Show the form, or write what it says and go back to the person; what is refused is said at the form."""
    context: dict[str, Any] = {"person": person, "form": form, "title": title, "verb": verb or _("Save")}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if shown is not None:
                shown.record.expect(request.POST.get("version"))
            write(form.cleaned_data)
        except ValidationError as error:
            _put(form, error)
        except ChangedMeanwhile as told:
            status = 409
            if shown is None:
                form.add_error(None, str(told))
            else:
                shown.record.refresh_from_db()
                context |= {"differences": differences(form, shown.fresh()), "standing": shown.standing(shown.record)}
        except REFUSED as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", pk=person.pk)
    context |= {"version": shown and shown.record.version, "back": reverse("person", args=[person.pk])}
    return render(request, "directory/people/form.html", context, status=status)


def _put(form: forms.BaseForm, error: ValidationError) -> None:
    """At its field where the form has it, else above."""
    for name, said in error.message_dict.items() if hasattr(error, "error_dict") else [("", error.messages)]:
        form.add_error(name if name in form.fields else None, said)
