"""What counts: each element is decided once, after all that it depends on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.expressions import Scope
from kithkin.questionnaire.expressions.numerals import to_fixed
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Container, Element, Question
from kithkin.questionnaire.model.questionnaire import Calculated
from kithkin.questionnaire.replaying.accepting import accept
from kithkin.questionnaire.replaying.appearing import Appearing
from kithkin.questionnaire.replaying.beside import comment
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.levels import Node, Readiness
from kithkin.questionnaire.replaying.local import as_written
from kithkin.questionnaire.replaying.options import Options, offers, options
from kithkin.questionnaire.replaying.repeating import repeat
from kithkin.questionnaire.replaying.result import Reason
from kithkin.questionnaire.replaying.seeds import sets
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
        comment(self, question, path, enabled=state.enabled)
        found = totals(question, self.values.get(question.key), lambda said: self.session.value(said, self.scope))
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
                    self.session.look(len(entries) * count)
                    drawn = sets(len(entries), size, count, self.session.seed, f"sets of {self.path}{question.name}")
                    state.sets = tuple(tuple(entries[place] for place in one) for one in drawn)
                state.shown = _offers(question.choices, state.options)
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
            value = to_fixed(value, question.precision)
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
        try:
            return self._taken(question, raw, path, state)
        except Refused as refused:
            self.session.refuse(path, refused.reason)
        if not isinstance(question, model.Repeated):
            return None
        self.values.pop(question.key, None)  # a question of another type with the same key left it
        return repeat(self, question, [] if isinstance(question, model.Growing) else {}, path, state)

    def _suggested(self, node: Node, question: Question, path: str, state: State) -> Any:
        """What stands in the question before anybody answers: from triggers, expressions, the invitation, a default."""
        raw = self._set(node)
        if (
            raw is UNSET
            and (question.set_if or question.set_expression)
            and self.session.holds(question.set_if, self.scope)
        ):
            raw = None if question.set_expression is None else self.session.value(question.set_expression, self.scope)
        if raw is UNSET:
            raw = self._default(question)
        if isinstance(question, model.Text):
            raw = as_written(raw, question.input, self.session.now.tzinfo)
        quiet, self.session.quiet = self.session.quiet, True
        try:
            return self._taken(question, raw, path, state)
        except Refused:
            self.values.pop(question.key, None)
            return repeat(self, question, None, path, state) if isinstance(question, model.Repeated) else None
        finally:
            self.session.quiet = quiet

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

    def inside(
        self, question: model.Repeated, raw: Any, values: dict[str, Any], scope: Scope, path: str, *, enabled: bool
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
        )


def _offers(choices: Choices, found: Options) -> bool:
    """Whether a question stays, where it is hidden once nothing can be chosen."""
    return not choices.hide_empty or offers(choices, found)
