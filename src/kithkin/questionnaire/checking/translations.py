"""Texts that some respondents cannot read in their language."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.errors import pointer
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Element, Question
from kithkin.questionnaire.model.questionnaire import Body, walk
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.replaying.texts import choices_of

Said = Iterator[tuple[str, Localised]]


def untranslated(body: Body) -> Iterator[Finding]:
    """Texts that lack a language which others have."""
    listed = [(where, text) for where, text in texts(body) if text]
    spoken = {language for _, text in listed for language in text.languages} | {body.language}
    for where, text in listed:
        there = text.languages | ({body.language} if "default" in text.texts else set())
        missing = sorted(spoken - there)
        if missing:
            said = next(iter(text.texts.values()), "")[:60]
            what = f"There is no {', '.join(missing)} for {said!r}."
            yield Finding(Severity.WARNING, Kind.TRANSLATION, where, what, "Translate it; the other language is shown.")


def texts(body: Body) -> Said:
    """Every text that respondents read, with its place. Our own words for "none" and "other" are translated."""
    yield "/title", body.title
    for ending in body.completion:
        yield pointer(ending.where, "title"), ending.title
        yield pointer(ending.where, "html"), ending.html
    for element in walk(body.pages):
        yield from _of_element(element)


def _of_element(element: Element) -> Said:
    named = {"title": element.title, "description": element.description, "requiredErrorText": element.required_text}
    match element:
        case model.Text():
            named["placeholder"] = element.placeholder
        case model.Shown():
            named["html"] = element.html
        case model.Boolean():
            named |= {"labelTrue": element.yes_text, "labelFalse": element.no_text}
        case model.Rating():
            named |= {"minRateDescription": element.lowest_text, "maxRateDescription": element.highest_text}
        case model.Growing():
            named["templateTitle"] = element.item_title
    for name, text in named.items():
        yield pointer(element.where, name), text
    if isinstance(element, Question):
        yield from _of_answers(element)


def _of_answers(question: Question) -> Said:
    for validator in question.validators:
        yield pointer(validator.where, "text"), validator.text
    for listed in choices_of(question):
        for choice in listed.ordinary:
            yield pointer(choice.where, "text"), choice.text
