"""What the columns of a file of responses hold: told on two pages, then every line is checked."""

from __future__ import annotations

import fnmatch
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kithkin.platform.access import allowed, user_of
from kithkin.platform.imports.guessing import REASON
from kithkin.platform.imports.kept import Head, head
from kithkin.platform.models import Import
from kithkin.platform.queries.imports import same_file_before
from kithkin.platform.services.imports.steps import may_match
from kithkin.platform.views.imports.pages import find_import
from kithkin.surveys.forms.imports import ColumnForm, NewProgramForm, TargetForm, target
from kithkin.surveys.imports.codebook import BadCodebook, applied, from_file, typed
from kithkin.surveys.imports.keeping import check_with, keep_plan
from kithkin.surveys.imports.likeness import of_field
from kithkin.surveys.imports.plans import WORDS, ColumnPlan, FilePlan, Holds, Match, NewProgram
from kithkin.surveys.imports.preparing import for_program, new_program, plan_of, samples
from kithkin.surveys.rules import can_import_responses

SHOWN = 120
"""Columns on one page."""


@dataclass(frozen=True)
class ShownColumn:
    """A column on the page: its place in the file, what it holds in words, and its first values."""

    plan: ColumnPlan
    place: int
    holds: str
    samples: Sequence[str]
    asks: bool = False


@allowed(can_import_responses)
def response_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the responses belong, and all columns with what they are taken for."""
    there = _matchable(request, pk)
    if isinstance(there, HttpResponse):
        return there
    one, found = there
    plan = plan_of(one)
    forms = _forms(request, plan)
    if request.method == "POST":
        form, new = forms
        if form.is_valid() and (form.chosen or plan.program or new.is_valid()):
            answer = _told(request, one, plan, form, new)
            if answer is not None:
                return answer
            plan = plan_of(Import.objects.get(pk=pk))
    return _page(request, one, found, plan, forms)


@allowed(can_import_responses)
def response_column(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One column, told exactly."""
    there = _matchable(request, pk)
    if isinstance(there, HttpResponse):
        return there
    one, found = there
    plan = plan_of(one)
    if place >= len(plan.columns):
        raise Http404
    column = plan.columns[place]
    form = ColumnForm(request.POST if request.method == "POST" else None, plan=plan, column=column)
    if request.method == "POST" and form.is_valid():
        told = form.as_plan()
        if form.cleaned_data.get("name") in form.known:
            told = of_field(told, form.known[form.cleaned_data["name"]], Match.SAME)
        plan = plan.with_column(told)
        keep_plan(one=one, plan=_spread(plan, told, form.cleaned_data["also"]))
        messages.success(request, _("“%(column)s” is told.") % {"column": column.column})
        return redirect("response_columns", one.pk)
    context = {"one": one, "form": form, "column": column, "samples": samples(found, column.column)[:12]}
    return render(request, "surveys/imports/column.html", context, status=422 if form.errors else 200)


def _matchable(request: HttpRequest, pk: int) -> tuple[Import, Head] | HttpResponse:
    one = find_import(request, pk)
    if one.kind != "responses":
        raise Http404
    if one.forgotten_at or not may_match(one):
        return redirect("import_page", one.pk)
    try:
        return one, head(one.path)
    except FileNotFoundError:
        messages.error(request, _("The file is no longer here. Upload it again."))
        return redirect("imports")


def _forms(request: HttpRequest, plan: FilePlan) -> tuple[TargetForm, NewProgramForm]:
    user = user_of(request)
    new = plan.new or NewProgram("", "kith")
    initial = {"name": new.name, "side": new.side, "identity": new.identity, "floor": new.floor, "unit": new.unit}
    posted = request.method == "POST"
    form = TargetForm(
        request.POST if posted else None, request.FILES if posted else None, user=user, plan=plan, initial=target(plan)
    )
    return form, NewProgramForm(request.POST if posted else None, user=user, initial=initial)


