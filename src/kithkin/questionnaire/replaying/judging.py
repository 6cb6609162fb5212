"""Whether an answer will do: needed and missing, out of bounds, against a rule."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Role
from kithkin.questionnaire.model.elements import Bounds, Element, Question, Validator
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.replaying.beside import has_form, is_unsaid
from kithkin.questionnaire.replaying.emptiness import is_blank, is_empty
from kithkin.questionnaire.replaying.local import as_written
from kithkin.questionnaire.replaying.messages import message
from kithkin.questionnaire.replaying.options import spelled
from kithkin.questionnaire.replaying.result import BLOCKING, Problem, Reason
from kithkin.questionnaire.replaying.rules import Broken, broken, is_email
from kithkin.questionnaire.replaying.session import Session
from kithkin.questionnaire.replaying.settling import Settling
from kithkin.questionnaire.replaying.state import State
from kithkin.questionnaire.replaying.storable import Refused, number

Wrong = Iterator[tuple[Reason, str]]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the questions of one level: by what was handed in, or, without `refusals`, by the answers that count."""

    session: Session
    settling: Settling
    doubled: Mapping[str, str] = dataclasses.field(default_factory=dict)
    refusals: bool = True

    def is_required(self, element: Element, state: State) -> bool:
        """Whether an answer is needed: nobody needs to answer what cannot be answered."""
        if not state.enabled:
            return False
        if element.required_if is None:
            return element.required
        return self.session.true(element.required_if, self.settling.scope)

    def problems(self, question: Question, path: str, state: State, page: str) -> Iterator[Problem]:
        """What is wrong with one question, the inner ones apart."""
        blocked = [each for each in self.session.refused.get(path, ()) if each.reason in BLOCKING]
        if blocked and self.refusals:
            yield Problem(path, blocked[0].reason, self._message(blocked[0].reason.value), page)
            return
        if isinstance(question, model.Computed | model.Shown | model.Unknown) or not state.enabled:
            return
        value = self.settling.values.get(question.key)
        wrong = self._missing(question, state) if is_blank(value) else self._judged(question, state, value)
        for reason, said in wrong:
            yield Problem(path, reason, said, page)
            return
        for said in self._by_rules(question.validators, value):
            yield Problem(path, Reason.INVALID, said, page)
            return
        if path in self.doubled:
            yield Problem(path, Reason.INVALID, self.doubled[path], page)

    def doubles(self, question: model.Repeated, state: State) -> dict[str, str]:
        """The cells in which stands what stands in another row too, with what is said of it."""
        found: dict[str, str] = {}
        for name in question.unique:
            rows: dict[str, list[str]] = {}
            for item in state.items:
                value = item.values.get(name)
                if item.shown and not is_empty(value):
                    rows.setdefault(_alike(question, value), []).append(f"{item.path}.{name}")
            for paths in rows.values():
                wrong = paths[1:] if _is_panel(question) else paths if len(paths) > 1 else []
                found |= dict.fromkeys(wrong, self._own(question.unique_text, "unique"))
        return found

    def _message(self, name: str, bound: object = "") -> str:
        return message(name, self.session.language, bound)

    def _own(self, own: Localised, name: str, bound: object = "") -> str:
        return self.session.said(own, self.settling.scope) if own else self._message(name, bound)

    def _missing(self, question: Question, state: State) -> Wrong:
        if self.is_required(question, state):
            yield Reason.REQUIRED, self.required_text(question)
        elif isinstance(question, model.Matrix | model.NamedRows) and question.every_row and state.rows:
            if state.rows.entries:
                yield Reason.REQUIRED, self._message("every row")
        elif isinstance(question, model.Choose) and question.multiple and question.fewest:
            yield Reason.INVALID, self._message("fewest", question.fewest)
        elif isinstance(question, model.MultipleText):
            yield from self._multiple_text(question, state, {})
        elif isinstance(question, model.Growing) and question.fewest > len(state.items):
            yield Reason.INVALID, self._message("rows", question.fewest)

    def required_text(self, element: Element) -> str:
        """What is said where an answer is missing."""
        return self._own(element.required_text or self.session.plan.body.required_text, "required")

    def _judged(self, question: Question, state: State, value: Any) -> Wrong:
        if isinstance(question, model.Choose) and is_unsaid(question, self.settling):
            yield Reason.REQUIRED, self._own(question.choices.other_text, "other")
        if has_form(question, value):
            yield from self._by_type(question, state, value)

    def _by_type(self, question: Question, state: State, value: Any) -> Wrong:  # noqa: C901
        match question:
            case model.Text():
                yield from self._text(question, state, value)
            case model.Slider():
                yield from self._slider(question, state, value)
            case model.Choose():
                yield from self._choose(question, state, value)
            case model.Matrix():
                yield from self._matrix(question, state, value)
            case model.NamedRows():
                yield from self._named_rows(question, state, value)
            case model.Growing():
                yield from self._growing(question, state, value)
            case model.MultipleText():
                yield from self._multiple_text(question, state, value)
            case model.File():
                yield from self._file(question, state, value)
            case model.ConstantSum():
                yield from self._constant_sum(question, state, value)
            case model.MaxDiff():
                yield from self._maxdiff(question, state, value)

    def _text(self, question: model.Text, state: State, value: Any) -> Wrong:
        del state
        if question.input == "email" and not is_email(value):
            yield Reason.INVALID, self._message("email")
        yield from self._bounds(question, value)
        if question.bounds.step and question.input == "number" and not _in_steps(value, 0, question.bounds.step):
            yield Reason.INVALID, self._message("step", question.bounds.step)

    def _bounds(self, question: model.Text, value: Any) -> Wrong:
        bounds, scope, zone = question.bounds, self.settling.scope, self.session.now.tzinfo
        least = bounds.least if bounds.least_if is None else self.session.value(bounds.least_if, scope)
        most = bounds.most if bounds.most_if is None else self.session.value(bounds.most_if, scope)
        yield from self._between(
            bounds, value, as_written(least, question.input, zone), as_written(most, question.input, zone)
        )

    def _between(self, bounds: Bounds, value: Any, least: Any, most: Any) -> Wrong:
        if _is_less(value, least):
            yield Reason.INVALID, self._own(bounds.least_text, "least", least)
        if _is_less(most, value, missing=most):
            yield Reason.INVALID, self._own(bounds.most_text, "most", most)

    def _slider(self, question: model.Slider, state: State, value: Any) -> Wrong:
        del state
        bounds, points = question.bounds, value if isinstance(value, list) else [value]
        least, most = self._end(bounds.least_if, bounds.least), self._end(bounds.most_if, bounds.most)
        for point in points:
            yield from self._between(bounds, point, least, most)
            if bounds.step and not _in_steps(point, least, bounds.step):
                yield Reason.INVALID, self._message("step", bounds.step)
        if len(points) == 2 and all(isinstance(point, int | float) for point in points):
            length = round(points[1] - points[0], 9)  # without the dust of binary fractions
            shortest = bounds.step if question.shortest is None else question.shortest
            if shortest is not None and length < shortest:
                yield Reason.INVALID, self._message("least", shortest)
            if question.longest is not None and length > question.longest:
                yield Reason.INVALID, self._message("most", question.longest)

    def _end(self, text: str | None, written: Any) -> Any:
        """An end of a slider: computed, or as it is written where that comes to nothing."""
        found = None if text is None else self.session.value(text, self.settling.scope)
        return written if found is None else found

    def _choose(self, question: model.Choose, state: State, value: Any) -> Wrong:
        if not question.multiple or not isinstance(value, list):
            return
        entries = state.options.entries if state.options else ()
        alone = len(value) == 1 and any(
            option.choice.exclusive and option.choice.value == value[0] for option in entries
        )
        if question.fewest and len(value) < question.fewest and not alone:
            yield Reason.INVALID, self._message("fewest", question.fewest)
        if question.most and len(value) > question.most:
            yield Reason.INVALID, self._message("chosen", question.most)
        if question.type == "ranking" and not question.partial and len(value) < len(entries):
            yield Reason.INVALID, self._message("rank all")

    def _matrix(self, question: model.Matrix, state: State, value: Any) -> Wrong:
        rows = state.rows.entries if state.rows else ()
        if question.every_row and len(value) < len(rows):
            yield Reason.REQUIRED, self._message("every row")
        answers = [spelled(each) for each in value.values()]
        if question.unique and len(set(answers)) < len(answers):
            yield Reason.INVALID, self._message("unique")

    def _named_rows(self, question: model.NamedRows, state: State, value: Any) -> Wrong:
        rows = state.rows.entries if state.rows else ()
        if question.every_row and len(value) < len(rows):
            yield Reason.REQUIRED, self._message("every row")

    def _growing(self, question: model.Growing, state: State, value: Any) -> Wrong:
        del state
        if len(value) < question.fewest:
            yield Reason.INVALID, self._message("rows", question.fewest)

    def _multiple_text(self, question: model.MultipleText, state: State, value: Any) -> Wrong:
        for field in question.fields:
            answer = value.get(field.name)
            if is_empty(answer):
                if self.is_required(field, state):
                    yield Reason.REQUIRED, self.required_text(field)
                continue
            yield from self._text(field, state, answer)
            for said in self._by_rules(field.validators, answer):
                yield Reason.INVALID, said

    def _file(self, question: model.File, state: State, value: Any) -> Wrong:
        del state
        for one in value:
            if question.largest and len(one["content"]) * 3 // 4 > question.largest + 1_000:
                yield Reason.INVALID, self._message("file size")
            if question.accepted and not _is_accepted(one["name"].lower(), one["type"].lower(), question.accepted):
                yield Reason.INVALID, self._message("file kind")

    def _constant_sum(self, question: model.ConstantSum, state: State, value: Any) -> Wrong:
        entries = state.options.entries if state.options else ()
        open_ = (each.choice for each in entries if each.enabled and each.choice.role is Role.ORDINARY)
        shared = {spelled(choice.value): 0.0 for choice in open_} | value
        for points in shared.values():
            if points < question.least:
                yield Reason.INVALID, self._message("least", question.least)
            if question.most is not None and points > question.most:
                yield Reason.INVALID, self._message("most", question.most)
            if not _in_steps(points, question.least, question.step):
                yield Reason.INVALID, self._message("step", question.step)
        if abs(sum(value.values()) - question.total) > 1e-9 * max(1, abs(question.total)):
            yield Reason.INVALID, self._own(question.total_text, "total", question.total)

    def _maxdiff(self, question: model.MaxDiff, state: State, value: Any) -> Wrong:
        if self.is_required(question, state) and (len(value) < len(state.sets) or any(len(one) < 2 for one in value)):
            yield Reason.REQUIRED, self._message("every set")

    def _by_rules(self, validators: tuple[Validator, ...], value: Any) -> Iterator[str]:
        for validator in validators:
            said = self._broken(validator, value)
            if said is not None:
                yield self._own(validator.text, *said)

    def _broken(self, validator: Validator, value: Any) -> Broken | None:
        if validator.type == "expression":
            return None if self.session.holds(validator.expression, self.settling.scope) else ("condition", "")
        return None if is_empty(value) else broken(validator, value, self.session.matching)


def _is_panel(question: model.Repeated) -> bool:
    return isinstance(question, model.Growing) and question.scope == "panel"


def _alike(question: model.Repeated, value: Any) -> str:
    """A value so written that those count as the same that are: in matrices capitals make no difference."""
    return spelled(value) if _is_panel(question) or not isinstance(value, str) else value.lower()


def _is_less(value: Any, bound: Any, *, missing: Any = ()) -> bool:
    """Whether `value` lies below `bound`; dates as texts compare as far as the shorter one goes."""
    if bound is None or value is None or missing is None:
        return False
    if isinstance(value, str) and isinstance(bound, str):
        shorter = min(len(value), len(bound))
        return value[:shorter] < bound[:shorter]
    try:
        return number(value) < number(bound)
    except Refused:
        return False


def _in_steps(value: Any, least: Any, step: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    start = least if isinstance(least, int | float) else 0
    steps = (value - start) / step
    return abs(steps - round(steps)) < 1e-6


def _is_accepted(name: str, kind: str, accepted: tuple[str, ...]) -> bool:
    for each in accepted:
        if each.startswith("."):
            if name.endswith(each):
                return True
        elif each.endswith("/*"):
            if kind.startswith(each[:-1]):
                return True
        elif kind == each:
            return True
    return False
