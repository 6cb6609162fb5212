"""Reads pages, panels and what stands in them."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.errors import Malformed, TooLarge, pointer
from kithkin.questionnaire.model.elements import Element, Page, Panel, Unknown
from kithkin.questionnaire.model.questionnaire import Kept
from kithkin.questionnaire.reading.common import element_fields, question_fields
from kithkin.questionnaire.reading.props import Props
from kithkin.questionnaire.reading.questions import READERS
from kithkin.questionnaire.vocabulary import PAGE, PANEL, QUESTIONS, SURVEY

MOST_ELEMENTS = 50_000
MOST_POINTS = 1_000_000
"""Points of all scales together that are not listed: a few letters ask for a thousand of them."""


class Reader:
    """Reads elements and counts them."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.count = self.handed_down = self.points = 0

    def pages(self, body: Props) -> tuple[Page, ...]:
        """The pages; elements that stand outside of any are one page."""
        listed = [self._page(props, f"page{place}") for place, props in enumerate(body.objects("pages"), 1)]
        loose = self.elements(body, "elements", "questions")
        if loose:
            raw = {name: value for name, value in body.raw.items() if name not in SURVEY}
            fields = element_fields(Props(raw, body.where, self.kept))
            listed.append(
                Page(**fields | {"type": "page", "name": f"page{len(listed) + 1}"}, elements=loose, order=None)
            )
        return tuple(listed)

    def elements(self, props: Props, *names: str) -> tuple[Element, ...]:
        """The elements in a list of them."""
        return tuple(self.element(inner) for inner in props.objects(*names))

    def element(self, props: Props, column_of: str | None = None) -> Element:
        """One element: a panel, a question, or something unknown that is kept."""
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise TooLarge("", f"More than {MOST_ELEMENTS:,} elements.", "Divide the questionnaire.")
        kind = props.text("type", default="text")
        if kind == "panel":
            props.know(PANEL, "a panel")
            return Panel(**self._container(props), order=_order(props))
        if not props.text("name"):
            raise Malformed(
                pointer(props.where, "name"), "A question without a name.", "Give it one; answers stand under it."
            )
        if kind not in READERS:
            self.kept.append(Kept(props.where, f"question type {kind[:80]!r}"))
            return Unknown(**question_fields(props))
        if column_of is None:
            props.know(QUESTIONS[kind].properties, f"a {kind} question")
        return READERS[kind](props, self)

    def count_points(self, count: int) -> None:
        """So many more points of a scale. Raises TooLarge."""
        self.points += count
        if self.points > MOST_POINTS:
            what = f"Its scales have more than {MOST_POINTS:,} points in all."
            raise TooLarge("", what, "Take fewer or shorter scales, or divide the questionnaire.")

    def _page(self, props: Props, name: str) -> Page:
        props.know(PAGE, "a page")
        fields = self._container(props)
        return Page(**fields | {"type": "page", "name": fields["name"] or name}, order=_order(props))

    def _container(self, props: Props) -> dict[str, Any]:
        return element_fields(props) | {"elements": self.elements(props, "elements", "questions")}


def _order(props: Props) -> str | None:
    found = props.word("questionsOrder", ("default", "initial", "random"), "default")
    return None if found == "default" else found
