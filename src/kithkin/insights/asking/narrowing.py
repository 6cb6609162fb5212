"""Filters of a question as filters of the rows themselves, for what is worked out from rows and not from cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from kithkin.directory.models.days import today
from kithkin.insights.asking.dimensions import UNIT, Role, dimensions_of
from kithkin.insights.asking.errors import CannotAnswer
from kithkin.insights.asking.months import month_of
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.platform.access import Reach
from kithkin.platform.asked import as_id
from kithkin.surveys.models import Program


def narrowing(question: Question, program: Program, over: Reach) -> Mapping[str, Collection[str]]:
    """For columns of the program's table the values that are let in; a place stands for all below it.

    Raises CannotAnswer for a filter that rows cannot be narrowed by: a figure never ignores what stands above it.
    """
    places = Places()
    dimensions = dimensions_of(program, places)
    tree = places.tree(question.span.last or month_of(today()))
    found: dict[str, Collection[str]] = {}
    units = None if over.everywhere else frozenset(over.unit_ids)
    for key, values in question.where.items():
        dimension = dimensions.get(key)
        if dimension is not None and dimension.raw:
            found[key] = values
        elif dimension is not None and dimension.role is Role.PLACE:
            inside = frozenset(tree.below([as_id(value) for value in values]))
            units = inside if units is None else units & inside
        else:
            raise CannotAnswer(_("Drivers cannot be narrowed by “%(key)s”.") % {"key": key[:60]})
    return found if units is None else {**found, UNIT: [str(unit) for unit in units]}
