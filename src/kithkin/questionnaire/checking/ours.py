"""Metrics, quotas, blocks and scores that speak of what is not there, or cannot be what they say."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.model.elements import Container, Element, Question, Rating
from kithkin.questionnaire.model.ours import Identity, Measure, Metric
from kithkin.questionnaire.model.questionnaire import Body, questions, walk

_ZERO_TO_TEN = list(range(11))
_NPS = {Measure.NPS, Measure.INPS, Measure.ENPS}
_NEEDS_DIMENSION = {Measure.ENGAGEMENT, Measure.SERVICE}


def own_part(body: Body) -> Iterator[Finding]:
    """All that is wrong in our own part."""
    asked = {question.name: question for question in questions(body.pages, inside=True)}
    for metric in body.ours.metrics:
        yield from _metric(metric, asked, body)
    for score in body.ours.scoring:
        for name in score.questions:
            if name not in asked:
                yield _missing(f"{score.where}/questions", name)
    for quota in body.ours.quotas:
        if quota.limit is None:
            what = f"Quota {quota.name[:60]!r} has no limit, so that it is never full."
            yield Finding(Severity.NOTE, Kind.MEASURE, quota.where, what, "Write how many are wanted.")
    yield from _blocks(body)


def _metric(metric: Metric, asked: dict[str, Question], body: Body) -> Iterator[Finding]:
    name = metric.question if metric.question in asked else metric.question.partition(".")[0]
    question = asked.get(name)
    if question is None:
        yield _missing(f"{metric.where}/question", metric.question)
        return
    if metric.measures in _NPS and not _has_points(question, _ZERO_TO_TEN):
        what = f"{metric.measures.upper()} is asked from 0 to 10; {name[:60]!r} is not a rating with these points."
        yield Finding(Severity.ERROR, Kind.MEASURE, question.where, what, "Set rateMin to 0 and rateMax to 10.")
    if metric.measures in _NEEDS_DIMENSION and metric.dimension is None:
        what = f"{metric.measures.capitalize()} has dimensions, and {name[:60]!r} names none."
        yield Finding(Severity.WARNING, Kind.MEASURE, metric.where, what, "Write `dimension`.")
    embedded = {each.name for each in body.ours.embedded}
    if metric.relation is not None and metric.relation not in embedded:
        yield _missing(f"{metric.where}/relation", metric.relation)
    if metric.measures is Measure.SERVICE and metric.relation is not None and body.ours.identity is Identity.ANONYMOUS:
        what = "An anonymous answer cannot be tied to a relation."
        yield Finding(Severity.WARNING, Kind.MEASURE, metric.where, what, "Promise confidentiality, or leave it out.")


def _has_points(question: Question, points: list[int]) -> bool:
    return isinstance(question, Rating) and [point.value for point in question.points.ordinary] == points


def _blocks(body: Body) -> Iterator[Finding]:
    beside: list[list[Element]] = [
        list(body.pages),
        *(list(each.elements) for each in walk(body.pages) if isinstance(each, Container)),
    ]
    named = {element.name for element in walk(body.pages)}
    for each in body.ours.randomisation:
        for name in each.of:
            if name not in named:
                yield _missing(f"{each.where}/of", name)
        if all(name in named for name in each.of) and not any(_holds_all(siblings, each.of) for siblings in beside):
            what = f"What {each.name[:60]!r} draws from does not stand side by side, so its order stays."
            yield Finding(Severity.WARNING, Kind.MEASURE, each.where, what, "Put them on one level.")


def _holds_all(siblings: list[Element], names: tuple[str, ...]) -> bool:
    return set(names) <= {element.name for element in siblings}


def _missing(where: str, name: str) -> Finding:
    return Finding(Severity.ERROR, Kind.UNDEFINED, where, f"Nothing is called {name[:60]!r}.", "Name what is there.")
