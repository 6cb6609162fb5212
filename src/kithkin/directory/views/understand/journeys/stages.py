"""The stages of a journey, and the touchpoints on them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.directory.forms.journeys import StageForm
from kithkin.directory.models import Journey, Stage, StageTouchpoint
from kithkin.directory.queries.journeys import offered_touchpoints
from kithkin.directory.rules.journeys import can_edit_journeys
from kithkin.directory.services.journeys import (
    StageNameTaken,
    add_stage,
    arrange_touchpoints,
    change_stage,
    move_stage,
    move_touchpoint,
    place_touchpoint,
    remove_stage,
    take_touchpoint,
)
from kithkin.platform.access import allowed
from kithkin.platform.asked import as_id
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import Difference, differences

_STEPS = {"up": -1, "down": 1}


@allowed(can_edit_journeys)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more."""
    journey = get_object_or_404(Journey, pk=pk)
    form = StageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_stage(journey=journey, **form.cleaned_data)
        except StageNameTaken as taken:
            form.add_error("name", str(taken))
        else:
            return redirect("journey", pk=pk)
    return _form(request, form, journey, None)


@allowed(can_edit_journeys)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, another expectation."""
    stage = _stage(pk)
    form = StageForm(request.POST or None, initial=_initial(stage))
    if request.method == "POST" and form.is_valid():
        try:
            stage.expect(request.POST.get("version"))
            change_stage(stage=stage, **form.cleaned_data)
        except StageNameTaken as taken:
            form.add_error("name", str(taken))
        except ChangedMeanwhile:
            now = _stage(pk)
            between = differences(form, StageForm(initial=_initial(now)))
            return _form(request, form, now.journey, now, between)
        else:
            return redirect("journey", pk=stage.journey_id)
    return _form(request, form, stage.journey, stage)


@require_POST
@allowed(can_edit_journeys)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place earlier or later."""
    stage = _stage(pk)
    move_stage(stage=stage, by=_STEPS.get(request.POST.get("do", ""), 0))
    return redirect("journey", pk=stage.journey_id)


@require_POST
@allowed(can_edit_journeys)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out."""
    stage = _stage(pk)
    remove_stage(stage=stage)
    messages.success(request, _("“%(stage)s” is taken out.") % {"stage": stage.name})
    return redirect("journey", pk=stage.journey_id)


@require_POST
@allowed(can_edit_journeys)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a touchpoint on the stage."""
    stage = _stage(pk)
    touchpoint = offered_touchpoints().filter(pk=as_id(request.POST.get("touchpoint", ""))).first()
    if touchpoint is None:
        messages.error(request, _("Choose a touchpoint of the list."))
    else:
        place_touchpoint(stage=stage, touchpoint=touchpoint)
    return redirect("journey", pk=stage.journey_id)


@require_POST
@allowed(can_edit_journeys)
def move_place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down, or off the stage."""
    there = get_object_or_404(StageTouchpoint.objects.select_related("stage__journey"), pk=pk)
    journey_id = there.stage.journey_id
    wanted = request.POST.get("do", "")
    if wanted == "take":
        take_touchpoint(place=there)
    elif wanted in _STEPS:
        move_touchpoint(place=there, by=_STEPS[wanted])
    return redirect("journey", pk=journey_id)


@require_POST
@allowed(can_edit_journeys)
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """The order in which touchpoints were dropped on the stage."""
    stage = _stage(pk)
    arrange_touchpoints(stage=stage, place_ids=[as_id(one) for one in request.POST.getlist("place")])
    return redirect("journey", pk=stage.journey_id)


def _stage(pk: int) -> Stage:
    return get_object_or_404(Stage.objects.select_related("journey"), pk=pk)


def _initial(stage: Stage) -> dict[str, Any]:
    return {"name": stage.name, "expectation": stage.expectation, "is_lost": stage.is_lost}


def _form(
    request: HttpRequest,
    form: StageForm,
    journey: Journey,
    stage: Stage | None,
    between: list[Difference] | None = None,
) -> HttpResponse:
    context = {"form": form, "journey": journey, "stage": stage, "differences": between}
    return render(request, "directory/journeys/stage_form.html", context, status=200 if between is None else 409)
