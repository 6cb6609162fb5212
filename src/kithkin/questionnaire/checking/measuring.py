"""Questions that are said to measure something, and cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.model.ours import Identity, Measure, Metric
from kithkin.questionnaire.model.questionnaire import Body, questions
from kithkin.questionnaire.replaying.names import reached
from kithkin.questionnaire.replaying.options import spelled

_ZERO_TO_TEN = [float(point) for point in range(11)]
_NPS = {Measure.NPS, Measure.INPS, Measure.ENPS}
_NEEDS_DIMENSION = {Measure.ENGAGEMENT, Measure.SERVICE}


def metrics(body: Body) -> Iterator[Finding]:
    """Metrics of what is not there, of answers that are no numbers, and NPS that is not asked from 0 to 10."""
    asked = {question.name: question for question in questions(body.pages)}
    embedded = {each.name for each in body.ours.embedded}
    for metric in body.ours.metrics:
        question = _answered(metric.question, asked)
        if question is None:
            yield missing(f"{metric.where}/question", metric.question)
            continue
        yield from _scale(metric, question)
        if metric.measures in _NEEDS_DIMENSION and metric.dimension is None:
            what = f"{metric.measures.capitalize()} has dimensions, and {metric.question[:60]!r} names none."
            yield Finding(Severity.WARNING, Kind.MEASURE, metric.where, what, "Write `dimension`.")
        if metric.relation is not None and metric.relation not in embedded:
            yield missing(f"{metric.where}/relation", metric.relation)
        if metric.measures is Measure.SERVICE and metric.relation and body.ours.identity is Identity.ANONYMOUS:
            what = "An anonymous answer cannot be tied to a relation."
            yield Finding(
                Severity.WARNING, Kind.MEASURE, metric.where, what, "Promise confidentiality, or leave it out."
            )


def missing(where: str, name: str) -> Finding:
    """Something is named that is not there."""
    return Finding(Severity.ERROR, Kind.UNDEFINED, where, f"Nothing is called {name[:60]!r}.", "Name what is there.")


def _answered(path: str, asked: Mapping[str, Question]) -> Question | None:
    """What is answered at a path: a question, the row of a matrix (name.row), a cell of one (name.row.column)."""
    name = reached(path, asked)
    question = asked[name] if name is not None else None
    if name is None or question is None or path == name:
        return question
    rest = path[len(name) + 1 :]
    if isinstance(question, model.Matrix):
        return question if rest in _rows(question) else None
    if isinstance(question, model.NamedRows):
        cells = (each for each in question.elements if isinstance(each, Question))
        return next((each for each in cells if rest.removesuffix(f".{each.name}") in _rows(question) - {rest}), None)
    return question if isinstance(question, model.Growing | model.MultipleText) else None


def _rows(question: model.Matrix | model.NamedRows) -> set[str]:
    return {spelled(row.value) for row in question.rows.ordinary}


def _scale(metric: Metric, question: Question) -> Iterator[Finding]:
    name, points = f"{metric.question[:60]!r}", _points(question)
    if metric.measures in _NPS and points != _ZERO_TO_TEN:
        what = f"{metric.measures.upper()} is asked from 0 to 10; {name} is not asked with these points."
        advice = "Set rateMin to 0 and rateMax to 10." if isinstance(question, model.Rating) else "Ask it as a rating."
        yield Finding(Severity.ERROR, Kind.MEASURE, question.where, what, advice)
    elif points is None:
        what = f"{name} is to measure {metric.measures}, but its answers are not numbers on a scale."
        advice = "Ask it as a rating, or give the choices numbers as values."
        yield Finding(Severity.ERROR, Kind.MEASURE, question.where, what, advice)


def _points(question: Question) -> list[float] | None:
    """The points of a scale; None where the answer is no number, or more than one."""
    match question:
        case model.Rating():
            return _numbers(question.points)
        case model.Choose() if not question.multiple:
            return _numbers(question.choices)
        case model.Matrix() if not question.multiple:
            return _numbers(question.columns)
        case model.Slider() if not question.range:
            least, most, step = question.bounds.least, question.bounds.most, question.bounds.step or 1
            return _ZERO_TO_TEN if (least or 0, most, step) == (0, 10, 1) else []
    return None


def _numbers(choices: Choices) -> list[float] | None:
    try:
        found = sorted(float(spelled(choice.value)) for choice in choices.ordinary)
    except ValueError:
        return None
    return found or None
