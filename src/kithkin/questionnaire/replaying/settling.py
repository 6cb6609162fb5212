"""What counts: each element is decided once, after all that it depends on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.expressions import Scope
from kithkin.questionnaire.expressions.numerals import to_fixed
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.elements import Container, Element, Question
from kithkin.questionnaire.model.questionnaire import Calculated
from kithkin.questionnaire.replaying.accepting import accept
from kithkin.questionnaire.replaying.appearing import Appearing
from kithkin.questionnaire.replaying.begun import NOTHING, Begun
from kithkin.questionnaire.replaying.beside import comment
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.fields import with_computed
from kithkin.questionnaire.replaying.levels import Node, Readiness
from kithkin.questionnaire.replaying.local import as_written
from kithkin.questionnaire.replaying.offering import offer
from kithkin.questionnaire.replaying.repeating import repeat
from kithkin.questionnaire.replaying.result import Problem, Reason
from kithkin.questionnaire.replaying.state import State
from kithkin.questionnaire.replaying.storable import Refused
from kithkin.questionnaire.replaying.totals import SUFFIX, totals

UNSET: Any = object()
"""Nothing was set, not even to be empty."""


@dataclass(slots=True, kw_only=True)
class Settling(Appearing):
    """Works out one level. An answer enters `values`, which expressions see, only once its question is shown.

    Each element is decided once, when all that it depends on is decided. Where elements depend on one another in a
    ring, the one that stands first is decided as if those behind it had no answer. So a hidden answer never has any
    influence, there is nothing to iterate, and the work is that of reading every expression once.
    """

    readiness: Callable[[Element, Settling], tuple[bool, ...]] | None = None
    closed: str | None = None
    begun: Begun = NOTHING
    turned_away: dict[str, list[Problem]] = field(default_factory=dict)
    """By key what was refused as a whole: another question under the same key may take it."""
    unasked: set[str] = field(default_factory=set)
    """Keys under which no question could be answered yet, but there was an answer."""

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
        self._take_back()

    def _take_back(self) -> None:
        for key, problems in self.turned_away.items():
            if key in self.values and self.values[key] == self.given[key]:
                self.session.take_back(problems)

    def turn_away(self, key: str, path: str, reason: Reason) -> None:
        """Refuse what was handed in under a key, as far as no other question takes it."""
        self.session.refuse(path, reason)
        if not self.session.quiet:
            self.turned_away.setdefault(key, []).append(Problem(path, reason))

    def _container(self, node: Node, container: Container) -> None:
        shown = self._shown(node, container)
        for end in node.ends:
            if shown and self._comes_to(end):
                shown = False
                self.closed = end.quota or self.closed
        self.states[container] = State(shown, self._enabled(node, container))

    def _question(self, node: Node, question: Question) -> None:
        self.session.ask()
        state = self.states[question] = State(self._shown(node, question), self._enabled(node, question))
        if state.shown:
            offer(self, question, state)
        if not state.shown:
            return
        path = self.path + question.name
        if isinstance(question, model.Computed):
            self._compute(question)
            return
        value = self._given(node, question, path, state)
        if isinstance(question, model.MultipleText):
            value = with_computed(self, question, state, value)
        if value is not None:
            self.values[question.key] = value
        elif question.key in self.values:
            del self.values[question.key]
        comment(self, question, path, enabled=state.enabled)
        found = totals(question, self.values.get(question.key), lambda said: self.session.value(said, self.scope))
        if found:
            self.values[question.key + SUFFIX] = found

    def _compute(self, question: model.Computed) -> None:
        if question.expression is None:
            return
        value = self.session.value(question.expression, self.scope)
        if question.precision is not None and isinstance(value, float) and math.isfinite(value):
            value = to_fixed(value, question.precision)
        if not is_empty(value):
            self.values[question.key] = value

    def _given(self, node: Node, question: Question, path: str, state: State) -> Any:
        """The answer that counts: what was given, where it may be given and will do; else what is suggested."""
        sharing = question.key in self.values and not (state.enabled and question.key in self.unasked)
        self.unasked.discard(question.key)
        raw = self.values[question.key] if sharing else self.given.get(question.key)
        there = sharing or question.key in self.given
        if question.reset_if is not None and self.session.true(question.reset_if, self.scope):
            there = False
        if sharing and not state.enabled:
            return raw
        if there and not state.enabled and not self.session.quiet:
            suggested = self._suggested(node, question, path, state)
            if not is_empty(raw) and raw != suggested:
                self.turn_away(question.key, path, Reason.DISABLED)
                self.unasked.add(question.key)
            return suggested
        if not there:
            return self._suggested(node, question, path, state)
        if isinstance(question, model.Repeated):
            if not self.session.quiet:
                state.begun = self._begun(node, question)
            if is_empty(raw):
                raw = [] if isinstance(question, model.Growing) else {}
        if sharing:
            return self._shared(question, raw, path, state)
        return self._accepted(question, raw, path, state)

    def _accepted(self, question: Question, raw: Any, path: str, state: State) -> Any:
        standing = self.values.get(question.key)
        try:
            found = self._taken(question, raw, path, state)
            if found is not None or standing is None:
                return found
        except Refused as refused:
            self.turn_away(question.key, path, refused.reason)
        return self._standing(question, standing, path, state)

    def _standing(self, question: Question, standing: Any, path: str, state: State) -> Any:
        """What stands there all the same: what a question that nobody can change brought under the same key."""
        if not isinstance(question, model.Repeated):
            return standing
        nothing: Any = [] if isinstance(question, model.Growing) else {}
        if standing is not None and not isinstance(standing, type(nothing)):
            return standing
        self.values.pop(question.key, None)
        quiet = self.session.quiet
        self.session.quiet = quiet or standing is not None
        try:
            return repeat(self, question, standing or nothing, path, state)
        finally:
            self.session.quiet = quiet

    def _shared(self, question: Question, raw: Any, path: str, state: State) -> Any:
        """What counts under a key under which another question stands before: where both cannot have it, that one."""
        quiet = self.session.quiet
        self.session.quiet = quiet or not isinstance(question, model.Repeated)
        try:
            return self._taken(question, raw, path, state)
        except Refused:
            return raw
        finally:
            self.session.quiet = quiet

    def _suggested(self, node: Node, question: Question, path: str, state: State) -> Any:
        """What stands in the question before anybody answers, as far as it may."""
        raw = None if state.enabled else self.held(question.key)
        if raw is None and not self._follows(question):
            raw = self._suggestion(node, question)
        quiet, self.session.quiet = self.session.quiet, True
        try:
            return self._taken(question, raw, path, state)
        except Refused:
            self.values.pop(question.key, None)
            return repeat(self, question, None, path, state) if isinstance(question, model.Repeated) else None
        finally:
            self.session.quiet = quiet

    def _follows(self, question: Question) -> bool:
        """Whether rows or panels stand before under the same key, which has none then."""
        if not isinstance(question, model.Repeated):
            return False
        subjects = (self.level.nodes[place].subject for place in self.level.keys[question.key.lower()])
        before = (each for each in subjects if isinstance(each, model.Repeated) and each is not question)
        return any(each in self.states and self.states[each].shown for each in before)

    def _suggestion(self, node: Node, question: Question) -> Any:
        """What is to stand in it: from triggers, expressions, the invitation, a default."""
        raw = self._set(node)
        if (
            raw is UNSET
            and (question.set_if or question.set_expression)
            and self.session.holds(question.set_if, self.scope)
        ):
            raw = None if question.set_expression is None else self.session.value(question.set_expression, self.scope)
        if raw is UNSET:
            raw = self._default(question)
        return as_written(raw, question.input, self.session.now.tzinfo) if isinstance(question, model.Text) else raw

    def _begun(self, node: Node, question: model.Repeated) -> Begun:
        """What stood in its rows or panels before anybody answered: its own default, where that around said nothing."""
        self.session.look(len(self.begun.said))
        around = self.begun.at(question.key)
        if around.named and around.said:
            return around
        return Begun((*around.said, self._suggestion(node, question)), around.named)

    def held(self, key: str) -> Any:
        """What a disabled question has from the default of the whole in which it stands."""
        self.session.look(len(self.begun.said))
        held = self.begun.at(key).held(self.given.get(key))
        if held is not None:
            self.begun = self.begun.beside(key, held)
        return held

    def _taken(self, question: Question, raw: Any, path: str, state: State) -> Any:
        """An answer in the form in which it is stored. Raises Refused."""
        if isinstance(question, model.Repeated):
            return repeat(self, question, raw, path, state)
        return accept(question, raw, path, state, self.session)

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

    def inside(
        self,
        question: model.Repeated,
        raw: Any,
        values: dict[str, Any],
        scope: Scope,
        path: str,
        *,
        enabled: bool,
        begun: Begun,
    ) -> Settling:
        """The same one level further in: for one row or panel."""
        return Settling(
            session=self.session,
            level=self.level.inner[question],
            given=raw,
            values=values,
            scope=scope,
            path=path,
            around=self,
            enabled=enabled,
            begun=begun,
        )