def _told(
    request: HttpRequest, one: Import, plan: FilePlan, form: TargetForm, new: NewProgramForm
) -> HttpResponse | None:
    """Keep what was told; begin the check where that was asked and nothing has to be looked at anew."""
    chosen = form.chosen
    moved = (chosen.pk if chosen else None) != plan.program
    fresh = None if chosen else new_program(one) if plan.program else new.as_plan()
    plan = _unlike(plan, request)
    try:
        plan = replace(plan, columns=_with_codebook(plan, form))
    except BadCodebook as bad:
        form.add_error("codebook_file" if form.cleaned_data.get("codebook_file") else "codebook", str(bad))
        return None
    if moved:
        plan = for_program(plan, chosen)
    plan = replace(
        plan,
        new=fresh,
        wave=None if moved and form.cleaned_data["wave"] in form.waves else form.wave_plan(),
        headline=form.cleaned_data["headline"] or plan.headline if moved else form.cleaned_data["headline"],
    )
    keep_plan(one=one, plan=plan)
    changed = moved or form.cleaned_data["codebook"] or form.cleaned_data.get("codebook_file")
    if request.POST.get("do") != "check" or changed:
        messages.info(request, _("Kept. Look at the columns as they are taken now, then have every line checked."))
        return redirect("response_columns", one.pk)
    wrong = _incomplete(plan)
    if wrong:
        form.add_error(None, wrong)
        return None
    check_with(one=one, plan=plan)
    return redirect("import_page", one.pk)


def _unlike(plan: FilePlan, request: HttpRequest) -> FilePlan:
    """Columns that only resemble a question, and of which it was said that they are another."""
    if "confirms" not in request.POST:
        return plan
    same = set(request.POST.getlist("same"))
    columns = [
        replace(one, name=one.column, title=one.column, match=Match.NEW)
        if one.match == Match.ALIKE and str(place) not in same
        else one
        for place, one in enumerate(plan.columns)
    ]
    return replace(plan, columns=tuple(columns))


def _with_codebook(plan: FilePlan, form: TargetForm) -> tuple[ColumnPlan, ...]:
    columns = applied(plan.columns, typed(form.cleaned_data["codebook"]))
    sent = form.cleaned_data.get("codebook_file")
    if not isinstance(sent, UploadedFile):
        return columns
    with tempfile.NamedTemporaryFile(suffix=Path(str(sent.name)).suffix[:10]) as kept:
        for piece in sent.chunks():
            kept.write(piece)
        kept.flush()
        return applied(columns, from_file(Path(kept.name), str(sent.name)[:100]))


def _incomplete(plan: FilePlan) -> str:
    if not plan.answers:
        return _("No column holds an answer. Say of at least one what was asked.")
    if plan.wave is None and plan.of(Holds.AT) is None:
        return _("When the responses were given is not said: name a wave, or the column with the day.")
    names = [one.asks for one in plan.answers]
    twice = next((one for one in plan.answers if names.count(one.asks) > 1), None)
    if twice:
        return _("Two columns are the same question, “%(name)s”. Leave one of them out.") % {"name": twice.asks}
    return ""


def _spread(plan: FilePlan, told: ColumnPlan, also: str) -> FilePlan:
    """Scale and codes of one column for others of its kind."""
    patterns = [part.strip().casefold() for part in also.split(",") if part.strip()]
    for column in plan.columns:
        fits = any(fnmatch.fnmatch(column.column.casefold(), pattern) for pattern in patterns)
        if fits and column.column != told.column and told.holds.is_answer:
            name = column.name or column.column
            same = replace(told, column=column.column, name=name, title=column.title or name, match=column.match)
            plan = plan.with_column(replace(same, measures=column.measures, dimension=column.dimension))
    return plan


def _page(
    request: HttpRequest, one: Import, found: Head, plan: FilePlan, forms: tuple[TargetForm, NewProgramForm]
) -> HttpResponse:
    form, new = forms
    after = request.GET.get("after", "")
    first = int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else 0
    columns = [
        ShownColumn(column, place, str(WORDS[column.holds]), found.samples(column.column), column.holds.is_answer)
        for place, column in enumerate(plan.columns)
        if column.column != REASON
    ]
    shown = columns[first : first + SHOWN]
    errors = bool(form.errors or (new.is_bound and not form.chosen and new.errors)) if form.is_bound else False
    context: dict[str, Any] = {
        "one": one,
        "form": form,
        "new": new,
        "alike": [each for each in columns if each.plan.match == Match.ALIKE and each.asks],
        "columns": shown,
        "next": first + SHOWN if first + SHOWN < len(columns) else None,
        "first": first,
        "count": len(columns),
        "answers": len(plan.answers),
        "aside": sum(each.plan.holds == Holds.NOTHING for each in columns),
        "before": same_file_before(one),
        "plan": plan,
    }
    return render(request, "surveys/imports/columns.html", context, status=422 if errors else 200)
