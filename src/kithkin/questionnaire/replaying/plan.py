"""The compiled form of a questionnaire: expressions read, elements put in the order in which they are worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from kithkin.questionnaire.errors import BadExpression
from kithkin.questionnaire.expressions import Expression, ExpressionError, compile_expression
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Choose, Container, Element, Growing, Page, Question, Repeated
from kithkin.questionnaire.model.questionnaire import Body, Calculated, Trigger, walk
from kithkin.questionnaire.replaying.graph import in_order
from kithkin.questionnaire.replaying.names import PARENT, asked_whether_ready, named_in, reached
from kithkin.questionnaire.replaying.texts import Found, choices_of, judging, settling, totalling


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether all that is in a page, a panel or a dynamic panel will do: decided once, after all that is in it."""

    of: Element


Subject = Element | Calculated | Readiness | str
"""What a node works out: an element, a calculated value, whether something is ready, or a variable by its name."""


@dataclass(frozen=True, slots=True)
class End:
    """A condition under which a page is left out. `quota`: once this one is full; `left`: the pages of which one
    must have been shown, since a trigger acts when a page is left: the place of each, and those of the questions of
    which one must be shown for it to be; `target`: what must be there to go to;
    `after`: the last page on which it depends; `unless`: what comes after it and goes elsewhere from the same page.
    """

    text: str | None
    quota: str | None = None
    left: tuple[tuple[int, tuple[int, ...]], ...] = ()
    target: Element | None = None
    after: int = -1
    unless: tuple[End, ...] = ()


@dataclass(slots=True)
class Node:
    """One thing to be worked out. `ends` are conditions under any of which a page is left out."""

    place: int
    subject: Subject
    parent: int
    page: int
    sets: list[Trigger] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)


@dataclass(slots=True)
class Level:
    """Elements that share one set of names: the whole questionnaire, or what is asked again in a row or panel."""

    prefix: str
    nodes: list[Node] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    rings: list[list[int]] = field(default_factory=list)
    place_of: dict[Element, int] = field(default_factory=dict)
    keys: dict[str, list[int]] = field(default_factory=dict)
    named: dict[str, Element] = field(default_factory=dict)
    inner: dict[Element, Level] = field(default_factory=dict)


@dataclass(eq=False)
class Plan:
    """Everything about a questionnaire that does not depend on answers. Shared by replays and threads."""

    body: Body
    expressions: dict[str, Expression] = field(default_factory=dict)
    top: Level = field(default_factory=lambda: Level(""))
    fixed: dict[Choices, Any] = field(default_factory=dict)
    titles: dict[str, Question] = field(default_factory=dict)


_PLANS: WeakKeyDictionary[Body, Plan] = WeakKeyDictionary()


def plan_of(body: Body) -> Plan:
    """The plan of a questionnaire, made once and kept as long as the questionnaire is. Raises BadExpression."""
    found = _PLANS.get(body)
    if found is None:
        found = _PLANS[body] = Planner(body).plan
    return found


