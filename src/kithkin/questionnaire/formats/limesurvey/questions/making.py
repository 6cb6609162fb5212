"""A question on its way, and what every kind of question needs of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.formats.conditions import all_of, answer
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.manager import Manager
from kithkin.questionnaire.formats.limesurvey.structure import Asked, Part
from kithkin.questionnaire.formats.limesurvey.types import WORDS
from kithkin.questionnaire.formats.limesurvey.wording import Wording
from kithkin.questionnaire.formats.losses import Losses

Raw = dict[str, Any]
MOST_FILTERS = 100


@dataclass
class Making:
    """A question on its way: what is known of it."""

    asked: Asked
    name: str
    where: str
    wording: Wording
    manager: Manager
    losses: Losses
    languages: list[str]

    def lost(self, part: str, what: str, reason: object) -> None:
        """Tell that a part does not come along."""
        self.losses.lost(f"{self.where}/{part}", f"{what} of {self.asked.code}", str(reason))

    def near(self, part: str, what: str, reason: str) -> None:
        """Tell that a part comes along, but not quite."""
        self.losses.approximated(f"{self.where}/{part}", f"{what} of {self.asked.code}", reason)

    def text(self, part: Part) -> Any:
        """A choice's or a row's text."""
        return self.wording.plain(part.texts, f"{self.where}/{part.code}", f"text of {part.code}")

    def worded(self, word: str) -> Any:
        """One of the words that LimeSurvey says itself."""
        known = WORDS[word]
        own = known.get(self.wording.language, known["en"])
        others = {language: known[language] for language in self.languages if language in known}
        others.pop(self.wording.language, None)
        return {"default": own, **others} if others else own

    def attribute(self, name: str) -> Any:
        """An attribute that is a text."""
        return self.wording.plain(self.asked.attributes.get(name, {}), f"{self.where}/{name}", name)

    def items(self, parts: Iterable[Part], *, rows: bool = False) -> list[Raw]:
        """Choices or rows, each with its condition and its points."""
        found = []
        for part in parts:
            item: Raw = {"value": part.code, "text": self.text(part) or part.code}
            condition = self._shown(part)
            if condition:
                item["visibleIf"] = condition
            if part.counted and not rows:
                item["score"] = part.counted
            found.append(item)
        return found

    def _shown(self, part: Part) -> str | None:
        parts = [self.condition(part.relevance, f"{part.code}/relevance", "the condition")]
        for name, wanted in (("array_filter", True), ("array_filter_exclude", False)):
            parts.append(self._filtered(part, name, wanted=wanted))
        return all_of(parts)

    def _filtered(self, part: Part, name: str, *, wanted: bool) -> str | None:
        """Chosen, or answered, in another question; or not."""
        conditions = []
        for code in self._filters(name):
            variable = self.manager.variables.get(f"{code}_{part.code}")
            if variable is None:
                continue
            chosen = variable.chosen or f"!({variable.empty})"
            conditions.append(chosen if wanted else f"!({chosen})")
        return all_of(conditions)

    def _filters(self, name: str) -> Iterable[str]:
        """The questions that filter this one's rows; each row is held against each of them."""
        said = self.asked.attribute(name).replace(",", ";")
        if said.count(";") >= MOST_FILTERS:
            self.lost(name, name, f"rows are always shown instead: it names more than {MOST_FILTERS} questions")
            return ()
        return filter(None, map(str.strip, said.split(";")))

    def condition(self, text: str, part: str, what: str) -> str | None:
        """A condition in ours; where it cannot be said, None: the element is then always shown."""
        try:
            found = self.manager.condition(text)
        except Untranslatable as error:
            self.lost(part, f"{what} {text.strip()[:200]!r}", f"it is always shown instead: {error}")
            return None
        for note in sorted(self.manager.notes):
            self.near(part, what, note)
        self.manager.notes.clear()
        return found


def between(making: Making, least: str, most: str, otherwise: Raw | None = None) -> Raw:
    """Bounds, as numbers or computed."""
    found: Raw = dict(otherwise or {})
    for attribute, name in ((least, "min"), (most, "max")):
        said = making.asked.attribute(attribute)
        number = making.asked.number(attribute)
        if number is not None:
            found[name] = number
        elif said:
            try:
                found[f"{name}ValueExpression"] = making.manager.value(said)
            except Untranslatable as error:
                making.lost(attribute, f"{attribute} {said[:80]!r}", error)
    return found


def counted(making: Making, least: str, most: str) -> Raw:
    """How few and how many may be chosen: numbers where they are some, else a validator that works them out."""
    found: Raw = {}
    for attribute, name, operator in (("min_answers", least, ">="), ("max_answers", most, "<=")):
        said, number = making.asked.attribute(attribute), making.asked.number(attribute)
        if number is not None and number == int(number) and 0 < number < 10_000:
            found[name] = int(number)
        elif said and number is None:
            try:
                bound = making.manager.value(said)
            except Untranslatable as error:
                making.lost(attribute, f"{attribute} {said[:80]!r}", f"any number is accepted: {error}")
                continue
            own = answer(making.name)
            expression = f"{own} empty or {answer(making.name, 'length')} {operator} ({bound})"
            found.setdefault("validators", []).append({"type": "expression", "expression": expression})
    return found
