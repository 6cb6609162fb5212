"""One question, one reader, one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from kithkin.analysis.control import changepoints, xmr
from kithkin.analysis.errors import AnalysisError
from kithkin.analysis.metrics import compare_pairs
from kithkin.insights.asking.answers import Answer, Group, State, Trend
from kithkin.insights.asking.counting import Counted
from kithkin.insights.asking.dimensions import Dimension, Role, dimensions_of
from kithkin.insights.asking.errors import CannotAnswer, none_within_reach
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.insights.asking.released import Released
from kithkin.insights.asking.sources import source_of
from kithkin.insights.models import Loaded
from kithkin.insights.rules.reaching import reads
from kithkin.platform.access import Reach
from kithkin.platform.models import FactChange, User
from kithkin.surveys.models import Program

MOST_GROUPS = 400
MOST_LISTED = 4_000
"""Of two dimensions, and of one."""
MOST_COMPARED = 60
LEAST_FOR_LIMITS = 6


def answer(question: Question, program: Program, user: User) -> Answer:
    """The program's score as the question cuts it, for this reader.

    Raises CannotAnswer for what does not exist, may not be asked, or may not be told.
    """
    over = reads(user)
    if not over:
        raise CannotAnswer(_("Scores are read by program managers, analysts and heads of departments."))
    places = Places()
    dimensions = dimensions_of(program, places)
    source = source_of(question, program, dimensions, places, over)
    by = tuple(source.dimension(key) for key in question.by)
    groups = source.groups(by, question.span)
    shown = _whole(_in_order(groups, by))
    trend = _trend(source, dimensions["month"], question)
    return Answer(
        question=question,
        program=program,
        field=source.score,
        by=by,
        overall=_overall(source, question, over),
        groups=_against_before(shown, source, by, question),
        trend=trend,
        differing=_differing(source, shown, by, question),
        as_of=loaded_at(program.table),
        pending=FactChange.objects.filter(table=program.table).count(),
        left_out=len(groups) - len(shown),
    )


def _overall(source: Counted | Released, question: Question, over: Reach) -> Group:
    """Everybody within reach; where that is nobody, whose answers they would be."""
    found = source.overall(question.span)
    if found.state is not State.EMPTY or over.everywhere:
        return found
    return replace(found, reason=none_within_reach())


def loaded_at(table: str) -> datetime | None:
    """When the warehouse last took in what was new of this table."""
    return Loaded.objects.filter(table=table).values_list("loaded_at", flat=True).first()


def _whole(groups: Sequence[Group]) -> Sequence[Group]:
    """As many as a picture or a file holds; of two dimensions no line is begun that cannot be ended."""
    if groups and len(groups[0].members) < 2:
        return groups[:MOST_LISTED]
    shown = groups[:MOST_GROUPS]
    if len(shown) == len(groups):
        return shown
    begun = groups[MOST_GROUPS].members[0]
    return [group for group in shown if group.members[0] != begun] or shown


def _in_order(groups: Sequence[Group], by: Sequence[Dimension]) -> list[Group]:
    """Time runs on; else what is shown stands from high to low, what is not at the end; without a label last."""
    if any(one.role is Role.TIME for one in by) or len(by) > 1:
        return sorted(groups, key=lambda group: _by_labels(group, by))
    return sorted(groups, key=_from_the_top)


def _by_labels(group: Group, by: Sequence[Dimension]) -> tuple[tuple[bool, str], ...]:
    parts = zip(by, group.members, group.labels, strict=True)
    return tuple((not member, member if one.role is Role.TIME else label) for one, member, label in parts)


def _from_the_top(group: Group) -> tuple[bool, float, str]:
    return group.estimate is None, -group.estimate.value if group.estimate else 0.0, group.label


def _trend(source: Counted | Released, month: Dimension, question: Question) -> Trend:
    groups = tuple(sorted(source.groups((month,), question.span), key=lambda group: group.members))
    shown = [group for group in groups if group.estimate is not None]
    if len(shown) < LEAST_FOR_LIMITS:
        return Trend(groups, None, None, _("Limits need %(n)d months or more.") % {"n": LEAST_FOR_LIMITS})
    values = [group.estimate.value for group in shown if group.estimate is not None]
    try:
        return Trend(groups, xmr(values), changepoints(values, [group.label for group in shown]))
    except AnalysisError as error:
        return Trend(groups, None, None, str(error))


def _against_before(
    groups: Sequence[Group], source: Counted | Released, by: Sequence[Dimension], question: Question
) -> tuple[Group, ...]:
    """Each group against itself in the span before, where the question names a span and is not cut by time."""
    before = question.span.before()
    if before is None or any(one.role is Role.TIME for one in by):
        return tuple(groups)
    earlier: Mapping[tuple[str, ...], Group] = {group.members: group for group in source.groups(by, before)}
    pairs = [
        (group, earlier[group.members])
        for group in groups
        if group.estimate is not None and group.members in earlier and earlier[group.members].estimate is not None
    ]
    if not pairs:
        return tuple(groups)
    compared = compare_pairs(
        [(now.label, then.label, now.estimate, then.estimate) for now, then in pairs if now.estimate and then.estimate]
    )
    found = {now.members: pair for (now, _then), pair in zip(pairs, compared.pairs, strict=True)}
    return tuple(
        replace(group, change=found[group.members].difference, changed=found[group.members].changed)
        if group.members in found
        else group
        for group in groups
    )


def _differing(
    source: Counted | Released, groups: Sequence[Group], by: Sequence[Dimension], question: Question
) -> dict[tuple[str, ...], bool]:
    """Each group against all others together, for groups that are no periods: too many pairs tell nothing."""
    shown = [group for group in groups if group.estimate is not None]
    if not 2 <= len(shown) <= MOST_COMPARED or any(one.role is Role.TIME for one in by):
        return {}
    return source.differing(by, question.span, shown)
