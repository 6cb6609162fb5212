"""The journeys that there are, and one of them drawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kithkin.directory.forms.journeys import JourneyForm, NewJourneyForm
from kithkin.directory.models import Journey, Side
from kithkin.directory.queries.journeys import drawn, journeys, offered_touchpoints
from kithkin.directory.rules.journeys import can_edit_journeys
from kithkin.directory.services.journeys import JourneyNameTaken, Start, add_journey, change_journey, remove_journey
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import Difference, differences

JOURNEYS = Listing[Journey](
    "journeys",
    columns=(
        Column("name", gettext_lazy("Journey"), sort="name"),
        Column("side", gettext_lazy("Who goes it"), sort="side"),
        Column("stages", gettext_lazy("Stages"), figure=True),
        Column("outcome", gettext_lazy("Asked at every stage")),
    ),
    filters=(Choice("side", gettext_lazy("Side"), Side.choices, lambda rows, value: rows.filter(side=value)),),
    sort="name",
)


@allowed(anybody)
def show_journeys(request: HttpRequest) -> HttpResponse:
    """All of them."""
    page = JOURNEYS.page(journeys(), request)
    context = {"page": page, "any": bool(page.rows) or page.narrowed, "may_edit": can_edit_journeys(request.user)}
    return render(request, "directory/journeys/list.html", context)


@allowed(anybody)
def show_journey(request: HttpRequest, pk: int) -> HttpResponse:
    """Its stages in order, and where people leave."""
    user = user_of(request)
    journey = get_object_or_404(journeys(), pk=pk)
    way, leaving = drawn(journey, user)
    may_edit = can_edit_journeys(user)
    context = {"journey": journey, "way": way, "leaving": leaving, "may_edit": may_edit}
    context["touchpoints"] = offered_touchpoints() if may_edit else ()
    return render(request, "directory/journeys/journey.html", context)


@allowed(can_edit_journeys)
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    start = request.GET.get("start", "customer")
    side = Side.KIN if start == "employee" else Side.KITH
    form = NewJourneyForm(request.POST or None, initial={"start": start, "side": side})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            journey = add_journey(**{**data, "start": Start(data["start"])})
        except JourneyNameTaken as taken:
            form.add_error("name", str(taken))
        else:
            return redirect("journey", pk=journey.pk)
    return _form(request, form, None)


@allowed(can_edit_journeys)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, side or question."""
    journey = get_object_or_404(journeys(), pk=pk)
    form = JourneyForm(request.POST or None, initial=_initial(journey))
    if request.method == "POST" and form.is_valid():
        try:
            journey.expect(request.POST.get("version"))
            change_journey(journey=journey, **form.cleaned_data)
        except JourneyNameTaken as taken:
            form.add_error("name", str(taken))
        except ChangedMeanwhile:
            now = get_object_or_404(journeys(), pk=pk)
            return _form(request, form, now, differences(form, JourneyForm(initial=_initial(now))))
        else:
            messages.success(request, _("Saved."))
            return redirect("journey", pk=pk)
    return _form(request, form, journey)


@require_POST
@allowed(can_edit_journeys)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw it no longer."""
    journey = get_object_or_404(journeys(), pk=pk)
    remove_journey(journey=journey)
    messages.success(request, _("“%(journey)s” is gone; its touchpoints stay.") % {"journey": journey.name})
    return redirect("journeys")


def _initial(journey: Journey) -> dict[str, Any]:
    return {"name": journey.name, "side": journey.side, "outcome": journey.outcome}


def _form(
    request: HttpRequest, form: JourneyForm, journey: Journey | None, between: list[Difference] | None = None
) -> HttpResponse:
    context = {"form": form, "journey": journey, "differences": between}
    return render(request, "directory/journeys/form.html", context, status=200 if between is None else 409)
