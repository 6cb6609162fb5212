"""What stands on paper: numbers, texts in one language, conditions in words, all of it escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.paper.conditions import Conditions
from kithkin.questionnaire.formats.paper.words import Word, spoken
from kithkin.questionnaire.formats.wording import is_marked_up, plainly, rebuilt
from kithkin.questionnaire.model.choices import Choice, Choices
from kithkin.questionnaire.model.elements import Computed, Element, Question, Shown, Unknown
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.questionnaire import Questionnaire

LARGEST = 1 << 25
"""Letters of tables and lists on one page. A few rows, columns and choices multiply to more than can be printed."""
_BRACES = re.compile(r"\{#?([^{}]{1,200})\}")


@dataclass
class Sheet:
    """One questionnaire in one language. Questions are numbered as they come."""

    questionnaire: Questionnaire
    language: str
    losses: Losses
    numbers: dict[str, int] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    letters: int = 0

    def __post_init__(self) -> None:
        asked = (
            each
            for each in self.questionnaire.questions()
            if each.visible and not isinstance(each, Shown | Computed | Unknown)
        )
        self.asked = {question.name: question for question in self.questionnaire.questions()}
        self.numbers = {question.name: place for place, question in enumerate(asked, 1)}
        own = self.questionnaire.language
        inner = {each.name: each for each in self.questionnaire.questions(inside=True) if each.name not in self.asked}
        self._conditions = Conditions(self.language, own, self.numbers, self.asked, inner)
        computed = (each.name for each in self.questionnaire.questions() if isinstance(each, Computed))
        calculated = (each.name for each in self.questionnaire.calculated)
        self._later = {*computed, *calculated, *(each.name for each in self.questionnaire.ours.embedded)}

    def grow(self, text: str) -> str:
        """The text, which counts. Raises FormatError where the page becomes too large."""
        self.letters += len(text)
        if self.letters > LARGEST:
            what = f"On paper it has more than {LARGEST // 2**20} MB."
            raise FormatError("", what, "Take rows, columns or choices out of its largest tables.")
        return text

    def word(self, word: Word, *values: object) -> str:
        """A sentence of ours, escaped."""
        return escape(spoken(word, self.language, *values))

    def text(self, text: Localised) -> str:
        """A text in the language, answers of others named, escaped."""
        said = text.said_in(self.language, self.questionnaire.language)
        return escape(self._named(plainly(said) if is_marked_up(said) else said), quote=False).replace("\n", "<br>")

    def html(self, html: Localised) -> str:
        """HTML in the language, written anew."""
        return self._named(rebuilt(self.said(html), with_pictures=False), escaped=True)

    def says(self, condition: str) -> bool:
        """Whether there are words for all of a condition."""
        return self._conditions.has_words(condition)

    def said(self, text: Localised) -> str:
        """A text or HTML in the language, as it was written."""
        return text.said_in(self.language, self.questionnaire.language)

    def choice(self, choice: Choice) -> str:
        """What stands beside a box, and who may tick it where not everybody may."""
        said = self.text(choice.text) or escape("" if choice.value is None else str(choice.value), quote=False)
        if not choice.visible_if:
            return said
        shown = self.word(Word.SHOWN_IF, self._conditions.in_words(choice.visible_if)[:200])
        return f'{said} <span class="note">({shown})</span>'

    def number(self, question: Question) -> str:
        """A question's number, where it has one."""
        found = self.numbers.get(question.name)
        return "" if found is None else f'<span class="number">{found}</span> '

    def condition(self, element: Element) -> str:
        """When it is asked, in words where its expression is short."""
        if not element.visible_if:
            return ""
        return (
            f'<p class="condition">{self.word(Word.ONLY_IF, self._conditions.in_words(element.visible_if)[:400])}</p>'
        )

    def shown(self, choices: Choices) -> Iterable[Choice]:
        """All choices, the special ones last."""
        return (*choices.ordinary, *choices.special)

    def _named(self, text: str, *, escaped: bool = False) -> str:
        def name(found: re.Match[str]) -> str:
            said = self._answer(found[1].strip())
            return found[0] if said is None else escape(f"[{said}]", quote=False) if escaped else f"[{said}]"

        return _BRACES.sub(name, text)

    def _answer(self, path: str) -> str | None:
        """What stands for an answer in a text; None of what nobody here gives."""
        name, _, rest = path.partition(".")
        if (number := self.numbers.get(name)) is not None:
            return spoken(Word.ANSWER, self.language, number)
        if name.lower() in {"panel", "row"} and rest in self._conditions.inner:
            return self._conditions.title(self._conditions.inner[rest])
        if name in self._later:
            what = "what is known only when somebody answers"
            self.losses.approximated(f"{{{name[:60]}}}", what, "dots stand for it on paper")
            return "…"
        return None
