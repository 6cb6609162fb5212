"""What sets answers that nobody gave: defaults, triggers, expressions; and what turns the way through the pages."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.questionnaire.conformance.answering import Answering
from tests.questionnaire.conformance.kinds import CHOOSING, LARGE
from tests.questionnaire.conformance.logic import Drawn

ALIKE = [{"text", "comment"}, {"radiogroup", "dropdown", "buttongroup", "imagepicker"}]


class Setting(Answering):
    """Draws which questions are answered, and what stands in those that are not."""

    def share(self, names: list[str]) -> None:
        """Let some questions write where another of their kind does."""
        for one, other in pairwise(names):
            if self.happens(0.05) and self.kinds[one] in {"text", "number", "comment", "boolean"}:
                self.kinds[other] = self.kinds[one]
                self.keys[other] = self.keys[one]

    def settle(self, names: list[str]) -> None:
        """Decide who is answered, who has a default, who is set."""
        alone = [name for name in names if list(self.keys.values()).count(self.keys[name]) == 1]
        asked = [name for name in names if self.kinds[name] not in {"expression", "html"}]
        self.answered = [name for name in asked if self.happens(0.75)]
        ways = {name: self._way(name) for name in asked if name in alone and not self.paged and self.happens(0.35)}
        self.answered = [name for name in self.answered if name not in ways or self.happens(0.6)]
        self.plain = {name for name in alone if name in asked and name not in ways}
        self.steady = {name for name in alone if name in self.plain and self.happens(0.4)}
        if not self.paged:
            self._know()
        for name, way in ways.items():
            self._set(name, way)

    def _way(self, name: str) -> str:
        ways = ["default", "default", "default"]
        if self.kinds[name] in CHOOSING or self.kinds[name] in {"text", "number", "comment", "slider"}:
            ways += ["expression", "setvalue", "setvalue", *["copyvalue"] * 4, "runexpression", "setif", "resetif"]
        return self.chance.choice(ways)

    def _know(self) -> None:
        """A value that is calculated, and a variable that is set."""
        rank = self.chance.randint(1, len(self.kinds))
        if self.happens(0.2):
            self.calculated = [{"name": "calc", "expression": self.formula(rank)}]
            self.known["calc"] = rank - 1
        if self.happens(0.15):
            self.triggers.append(
                {"type": "setvalue", "expression": self.condition(rank, once=True), "setToName": "variable"}
                | {"setValue": self.chance.choice("ab"), "isVariable": True}
            )
            self.known["variable"] = rank - 1

    def _set(self, name: str, way: str) -> None:
        """A default, an expression or a trigger. Nothing that is set once and for all may look at what is set later."""
        rank, value = self.rank[name], self.likely(name)
        default = {"defaultValue": value}
        when = self.condition(rank, once=True)
        also = self.happens(0.3)
        match way:
            case "default":
                self.defaults[name] = default
            case "expression":
                self.defaults[name] = {"defaultValueExpression": self._fitting(name)} | (default if also else {})
            case "setif":
                likelier = f"{when} or {self.condition(rank, once=True)}"
                self.defaults[name] = {"setValueIf": likelier} | (default if also else {})
                if self.happens(0.7):
                    self.defaults[name]["setValueExpression"] = self._fitting(name)
            case "resetif":
                self.defaults[name] = {"resetValueIf": self.condition(rank)} | (default if also else {})
            case _:
                self._trigger(name, way, when)
                self.defaults[name] = default if also else {}

    def _fitting(self, name: str, rank: int | None = None) -> str:
        """An expression that comes to what the question can take."""
        kind, rank = self.kinds[name], self.rank[name] if rank is None else rank
        if kind in {"text", "comment"}:
            return self.formula(rank)
        if kind in {"number", "slider"}:
            return self.formula(rank, number=True)
        points = self.scales[name][1] if kind == "rating" else [0]
        one, other = {"boolean": ("true", "false"), "rating": (points[0], 4)}.get(kind, ("'a'", "'b'"))
        return f"iif({self.condition(rank)}, {one}, {other})"

    def _trigger(self, name: str, way: str, when: str) -> None:
        trigger: Drawn = {"type": way, "expression": when, "setToName": self.keys[name]}
        if way == "copyvalue":
            sources = self._like(name)
            if not sources:
                way = trigger["type"] = "setvalue"
            else:
                source = self.chance.choice(sources)
                self.steady.add(source)
                trigger |= {"fromName": self.keys[source], "expression": self._alone(source, once=True)}
        if way == "setvalue":
            trigger["setValue"] = self.likely(name)
        if way == "runexpression":  # it is worked out at once, so it may speak only of what was answered before
            steady = [one for one in self.below(self.rank[name]) if one in self.steady]
            first = self.chance.choice(steady) if steady else name
            trigger["expression"] = self._alone(first, once=True) if steady else "1 = 2"
            trigger["runExpression"] = self._fitting(name, self.rank[first])
        self.triggers.append(trigger)

    def _like(self, name: str) -> list[str]:
        """Questions whose answer a question could have."""
        kind = self.kinds[name]
        kinds = next((group for group in ALIKE if kind in group), {kind})
        found = [one for one in self.below(self.rank[name], *kinds) if one in self.plain and not self.special[one]]
        return [one for one in found if self.scales.get(one) == self.scales.get(name)]

    def turnings(self, pages: list[Drawn]) -> list[Drawn]:
        """Triggers that skip pages or end the questionnaire, each looking at one question."""
        found: list[Drawn] = []
        for name in self.chance.sample(sorted(self.kinds), min(3, len(self.kinds))):
            if self.kinds[name] in LARGE:  # a row that is not there wakes no trigger there
                continue
            when = self._alone(name)
            ahead = [page for page in pages[1:] if self._is_plain(page, self.rank[name])]
            doubtful = [page for page in ahead[1:] if "visibleIf" in page or "visibleIf" in page["elements"][0]]
            if ahead and self.happens(0.7):
                goal = self.chance.choice(doubtful if doubtful and self.happens(0.7) else ahead)
                found.append({"type": "skip", "expression": when, "gotoName": goal["elements"][0]["name"]})
            else:
                found.append({"type": "complete", "expression": when})
        return found

    def _is_plain(self, page: Drawn, rank: int) -> bool:
        """Whether one may be led to a page from a question: nothing between the two decides whether it is there."""
        first = page["elements"][0]
        names = re.findall(r"\{(q\d+)", f"{page.get('visibleIf')} {first.get('visibleIf')}")
        settled = all(self.rank[name] <= rank for name in names)
        return first["type"] != "panel" and self.rank[first["name"]] > rank and settled

    def _alone(self, name: str, *, once: bool = False) -> str:
        """A condition on one question."""
        kept, self.kinds = self.kinds, {name: self.kinds[name]}
        known, self.known, commented, self.commented = self.known, {}, self.commented, set()
        try:
            return self._comparison(len(kept) + 1, once=once)
        finally:
            self.kinds, self.known, self.commented = kept, known, commented