class Planner:
    """Makes a plan."""

    def __init__(self, body: Body) -> None:
        self.plan = Plan(body)
        self.body = body
        self.ready: dict[str, int] = {}
        self._compile(whole_texts(body))
        top = self.plan.top
        self._add(top, body.pages, -1)
        for place, value in enumerate(body.calculated):
            if value.name:
                self._place(top, body.calculated[place], -1, -1, value.name)
        self._add_triggers(top)
        self._add_readiness(top)
        self._add_ends(top)
        self._order(top)

    def _add(self, level: Level, elements: Iterable[Element], parent: int) -> None:
        for place, element in enumerate(elements):
            page = place if isinstance(element, Page) else (level.nodes[parent].page if parent >= 0 else -1)
            self._compile(settling(element))
            self._compile(judging(element))
            self._compile(totalling(element))
            key = element.key if isinstance(element, Question) else None
            node = self._place(level, element, parent, page, key)
            level.place_of[element] = node.place
            level.named.setdefault(element.name, element)
            if isinstance(element, Container):
                self._add(level, element.elements, node.place)
            if isinstance(element, Question) and level is self.plan.top:
                self.plan.titles.setdefault(element.key.lower(), element)
            if isinstance(element, Repeated):
                prefix = f"{element.scope}." if isinstance(element, Growing) else "row."
                inner = level.inner[element] = Level(prefix)
                self._add(inner, element.elements, -1)
                self._order(inner)

    def _place(self, level: Level, subject: Subject, parent: int, page: int, key: str | None) -> Node:
        node = Node(len(level.nodes), subject, parent, page)
        level.nodes.append(node)
        if key is not None:
            level.keys.setdefault(key.lower(), []).append(node.place)
        return node

    def _add_triggers(self, top: Level) -> None:
        for trigger in self.body.triggers:
            if trigger.type in {"complete", "skip"} or not trigger.target or trigger.expression is None:
                continue
            places = top.keys.get(trigger.target.lower())
            question = top.named.get(trigger.target)
            if places is None and isinstance(question, Question):
                places = [top.place_of[question]]
            if places is None or trigger.variable:
                places = [self._place(top, trigger.target, -1, -1, trigger.target).place]
            for place in places:
                top.nodes[place].sets.append(trigger)

    def _add_readiness(self, top: Level) -> None:
        for name in sorted({name for text in self.plan.expressions for name in asked_whether_ready(text)}):
            element = top.named.get(name)
            if isinstance(element, Container | Growing):
                self.ready[name] = self._place(top, Readiness(element), -1, -1, None).place

    def _add_ends(self, top: Level) -> None:
        """Pages that are left out: after one that ends it, before one that is gone to, once a quota is full."""
        pages = [node for node in top.nodes if isinstance(node.subject, Page)]
        reach = _Reach(self, top)
        later: list[End] = []
        for trigger in reversed(self.body.triggers):
            if trigger.type not in {"complete", "skip"} or trigger.expression is None:
                continue
            after = max(reach.last_page(trigger.expression), 0)
            before, target = len(pages), None
            if trigger.type == "skip":
                target = top.named.get(trigger.target)
                before = top.nodes[top.place_of[target]].page if target is not None else 0
            end = self._end(trigger.expression, target, after, later)
            if target is not None:
                later.append(end)
            for page in pages[after + 1 : before]:
                page.ends.append(end)
        for quota in self.body.ours.quotas:
            if quota.ends:
                after = reach.last_page(quota.when) if quota.when else -1
                for page in pages[after + 1 :]:
                    page.ends.append(End(quota.when, quota.name))

    def _end(self, text: str, target: Element | None, after: int, later: list[End]) -> End:
        top = self.plan.top
        pages = [node.place for node in top.nodes if isinstance(node.subject, Page)]
        named = [top.nodes[place].page for place in self.places(top, text)]
        left = tuple((pages[page], self._doubtful(page)) for page in sorted(set(named))) if -1 not in named else ()
        unless = tuple(one for one in later if one.after == after) if target is not None else ()
        return End(text, left=left, target=target, after=after, unless=unless)

    def _doubtful(self, page: int) -> tuple[int, ...]:
        """The questions of a page on which it depends whether it has any; none where one is always there."""
        asked = [node for node in self.plan.top.nodes if node.page == page and isinstance(node.subject, Question)]
        for node in asked:
            inside = [each for each in self.around(node.subject) if not isinstance(each, Page)]
            if all(map(_is_always_there, inside)):
                return ()
        return tuple(node.place for node in asked)

    def _order(self, level: Level) -> None:
        level.order, level.rings = in_order([self.needs(level, node) for node in level.nodes])

    def needs(self, level: Level, node: Node) -> set[int]:
        """The places that must be worked out before a node."""
        found = {node.parent} if node.parent >= 0 else set()
        if isinstance(node.subject, Readiness):
            found.update(level.place_of[element] for element in walk((node.subject.of,), inside=False))
        for text in self._texts(node, level):
            found |= self.places(level, text)
        for end in (one for each in node.ends for one in (each, *each.unless)):
            found |= {place for _, doubtful in end.left for place in doubtful}
            for element in self.around(end.target):
                named = self.places(level, element.visible_if or "{}")
                if isinstance(element, Choose) and element.choices.hide_empty:
                    named |= {place for _, text in settling(element) for place in self.places(level, text)}
                found |= {place for place in named if level.nodes[place].page < node.page}
        if isinstance(node.subject, Element):
            for _, text in totalling(node.subject):
                found |= self.places(level, text) - {node.place}
        for trigger in node.sets:
            found |= set(level.keys.get(trigger.source.lower(), ()))
        return found | self._taken_from(level, node)

    def _taken_from(self, level: Level, node: Node) -> set[int]:
        """The places of questions whose choices or whose answer a question takes."""
        if not isinstance(node.subject, Question):
            return set()
        sharing = level.keys[node.subject.key.lower()]
        found = set(sharing[: sharing.index(node.place)])
        for choices in choices_of(node.subject):
            source = level.named.get(choices.from_question or "")
            if source in level.place_of:
                found.add(level.place_of[source])
        return found

    def _texts(self, node: Node, level: Level) -> Iterable[str]:
        subject = node.subject
        if isinstance(subject, Calculated):
            return [subject.expression] if subject.expression else []
        texts = [one.text for end in node.ends for one in (end, *end.unless) if one.text is not None]
        for trigger in node.sets:
            texts += [text for text in (trigger.expression, trigger.run) if text is not None]
        if isinstance(subject, Element):
            texts += [text for _, text in settling(subject)]
            if isinstance(subject, Repeated):
                texts += [
                    text for inner in level.inner[subject].nodes for text in self._inside(inner, level.inner[subject])
                ]
        return texts

    def _inside(self, node: Node, level: Level) -> Iterable[str]:
        """What an inner element needs from outside."""
        found = list(self._texts(node, level))
        if isinstance(node.subject, Choose) and node.subject.choices.from_question:
            source = self.plan.top.named.get(node.subject.choices.from_question)
            if isinstance(source, Question):
                found.append("{" + source.key + "}")
        return found

    def places(self, level: Level, text: str) -> set[int]:
        """The places of what an expression names."""
        found: set[int] = set()
        if level is self.plan.top:
            found.update(self.ready[name] for name in asked_whether_ready(text) if name in self.ready)
        for name in self.named(text):
            if level.prefix:
                name = name.removeprefix(PARENT) if name.startswith(PARENT + level.prefix) else name  # noqa: PLW2901
                if not name.startswith(level.prefix):
                    continue
                name = name[len(level.prefix) :]  # noqa: PLW2901
            key = reached(name, level.keys)
            if key is not None:
                found.update(level.keys[key])
        return found

    def around(self, element: Subject | None) -> Iterator[Element]:
        """An element and what it stands in."""
        top = self.plan.top
        place = top.place_of[element] if isinstance(element, Element) else -1
        while place >= 0:
            found = top.nodes[place].subject
            assert isinstance(found, Element)
            yield found
            place = top.nodes[place].parent

    def named(self, text: str) -> frozenset[str]:
        """The paths that an expression names."""
        if text not in self.plan.expressions:  # the braces of a question that choices are taken from
            return frozenset({text[1:-1].lower()})
        return named_in(text, self.plan.expressions[text].names)

    def _compile(self, found: Found) -> None:
        for where, text in found:
            if text not in self.plan.expressions:
                try:
                    self.plan.expressions[text] = compile_expression(text)
                except ExpressionError as error:
                    raise BadExpression(where, f"{text[:120]!r}: {error}.", "Mend the expression.") from None


