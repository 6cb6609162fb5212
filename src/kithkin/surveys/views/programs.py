"""The programs there are, and one of them."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.directory.models import Side
from kithkin.forms.models import Field
from kithkin.platform.access import allowed, user_of
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.surveys.models import Identity, Program, ProgramState
from kithkin.surveys.queries.programs import (
    Heard,
    fields_of,
    first_fields_of,
    heard,
    imports_of,
    programs_visible_to,
    scores_of,
    wave_counts,
    waves_of,
)
from kithkin.surveys.rules import can_add_program, can_run_program, can_see_programs, lists_responses
from kithkin.surveys.views.words import promise

SHOWN = 25
"""Questions on the program's own page; all of them have a page of theirs."""
PROGRAMS = Listing[Program](
    "programs",
    columns=(
        Column("name", gettext_lazy("Program"), sort="name"),
        Column("side", gettext_lazy("Side")),
        Column("promise", gettext_lazy("Promise")),
        Column("state", gettext_lazy("State")),
        Column("waves", gettext_lazy("Waves"), figure=True),
        Column("responses", gettext_lazy("Responses"), figure=True),
        Column("last", gettext_lazy("Last response")),
        Column("score", gettext_lazy("Main score"), figure=True),
        Column("unit", gettext_lazy("Run by"), shown=False),
    ),
    filters=(
        Choice("side", gettext_lazy("Side"), Side.choices, lambda rows, value: rows.filter(side=value)),
        Choice("promise", gettext_lazy("Promise"), Identity.choices, lambda rows, value: rows.filter(identity=value)),
        Choice("state", gettext_lazy("State"), ProgramState.choices, lambda rows, value: rows.filter(state=value)),
    ),
    search=lambda rows, text: rows.filter(name__icontains=text),
    sort="name",
)
QUESTIONS = Listing[Field](
    "program-questions",
    columns=(
        Column("title", gettext_lazy("Question"), sort="position"),
        Column("name", gettext_lazy("Name")),
        Column("kind", gettext_lazy("Kind")),
        Column("scale", gettext_lazy("Scale or choices")),
        Column("measures", gettext_lazy("Measures")),
    ),
    search=lambda rows, text: rows.filter(title__icontains=text) | rows.filter(name__icontains=text),
    sort="title",
)


@allowed(can_see_programs)
def programs(request: HttpRequest) -> HttpResponse:
    """The programs within reach, with what came in."""
    user = user_of(request)
    page = PROGRAMS.page(programs_visible_to(user).select_related("unit"), request)
    ids = [one.pk for one in page.rows]
    context = {
        "page": page,
        "heard": heard(ids),
        "waves": wave_counts(ids),
        "scores": scores_of(ids, user),
        "may_add": can_add_program(user),
        "any": bool(page.rows) or page.narrowed,
    }
    return render(request, "surveys/programs.html", context)


@allowed(can_see_programs)
def program(request: HttpRequest, pk: int) -> HttpResponse:
    """What it promises and asks, its waves, and where its responses came from."""
    user = user_of(request)
    one = find_program(request, pk)
    fields = list(first_fields_of(one)[: SHOWN + 1])
    waves, found = list(waves_of(one)), heard([pk]).get(pk, Heard())
    context: dict[str, Any] = {
        "program": one,
        "title": _title(one, found, len(waves)),
        "heard": found,
        "waves": waves,
        "fields": fields[:SHOWN],
        "more_fields": fields_of(one).count() if len(fields) > SHOWN else 0,
        "imports": imports_of(one),
        "promise": promise(one),
        "score": scores_of([pk], user).get(pk),
        "may_run": can_run_program(user, one),
        "lists_responses": lists_responses(one),
    }
    return render(request, "surveys/program.html", context)


@allowed(can_see_programs)
def program_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything it asks."""
    one = find_program(request, pk)
    page = QUESTIONS.page(fields_of(one), request)
    return render(request, "surveys/questions.html", {"program": one, "page": page})


def find_program(request: HttpRequest, pk: int) -> Program:
    """The program where this reader may see it, else 404."""
    rows = programs_visible_to(user_of(request)).select_related("unit", "headline", "questionnaire")
    return get_object_or_404(rows, pk=pk)


def _title(one: Program, found: Heard, waves: int) -> str:
    if found.count < (one.floor or 1):
        if one.floor is not None:
            return _("“%(program)s” has heard fewer than %(floor)s people") % {"program": one.name, "floor": one.floor}
        return _("“%(program)s” has not heard anybody yet") % {"program": one.name}
    said = ngettext("“%(program)s” has %(shown)s response", "“%(program)s” has %(shown)s responses", found.count) % {
        "program": one.name,
        "shown": intcomma(found.count),
    }
    if waves < 2:
        return said
    return _("%(said)s in %(waves)s waves") % {"said": said, "waves": waves}
