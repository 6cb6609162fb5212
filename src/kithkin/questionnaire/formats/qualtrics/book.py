"""What a translation knows all along: the questions by their identifiers, names, languages, embedded fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.conditions import answer
from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.naming import Names
from kithkin.questionnaire.formats.qualtrics.asked import Asked, looked_at
from kithkin.questionnaire.formats.qualtrics.raw import Raw, listed, mapping, said
from kithkin.questionnaire.formats.qualtrics.survey import Survey, is_trash

LONG = 240
MOST_LETTERS = 1 << 25
"""Of all texts together, each counted as often as it is asked. Rounds of a loop multiply them."""
_A_TEXT = 64
_SCRIPTS = {"ZH-S": "zh-Hans", "ZH-T": "zh-Hant", "ZH-HANS": "zh-Hans", "ZH-HANT": "zh-Hant", "EN-US": "en"}
_FILLED_IN = ("Q_", "__js_", "SSID", "RecipientEmail", "ResponseID", "IPAddress")


@dataclass
class Loop:
    """One round of a block that is asked again: its number, its fields by their number, and whose names change."""

    number: int
    fields: dict[str, str]
    questions: frozenset[str] = frozenset()


@dataclass
class Book:
    """The state of one translation."""

    survey: Survey
    losses: Losses
    names: Names = field(default_factory=Names)
    asked: dict[str, Asked] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    calculated: list[Raw] = field(default_factory=list)
    _parts: dict[tuple[str, str], str] = field(default_factory=dict)
    _shortened: dict[str, str] = field(default_factory=dict)
    _letters: int = 0

    def __post_init__(self) -> None:
        for block in self.survey.blocks.values():
            for element in listed(block.get("BlockElements")):
                qid = said(mapping(element).get("QuestionID"))
                if qid in self.survey.questions and qid not in self.asked and not is_trash(block):
                    raw = self.survey.questions[qid]
                    self.asked[qid] = looked_at(raw, self.names.given(said(raw.get("DataExportTag")) or qid))

    @property
    def own_language(self) -> str:
        """The survey's own language."""
        return language_of(self.survey.language)

    def name(self, asked: Asked, loop: Loop | None) -> str:
        """A question's name, which in a round of a loop is one of its own."""
        if loop is None or asked.qid not in loop.questions:
            return asked.name
        return self.part(asked.name, f"loop{loop.number}")

    def part(self, name: str, suffix: str) -> str:
        """The name of a part of a question, the same each time."""
        if (name, suffix) not in self._parts:
            self._parts[name, suffix] = self.names.given(f"{name}_{suffix}")
        return self._parts[name, suffix]

    def field(self, name: str) -> str:
        """Under which name expressions know an embedded field."""
        if name not in self.fields:
            clean = "".join(" " if letter in "{}:#$[]<>&'\"\\" else letter for letter in name).strip()[:80]
            self.fields[name] = given = self.names.exactly(clean or "field")
            if given != name:
                self.losses.approximated(f"field {name[:80]}", "an embedded field", f"it is called {given} here")
            if name.startswith(_FILLED_IN):
                reason = "Qualtrics fills it in; here the invitation must bring it"
                self.losses.approximated(f"field {name[:80]}", f"the field {name[:80]}", reason)
        return self.fields[name]

    def shortened(self, expression: str | None) -> str | None:
        """A long condition under a name, so that what repeats it stays short."""
        if expression is None or len(expression) <= LONG:
            return expression
        if expression not in self._shortened:
            name = self.names.given(f"when_{len(self._shortened) + 1}")
            self.calculated.append({"name": name, "expression": expression})
            self._shortened[expression] = f"{answer(name)} = true"
        return self._shortened[expression]

    def written(self, text: str) -> str:
        """The text, which counts. Raises FormatError where there are too many, by loops and blocks that come again."""
        self._letters += len(text) + _A_TEXT
        if self._letters > MOST_LETTERS:
            what = "With its loops, its skips and blocks that the flow repeats, the survey grows too large."
            raise FormatError("/SurveyElements", what, "Take rounds or repeated blocks out, or divide the survey.")
        return text

    def localised(self, own: str, others: Iterable[tuple[str, str]]) -> Any:
        """A text, or a text per language where there are several."""
        texts = {language_of(code): text for code, text in others if text}
        texts.pop(self.own_language, None)
        return {"default": own, **texts} if texts else own


def language_of(code: str) -> str:
    """A language as we write it.

    >>> language_of("DE"), language_of("PT-BR"), language_of("ZH-S")
    ('de', 'pt-BR', 'zh-Hans')
    """
    code = code.strip().upper().replace("_", "-")
    if code in _SCRIPTS:
        return _SCRIPTS[code]
    language, _, region = code.partition("-")
    return f"{language.lower()}-{region}" if region else language.lower()
