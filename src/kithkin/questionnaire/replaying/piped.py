"""What texts show for the answers that they name: the words of a choice in place of its value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import (
    Boolean,
    Choose,
    Growing,
    Matrix,
    MultipleText,
    NamedRows,
    Question,
    Rating,
)
from kithkin.questionnaire.replaying.levels import Level
from kithkin.questionnaire.replaying.names import reached

_PLACE = re.compile(r"\[(-?[0-9]{1,6})\](?:\.|\Z)")


class Words:
    """Says answers in one language, where a questionnaire's own is another."""

    def __init__(self, language: str, own: str) -> None:
        self.language, self.own = language, own
        self._texts: dict[Choices, dict[Any, str]] = {}
        self._rows: dict[Choices, list[str]] = {}

    def at(self, level: Level, values: Any, path: str) -> str | None:
        """What stands for a path; nothing for a question without an answer, None where no words are known.

        survey-core does the same, at any depth: {panel[0].brand}, {matrix.row}, {panel.brand} inside.
        """
        key = reached(path.lower(), level.keys)
        question = level.nodes[level.keys[key][0]].subject if key is not None else None
        if key is None or not isinstance(question, Question):
            return None
        value = values.get(question.key) if isinstance(values, Mapping) else None
        rest = path[len(key) :]
        if not rest:
            return "" if value is None else self.of(question, value)
        if rest.startswith("."):
            return self._in_object(level, question, value, rest[1:])
        found = _PLACE.match(rest)
        return None if found is None else self._in_list(level, question, value, int(found[1]), rest[found.end() :])

    def of(self, question: Question, value: Any) -> str | None:
        """What a respondent reads for the answer of a question; None where that is the answer itself."""
        match question:
            case Choose():
                return self._chosen(question.choices, value)
            case Rating():
                return self._chosen(question.points, value)
            case Boolean():
                return self._yes_or_no(question, value)
        return None

    def _in_object(self, level: Level, question: Question, value: Any, rest: str) -> str | None:
        given = value if isinstance(value, Mapping) else {}
        match question:
            case Matrix():
                row = _called(rest, self._names(question.rows))
                if row != rest:
                    return None
                return self._chosen(question.columns, given[row]) if row in given else ""
            case NamedRows():
                row = _called(rest, self._names(question.rows))
                return None if row is None else self.at(level.inner[question], given.get(row), rest[len(row) + 1 :])
            case MultipleText() if any(field.name == rest for field in question.fields) and rest not in given:
                return ""
        return None

    def _in_list(self, level: Level, question: Question, value: Any, place: int, rest: str) -> str | None:
        given = value if isinstance(value, list) else []
        item = given[place] if -len(given) <= place < len(given) else None
        if isinstance(question, Growing) and item is not None:
            return self.at(level.inner[question], item, rest)
        if isinstance(question, Choose) and not rest:
            return "" if item is None else self.of(question, item)
        return None

    def _names(self, rows: Choices) -> list[str]:
        if rows not in self._rows:
            self._rows[rows] = [str(row.value) for row in rows.ordinary]
        return self._rows[rows]

    def _chosen(self, choices: Choices, value: Any) -> str | None:
        texts = self._texts.get(choices)
        if texts is None:
            offered = (*choices.ordinary, *choices.special)
            texts = {choice.value: choice.said_in(self.language, self.own) for choice in offered}
            self._texts[choices] = texts
        listed = value if isinstance(value, list) else [value]
        scalars = [each for each in listed if isinstance(each, str | int | float)]
        return ", ".join(texts.get(each, str(each)) for each in scalars) if scalars else None

    def _yes_or_no(self, question: Boolean, value: Any) -> str | None:
        if value is None:
            return None
        text = question.yes_text if value == question.yes else question.no_text
        words = ("Ja", "Nein") if self.language.startswith("de") else ("Yes", "No")
        return text.said_in(self.language, self.own) or words[value != question.yes]


def _called(path: str, names: Sequence[str]) -> str | None:
    """The name that a path begins with."""
    beginnings = {path, *(path[:place] for place, letter in enumerate(path) if letter == ".")}
    return next((name for name in names if name in beginnings), None)
