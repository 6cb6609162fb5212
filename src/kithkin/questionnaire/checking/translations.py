"""Texts that some respondents cannot read in their language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.errors import TooLarge, pointer
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Bounds, Element, Question
from kithkin.questionnaire.model.questionnaire import Body, walk
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.replaying.texts import choices_of

_SHOWN = 8
MOST_LACKING = 3_000_000
Said = Iterator[tuple[str, Localised]]


def _of_bounds(bounds: Bounds) -> dict[str, Localised]:
    return {"minErrorText": bounds.least_text, "maxErrorText": bounds.most_text}


_OWN: dict[type[Element], Callable[[Any], dict[str, Localised]]] = {
    model.Text: lambda one: {"placeholder": one.placeholder, **_of_bounds(one.bounds)},
    model.Slider: lambda one: _of_bounds(one.bounds),
    model.Shown: lambda one: {"html": one.html},
    model.Boolean: lambda one: {"labelTrue": one.yes_text, "labelFalse": one.no_text},
    model.Rating: lambda one: {"minRateDescription": one.lowest_text, "maxRateDescription": one.highest_text},
    model.NamedRows: lambda one: {"keyDuplicationError": one.unique_text},
    model.Growing: lambda one: {"keyDuplicationError": one.unique_text, "templateTitle": one.item_title},
    model.ConstantSum: lambda one: {"totalErrorText": one.total_text},
    model.MaxDiff: lambda one: {"bestText": one.best_text, "worstText": one.worst_text},
}
"""Texts that only one type has."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A text that some languages lack which others have: where it stands, how it begins, and which."""

    where: str
    begins: str
    languages: tuple[str, ...]


def lacking(body: Body) -> Iterator[Lacking]:
    """Texts that lack a language which others have."""
    listed = [(where, text) for where, text in texts(body) if text]
    spoken = sorted({language for _, text in listed for language in text.languages} | {body.language})
    left = MOST_LACKING
    for where, text in listed:
        there = text.languages | ({body.language} if "default" in text.texts else set())
        if len(there) < len(spoken):
            left -= len(spoken) - len(there)
            if left < 0:
                what = f"Its texts lack languages more than {MOST_LACKING:,} times in all."
                raise TooLarge("", what, "Take out languages that few texts speak.")
            missing = tuple(language for language in spoken if language not in there)
            yield Lacking(where, next(iter(text.texts.values()), "")[:60], missing)


def untranslated(body: Body) -> Iterator[Finding]:
    """One finding for each text that lacks languages."""
    for each in lacking(body):
        what = f"There is no {_few(each.languages)} for {each.begins!r}."
        yield Finding(
            Severity.WARNING, Kind.TRANSLATION, each.where, what, "Translate it; the other language is shown."
        )


def _few(languages: Sequence[str]) -> str:
    """The first ones, and how many more: a text may lack a thousand."""
    more = len(languages) - _SHOWN
    return ", ".join(each[:20] for each in languages[:_SHOWN]) + (f" and {more} more languages" if more > 0 else "")


def texts(body: Body) -> Said:
    """Every text that respondents read, with its place. Our own words for "none" and "other" are translated."""
    yield pointer(body.where, "title"), body.title
    yield pointer(body.where, "requiredErrorText"), body.required_text
    for quota in body.ours.quotas:
        yield pointer(quota.where, "message"), quota.message
    for ending in body.completion:
        yield pointer(ending.where, "title"), ending.title
        yield ending.html_where, ending.html
    for element in walk(body.pages):
        yield from _of_element(element)


def _of_element(element: Element) -> Said:
    named = {"title": element.title, "description": element.description, "requiredErrorText": element.required_text}
    named |= _OWN.get(type(element), lambda _: {})(element)
    for name, text in named.items():
        yield pointer(element.where, name), text
    if isinstance(element, Question):
        yield from _of_answers(element)
    if isinstance(element, model.MultipleText):
        for field in element.fields:
            yield from _of_element(field)


def _of_answers(question: Question) -> Said:
    for validator in question.validators:
        yield pointer(validator.where, "text"), validator.text
    for listed in choices_of(question):
        yield pointer(question.where, "otherErrorText"), listed.other_text
        for choice in listed.ordinary:
            yield pointer(choice.where, "text"), choice.text
