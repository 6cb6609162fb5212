"""The lists of choices of a form: each once, its values words without blanks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.naming import Names
from kithkin.questionnaire.formats.xlsform.naming import values_of, yes_and_no
from kithkin.questionnaire.formats.xlsform.types import OTHER
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choice, Choices
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.replaying.options import spelled

Row = dict[str, Any]


@dataclass
class Lists:
    """Gathers the rows of the sheet named choices; `said` gives a text in every language."""

    said: Callable[[Localised], dict[str, str]]
    losses: Losses
    rows: list[Row] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)
    _names: Names = field(default_factory=Names)

    def of(self, question: Question, choices: Choices) -> str:
        """The list that holds these choices."""
        listed = [*choices.ordinary, *(each for each in choices.special if each.role.value != OTHER)]
        values = values_of(choices)
        kept = once(listed)
        if len(kept) < len(listed):
            self.losses.approximated(
                f"{question.where}/choices", f"choices of {question.name}", "each value stands once"
            )
        rows = [{"name": values[spelled(each.value)], "label": self.label(each)} for each in kept]
        changed = [value for value, name in values.items() if value != name]
        if changed:
            reason = f"values are words without blanks there: {', '.join(changed[:5])}"
            self.losses.approximated(f"{question.where}/choices", f"choices of {question.name}", reason)
        key = repr(rows)
        if key in self._known:
            return self._known[key]
        name = self._known[key] = self._names.given(f"list_{question.name}")
        self.rows += [{"list_name": name, **row} for row in rows]
        return name

    def label(self, choice: Choice) -> dict[str, str]:
        """What stands beside a choice."""
        return self.said(choice.text) or {"default": spelled(choice.value)}

    def yes_no(self, question: model.Boolean) -> str:
        """The list of a question with two answers."""
        name = self._names.given(f"list_{question.name}")
        values = yes_and_no(question)
        for value, text, word in ((question.yes, question.yes_text, "Yes"), (question.no, question.no_text, "No")):
            label = self.said(text) or {"default": word}
            self.rows.append({"list_name": name, "name": values[spelled(value)], "label": label})
        return name


def once(choices: Iterable[Choice]) -> list[Choice]:
    """Choices or rows whose values differ."""
    found: dict[str, Choice] = {}
    for each in choices:
        found.setdefault(spelled(each.value), each)
    return list(found.values())
