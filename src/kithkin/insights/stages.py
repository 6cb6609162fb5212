"""How customers find each stage of a journey: the outside score at the stage's touchpoints, over the last year.

What people expect is asked beside it by a score of the same measure and scale, whose dimension is "expectation".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from kithkin.analysis.metrics import compare_with_rest
from kithkin.analysis.results import Estimate
from kithkin.directory.models import Side, StageTouchpoint
from kithkin.directory.registries.stage_scores import StageScore
from kithkin.forms.models import Field
from kithkin.insights.asking.choosing import scores_of
from kithkin.insights.asking.counting import Counted
from kithkin.insights.asking.defaults import filled, months_of
from kithkin.insights.asking.dimensions import dimensions_of, member_of
from kithkin.insights.asking.errors import CannotAnswer
from kithkin.insights.asking.metric import metric_of
from kithkin.insights.asking.places import Places
from kithkin.insights.asking.questions import Question
from kithkin.insights.asking.released import Released
from kithkin.insights.asking.sources import source_of
from kithkin.insights.rules.reaching import reads
from kithkin.insights.studies.links import outer_program_for
from kithkin.insights.warehouse.failures import WarehouseError
from kithkin.insights.wording import Figure
from kithkin.platform.models import User
from kithkin.surveys.models import Program

TOUCHPOINT = "touchpoint"
EXPECTATION = "expectation"
DECIMALS = 1


@dataclass(frozen=True)
class Asked:
    """One score of a program, ready to be told for any touchpoints."""

    source: Counted | Released
    question: Question

    def at(self, touchpoints: Collection[str]) -> Estimate | None:
        """The score at these touchpoints together, each weighing as many answers as it has; None where it is hidden."""
        source = self.source
        if isinstance(source, Counted):
            inside = source.frame[TOUCHPOINT].map(member_of).isin(list(touchpoints))
            return replace(source, frame=source.frame[inside.astype(bool)]).overall(self.question.span).estimate
        where = {**source.where, TOUCHPOINT: tuple(touchpoints)}
        return replace(source, where=where).overall(self.question.span).estimate


def scores_of_stages(journey_id: int, user: User) -> Mapping[int, StageScore]:
    """Each stage's score for this reader; none where they read no scores, or nobody was asked at touchpoints."""
    over = reads(user)
    program = outer_program_for(over) if over else None
    if program is None:
        return {}
    try:
        return _scores(program, _stages(journey_id), user)
    except (CannotAnswer, WarehouseError):  # the journey is there without its scores
        return {}


def _stages(journey_id: int) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = StageTouchpoint.objects.filter(stage__journey=journey_id, stage__journey__side=Side.KITH)
    for stage, touchpoint in rows.order_by("stage__position", "stage_id").values_list("stage", "touchpoint"):
        found[stage] = (*found.get(stage, ()), str(touchpoint))
    return found


def _scores(program: Program, stages: Mapping[int, tuple[str, ...]], user: User) -> Mapping[int, StageScore]:
    scores = scores_of(program)
    asked = _asked(program, scores[0], user) if scores and stages else None
    if asked is None:
        return {}
    found = {stage: one for stage, places in stages.items() if (one := asked.at(places)) is not None}
    expected = _expected(program, scores, user)
    worst = _worst(asked, stages, found)
    return {
        stage: _told(
            estimate, asked.question, stages[stage], expected.at(stages[stage]) if expected else None, stage == worst
        )
        for stage, estimate in found.items()
    }


def _asked(program: Program, field: Field, user: User) -> Asked | None:
    places = Places()
    dimensions = dimensions_of(program, places)
    if TOUCHPOINT not in dimensions:
        return None
    question = filled(Question(program.pk, field.column, (TOUCHPOINT,)), months_of(program))
    return Asked(source_of(question, program, dimensions, places, reads(user)), question)


def _expected(program: Program, scores: Sequence[Field], user: User) -> Asked | None:
    """What was expected, where that is asked on the scale of the main score."""
    headline = scores[0]
    for field in scores[1:]:
        same = (field.low, field.high) == (headline.low, headline.high) and metric_of(field) is metric_of(headline)
        if same and field.dimension.casefold() == EXPECTATION:
            return _asked(program, field, user)
    return None


def _worst(asked: Asked, stages: Mapping[int, tuple[str, ...]], found: Mapping[int, Estimate]) -> int | None:
    """The lowest stage, if it lies below all others together beyond chance (Holm over all stages)."""
    pairs: list[tuple[str, str, Estimate, Estimate]] = []
    for stage, estimate in found.items():
        others = {place for other, places in stages.items() if other != stage for place in places}
        rest = asked.at(others - set(stages[stage]))
        if rest is not None:
            pairs.append((str(stage), "", estimate, rest))
    if not pairs:
        return None
    lowest = min(pairs, key=lambda pair: pair[2].value)
    told = {pair.a: pair.changed for pair in compare_with_rest(pairs).pairs}
    return int(lowest[0]) if told[lowest[0]] and lowest[2].value < lowest[3].value else None


def _told(
    estimate: Estimate, question: Question, places: tuple[str, ...], expected: Estimate | None, worst: bool
) -> StageScore:
    factor = Figure.of(estimate).factor
    narrowed = question.but(where={TOUCHPOINT: places}, by=(TOUCHPOINT,) if len(places) > 1 else ("month",))
    return StageScore(
        experience=round(estimate.value * factor, DECIMALS),
        n=estimate.n,
        low=round(estimate.low * factor, DECIMALS),
        high=round(estimate.high * factor, DECIMALS),
        expectation=round(expected.value * factor, DECIMALS) if expected is not None else None,
        url=f"{reverse('scores')}?{narrowed.address}",
        is_worst=worst,
    )
