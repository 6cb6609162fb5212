"""What programs and relations tell of scores on their own pages: where they stand in full, and how they are found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kithkin.directory.models import ServiceLink
from kithkin.insights import wording
from kithkin.insights.asking import CannotAnswer, Question, dimensions_of
from kithkin.insights.asking.choosing import scores_of
from kithkin.insights.asking.defaults import filled, months_of, programs
from kithkin.insights.asking.metric import title_of
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.sources import source_of
from kithkin.insights.rules import can_read_scores
from kithkin.insights.rules.reaching import reads
from kithkin.insights.warehouse.failures import WarehouseError
from kithkin.platform.models import User
from kithkin.surveys.models import Program, ProgramState
from kithkin.surveys.registries import ProgramScore

LINK = "link"


def scores_of_programs(program_ids: Collection[int], user: User) -> Mapping[int, ProgramScore]:
    """The main score by its name, with the way to all of them; no figure, for a list would work each of them out."""
    if not can_read_scores(user):
        return {}
    rows = Program.objects.filter(pk__in=program_ids, headline__isnull=False).exclude(state=ProgramState.DRAFT)
    return {
        one.pk: ProgramScore(
            title_of(one.headline),
            _("by month and by group"),
            f"{reverse('scores')}?program={one.pk}",
        )
        for one in rows.select_related("headline")
        if one.headline is not None
    }


def experience_of_relation(user: User, link: ServiceLink) -> dict[str, Any] | None:
    """How the receiver finds it, by every program that asks about relations; None where nothing may be told."""
    if not reads(user):
        return None
    rows = [row for program in programs(reads(user)) if (row := _found(program, link, user)) is not None]
    return {"rows": rows} if rows or _is_kept_from(user, link) else None


def _is_kept_from(user: User, link: ServiceLink) -> bool:
    """Whether somebody is asked about relations, and what this receiver says is not for the user."""
    receiver = link.receiver_unit_id
    if receiver is None or reads(user).covers(receiver):
        return False
    return any(LINK in dimensions_of(program, Places()) for program in programs(reads(user)))


def _found(program: Program, link: ServiceLink, user: User) -> dict[str, str] | None:
    places = Places()
    dimensions = dimensions_of(program, places)
    try:
        score = next(iter(scores_of(program)), None)
        if LINK not in dimensions or score is None or (program.floor is not None and LINK not in program.dimensions):
            return None
        question = filled(Question(program.pk, score.column, where={LINK: (str(link.pk),)}), months_of(program))
        overall = source_of(question, program, dimensions, places, reads(user)).overall(question.span)
    except (CannotAnswer, WarehouseError):  # the page of scores says why
        return None
    if overall.estimate is None:
        return None
    figure = wording.Figure.of(overall.estimate)
    return {
        "question": str(score),
        "value": figure.value(overall.estimate.value),
        "interval": figure.interval(overall.estimate.low, overall.estimate.high),
        "answers": wording.answers(overall.n or 0),
        "months": wording.months(question.span.first, question.span.last),
        "url": f"{reverse('scores')}?{question.address}",
    }