def _is_always_there(element: Element) -> bool:
    empties = isinstance(element, Question) and any(each.hide_empty for each in choices_of(element))
    return element.visible and element.visible_if is None and not empties


class _Reach:
    """The last page that an expression depends on, through calculated values and variables too."""

    def __init__(self, planner: Planner, top: Level) -> None:
        self.planner, self.top = planner, top

    def last_page(self, text: str) -> int:
        last, seen, ahead = -1, set[int](), list(self.planner.places(self.top, text))
        while ahead:
            place = ahead.pop()
            if place in seen:
                continue
            seen.add(place)
            node = self.top.nodes[place]
            last = max(last, node.page)
            if not isinstance(node.subject, Element):
                ahead += self.planner.needs(self.top, node)
        return last


def whole_texts(body: Body) -> Found:
    """The expressions that stand at no element, each with its place."""
    for value in body.calculated:
        if value.expression is not None:
            yield f"{value.where}/expression", value.expression
    for trigger in body.triggers:
        for name, text in (("expression", trigger.expression), ("runExpression", trigger.run)):
            if text is not None:
                yield f"{trigger.where}/{name}", text
    for listed in (body.ours.quotas, body.ours.scoring, body.completion):
        for each in listed:
            if each.when is not None:
                yield f"{each.where}/when", each.when
