"""What stands on paper: numbers, texts in one language, conditions in words, all of it escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.paper.words import Word, spoken
from kithkin.questionnaire.formats.wording import is_marked_up, plainly, rebuilt
from kithkin.questionnaire.model.choices import Choice, Choices
from kithkin.questionnaire.model.elements import Element, Question, Shown
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.questionnaire import Questionnaire

_PARTS = re.compile(
    r"\{#?(?P<name>[^{}]{1,80})\} (?P<operator>=|contains) (?P<value>'[^'\\]{1,80}'|-?[\w.]{1,20})"
    r"|'(?:\\.|[^'\\]){0,400}'|\{#?(?P<path>[^{}]{1,200})\}|(?P<word>\b(?:notempty|empty|and|or)\b|!(?=\())"
)
_WORDS = {"notempty": Word.ANSWERED, "empty": Word.NOT_ANSWERED, "and": Word.AND, "or": Word.OR, "!": Word.NOT}
_BRACES = re.compile(r"\{#?([^{}]{1,200})\}")


@dataclass
class Sheet:
    """One questionnaire in one language. Questions are numbered as they come."""

    questionnaire: Questionnaire
    language: str
    losses: Losses
    numbers: dict[str, int] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asked = (each for each in self.questionnaire.questions() if not isinstance(each, Shown))
        self.asked = {question.name: question for question in self.questionnaire.questions()}
        self.numbers = {question.name: place for place, question in enumerate(asked, 1)}

    def word(self, word: Word, *values: object) -> str:
        """A sentence of ours, escaped."""
        return escape(spoken(word, self.language, *values))

    def text(self, text: Localised) -> str:
        """A text in the language, answers of others named, escaped."""
        said = text.said_in(self.language, self.questionnaire.language)
        return escape(self._named(plainly(said) if is_marked_up(said) else said), quote=False).replace("\n", "<br>")

    def html(self, html: Localised) -> str:
        """HTML in the language, written anew."""
        return self._named(rebuilt(html.said_in(self.language, self.questionnaire.language), with_pictures=False))

    def choice(self, choice: Choice) -> str:
        """What stands beside a box."""
        return self.text(choice.text) or escape("" if choice.value is None else str(choice.value), quote=False)

    def number(self, question: Question) -> str:
        """A question's number, where it has one."""
        found = self.numbers.get(question.name)
        return "" if found is None else f'<span class="number">{found}</span> '

    def condition(self, element: Element) -> str:
        """When it is asked, in words where its expression is short."""
        if not element.visible_if:
            return ""
        return f'<p class="condition">{self.word(Word.ONLY_IF, self._in_words(element.visible_if)[:400])}</p>'

    def shown(self, choices: Choices) -> Iterable[Choice]:
        """All choices, the special ones last."""
        return (*choices.ordinary, *choices.special)

    def _in_words(self, expression: str) -> str:
        """An expression for people: choices by their texts, questions by their numbers, operators as words."""
        return _PARTS.sub(self._part, expression)

    def _part(self, found: re.Match[str]) -> str:
        if found["name"]:
            return self._compared(found)
        if found["word"]:
            return spoken(_WORDS[found["word"]], self.language)
        return self._place(found["path"]) if found["path"] else found[0]

    def _compared(self, found: re.Match[str]) -> str:
        question = self.asked.get(found["name"])
        choices = getattr(question, "choices", None)
        if not isinstance(choices, Choices):
            return self._as_it_is(found)
        value = found["value"].strip("'")
        chosen = next((each for each in self.shown(choices) if str(each.value) == value), None)
        if chosen is None:
            return self._as_it_is(found)
        text = chosen.said_in(self.language, self.questionnaire.language)
        word = Word.HAS if found["operator"] == "contains" else Word.IS
        return f"{self._place(found['name'])} {spoken(word, self.language)} “{plainly(text)[:60]}”"

    def _as_it_is(self, found: re.Match[str]) -> str:
        return f"{self._place(found['name'])} {found['operator']} {found['value']}"

    def _named(self, text: str) -> str:
        return _BRACES.sub(self._answer, text)

    def _answer(self, found: re.Match[str]) -> str:
        number = self.numbers.get(found[1].strip().partition(".")[0])
        return found[0] if number is None else f"[{spoken(Word.ANSWER, self.language, number)}]"

    def _place(self, path: str) -> str:
        name, _, rest = path.partition(".")
        number = self.numbers.get(name)
        return path if number is None else f"[{number}]" + (f".{rest}" if rest else "")
