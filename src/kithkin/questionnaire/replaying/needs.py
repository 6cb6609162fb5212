"""What must be worked out before what: whatever an element's expressions and choices speak of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kithkin.questionnaire.model.elements import Choose, Element, Question, Repeated
from kithkin.questionnaire.model.questionnaire import Calculated, walk
from kithkin.questionnaire.replaying.levels import Level, Node, Plan, Readiness, Subject
from kithkin.questionnaire.replaying.names import PARENT, asked_whether_ready, named_in, reached
from kithkin.questionnaire.replaying.texts import choices_of, settling, totalling


@dataclass(slots=True)
class Needs:
    """Finds it in a plan whose expressions are read. `ready`: the places at which it is decided what is ready."""

    plan: Plan
    ready: dict[str, int] = field(default_factory=dict)
    _found: dict[tuple[int, str], frozenset[int]] = field(default_factory=dict)

    def of(self, level: Level, node: Node) -> set[int]:
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
        at = bisect_left(sharing, node.place)
        found = set(sharing[max(at - 1, 0) : at])  # which itself comes after those before it
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

    def places(self, level: Level, text: str) -> frozenset[int]:
        """The places of what an expression names. Whoever asks has added everything to the level."""
        found = self._found.get((id(level), text))
        if found is None:
            found = self._found[id(level), text] = frozenset(self._places(level, text))
        return found

    def _places(self, level: Level, text: str) -> set[int]:
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

    def last_page(self, text: str) -> int:
        """The last page that an expression depends on, through calculated values and variables too; -1 for none."""
        top = self.plan.top
        last, seen, ahead = -1, set[int](), list(self.places(top, text))
        while ahead:
            place = ahead.pop()
            if place in seen:
                continue
            seen.add(place)
            node = top.nodes[place]
            last = max(last, node.page)
            if not isinstance(node.subject, Element):
                ahead += self.of(top, node)
        return last
