"""One replay: the answers as expressions see them, what time it is, who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kithkin.questionnaire.errors import BadExpression, QuestionnaireError, TooLarge
from kithkin.questionnaire.expressions import ExpressionError, Found, Functions, Scope, pipe
from kithkin.questionnaire.expressions.run import Purse
from kithkin.questionnaire.expressions.scope import walk
from kithkin.questionnaire.model.elements import Growing, Question
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.replaying.beside import COMMENT
from kithkin.questionnaire.replaying.emptiness import is_blank
from kithkin.questionnaire.replaying.levels import Level, Plan
from kithkin.questionnaire.replaying.names import PARENT, PREVIOUS
from kithkin.questionnaire.replaying.patterns.room import Room, TooLong
from kithkin.questionnaire.replaying.piped import Words
from kithkin.questionnaire.replaying.result import Problem, Reason
from kithkin.questionnaire.replaying.seeds import Seed

MOST_WORK = 200_000
MOST_LOOKED_AT = 5_000_000
"""Values that all expressions of a replay may look at together; letters of a text that one comes to count a little."""
MOST_MATCHED = 8_000_000
"""Steps that all regular expressions may take together. Once they are used up, no text fits any more."""
MOST_LETTERS, MOST_LETTERS_TOGETHER = 200_000, 5_000_000
"""Letters of one text with answers in it, and of all such texts of a replay. What is longer by itself stays whole."""
_LETTERS_OF_ONE = 16
_COUNTED_FROM_0 = frozenset(("panelindex", "visiblepanelindex"))
MOST_QUESTIONS, MOST_OFFERED = 300_000, 1_000_000
"""Questions that are looked at, those in each row and panel included, and choices that all of them offer together."""
MOST_ITEMS = 10_000
"""Rows and panels of all repeated questions together, those within others included."""


@dataclass(slots=True)
class Session:
    """What stays the same during one replay, and what was refused on the way."""

    plan: Plan
    language: str
    now: datetime
    seed: Seed
    functions: Functions
    full: frozenset[str]
    embedded: Mapping[str, Any]
    refused: dict[str, Counter[Problem]] = field(default_factory=dict)
    quiet: bool = False
    items: int = 0
    work: int = 0
    asked: int = 0
    offered: int = 0
    ready: dict[str, tuple[bool, ...]] = field(default_factory=dict)
    words: Words = field(init=False)
    asking: str = ""
    shortened: dict[str, None] = field(default_factory=dict)
    letters: int = 0
    left: int = 0
    purse: Purse = field(default_factory=lambda: Purse(MOST_LOOKED_AT))
    matching: Room = field(default_factory=lambda: Room(MOST_MATCHED, TooLong()))

    def __post_init__(self) -> None:
        self.words = Words(self.language, self.plan.body.language)

    def true(self, text: str, scope: Scope) -> bool:
        """Whether a condition holds."""
        self._spend()
        try:
            return self.plan.expressions[text].is_true(scope, functions=self.functions, now=self.now, purse=self.purse)
        except ExpressionError as error:
            raise self._too_costly(text, error) from None

    def holds(self, text: str | None, scope: Scope) -> bool:
        """Whether a condition holds, or there is none."""
        return text is None or self.true(text, scope)

    def value(self, text: str, scope: Scope) -> Any:
        """What an expression comes to."""
        self._spend()
        try:
            found = self.plan.expressions[text].evaluate(
                scope, functions=self.functions, now=self.now, purse=self.purse
            )
        except ExpressionError as error:
            raise self._too_costly(text, error) from None
        if isinstance(found, str):
            self.look(len(found) // _LETTERS_OF_ONE)
        return found

    def look(self, many: int) -> None:
        """So many values more are looked at."""
        self.purse.left -= many
        if self.purse.left < 0:
            what = f"With these answers more than {MOST_LOOKED_AT:,} values have to be looked at."
            raise TooLarge("", what, "Ask less, or for less in each row.")

    def _too_costly(self, text: str, error: ExpressionError) -> QuestionnaireError:
        if self.purse.left < 0:
            self.look(0)
        return BadExpression("", f"{text[:120]!r}: {error}.", "Make the expression simpler.")

    def _spend(self) -> None:
        self.work += 1
        if self.work > MOST_WORK:
            raise TooLarge(
                "", f"With these answers more than {MOST_WORK:,} conditions have to be looked at.", "Ask less."
            )

    def ask(self) -> None:
        """One more question is looked at."""
        self.asked += 1
        if self.asked > MOST_QUESTIONS:
            what = f"Its rows and columns come to more than {MOST_QUESTIONS:,} questions."
            raise TooLarge("", what, "Take rows or columns out of the largest tables.")

    def offer(self, count: int) -> None:
        """So many more choices are offered."""
        self.offered += count
        if self.offered > MOST_OFFERED:
            what = f"Its questions offer more than {MOST_OFFERED:,} choices in all."
            raise TooLarge("", what, "Shorten the lists of choices, or ask in fewer rows and columns.")

    def room_for(self, count: int) -> int:
        """How many of so many rows or panels may still be asked for in this replay."""
        allowed = min(count, MOST_ITEMS - self.items)
        self.items += allowed
        return allowed

    def said(self, text: Localised, scope: Scope) -> str:
        """A text in the respondent's language, with the answers that it names put in."""
        said = text.said_in(self.language, self.plan.body.language)
        if "{" not in said:
            return said
        most = max(min(MOST_LETTERS, MOST_LETTERS_TOGETHER - self.letters), len(said))
        shown = pipe(said, scope, most=most)
        if len(shown) > most:
            shown = shown[: most - 1] + "…"
            self.shortened[self.asking] = None
        self.letters += len(shown)
        return shown

    def refuse(self, path: str, reason: Reason) -> None:
        """Note that an answer does not count; nobody is to blame for a default that will not do (`quiet`)."""
        if self.quiet:
            return
        self.refused.setdefault(path, Counter())[Problem(path, reason)] += 1

    def take_back(self, problems: list[Problem]) -> None:
        """What was refused counts after all, through another question under its key."""
        for problem in problems:
            told = self.refused[problem.question]
            told[problem] -= 1
            if not told[problem]:  # else the same was said of something else: a comment, a question of the same name
                del told[problem]


