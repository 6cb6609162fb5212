"""What questions, rows and choices of a questionnaire are called in a form, where a name is a word of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.naming import Names
from kithkin.questionnaire.formats.xlsform.expressing import Known
from kithkin.questionnaire.formats.xlsform.types import OTHER
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Element
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.replaying.options import spelled

_FIT = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)
_UNFIT = re.compile(r"[^\w.-]+", re.ASCII)


def form_id(title: str) -> str:
    """The name by which a form of that title goes among others, where it has no other.

    >>> form_id("How was it, in 2026?"), form_id("")
    ('how_was_it__in_2026', 'form')
    """
    letters = "".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in title.lower())
    return letters.strip("_") or "form"


@dataclass
class Called:
    """Names by the path of an answer; `own` and `containers` by where questions, pages and panels stand."""

    losses: Losses
    of: dict[str, Known] = field(default_factory=dict)
    containers: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    def give(self, path: str, wanted: str, kind: str = "text", values: dict[str, str] | None = None) -> str:
        """A name for an answer."""
        name = self.names.given(wanted if _FIT.match(wanted) else _UNFIT.sub("_", wanted))
        self.of.setdefault(path, Known(name, kind, values or {}))
        return name


def called(questionnaire: Questionnaire, losses: Losses) -> Called:
    """Every name that the form will have."""
    found = Called(losses)
    for page in questionnaire.pages:
        _elements(page.elements, found)
    unasked = [value.name for value in questionnaire.calculated] + [each.name for each in questionnaire.ours.embedded]
    for name in unasked:
        if name not in found.of:
            found.give(name, name)
    for page in questionnaire.pages:
        _containers(page, found)
    return found


def _containers(element: Element, found: Called) -> None:
    if isinstance(element, model.Container):
        found.containers[element.where] = found.names.given(element.name, "group")
        for inner in element.elements:
            _containers(inner, found)
    elif isinstance(element, model.Repeated):
        for inner in element.elements:
            _containers(inner, found)


def _elements(elements: tuple[Element, ...], found: Called) -> None:
    for element in elements:
        if isinstance(element, model.Container):
            _elements(element.elements, found)
        elif isinstance(element, model.Question):
            _question(element, found)


def _question(question: model.Question, found: Called) -> None:
    key = question.key or question.name
    given = _give(question, key, found)
    if given:
        found.own[question.where] = given


def _give(question: model.Question, key: str, found: Called) -> str:
    """Names of a question's answers; the own one, where it has one answer."""
    if isinstance(question, model.Choose | model.Rating | model.Boolean):
        return _give_choices(question, key, found)
    if isinstance(question, model.Matrix | model.MultipleText):
        _give_parts(question, key, found)
        return ""
    if isinstance(question, model.NamedRows | model.ConstantSum | model.MaxDiff | model.Unknown):
        return ""
    if isinstance(question, model.Shown) and question.type != "html":
        return ""
    name = found.give(key, question.name, "repeat" if isinstance(question, model.Growing) else "text")
    if isinstance(question, model.Growing):
        _elements(question.elements, found)
    return name


def _give_choices(question: model.Choose | model.Rating | model.Boolean, key: str, found: Called) -> str:
    if isinstance(question, model.Boolean):
        return found.give(key, question.name, "one", yes_and_no(question))
    if isinstance(question, model.Rating):
        return found.give(key, question.name, "one", values_of(question.points))
    kind = "several" if question.multiple else "one"
    name = found.give(key, question.name, kind, values_of(question.choices))
    if any(choice.role.value == OTHER for choice in question.choices.special):
        found.of.setdefault(f"{key}-Comment", Known(f"{name}_other"))
    return name


def _give_parts(question: model.Matrix | model.MultipleText, key: str, found: Called) -> None:
    if isinstance(question, model.Matrix):
        kind = "several" if question.multiple else "one"
        for row in question.rows.ordinary:
            path = f"{key}.{spelled(row.value)}"
            found.give(path, f"{question.name}_{spelled(row.value)}", kind, values_of(question.columns))
    else:
        for each in question.fields:
            found.give(f"{key}.{each.name}", f"{question.name}_{each.name}")
    found.containers[question.where] = found.names.given(question.name)


def yes_and_no(question: model.Boolean) -> dict[str, str]:
    """What the two answers are called in the form."""
    yes, no = spelled(question.yes), spelled(question.no)
    return {yes: yes or "OK", no: no}


def values_of(choices: Choices) -> dict[str, str]:
    """What each value is called in the form: a word without blanks."""
    names: dict[str, str] = {}
    taken = set()
    for choice in (*choices.ordinary, *choices.special):
        value = spelled(choice.value)
        name = base = _UNFIT.sub("_", value) or "_"
        count = 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name)
        names.setdefault(value, name)
    return names
