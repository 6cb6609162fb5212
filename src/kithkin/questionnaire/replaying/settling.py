"""What is shown and what counts: each element once, after all that it depends on."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.expressions import Scope
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices, Role
from kithkin.questionnaire.model.elements import Container, Element, Question
from kithkin.questionnaire.model.questionnaire import Calculated
from kithkin.questionnaire.replaying.accepting import Refused, accept, text
from kithkin.questionnaire.replaying.beside import COMMENT, is_apart, is_chosen
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.options import Options, options
from kithkin.questionnaire.replaying.plan import End, Level, Node, Readiness
from kithkin.questionnaire.replaying.repeating import repeat
from kithkin.questionnaire.replaying.result import Reason
from kithkin.questionnaire.replaying.seeds import sets
from kithkin.questionnaire.replaying.session import Session
from kithkin.questionnaire.replaying.state import State
from kithkin.questionnaire.replaying.texts import expression_of, totalled
from kithkin.questionnaire.replaying.totals import SUFFIX, rows_of, total

UNSET: Any = object()
"""Nothing was set, not even to be empty."""


@dataclass(slots=True)
class Settling:
    """Works out one level. An answer enters `values`, which expressions see, only once its question is shown.

    Each element is decided once, when all that it depends on is decided. Where elements depend on one another in a
    ring, the one that stands first is decided as if those behind it had no answer. So a hidden answer never has any
    influence, there is nothing to iterate, and the work is that of reading every expression once.
    """

    session: Session
    level: Level
    given: Mapping[str, Any]
    values: dict[str, Any]
    scope: Scope
    path: str = ""
    enabled: bool = True
    left_out: frozenset[str] = frozenset()
    around: Settling | None = None
    readiness: Callable[[Element, Settling], tuple[bool, ...]] | None = None
    states: dict[Element, State] = field(default_factory=dict)
    closed: str | None = None

    def run(self) -> None:
        """Decide everything."""
        for place in self.level.order:
            node = self.level.nodes[place]
            subject = node.subject
            if isinstance(subject, Question):
                self._question(node, subject)
            elif isinstance(subject, Container):
                self._container(node, subject)
            elif isinstance(subject, Calculated):
                if subject.expression is not None:
                    self.values[subject.name] = self.session.value(subject.expression, self.scope)
            elif isinstance(subject, Readiness):
                if self.readiness is not None:
                    self.session.ready[subject.of.name] = self.readiness(subject.of, self)
            elif isinstance(subject, str):
                found = self._set(node)
                if found is not UNSET and found is not None:
                    self.values[subject] = found

    def holder_of(self, name: str) -> tuple[Settling | None, Question | None]:
        """A question by its name, and the level on which it stands."""
        question = self.level.named.get(name)
        if isinstance(question, Question):
            return self, question
        return (None, None) if self.around is None else self.around.holder_of(name)

    def _container(self, node: Node, container: Container) -> None:
        shown = self._shown(node, container)
        for end in node.ends:
            if shown and self._comes_to(end):
                shown = False
                self.closed = end.quota or self.closed
        self.states[container] = State(shown, self._enabled(node, container))

    def _comes_to(self, end: End) -> bool:
        """Whether pages end here: a quota is full, or a page was left on which the trigger's question was asked."""
        if end.quota is not None and end.quota not in self.session.full:
            return False
        if end.left and not any(self._was_shown(*page) for page in end.left):
            return False
        if end.text is not None and not self.session.true(end.text, self.scope):
            return False
        if end.target is not None and not self._may_be_shown(end.target):
            return False
        return not any(map(self._comes_to, end.unless))

    def _was_shown(self, page: int, doubtful: tuple[int, ...]) -> bool:
        """Whether a page was shown: it may have turned out that nothing is asked on it."""
        if not self.states[self._element(page)].shown:
            return False
        states = [self.states.get(self._element(place)) for place in doubtful]
        return not doubtful or any(state is not None and state.shown for state in states)

    def _may_be_shown(self, element: Element) -> bool:
        """Whether an element would be shown with the answers so far."""
        place = self.level.place_of[element]
        while place >= 0:
            found = self._element(place)
            if not (found.visible if found.visible_if is None else self.session.true(found.visible_if, self.scope)):
                return False
            if self._hides_empty(found):
                return False
            place = self.level.nodes[place].parent
        return True

    def _hides_empty(self, element: Element) -> bool:
        """Whether an element is hidden since nothing can be chosen."""
        if not isinstance(element, model.Choose) or not element.choices.hide_empty:
            return False
        return not _offers(element.choices, options(element.choices, self.scope, self))

    def _shown(self, node: Node, element: Element) -> bool:
        if node.parent >= 0 and not self.states[self._element(node.parent)].shown:
            return False
        if element.name in self.left_out:
            return False
        if element.visible_if is None:
            return element.visible
        return self.session.true(element.visible_if, self.scope)

    def _enabled(self, node: Node, element: Element) -> bool:
        if not (self.enabled if node.parent < 0 else self.states[self._element(node.parent)].enabled):
            return False
        if element.enable_if is None:
            return not element.read_only
        return self.session.true(element.enable_if, self.scope)

    def _element(self, place: int) -> Element:
        found = self.level.nodes[place].subject
        assert isinstance(found, Element)
        return found

    def _question(self, node: Node, question: Question) -> None:
        self.session.ask()
        state = self.states[question] = State(self._shown(node, question), self._enabled(node, question))
        if state.shown:
            self._offer(question, state)
        if not state.shown:
            return
        path = self.path + question.name
        if isinstance(question, model.Computed):
            self._compute(question)
            return
        value = self._given(node, question, path, state)
        if value is not None:
            self.values[question.key] = value
        elif question.key in self.values:
            del self.values[question.key]
        self._comment(question, path, state)
        self._total(question)

    def _total(self, question: Question) -> None:
        """What stands under the columns of a matrix."""
        columns = totalled(question)
        rows = rows_of(self.values.get(question.key)) if columns else []
        found = {}
        for column in columns:
            text_ = expression_of(column)
            value = total(column, rows) if text_ is None else self.session.value(text_, self.scope)
            if value is not None:
                found[column.name] = value
        if found:
            self.values[question.key + SUFFIX] = found

    def _offer(self, question: Question, state: State) -> None:
        """Find what can be chosen; a question that is hidden without choices or rows may turn out to be hidden."""
        match question:
            case model.Choose() | model.ConstantSum() | model.MaxDiff():
                state.options = options(question.choices, self.scope, self)
                if isinstance(question, model.MaxDiff):
                    entries = state.options.entries
                    size, count = min(question.set_size, len(entries)), question.set_count
                    drawn = sets(len(entries), size, count, self.session.seed, f"sets of {self.path}{question.name}")
                    state.sets = tuple(tuple(entries[place] for place in one) for one in drawn)
                state.shown = not question.choices.hide_empty or _offers(question.choices, state.options)
            case model.Rating():
                state.options = options(question.points, self.scope, self)
            case model.Matrix():
                state.options = options(question.columns, self.scope, self)
                state.rows = options(question.rows, self.scope, self)
                state.shown = bool(state.rows.entries) or not question.rows.hide_empty
            case model.NamedRows():
                state.rows = options(question.rows, self.scope, self)
                state.shown = bool(state.rows.entries) or not question.rows.hide_empty

    def _compute(self, question: model.Computed) -> None:
        if question.expression is None:
            return
        value = self.session.value(question.expression, self.scope)
        if question.precision is not None and isinstance(value, float) and math.isfinite(value):
            value = round(value, question.precision)
        if not is_empty(value):
            self.values[question.key] = value

    def _given(self, node: Node, question: Question, path: str, state: State) -> Any:
        """The answer that counts: what was given, where it may be given and will do; else what is suggested."""
        sharing = question.key in self.values
        raw = self.values[question.key] if sharing else self.given.get(question.key)
        there = sharing or question.key in self.given
        if question.reset_if is not None and self.session.true(question.reset_if, self.scope):
            there = False
        if sharing and not state.enabled:
            return raw
        if there and not state.enabled and not self.session.quiet:
            suggested = self._suggested(node, question, path, state)
            if not is_empty(raw) and raw != suggested:
                self.session.refuse(path, Reason.DISABLED)
            return suggested
        if not there:
            return self._suggested(node, question, path, state)
        if is_empty(raw) and isinstance(question, model.Repeated):
            raw = [] if isinstance(question, model.Growing) else {}
        return self._accepted(question, raw, path, state)

    def _accepted(self, question: Question, raw: Any, path: str, state: State) -> Any:
        if isinstance(question, model.Repeated):
            try:
                return repeat(self, question, raw, path, state)
            except Refused as refused:
                self.session.refuse(path, refused.reason)
                return repeat(self, question, [] if isinstance(question, model.Growing) else {}, path, state)
        try:
            found = accept(question, raw, path, state, self)
            return None if is_empty(found) else found
        except Refused as refused:
            self.session.refuse(path, refused.reason)
            return None

    def _suggested(self, node: Node, question: Question, path: str, state: State) -> Any:
        """What stands in the question before anybody answers: from triggers, expressions, the invitation, a default."""
        raw = self._set(node)
        if raw is UNSET and (question.set_if or question.set_expression) and self._holds(question.set_if):
            raw = None if question.set_expression is None else self.session.value(question.set_expression, self.scope)
        if raw is UNSET:
            raw = self._default(question)
        quiet, self.session.quiet = self.session.quiet, True
        try:
            found = (
                repeat(self, question, raw, path, state)
                if isinstance(question, model.Repeated)
                else accept(question, raw, path, state, self)
            )
        except Refused:
            found = repeat(self, question, None, path, state) if isinstance(question, model.Repeated) else None
        self.session.quiet = quiet
        return found

    def _default(self, question: Question) -> Any:
        """The default: computed, brought by the invitation, or written in the questionnaire (which a yes-or-no question
        puts before a computed one).
        """
        raw = None
        written = isinstance(question, model.Boolean) and question.default is not None
        if question.default_expression is not None and not written:
            raw = self.session.value(question.default_expression, self.scope)
        if raw is None and not self.path:
            raw = self.session.embedded.get(question.key)
        return question.default if raw is None else raw

    def _holds(self, text_: str | None) -> bool:
        return text_ is None or self.session.true(text_, self.scope)

    def _set(self, node: Node) -> Any:
        """What the last trigger sets whose condition holds; UNSET where there is none."""
        for trigger in reversed(node.sets):
            if trigger.expression is not None and self.session.true(trigger.expression, self.scope):
                if trigger.type == "copyvalue":
                    return self.values.get(trigger.source)
                if trigger.type == "runexpression":
                    return UNSET if trigger.run is None else self.session.value(trigger.run, self.scope)
                return trigger.value
        return UNSET

    def _comment(self, question: Question, path: str, state: State) -> None:
        """What is written beside a question, or beside "other"."""
        key = question.key + COMMENT
        raw = self.given.get(key)
        if is_empty(raw) or (isinstance(raw, str) and not raw.strip()):
            return
        if not (question.comment or self._other_has_text(question)):
            return
        if not state.enabled and not self.session.quiet:
            self.session.refuse(path, Reason.DISABLED)
            return
        try:
            said = text(raw, self.session.plan.body.longest_comment)
        except Refused as refused:
            self.session.refuse(path, refused.reason)
            return
        if not (question.reset_if and question.key not in self.values and self._holds(question.reset_if)):
            self.values[key] = said  # beside what is emptied nothing stands

    def _other_has_text(self, question: Question) -> bool:
        if not isinstance(question, model.Choose) or not is_apart(question, self.session.plan.body):
            return False
        return is_chosen(question, self.values.get(question.key))

    def refuse_rest(self) -> None:
        """Name what was handed in to inner questions that are hidden, and to none at all."""
        for name, value in list(self.given.items())[:1_000]:
            if is_empty(value) or name in self.values:
                continue
            hidden = self.level.keys.get(str(name).lower())
            if hidden is None:
                self.session.refuse(f"{self.path}{str(name)[:80]}", Reason.UNKNOWN)
            elif not self.session.refused.get(f"{self.path}{name}"):
                self.session.refuse(f"{self.path}{name}", Reason.HIDDEN)

    def inside(self, question: model.Repeated, raw: Any, values: dict[str, Any], scope: Scope, path: str) -> Settling:
        """The same one level further in: for one row or panel."""
        return Settling(self.session, self.level.inner[question], raw, values, scope, path, around=self)


def _offers(choices: Choices, found: Options) -> bool:
    """Whether anything can be chosen: "none" and its like count where choices come from another question."""
    return any(choices.from_question or option.choice.role is Role.ORDINARY for option in found.entries)