class Answers(Scope):
    """The answers of the whole questionnaire; piping shows a choice's text in place of its value."""

    def __init__(self, values: Mapping[str, Any], session: Session) -> None:
        super().__init__(values)
        self.session = session

    def look(self, name: str) -> Found | None:
        """The answer at a path; rows and panels in which nothing was said are no answer."""
        found = super().look(name)
        if found is None or not isinstance(found.value, list) or not found.value:
            return found
        self.session.look(len(found.value))
        if is_blank(found.value):
            return Found([])
        question = self.session.plan.by_key.get(name.lower())
        return found if question is None or question.type != "ranking" else Found(found.value, ordered=True)

    def text(self, name: str) -> str | None:
        """What piping shows for a path."""
        shown = self.session.words.at(self.session.plan.top, self.values, name)
        return super().text(name) if shown is None else shown

    def display_value(self, question: str, value: Any = None) -> Any:
        """What the respondent reads for the answer of a question."""
        found = self.session.plan.top.named.get(question)
        if not isinstance(found, Question):
            return None
        answer = (
            self.values.get(found.key) if value is None or not isinstance(value, str | int | float | list) else value
        )
        shown = self.session.words.of(found, answer)
        return answer if shown is None else shown

    def property_value(self, question: str, name: str) -> Any:
        """A text of a question in the respondent's language, or another property as it was written."""
        found = self.session.plan.top.named.get(question)
        if found is None:
            return None
        said = {"title": found.title, "description": found.description, "requiredErrorText": found.required_text}
        if name in said:
            return self.session.said(said[name], self) or (found.name if name == "title" else None)
        written = found.raw.get(name)
        return written if isinstance(written, str | int | float) else None

    def comment(self, question: str, item: Any = None) -> Any:  # noqa: ARG002
        """What was written beside a question."""
        return self.values.get(question + COMMENT)

    def is_ready(self, container: str, place: int | None = None) -> bool:
        """Whether a page, a panel, each panel of a dynamic panel or the one at a place has no errors."""
        found = self.session.ready.get(container)
        if found is None or place is None or not isinstance(self.session.plan.top.named.get(container), Growing):
            return found is not None and all(found)
        return 0 <= place < len(found) and found[place]

    def is_display_mode(self) -> bool | None:
        """Whether the questionnaire is only shown."""
        return self.session.plan.body.read_only


class Inside(Scope):
    """The answers of one row or panel, before those around it. What it calls its own is never sought around."""

    def __init__(self, values: Mapping[str, Any], around: Scope, session: Session, level: Level) -> None:
        super().__init__(values, around)
        self.session, self.level = session, level

    def look(self, name: str) -> Found | None:
        """The answer at a path: in this row or panel, in the one before it, in the one around it, or around them."""
        lowered, prefix = name.lower(), self.level.prefix
        if lowered.startswith((prefix, PREVIOUS + prefix)):
            return walk(self.values, name)
        if self.around is not None and lowered.startswith(PARENT + prefix):
            return self.around.look(name[len(PARENT) :])
        return super().look(name)

    def text(self, name: str) -> str | None:
        """What piping shows for a path. In texts panels are counted from 1, as in survey-core, and from 0 elsewhere."""
        lowered, prefix = name.lower(), self.level.prefix
        if lowered in _COUNTED_FROM_0:
            found = self.find(name)
            return None if found is None else str(found.value + 1)
        for own in (prefix, PREVIOUS + prefix):
            if lowered.startswith(own):
                shown = self.session.words.at(self.level, self.values.get(own[:-1]), name[len(own) :])
                return super().text(name) if shown is None else shown
        if self.around is None or walk(self.values, name) is not None:
            return super().text(name)
        return self.around.text(name[len(PARENT) :] if lowered.startswith(PARENT + prefix) else name)
