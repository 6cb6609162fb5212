"""What the respondent sees, in order and in words, with what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Container, Element, Page, Question
from kithkin.questionnaire.model.questionnaire import questions
from kithkin.questionnaire.replaying.beside import COMMENT
from kithkin.questionnaire.replaying.emptiness import is_blank
from kithkin.questionnaire.replaying.judging import Judge
from kithkin.questionnaire.replaying.messages import message
from kithkin.questionnaire.replaying.options import Options, said, shown, shuffled
from kithkin.questionnaire.replaying.result import (
    Problem,
    Reason,
    ShownChoice,
    ShownElement,
    ShownItem,
    ShownPage,
    ShownPanel,
    ShownQuestion,
)
from kithkin.questionnaire.replaying.seeds import drawn
from kithkin.questionnaire.replaying.session import Session
from kithkin.questionnaire.replaying.settling import Settling
from kithkin.questionnaire.replaying.state import Item, State

E = TypeVar("E", bound=Element)


@dataclass(slots=True)
class Showing:
    """Draws up the pages; finds errors on the way, and counts what is answered."""

    session: Session
    orders: dict[str, list[str]]
    errors: list[Problem] = field(default_factory=list)
    visible: list[str] = field(default_factory=list)
    answered: int = 0
    asked: int = 0
    page: str = ""

    def pages(self, pages: Sequence[Page], settling: Settling) -> tuple[ShownPage, ...]:
        """The pages that are shown."""
        judge = Judge(self.session, settling)
        found = []
        for page in self._in_order(pages, None, "pages"):
            if not settling.states[page].shown:
                continue
            self.page = self.session.asking = page.name
            elements = self._elements(page.elements, page.order, page.name, settling, judge)
            if not elements:
                continue
            self._judge_container(page, settling, judge)
            title = self.session.said(page.title, settling.scope)
            description = self.session.said(page.description, settling.scope)
            found.append(ShownPage(page, page.name, title, description, elements))
        return tuple(found)

    def _in_order(self, elements: Sequence[E], order: str | None, name: str) -> list[E]:
        """Elements as this respondent sees them: shuffled as a whole where that is asked for, then block by block."""
        listed = list(elements)
        if order == "random":
            listed = drawn(listed, self.session.seed, f"order of {name}")
        for names in self.orders.values():
            places = [place for place, element in enumerate(listed) if element.name in names]
            by_name = {listed[place].name: listed[place] for place in places}
            moved = [by_name[each] for each in names if each in by_name]
            if len(moved) == len(places):
                for place, element in zip(places, moved, strict=True):
                    listed[place] = element
        return listed

    def _elements(
        self, elements: Sequence[Element], order: str | None, name: str, settling: Settling, judge: Judge
    ) -> tuple[ShownElement, ...]:
        own = self.session.plan.body.order if order is None else order
        found: list[ShownElement] = []
        for element in self._in_order(elements, own, name):
            state = settling.states[element]
            if not state.shown:
                continue
            if isinstance(element, model.Panel):
                inner = self._elements(element.elements, element.order or order, element.name, settling, judge)
                if inner:
                    self._judge_container(element, settling, judge)
                    title = self.session.said(element.title, settling.scope)
                    found.append(
                        ShownPanel(element, title, self.session.said(element.description, settling.scope), inner)
                    )
            elif isinstance(element, Question):
                found.append(self._question(element, state, settling, judge))
        return tuple(found)

    def _judge_container(self, container: Container, settling: Settling, judge: Judge) -> None:
        if not judge.is_required(container, settling.states[container]):
            return
        for question in questions(container.elements):
            if settling.states[question].shown and not is_blank(settling.values.get(question.key)):
                return
        said = judge.required_text(container)
        if not (container.required_text or self.session.plan.body.required_text):
            said = message("one at least", self.session.language)
        self.errors.append(Problem(settling.path + container.name, Reason.REQUIRED, said, self.page))

    def _question(self, question: Question, state: State, settling: Settling, judge: Judge) -> ShownQuestion:
        path = settling.path + question.name
        self.visible.append(path)
        self.session.asking = path
        session, scope = self.session, settling.scope
        value = settling.values.get(question.key)
        self.errors += judge.problems(question, path, state, self.page)
        if state.enabled and not isinstance(question, model.Computed | model.Shown | model.Unknown):
            self.asked += 1
            self.answered += not is_blank(value)
        return ShownQuestion(
            question=question,
            path=path,
            title=session.said(question.title, scope) or question.name,
            description=session.said(question.description, scope),
            required=judge.is_required(question, state),
            enabled=state.enabled,
            value=value,
            comment=settling.values.get(question.key + COMMENT),
            choices=self._choices(_choices_of(question), state.options, path, settling),
            rows=self._choices(getattr(question, "rows", None), state.rows, path, settling),
            items=tuple(self._items(question, state, judge)),
            sets=tuple(tuple(said(option, session, scope) for option in one) for one in state.sets),
            html=session.said(question.html, scope) if isinstance(question, model.Shown) else "",
        )

    def _choices(
        self, choices: Choices | None, found: Options | None, path: str, settling: Settling
    ) -> tuple[ShownChoice, ...]:
        if choices is None or found is None:
            return ()
        return shown(choices, found, path, self.session, settling.scope)

    def _items(self, question: Question, state: State, judge: Judge) -> list[ShownItem]:
        found: list[ShownItem] = []
        if not isinstance(question, model.Repeated):
            return found
        doubled = judge.doubles(question, state)
        for item in self._rows_in_order(question, state, judge.settling.path):
            if not item.shown:
                continue
            judge = Judge(self.session, item.settling, doubled)
            inner = self._elements(question.elements, "initial", question.name, item.settling, judge)
            title = self.session.said(question.item_title, item.scope) if isinstance(question, model.Growing) else ""
            if item.option is not None:
                title = item.option.choice.said_in(self.session.language, self.session.plan.body.language)
            found.append(ShownItem(item.path, title, inner))
        return found

    def _rows_in_order(self, question: model.Repeated, state: State, path: str) -> list[Item]:
        """Named rows stand in random order where that is asked for, as their names do."""
        if not isinstance(question, model.NamedRows) or question.rows.order != "random" or state.rows is None:
            return state.items
        order = shuffled(question.rows, state.rows.entries, path + question.name, self.session)
        return sorted(state.items, key=lambda item: -1 if item.option is None else order.index(item.option))


def _choices_of(question: Question) -> Choices | None:
    match question:
        case model.Choose() | model.ConstantSum() | model.MaxDiff():
            return question.choices
        case model.Rating():
            return question.points
        case model.Matrix():
            return question.columns
    return None
