"""What questions, rows and choices of a questionnaire are called in a form, where a name is a word of its own."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.naming import Names
from kithkin.questionnaire.formats.xlsform.expressing import Known, column
from kithkin.questionnaire.formats.xlsform.types import OTHER
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Element
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.replaying.options import spelled

ROOT = "data"
"""What pyxform calls the whole, so that no repeat may be called so."""
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
    """Names by the path of an answer; `own` and `containers` by where questions, pages and panels stand.

    `of` holds the paths that can be spoken of where a row is written: within a repeat (`inside`, by where it stands)
    those of its own answers too, such as `panel.age`.
    """

    losses: Losses
    of: Mapping[str, Known] = field(default_factory=dict)
    containers: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    inside: dict[str, dict[str, Known]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    @contextmanager
    def within(self, repeat: model.Growing) -> Iterator[None]:
        """What is written meanwhile stands in a repeat."""
        around = self.of
        self.of = ChainMap(self.inside.get(repeat.where, {}), around)  # type: ignore[arg-type]
        try:
            yield
        finally:
            self.of = around


@dataclass
class _Giving:
    """Gives names to answers: those of the whole, and those that stand in a repeat, the innermost last."""

    called: Called
    whole: dict[str, Known] = field(default_factory=dict)
    loose: dict[str, Known] = field(default_factory=dict)
    repeats: list[model.Growing] = field(default_factory=list)

    def give(self, path: str, wanted: str, kind: str = "text", values: dict[str, str] | None = None) -> str:
        """A name for an answer."""
        name = self.called.names.given(wanted if _FIT.match(wanted) else _UNFIT.sub("_", wanted))
        self.know(path, Known(name, kind, values or {}))
        return name

    def know(self, path: str, known: Known) -> None:
        """What a path stands for; one within a repeat is known from outside where nothing else has its name."""
        if self.repeats:
            repeat = self.repeats[-1]
            self.called.inside.setdefault(repeat.where, {}).setdefault(f"{repeat.scope}.{path}", known)
            self.loose.setdefault(path, known)
            self.loose.setdefault(column(repeat.key, path), known)
        else:
            self.whole.setdefault(path, known)


def called(questionnaire: Questionnaire, losses: Losses) -> Called:
    """Every name that the form will have."""
    found = Called(losses)
    giving = _Giving(found)
    for page in questionnaire.pages:
        _elements(page.elements, giving)
    unasked = [value.name for value in questionnaire.calculated] + [each.name for each in questionnaire.ours.embedded]
    for name in unasked:
        if name not in giving.whole:
            giving.give(name, name)
    found.of = {**giving.loose, **giving.whole}
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


def _elements(elements: tuple[Element, ...], giving: _Giving) -> None:
    for element in elements:
        if isinstance(element, model.Container):
            _elements(element.elements, giving)
        elif isinstance(element, model.Question):
            _question(element, giving)


def _question(question: model.Question, giving: _Giving) -> None:
    key = question.key or question.name
    given = _give(question, key, giving)
    if given:
        giving.called.own[question.where] = given


def _give(question: model.Question, key: str, giving: _Giving) -> str:
    """Names of a question's answers; the own one, where it has one answer."""
    if isinstance(question, model.Choose | model.Rating | model.Boolean):
        return _give_choices(question, key, giving)
    if isinstance(question, model.Matrix | model.MultipleText):
        _give_parts(question, key, giving)
        return ""
    if isinstance(question, model.NamedRows | model.ConstantSum | model.MaxDiff | model.Unknown):
        return ""
    if isinstance(question, model.Shown) and question.type != "html":
        return ""
    if not isinstance(question, model.Growing):
        return giving.give(key, question.name)
    wanted = f"{question.name}_2" if question.name.lower() == ROOT else question.name
    name = giving.give(key, wanted, "repeat")
    giving.repeats.append(question)
    _elements(question.elements, giving)
    giving.repeats.pop()
    return name


def _give_choices(question: model.Choose | model.Rating | model.Boolean, key: str, giving: _Giving) -> str:
    if isinstance(question, model.Boolean):
        return giving.give(key, question.name, "one", yes_and_no(question))
    if isinstance(question, model.Rating):
        return giving.give(key, question.name, "one", values_of(question.points))
    kind = "several" if question.multiple else "one"
    name = giving.give(key, question.name, kind, values_of(question.choices))
    if any(choice.role.value == OTHER for choice in question.choices.special):
        giving.know(f"{key}-Comment", Known(f"{name}_other"))
    return name


def _give_parts(question: model.Matrix | model.MultipleText, key: str, giving: _Giving) -> None:
    if isinstance(question, model.Matrix):
        kind = "several" if question.multiple else "one"
        for row in question.rows.ordinary:
            path = f"{key}.{spelled(row.value)}"
            giving.give(path, f"{question.name}_{spelled(row.value)}", kind, values_of(question.columns))
    else:
        for each in question.fields:
            giving.give(f"{key}.{each.name}", f"{question.name}_{each.name}")
    giving.called.containers[question.where] = giving.called.names.given(question.name)


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
