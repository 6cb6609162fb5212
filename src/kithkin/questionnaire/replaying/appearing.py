"""Whether elements are shown and can be answered, and where the questionnaire ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.expressions import Scope
from kithkin.questionnaire.model.elements import Choose, Element, Question
from kithkin.questionnaire.replaying.levels import End, Level, Node
from kithkin.questionnaire.replaying.options import offers, options
from kithkin.questionnaire.replaying.session import Session
from kithkin.questionnaire.replaying.state import State


@dataclass(slots=True, kw_only=True)
class Appearing:
    """One level as far as it is decided: what stands on it, what was given, what counts, and what is shown of it."""

    session: Session
    level: Level
    given: Mapping[str, Any]
    values: dict[str, Any]
    scope: Scope
    path: str = ""
    enabled: bool = True
    left_out: frozenset[str] = frozenset()
    around: Appearing | None = None
    states: dict[Element, State] = field(default_factory=dict)

    def holder_of(self, name: str) -> tuple[Appearing | None, Question | None]:
        """A question by its name, and the level on which it stands."""
        question = self.level.named.get(name)
        if isinstance(question, Question):
            return self, question
        return (None, None) if self.around is None else self.around.holder_of(name)

    def _comes_to(self, end: End) -> bool:
        """Whether pages end here: a quota is full, or a page was left on which the trigger's question was asked."""
        if end.quota is not None and end.quota not in self.session.full:
            return False
        if end.left and not any(self._was_shown(*page) for page in end.left):
            return False
        if not self.session.holds(end.text, self.scope):
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
        if not isinstance(element, Choose) or not element.choices.hide_empty:
            return False
        return not offers(element.choices, options(element.choices, self.scope, self))

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
