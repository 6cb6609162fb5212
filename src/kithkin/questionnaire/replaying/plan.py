"""The compiled form of a questionnaire: expressions read, elements put in the order in which they are worked out."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from kithkin.questionnaire.errors import BadExpression, TooLarge
from kithkin.questionnaire.expressions import ExpressionError, compile_expression
from kithkin.questionnaire.model.elements import Container, Element, Growing, Page, Question, Repeated
from kithkin.questionnaire.model.questionnaire import Body
from kithkin.questionnaire.replaying.graph import in_order
from kithkin.questionnaire.replaying.levels import End, Level, Node, Plan, Readiness, Subject
from kithkin.questionnaire.replaying.names import asked_whether_ready
from kithkin.questionnaire.replaying.needs import Needs
from kithkin.questionnaire.replaying.texts import Found, choices_of, judging, settling, totalling, whole_texts

MOST_ENDS = 2_000_000
MOST_NEEDS = 2_000_000
"""How often one thing may wait for another: thousands of questions under one name wait for one another."""
MOST_PARTS = 500_000
"""Parts of all expressions together: some 300 MB."""
_PLANS: WeakKeyDictionary[Body, Plan] = WeakKeyDictionary()


def plan_of(body: Body) -> Plan:
    """The plan of a questionnaire, made once and kept as long as that is. Raises BadExpression and TooLarge."""
    found = _PLANS.get(body)
    if found is None:
        found = _PLANS[body] = Planner(body).plan
    return found


class Planner:
    """Makes a plan."""

    def __init__(self, body: Body) -> None:
        self.plan = Plan(body)
        self.body = body
        self.needs = Needs(self.plan)
        self._ends = self._needs = self._parts = 0
        self._compile(whole_texts(body))
        top = self.plan.top
        self._add(top, body.pages, -1)
        for value in body.calculated:
            if value.name:
                self._place(top, value, -1, -1, value.name)
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
                self.plan.by_key.setdefault(element.key.lower(), element)
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
                self.needs.ready[name] = self._place(top, Readiness(element), -1, -1, None).place

    def _add_ends(self, top: Level) -> None:
        """Pages that are left out: after one that ends it, before one that is gone to, once a quota is full."""
        pages = [node for node in top.nodes if isinstance(node.subject, Page)]
        later: list[End] = []
        for trigger in reversed(self.body.triggers):
            if trigger.type not in {"complete", "skip"} or trigger.expression is None:
                continue
            after = max(self.needs.last_page(trigger.expression), 0)
            before, target = len(pages), None
            if trigger.type == "skip":
                target = top.named.get(trigger.target)
                before = top.nodes[top.place_of[target]].page if target is not None else 0
            end = self._end(trigger.expression, target, after, later)
            if target is not None:
                later.append(end)
            self._leave_out(pages[after + 1 : before], end)
        for quota in self.body.ours.quotas:
            if quota.ends:
                after = self.needs.last_page(quota.when) if quota.when else -1
                self._leave_out(pages[after + 1 :], End(quota.when, quota.name))

    def _leave_out(self, pages: list[Node], end: End) -> None:
        """Let pages be left out under a condition. Raises TooLarge where pages and conditions multiply."""
        self._ends += len(pages) * (1 + len(end.left) + len(end.unless))
        if self._ends > MOST_ENDS:
            what = f"Its triggers and quotas decide more than {MOST_ENDS:,} times whether a page is left out."
            raise TooLarge("", what, "Take out triggers that skip or complete, or quotas that end it.")
        for page in pages:
            page.ends.append(end)

    def _end(self, text: str, target: Element | None, after: int, later: list[End]) -> End:
        top = self.plan.top
        pages = [node.place for node in top.nodes if isinstance(node.subject, Page)]
        named = [top.nodes[place].page for place in self.needs.places(top, text)]
        left = tuple((pages[page], self._doubtful(page)) for page in sorted(set(named))) if -1 not in named else ()
        unless = tuple(one for one in later if one.after == after) if target is not None else ()
        return End(text, left=left, target=target, after=after, unless=unless)

    def _doubtful(self, page: int) -> tuple[int, ...]:
        """The questions of a page on which it depends whether it has any; none where one is always there."""
        asked = [node for node in self.plan.top.nodes if node.page == page and isinstance(node.subject, Question)]
        for node in asked:
            inside = [each for each in self.needs.around(node.subject) if not isinstance(each, Page)]
            if all(map(_is_always_there, inside)):
                return ()
        return tuple(node.place for node in asked)

    def _order(self, level: Level) -> None:
        level.order, level.rings = in_order([self._needed(level, node) for node in level.nodes])

    def _needed(self, level: Level, node: Node) -> set[int]:
        found = self.needs.of(level, node)
        self._needs += len(found)
        if self._needs > MOST_NEEDS:
            what = f"Its questions depend on one another more than {MOST_NEEDS:,} times."
            raise TooLarge("", what, "Name fewer answers in each condition, or divide the questionnaire.")
        return found

    def _compile(self, found: Found) -> None:
        for where, text in found:
            if text not in self.plan.expressions:
                try:
                    compiled = self.plan.expressions[text] = compile_expression(text)
                except ExpressionError as error:
                    raise BadExpression(where, f"{text[:120]!r}: {error}.", "Mend the expression.") from None
                self._parts += compiled.parsed.root.size
                if self._parts > MOST_PARTS:
                    what = f"Its expressions have more than {MOST_PARTS:,} parts in all."
                    raise TooLarge(where, what, "Shorten the conditions, or divide the questionnaire.")


def _is_always_there(element: Element) -> bool:
    empties = isinstance(element, Question) and any(each.hide_empty for each in choices_of(element))
    return element.visible and element.visible_if is None and not empties
