"""Running a program: written down, changed, launched, closed; and its waves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, user_of
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.errors import changed_meanwhile
from kithkin.platform.views.meanwhile import differences
from kithkin.surveys.forms.programs import ProgramForm, WaveForm, initial
from kithkin.surveys.models import Program, Wave
from kithkin.surveys.rules import can_add_program, can_run_program, can_see_programs
from kithkin.surveys.services import (
    ProgramRefused,
    add_wave,
    change_program,
    change_wave,
    close_program,
    create_program,
    launch_program,
    reopen_program,
)
from kithkin.surveys.views.programs import find_program


@allowed(can_add_program)
def add(request: HttpRequest) -> HttpResponse:
    """Mean to listen."""
    form = ProgramForm(request.POST or None, user=user_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = create_program(draft=form.draft())
        except ProgramRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("“%(program)s” is written down.") % {"program": made})
            return redirect("program", pk=made.pk)
    context = {"form": form, "title": _("Whom do you want to listen to?"), "verb": _("Write it down")}
    return _form(request, {**context, "back": reverse("programs")}, failed=bool(form.errors))


@allowed(can_see_programs)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say otherwise what it is; what was promised stays."""
    one, user = find_runnable(request, pk), user_of(request)
    form = ProgramForm(request.POST or None, user=user, program=one, initial=initial(one))
    context: dict[str, Any] = {"form": form, "version": one.version, "verb": _("Save"), "program": one}
    context |= {"title": _("Change “%(name)s”") % {"name": one.name}, "back": reverse("program", args=[pk])}
    if request.method == "POST" and form.is_valid():
        try:
            one.expect(request.POST.get("version"))
            change_program(program=one, draft=form.draft(), headline=form.headline())
        except ChangedMeanwhile:
            now = Program.objects.get(pk=pk)
            fresh = ProgramForm(user=user, program=now, initial=initial(now))
            context |= {"version": now.version, "differences": differences(form, fresh)}
            return render(request, "surveys/form.html", context, status=409)
        except ProgramRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("program", pk=pk)
    return _form(request, context, failed=bool(form.errors))


def _step(do: Callable[..., Program], said: Callable[[Program], str]) -> Callable[..., HttpResponse]:
    @require_POST
    @allowed(can_see_programs)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        one = find_runnable(request, pk)
        try:
            one.expect(request.POST.get("version"))
            do(program=one)
        except ChangedMeanwhile as told:
            return changed_meanwhile(request, told)
        except ProgramRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said(one))
        return redirect("program", pk=pk)

    return view


launch = _step(launch_program, lambda one: _("“%(program)s” listens from now on.") % {"program": one})
close = _step(close_program, lambda one: _("“%(program)s” takes no more responses.") % {"program": one})
reopen = _step(reopen_program, lambda one: _("“%(program)s” listens again.") % {"program": one})


@allowed(can_see_programs)
def new_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Another round."""
    one = find_runnable(request, pk)
    form = WaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            add_wave(program=one, name=said["name"], starts=said["starts"], ends=said["last"] + timedelta(days=1))
        except ProgramRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Wave “%(wave)s” is added.") % {"wave": said["name"]})
            return redirect("program", pk=pk)
    context = {"form": form, "program": one, "verb": _("Add the wave"), "back": reverse("program", args=[pk])}
    return _form(
        request, {**context, "title": _("Another wave of “%(name)s”") % {"name": one.name}}, failed=bool(form.errors)
    )


@allowed(can_see_programs)
def edit_wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Say otherwise when it was."""
    wave = get_object_or_404(Wave.objects.select_related("program"), pk=pk)
    one = find_runnable(request, wave.program_id)
    form = WaveForm(request.POST or None, initial=_wave(wave))
    context: dict[str, Any] = {"form": form, "program": one, "version": wave.version, "verb": _("Save")}
    context |= {"title": _("Change wave “%(name)s”") % {"name": wave.name}, "back": reverse("program", args=[one.pk])}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            wave.expect(request.POST.get("version"))
            change_wave(wave=wave, name=said["name"], starts=said["starts"], ends=said["last"] + timedelta(days=1))
        except ChangedMeanwhile:
            now = Wave.objects.get(pk=pk)
            context |= {"version": now.version, "differences": differences(form, WaveForm(initial=_wave(now)))}
            return render(request, "surveys/form.html", context, status=409)
        except ProgramRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("program", pk=one.pk)
    return _form(request, context, failed=bool(form.errors))


def _wave(wave: Wave) -> dict[str, Any]:
    return {"name": wave.name, "starts": wave.starts, "last": wave.last_day}


def find_runnable(request: HttpRequest, pk: int) -> Program:
    """The program where this reader may run it; 404 where they may not even see it."""
    one = find_program(request, pk)
    if not can_run_program(user_of(request), one):
        raise PermissionDenied(
            _("A program is run by administrators, and by program managers of the unit that runs it.")
        )
    return one


def _form(request: HttpRequest, context: dict[str, Any], *, failed: bool) -> HttpResponse:
    return render(request, "surveys/form.html", context, status=422 if failed else 200)
