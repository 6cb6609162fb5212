"""What of pages, panels, questions and choices a form has no word for: told, so that nothing stays behind unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.errors import pointer
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.wording import left_plain
from kithkin.questionnaire.formats.xlsform.words import (
    ANSWERED,
    LOOKS,
    NO_WORD,
    OF_COMPUTED,
    OF_CONTAINERS,
    OF_ITEMS,
    OF_SEVERAL,
    OF_VALIDATORS,
    REASONS,
    TEXTS,
    WRITTEN,
)
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Container, Element, Page, Question
from kithkin.questionnaire.vocabulary import (
    COLUMN,
    FIELD,
    ITEM,
    PAGE,
    PANEL,
    QUESTIONS,
    VALIDATORS,
    Property,
    State,
)

_KNOWN_FILES = frozenset({"image/*", "audio/*", "video/*"})
_LISTS = ("choices", "rateValues", "rows", "columns")


def tell_container(element: Container, losses: Losses) -> None:
    """Tell of each setting of a page or a panel that does not go out."""
    known = PAGE if isinstance(element, Page) else PANEL
    settings = Settings(known, WRITTEN - OF_CONTAINERS.keys(), OF_CONTAINERS)
    tell_each(element.where, element.name, element.raw, settings, losses)
    _tell_hint(element, losses)


def tell_unwritten(question: Question, losses: Losses) -> None:
    """Tell of each setting of a question that does not go out."""
    if question.type not in QUESTIONS:
        return
    known = {**COLUMN, **FIELD, **QUESTIONS[question.type].properties}
    written, reasons = WRITTEN | ANSWERED, dict(REASONS)
    if isinstance(question, model.Matrix | model.MultipleText | model.Growing):
        written -= ANSWERED
        reasons |= dict.fromkeys(ANSWERED, OF_SEVERAL)
    elif isinstance(question, model.Computed | model.Shown):
        written -= ANSWERED | ({"title"} if isinstance(question, model.Shown) else {"description"})
        reasons |= dict.fromkeys((*ANSWERED, "description"), OF_COMPUTED) | {"title": "it is not shown here either"}
    tell_each(question.where, question.name, question.raw, Settings(known, written, reasons), losses)
    for name in _LISTS:
        if known.get(name) and known[name].kind == "items":
            _tell_items(question, name, losses)
    _tell_validators(question, losses)
    _tell_special(question, losses)


def tell_name(where: str, name: str, given: str, losses: Losses) -> None:
    """Tell what is called otherwise in a form, where a name is a word of its own."""
    if name and name != given:
        losses.approximated(f"{where}/name", f"the name {name[:60]}", f"it is called {given} there")


def says_something(value: Any) -> bool:
    """Whether a setting is one."""
    return value not in (None, False, "", [], {}, "initial", "none", 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that something may have, those that a form holds, and why it does not hold others."""

    known: Mapping[str, Property]
    written: Collection[str]
    reasons: Mapping[str, str]


def tell_each(where: str, what: str, raw: Mapping[str, Any], settings: Settings, losses: Losses) -> None:
    """Tell of each setting that is not in the form with its reason; of what decides nothing here together."""
    idle = []
    for name, value in raw.items():
        if name not in settings.known:
            continue  # it is told of the whole
        if settings.known[name].state is State.KEPT and name not in settings.reasons:
            if settings.known[name].kind == "localised":
                losses.lost(pointer(where, name), f"{name} of {what}", TEXTS)
            else:
                idle.append(name)
        elif name not in settings.written and says_something(value):
            losses.lost(pointer(where, name), f"{name} of {what}", settings.reasons.get(name, NO_WORD))
    if idle:
        losses.kept(f"{where}/looks", what, f"{LOOKS}: {', '.join(idle)}")


def _tell_items(question: Question, listed: str, losses: Losses) -> None:
    """Tell of what is said beside the values and texts of choices, rows or points: once for all of a list."""
    for name, places in _by_name(question.raw.get(listed), question.where, listed).items():
        if name not in ITEM or name in _written_of_items(question, listed):
            continue
        what = f"{name} of {len(places)} {listed} of {question.name}"
        if ITEM[name].state is State.KEPT and name not in OF_ITEMS:
            losses.kept(places[0], what, LOOKS)
        else:
            losses.lost(places[0], what, OF_ITEMS.get(name, NO_WORD))


def _by_name(items: Any, where: str, listed: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place, item in enumerate(items if isinstance(items, list) else ()):
        for name, value in item.items() if isinstance(item, Mapping) else ():
            if says_something(value):
                found.setdefault(name, []).append(pointer(where, listed, place, name))
    return found


def _written_of_items(question: Question, listed: str) -> frozenset[str]:
    written = {"value", "text"}
    if listed == "choices" or (isinstance(question, model.Matrix) and listed == "rows"):
        written.add("visibleIf")
    if isinstance(question, model.Choose) and listed == "choices":
        written |= {"isExclusive"} if question.multiple and question.type != "ranking" else set()
    return frozenset(written)


def _tell_validators(question: Question, losses: Losses) -> None:
    for validator, raw in zip(question.validators, _raw_validators(question), strict=False):
        known = VALIDATORS[validator.type].properties
        what = f"validator {validator.type} of {question.name}"
        tell_each(validator.where, what, raw, Settings(known, known.keys(), {}), losses)
        if raw.get("allowDigits") is False:
            losses.lost(f"{validator.where}/allowDigits", f"allowDigits of {question.name}", OF_VALIDATORS)


def _raw_validators(question: Question) -> Iterator[Mapping[str, Any]]:
    """What the validators that are known were read from."""
    for raw in question.raw.get("validators") or ():
        if str(raw.get("type", "")).removesuffix("validator") in VALIDATORS:
            yield raw


def _tell_special(question: Question, losses: Losses) -> None:
    where, name = question.where, question.name
    if isinstance(question, model.File) and question.accepted and ",".join(question.accepted) not in _KNOWN_FILES:
        losses.lost(f"{where}/acceptedTypes", f"acceptedTypes of {name}", "any file is accepted")
    if isinstance(question, model.Growing):
        _tell_hint(question, losses)
        if question.first not in {0, 1, question.fewest}:
            _tell_all(question, ("rowCount", "panelCount"), "one is shown at first", losses)
    if question.key != question.name and question.key:
        losses.kept(f"{where}/valueName", f"valueName of {name}", f"its answer is called as the question: {name}")
    if isinstance(question, model.Shown):
        left = dict.fromkeys(each for text in question.html.texts.values() for each in left_plain(text))
        if left:
            losses.approximated(f"{where}/html", f"HTML of {name}", f"only its words go out, without {', '.join(left)}")


def _tell_hint(element: Element, losses: Losses) -> None:
    if element.description:
        reason = "it is the hint of a group there, which most apps do not show"
        losses.approximated(f"{element.where}/description", f"description of {element.name}", reason)


def _tell_all(question: Question, names: Iterable[str], reason: str, losses: Losses) -> None:
    for name in names:
        if says_something(question.raw.get(name)):
            losses.lost(f"{question.where}/{name}", f"{name} of {question.name}", reason)
