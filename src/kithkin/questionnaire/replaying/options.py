"""What can be chosen now: choices by condition, from other questions, enabled or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kithkin.questionnaire.expressions import Scope
from kithkin.questionnaire.model.choices import Choice, Choices, Role
from kithkin.questionnaire.model.elements import Choose, Matrix, NamedRows, Rating
from kithkin.questionnaire.model.text import DEFAULT, Localised
from kithkin.questionnaire.replaying.beside import COMMENT, is_apart, is_chosen, values_of
from kithkin.questionnaire.replaying.result import Reason, ShownChoice
from kithkin.questionnaire.replaying.seeds import chance, drawn
from kithkin.questionnaire.replaying.session import Session

if TYPE_CHECKING:
    from kithkin.questionnaire.replaying.appearing import Appearing
    from kithkin.questionnaire.replaying.state import State


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that is shown."""

    choice: Choice
    enabled: bool = True


def spelled(value: Any) -> str:
    """A value as text, so that 1 and "1" are one choice.

    >>> spelled(1), spelled(1.0), spelled(True), spelled("1")
    ('1', '1', 'true', '1')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_scalar(value: Any) -> bool:
    """A text, a truth or a number that can be spelled: one of thousands of digits cannot."""
    return isinstance(value, str | float) or (isinstance(value, int) and abs(value) < 1e300)


class Options:
    """The choices of a question as they stand, and those that are hidden. Choices that are `fleeting` were written in
    rows: what is not among them may have been there before.
    """

    __slots__ = ("_places", "entries", "fleeting", "hidden")

    def __init__(
        self, entries: tuple[Option, ...], hidden: frozenset[str] = frozenset(), *, fleeting: bool = False
    ) -> None:
        self.entries = entries
        self.hidden = hidden
        self.fleeting = fleeting
        self._places: dict[str, int] | None = None

    @property
    def places(self) -> dict[str, int]:
        """The place of each by its value; the first, where several have the same."""
        if self._places is None:
            self._places = {}
            for place, option in enumerate(self.entries):
                self._places.setdefault(spelled(option.choice.value), place)
        return self._places

    def find(self, value: Any) -> Option | Reason:
        """The option that a value stands for, or why there is none."""
        if not is_scalar(value):
            return Reason.WRONG_TYPE
        place = self.places.get(spelled(value))
        if place is None:
            return Reason.HIDDEN if spelled(value) in self.hidden else Reason.NOT_A_CHOICE
        found = self.entries[place]
        return found if found.enabled else Reason.DISABLED


def options(choices: Choices, scope: Scope, settling: Appearing) -> Options:
    """The choices as they stand with the answers so far."""
    session = settling.session
    if not _changes(choices):
        found = session.plan.fixed.get(choices)
        if found is None:
            found = Options(tuple(map(Option, (*choices.ordinary, *choices.special))))
            session.plan.fixed[choices] = found
        return found
    ordinary: Iterable[Choice] = choices.ordinary
    hidden: set[str] = set()
    fleeting = False
    if choices.from_question:
        taken, fleeting = _taken_over(choices, settling, hidden)
        ordinary = (*ordinary, *taken)
        session.offer(len(ordinary))
    entries: list[Option] = []
    for choice in ordinary:
        inner = Scope({"item": choice.value, "choice": choice.value}, scope)
        if _holds(choice.visible_if or choices.visible_if, session, inner):
            entries.append(Option(choice, _holds(choice.enable_if or choices.enable_if, session, inner)))
        else:
            hidden.add(spelled(choice.value))
    entries += map(Option, choices.special)
    return Options(tuple(entries), frozenset(hidden), fleeting=fleeting)


def offers(choices: Choices, found: Options) -> bool:
    """Whether anything can be chosen: "none" and its like count where choices come from another question."""
    return any(choices.from_question or option.choice.role is Role.ORDINARY for option in found.entries)


def _changes(choices: Choices) -> bool:
    return bool(
        choices.visible_if
        or choices.enable_if
        or choices.from_question
        or any(choice.visible_if or choice.enable_if for choice in choices.ordinary)
    )


def _holds(text: str | None, session: Session, scope: Scope) -> bool:
    return text is None or session.true(text, scope)


def _taken_over(choices: Choices, settling: Appearing, hidden: set[str]) -> tuple[list[Choice], bool]:
    """The choices of another question: all, the selected, the others; of a matrix its rows, which are selected once
    answered; or what was written in rows, and whether it was. Those that are not taken over are `hidden`.
    """
    holder, question = settling.holder_of(choices.from_question or "")
    state = None if holder is None or question is None else holder.states.get(question)
    if holder is None or question is None or state is None:
        return [], False
    offered, value = state.options, holder.values.get(question.key)
    if offered is None and isinstance(question, Choose):  # what is hidden has no answer, and may lend its choices
        _lend(holder, question, state)
        offered = state.options
    if isinstance(question, Rating):
        return [], False
    if isinstance(question, Matrix | NamedRows):
        offered = state.rows or Options(())
    if offered is None:
        return _from_rows(choices, value), True
    chosen = set(value) if isinstance(value, dict) else set(map(spelled, values_of(question, value)))
    found = []
    hidden |= offered.hidden
    for option in offered.entries:
        name = spelled(option.choice.value)
        if option.choice.role is not Role.ORDINARY:
            continue
        if choices.from_mode in {"all", "selected" if name in chosen else "unselected"}:
            found.append(option.choice)
        else:
            hidden.add(name)
    if choices.from_mode == "selected" and choices.of_role(Role.OTHER) is None and isinstance(question, Choose):
        found += _own_word(question, offered, value, holder)
    return found, offered.fleeting


def _lend(holder: Appearing, question: Choose, state: State) -> None:
    """Find the choices of a hidden question, after those of all hidden ones from which it takes its own."""
    lenders: list[tuple[Appearing, Choose, State]] = []
    while state.options is None:
        state.options = Options(())  # for those that lend to one another in a ring
        lenders.append((holder, question, state))
        further, source = holder.holder_of(question.choices.from_question or "")
        found = None if further is None or source is None else further.states.get(source)
        if further is None or not isinstance(source, Choose) or found is None:
            break
        holder, question, state = further, source, found
    for holder, question, state in reversed(lenders):
        state.options = options(question.choices, holder.scope, holder)


def _own_word(question: Choose, offered: Options, value: Any, holder: Appearing) -> list[Choice]:
    """What was written in place of "other", as a choice of another question: its value is that of "other"."""
    other = question.choices.of_role(Role.OTHER)
    if other is None:
        return []
    if is_apart(question, holder.session.plan.body):
        words = [holder.values.get(question.key + COMMENT)] if is_chosen(question, value) else []
    else:
        words = [each for each in values_of(question, value) if offered.find(each) is Reason.NOT_A_CHOICE]
    return [Choice(other.where, other.value, Localised({DEFAULT: str(word)})) for word in words[:1] if word]


def _from_rows(choices: Choices, value: Any) -> list[Choice]:
    """What was written in rows, each once, as the first row has it; "other" and its like stand there of themselves."""
    rows = value if isinstance(value, list) else []
    found: dict[str, Choice] = {}
    special = {spelled(choice.value) for choice in choices.special}
    for row in rows:
        if not isinstance(row, dict) or not row:
            continue
        name = choices.from_values or next(iter(row))
        said = row.get(choices.from_texts or name)
        if isinstance(row.get(name), str | int | float):
            text = Localised({DEFAULT: str(said)}) if said is not None else Localised()
            found.setdefault(spelled(row[name]), Choice("", row[name], text))
    return [choice for name, choice in found.items() if name not in special]


def shown(choices: Choices, found: Options, path: str, session: Session, scope: Scope) -> tuple[ShownChoice, ...]:
    """The choices in the order and the language that the respondent sees."""
    session.offer(len(found.entries))
    special = [option for option in found.entries if option.choice.role is not Role.ORDINARY]
    ordinary = [option for option in found.entries if option.choice.role is Role.ORDINARY]
    own = session.plan.body.language
    if choices.order == "random":
        ordinary = shuffled(choices, ordinary, path, session)
    elif choices.order in {"asc", "desc"}:
        ordinary.sort(
            key=lambda option: option.choice.said_in(session.language, own).casefold(), reverse=choices.order == "desc"
        )
    return tuple(said(option, session, scope) for option in (*ordinary, *special))


def shuffled(choices: Choices, listed: Sequence[Option], path: str, session: Session) -> list[Option]:
    """In random order. Where choices come and go with the answers, each has a place of its own among the others, so
    that they stay where they stand when one comes up: nobody shall see choices jump while answering. Such orders are
    even in the long run only; those of choices that are always there are exactly even, as `drawn` says.
    """
    name = f"choices of {path}"
    if choices.from_question or choices.visible_if or any(choice.visible_if for choice in choices.ordinary):
        return sorted(
            listed, key=lambda option: chance(session.seed, f"{name}: {spelled(option.choice.value)}").random()
        )
    return drawn(listed, session.seed, name)


def said(option: Option, session: Session, scope: Scope) -> ShownChoice:
    """A choice in the language that the respondent sees, with the answers that its text names."""
    choice = option.choice
    text = session.said(choice.text, scope) or choice.said_in(session.language)
    return ShownChoice(choice.value, text, option.enabled, choice.exclusive, choice.role)
