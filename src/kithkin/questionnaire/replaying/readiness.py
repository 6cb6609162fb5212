"""Whether everything in a page, a panel or each panel of a dynamic panel will do, as isContainerReady asks."""

from __future__ import annotations

from collections.abc import Iterable

from kithkin.questionnaire.model.elements import Container, Element, Growing, Question
from kithkin.questionnaire.replaying.judging import Judge
from kithkin.questionnaire.replaying.settling import Settling


def readiness(element: Element, settling: Settling) -> tuple[bool, ...]:
    """Of a page or panel one, of a dynamic panel one for each that is there. What is not decided yet is not ready."""
    if isinstance(element, Container):
        return (_all_do(element.elements, settling),)
    state = settling.states.get(element)
    items = [] if state is None else state.items  # what is hidden has none
    assert isinstance(element, Growing)
    return tuple(_all_do(element.elements, item.settling) for item in items)


def _all_do(elements: Iterable[Element], settling: Settling) -> bool:
    judge = Judge(settling.session, settling, refusals=False)  # a refused answer has no influence
    return all(_does(element, settling, judge) for element in elements)


def _does(element: Element, settling: Settling, judge: Judge) -> bool:
    state = settling.states.get(element)
    if state is None:
        return False
    if not state.shown:
        return True
    if isinstance(element, Container):
        return _all_do(element.elements, settling)
    if not isinstance(element, Question):
        return True
    if any(judge.problems(element, settling.path + element.name, state, "")):
        return False
    inner = getattr(element, "elements", ())
    return all(_all_do(inner, item.settling) for item in state.items if item.shown)
