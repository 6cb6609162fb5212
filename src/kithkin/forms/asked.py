"""What a questionnaire learns of a respondent: each of its questions as one or several fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kithkin.forms.models import FieldKind
from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.ours import Measure, Metric
from kithkin.questionnaire.replaying.beside import COMMENT

SCORED = frozenset({Measure.NPS, Measure.INPS, Measure.ENPS, Measure.CSAT, Measure.CES})
"""A list of numbers that is measured so is a scale, however it is drawn."""


@dataclass(frozen=True)
class Asked:
    """One field as a version asks it; `name` is its place in the answers."""

    name: str
    title: str
    kind: FieldKind
    low: float | None = None
    high: float | None = None
    choices: tuple[tuple[str, str], ...] = ()
    measures: str = ""
    dimension: str = ""


def asked(questionnaire: Questionnaire) -> list[Asked]:
    """Every field in its order, with what it measures. What is never counted (files, signatures) is none."""
    language = questionnaire.language
    metrics: dict[str, Metric] = {metric.question: metric for metric in questionnaire.ours.metrics}
    found: dict[str, Asked] = {}
    for question in questionnaire.questions():
        metric = metrics.get(question.name) or metrics.get(question.key)
        for field in _of(question, language, measured=metric is not None and metric.measures in SCORED):
            own = metrics.get(field.name, metric)
            measured = own is not None and field.kind == FieldKind.SCORE
            found.setdefault(field.name, _measuring(field, own) if own is not None and measured else field)
    for embedded in questionnaire.ours.embedded:
        if embedded.stored:
            found.setdefault(embedded.name, Asked(embedded.name, embedded.name, FieldKind.CHOICE))
    for score in questionnaire.ours.scoring:
        found.setdefault(score.name, Asked(score.name, score.name, FieldKind.NUMBER))
    return list(found.values())


def _measuring(field: Asked, metric: Metric) -> Asked:
    return replace(field, measures=str(metric.measures), dimension=metric.dimension or "")


def _of(question: model.Question, language: str, *, measured: bool = False) -> Iterator[Asked]:
    read = _READERS.get(type(question))
    title = question.title.said_in(language) or question.name
    if read is not None:
        yield from read(question, title, language, measured)
    if question.comment:
        yield Asked(f"{question.key}{COMMENT}", title, FieldKind.TEXT)


def _text(question: model.Text, title: str, _language: str, _measured: bool) -> Iterator[Asked]:
    numbers, days = ("number", "range"), ("date", "datetime", "datetime-local")
    kind = FieldKind.NUMBER if question.input in numbers else FieldKind.TEXT
    yield Asked(question.key, title, FieldKind.DAY if question.input in days else kind)


def _boolean(question: model.Boolean, title: str, language: str, _measured: bool) -> Iterator[Asked]:
    if question.yes is True and question.no is False:
        yield Asked(question.key, title, FieldKind.TRUTH)
        return
    said = ((question.yes, question.yes_text), (question.no, question.no_text))
    choices = tuple((text_of(value), text.said_in(language) or text_of(value)) for value, text in said)
    yield Asked(question.key, title, FieldKind.CHOICE, choices=choices)


def _choose(question: model.Choose, title: str, language: str, measured: bool) -> Iterator[Asked]:
    if question.multiple or question.type == "ranking":
        yield Asked(question.key, title, FieldKind.CHOICES, choices=_labels(question.choices, language))
    elif measured:
        yield _scale(question.key, title, question.choices, language)
    else:
        yield Asked(question.key, title, FieldKind.CHOICE, choices=_labels(question.choices, language))


def _rating(question: model.Rating, title: str, language: str, _measured: bool) -> Iterator[Asked]:
    yield _scale(question.key, title, question.points, language)


def _slider(question: model.Slider, title: str, _language: str, _measured: bool) -> Iterator[Asked]:
    if question.range:
        yield Asked(question.key, title, FieldKind.TEXT)
        return
    low, high = _number(question.bounds.least), _number(question.bounds.most)
    yield Asked(question.key, title, FieldKind.SCORE, 0.0 if low is None else low, 100.0 if high is None else high)


def _matrix(question: model.Matrix, title: str, language: str, _measured: bool) -> Iterator[Asked]:
    for row in question.rows.ordinary:
        name, said = f"{question.key}.{text_of(row.value)}", row.said_in(language) or title
        if question.multiple:
            yield Asked(name, said, FieldKind.CHOICES, choices=_labels(question.columns, language))
        else:
            yield _scale(name, said, question.columns, language)


def _named_rows(question: model.NamedRows, title: str, language: str, _measured: bool) -> Iterator[Asked]:
    for row in question.rows.ordinary:
        for inner in question.elements:
            if isinstance(inner, model.Question):
                for field in _of(inner, language):
                    said = f"{row.said_in(language) or title}: {field.title}"
                    yield replace(field, name=f"{question.key}.{text_of(row.value)}.{field.name}", title=said)


def _several_texts(question: model.MultipleText, _title: str, language: str, _measured: bool) -> Iterator[Asked]:
    for inner in question.fields:
        for field in _of(inner, language):
            yield replace(field, name=f"{question.key}.{field.name}")


def _sum(question: model.ConstantSum, _title: str, language: str, _measured: bool) -> Iterator[Asked]:
    for choice in question.choices.ordinary:
        yield Asked(f"{question.key}.{text_of(choice.value)}", choice.said_in(language), FieldKind.NUMBER)


def _computed(question: model.Computed, title: str, _language: str, _measured: bool) -> Iterator[Asked]:
    yield Asked(question.key, title, FieldKind.TEXT if question.precision is None else FieldKind.NUMBER)


def _whole(question: model.Question, title: str, _language: str, _measured: bool) -> Iterator[Asked]:
    yield Asked(question.key, title, FieldKind.TEXT)


_READERS: dict[type[model.Question], Callable[[Any, str, str, bool], Iterable[Asked]]] = {
    model.Text: _text, model.Boolean: _boolean, model.Choose: _choose, model.Rating: _rating, model.Slider: _slider,
    model.Matrix: _matrix, model.NamedRows: _named_rows, model.MultipleText: _several_texts, model.ConstantSum: _sum,
    model.Computed: _computed, model.Growing: _whole, model.MaxDiff: _whole,
}  # fmt: skip


def _scale(name: str, title: str, points: Choices, language: str) -> Asked:
    """A score where every point is a number, else one of several."""
    numbers = [_number(point.value) for point in points.ordinary]
    known = [number for number in numbers if number is not None]
    labels = _labels(points, language)
    if not known or len(known) < len(numbers):
        return Asked(name, title, FieldKind.CHOICE, choices=labels)
    told = tuple((value, label) for value, label in labels if label != value)
    return Asked(name, title, FieldKind.SCORE, min(known), max(known), told)


def _labels(choices: Choices, language: str) -> tuple[tuple[str, str], ...]:
    every = (*choices.ordinary, *choices.special)
    return tuple((text_of(choice.value), choice.said_in(language)) for choice in every)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def text_of(value: Any) -> str:
    """An answer's value as the text by which it is a category: 3, 3.0 and "3" are one.

    >>> text_of(3.0), text_of("3"), text_of(True), text_of(2.5)
    ('3', '3', 'true', '2.5')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def answer_of(answers: Mapping[str, Any], name: str) -> Any:
    """What was answered there: under the whole name, or in the matrix that its first part names."""
    if name in answers:
        return answers[name]
    if "." not in name:
        return None
    first, _dot, rest = name.partition(".")
    inner = answers.get(first)
    return answer_of(inner, rest) if isinstance(inner, Mapping) else None
