"""Questions that are said to measure something, and cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.model.ours import Identity, Measure, Metric
from kithkin.questionnaire.model.questionnaire import Body, questions
from kithkin.questionnaire.replaying.names import reached
from kithkin.questionnaire.replaying.options import spelled
from kithkin.questionnaire.replaying.storable import Refused, number

_ZERO_TO_TEN = [float(point) for point in range(11)]
_NPS = {Measure.NPS, Measure.INPS, Measure.ENPS}
_BEST_TWO = {Measure.CSAT, Measure.CES}
_NUMBER = re.compile(r"\d{1,3}")
_NEEDS_DIMENSION = {Measure.ENGAGEMENT, Measure.SERVICE}


def metrics(body: Body) -> Iterator[Finding]:
    """Metrics of what is not there, of answers that are no numbers, and NPS that is not asked from 0 to 10."""
    asked = {question.name: question for question in questions(body.pages)}
    embedded = {each.name for each in body.ours.embedded}
    yield from _mixed(body.ours.metrics)
    for metric in body.ours.metrics:
        question = _answered(metric.question, asked)
        if question is None:
            yield missing(f"{metric.where}/question", metric.question)
            continue
        yield from _scale(metric, question)
        yield from _doubtful(metric, question)
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


def _mixed(metrics: tuple[Metric, ...]) -> Iterator[Finding]:
    """Answers that count twice, or for customers as well as for the employer."""
    seen: dict[str, list[Metric]] = {}
    for metric in metrics:
        before = seen.setdefault(metric.question, [])
        name = f"{metric.question[:60]!r}"
        if any(_said(each) == _said(metric) for each in before):
            what = f"{name} measures {metric.measures} twice."
            yield Finding(Severity.WARNING, Kind.MEASURE, metric.where, what, "Leave one of them out.")
        other = next((each.measures for each in before if {each.measures, metric.measures} <= _NPS), metric.measures)
        if other is not metric.measures:
            what = f"{name} measures {other} and {metric.measures}: they are asked of other people about other things."
            yield Finding(Severity.ERROR, Kind.MEASURE, metric.where, what, "Ask a question for each.")
        before.append(metric)


def _said(metric: Metric) -> tuple[str | None, ...]:
    return metric.measures, metric.dimension, metric.relation


def _doubtful(metric: Metric, question: Question) -> Iterator[Finding]:
    """Scales from which a score can be worked out, though not the one that is meant."""
    name, scale, points = f"{metric.question[:60]!r}", _scale_of(question), _points(question) or []
    if isinstance(question, model.Matrix) and metric.question == question.name and len(question.rows.ordinary) > 1:
        what = f"{name} has {len(question.rows.ordinary)} rows, and a score is of one question."
        yield _warning(question, what, f"Name the row: {question.name}.{spelled(question.rows.ordinary[0].value)}.")
    if metric.measures in _BEST_TWO and 0 < len(points) < 3:
        what = f"{metric.measures.upper()} is the share of the best two points, and {name} has no more."
        yield _warning(question, what, "Ask with 5 points, or 7.")
    steps = {round(after - before, 9) for before, after in pairwise(points)}
    if len(steps) > 1 and metric.measures not in _NPS:
        listed = ", ".join(f"{point:g}" for point in points[:12])
        what = f"The points of {name} are not evenly spaced ({listed}), and each counts as it stands."
        yield _warning(question, what, 'Where one of them is "don\'t know", set showDontKnowItem instead.')
    if scale is not None and _runs_backwards(scale):
        what = f"The texts of {name} count down where its values count up."
        yield _warning(question, what, "Give each choice the value that stands in its text.")
    if scale is not None and (scale.visible_if or any(choice.visible_if for choice in scale.ordinary)):
        what = f"Some see only a part of the points of {name}, and their scores are no longer comparable."
        yield _warning(question, what, "Show all points to everybody.")


def _warning(question: Question, what: str, advice: str) -> Finding:
    return Finding(Severity.WARNING, Kind.MEASURE, question.where, what, advice)


def _runs_backwards(scale: Choices) -> bool:
    """Whether the numbers with which texts begin fall as values rise: "5 – very good" with the value 1."""
    pairs = []
    for choice in scale.ordinary:
        found = _NUMBER.match(next(iter(choice.text.texts.values()), ""))
        value = _number(choice.value)
        if found is not None and value is not None:
            pairs.append((value, int(found[0])))
    said = [number for _, number in sorted(pairs)]
    return len(said) > 1 and all(before > after for before, after in pairwise(said))


def _scale_of(question: Question) -> Choices | None:
    match question:
        case model.Rating():
            return question.points
        case model.Choose():
            return question.choices
        case model.Matrix():
            return question.columns
    return None


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
    found = [_number(choice.value) for choice in choices.ordinary]
    numbers = sorted(each for each in found if each is not None)
    return numbers if numbers and len(numbers) == len(found) else None


def _number(value: object) -> float | None:
    try:
        return float(number(value))
    except Refused:
        return None


def has_points(question: Question, *, correct: bool) -> bool:  # noqa: PLR0911
    """Whether a score can count any answer of a question: a number, a choice with a score, or the right one."""
    if correct:
        return question.correct is not None
    match question:
        case model.Text():
            return question.input in {"number", "range", "text"} and question.type == "text"
        case model.Slider() | model.Computed():
            return True
        case model.Boolean():
            return any(_number(each) is not None for each in (question.yes, question.no))
    scale = _scale_of(question)
    if scale is None:
        return False
    if scale.from_question or scale.open:
        return True
    return any(choice.score is not None or _number(choice.value) is not None for choice in scale.ordinary)
