"""Single responses, where the promise allows it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy

from kithkin.directory.queries.people import people_visible_to
from kithkin.forms.asked import answer_of
from kithkin.platform.access import allowed, user_of
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.surveys.models import Program, Response
from kithkin.surveys.queries.programs import fields_of, waves_of
from kithkin.surveys.queries.responses import answers_of, responses_visible_to, said
from kithkin.surveys.rules import can_see_programs, lists_responses
from kithkin.surveys.views.programs import find_program


def _listing(program: Program) -> Listing[Response]:
    return Listing[Response](
        "responses",
        columns=(
            Column("number", gettext_lazy("Number")),
            Column("at", gettext_lazy("Answered"), sort="at"),
            Column("wave", gettext_lazy("Wave")),
            Column("unit", gettext_lazy("Unit")),
            Column("score", gettext_lazy("Main score"), figure=True),
            Column("person", gettext_lazy("Person")),
            Column("weight", gettext_lazy("Weight"), shown=False, figure=True),
        ),
        filters=(
            Choice(
                "wave",
                gettext_lazy("Wave"),
                lambda _request: [(str(wave.pk), wave.name) for wave in waves_of(program)],
                lambda rows, value: rows.filter(wave=int(value)),
            ),
        ),
        sort="-at",
    )


@allowed(can_see_programs)
def responses(request: HttpRequest, pk: int) -> HttpResponse:
    """The responses of an identified program, within the reader's reach."""
    program, user = find_program(request, pk), user_of(request)
    if not lists_responses(program):
        raise Http404
    rows = responses_visible_to(user).filter(program=program).select_related("wave", "unit", "person")
    page = _listing(program).page(rows, request)
    headline = program.headline
    scores = {one.pk: answer_of(one.answers, headline.name) for one in page.rows} if headline else {}
    people = {one.person_id for one in page.rows if one.person_id}
    seen = set(people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    context = {"program": program, "page": page, "scores": scores, "seen": seen}
    return render(request, "surveys/responses.html", context)


@allowed(can_see_programs)
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person outside answered."""
    user = user_of(request)
    rows = responses_visible_to(user).select_related(
        "program", "program__headline", "wave", "unit", "touchpoint", "person"
    )
    one = get_object_or_404(rows, pk=pk)
    headline = one.program.headline
    value = answer_of(one.answers, headline.name) if headline else None
    context = {
        "response": one,
        "program": one.program,
        "answers": answers_of(one, list(fields_of(one.program))),
        "score": said(headline, value) if headline and value is not None else "",
        "person": one.person if one.person and people_visible_to(user).filter(pk=one.person.pk).exists() else None,
    }
    return render(request, "surveys/response.html", context)
