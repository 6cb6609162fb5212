"""Scores: any metric by any dimensions, over time, against the time before, down to the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.directory.models import Unit
from kithkin.insights.asking import Answer, Question, answer, dimensions_of
from kithkin.insights.asking.choosing import scores_of
from kithkin.insights.asking.defaults import filled, months_of, programs
from kithkin.insights.asking.dimensions import UNIT, Dimension, Role
from kithkin.insights.asking.metric import title_of
from kithkin.insights.asking.waiting import HEADER, new_ticket, stop, stoppable
from kithkin.insights.engines import Cancelled
from kithkin.insights.pictures import groups_chart, trend_chart
from kithkin.insights.rules import can_read_scores
from kithkin.insights.rules.reaching import reads
from kithkin.insights.telling import finding, method, said_of_overall
from kithkin.insights.views.tables import GroupRow, heat_of, rows_of
from kithkin.insights.views.unanswered import UNANSWERED, said_of, status_of
from kithkin.insights.warehouse.failures import WarehouseError
from kithkin.insights.wording import month_name
from kithkin.platform.access import allowed, user_of
from kithkin.platform.asked import as_id
from kithkin.platform.models import User
from kithkin.surveys.models import Program

MOST_ROWS = 150
"""A picture of more would be one of nothing, and a page with them too heavy."""


@dataclass(frozen=True)
class Asked:
    """A question with what it is asked of; `months` are those that have answers."""

    program: Program
    question: Question
    months: list[str]
    choices: list[Program]


def asked_of(query: QueryDict, user: User) -> Asked | None:
    """What the address asks; None where there is no program at all that this user sees."""
    question, known = Question.read(query), programs(reads(user))
    if not known:
        return None
    program = next((one for one in known if one.pk == question.program), known[0])
    try:
        months = months_of(program)
    except (Cancelled, WarehouseError):  # the answer itself will say so
        months = []
    return Asked(program, filled(question.but(program=program.pk), months), months, known)


@allowed(can_read_scores)
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    user = user_of(request)
    with stoppable(user, request.headers.get(HEADER, "")):
        asked = asked_of(request.GET, user)
        if asked is None:
            return render(request, "insights/scores_empty.html", {"nothing": "program"})
        context = asking(asked)
        try:
            found = answer(asked.question, asked.program, user)
        except UNANSWERED as error:
            context["refused"] = said_of(error, user)
            return render(request, "insights/scores.html", context, status=status_of(error))
    return render(request, "insights/scores.html", context | filling(found))


def asking(asked: Asked) -> dict[str, Any]:
    """The form of a page: what is asked, what could be, and the ticket by which the next question can be stopped."""
    return {"asked": asked, "menu": menu(asked), "question": asked.question, "ticket": new_ticket()}


@require_POST
@allowed(can_read_scores)
def stop_asking(request: HttpRequest) -> HttpResponse:
    """Stop what this reader asked; the page that waits for it then says so."""
    stop(user_of(request), request.POST.get("ticket", ""))
    return HttpResponse(status=204)


def listed(rows: Sequence[GroupRow]) -> Sequence[GroupRow]:
    """As many as a page lists: of too many the highest and the lowest; the file holds all."""
    if len(rows) <= MOST_ROWS:
        return rows
    told = [row for row in rows if row.value]
    return [*told[: MOST_ROWS // 2], *told[len(told) - MOST_ROWS // 2 :]] if len(told) > MOST_ROWS else rows[:MOST_ROWS]


def filling(found: Answer) -> dict[str, Any]:
    """What the page shows of an answer."""
    rows, heat = listed(rows_of(found)), heat_of(found)
    return {
        "answer": found,
        "finding": finding(found),
        "overall": said_of_overall(found),
        "rows": rows,
        "left_out": found.left_out + (0 if heat else len(found.groups) - len(rows)),
        "heat": heat,
        "groups_chart": groups_chart(found) if len(found.groups) <= MOST_ROWS else None,
        "trend_chart": trend_chart(found),
        "trend_rows": [GroupRow.of(group, found, found.question) for group in found.trend.groups],
        "method": method(found),
    }


def menu(asked: Asked) -> dict[str, Any]:
    """What can be chosen: programs, scores, dimensions, months, and the filters that are set."""
    dimensions = dimensions_of(asked.program)
    return {
        "programs": asked.choices,
        "scores": [(field.column, title_of(field), str(field)) for field in scores_of(asked.program)],
        "dimensions": [one for one in dimensions.values() if _offered(one, asked.program)],
        "months": [(month, month_name(month)) for month in asked.months],
        "by": [*asked.question.by, "", ""][:2],
        "filters": [_filter(asked.question, key, value, dimensions) for key, value in _set(asked.question)],
    }


def _offered(dimension: Dimension, program: Program) -> bool:
    if program.floor is None or dimension.role is Role.TIME or dimension.key == "wave":
        return True
    return dimension.key in program.dimensions or (dimension.role is Role.PLACE and UNIT in program.dimensions)


def _set(question: Question) -> list[tuple[str, str]]:
    return [(key, value) for key, values in question.where.items() for value in values]


def _filter(question: Question, key: str, value: str, dimensions: dict[str, Dimension]) -> dict[str, str]:
    dimension = dimensions.get(key)
    left = {
        name: kept
        for name, values in question.where.items()
        if (kept := tuple(one for one in values if (name, one) != (key, value)))
    }
    return {
        "title": dimension.title if dimension else key,
        "label": _label(dimension, value),
        "key": f"in.{key}",
        "value": value,
        "without": question.but(where=left).address,
    }  # fmt: skip


def _label(dimension: Dimension | None, value: str) -> str:
    if dimension is None:
        return value
    if dimension.role is Role.PLACE:
        return unit_names().get(as_id(value), value)
    return dimension.label(value) or _("not known")


def unit_names() -> dict[int, str]:
    """What units are called today."""
    return dict(Unit.objects.values_list("pk", "name"))
