"""Questionnaires and answers drawn by chance: each question may depend on any other, but none on itself in the end."""

from __future__ import annotations

from typing import Any

from tests.questionnaire.conformance.kinds import LARGE, SIMPLE
from tests.questionnaire.conformance.logic import Drawn
from tests.questionnaire.conformance.setting import Setting


class Drawing(Setting):
    """Draws a questionnaire and answers to it.

    `paged`: some triggers skip pages or end the questionnaire. Who meets them goes through it page by page, so that
    nothing may depend on what stands behind it.
    """

    def case(self) -> Drawn:
        """A questionnaire, answers to it, and the order in which its questions are answered."""
        body = self.body()
        order = sorted(self.kinds, key=self.rank.__getitem__)
        return {"body": body, "answers": self.answers(), "order": order, "paged": self.paged}

    def body(self) -> Drawn:
        """Pages of questions, some in panels."""
        names = [f"q{place}" for place in range(self.chance.randint(2, 9))]
        self.paged = self.happens(0.18)
        ranks = list(range(len(names))) if self.paged else self.chance.sample(range(len(names)), len(names))
        self.rank = dict(zip(names, ranks, strict=True))
        for name in names:
            self.kinds[name] = self.chance.choice(SIMPLE if self.happens(0.65) else LARGE)
            if self.kinds[name] in {"date", "number"} and self.happens(0.3):
                self.kinds[name] = self.chance.choice(["time", "month", "range"])
            self.keys[name] = f"{name}v" if self.happens(0.1) else name
        if not self.paged:
            self.share(names)
        self.apart = not self.happens(0.1)
        for name in names:
            self.specialise(name)
        self.settle(names)
        pages: list[Drawn] = []
        left = list(names)
        while left:
            size = self.chance.randint(1, 2 if self.paged else 4)
            taken, left = left[:size], left[size:]
            pages.append(self._page(f"page{len(pages)}", taken))
        body: Drawn = {"pages": pages}
        if self.triggers or self.paged:
            body["triggers"] = [*self.triggers, *(self.turnings(pages) if self.paged else [])]
        if not self.apart:
            body["storeOthersAsComment"] = False
        if self.happens(0.1):
            body["maxCommentLength"] = 2
        if self.calculated:
            body["calculatedValues"] = self.calculated
        return body

    def _page(self, page: str, taken: list[str]) -> Drawn:
        elements = [self.question(name) for name in taken]
        if self.happens(0.3) and len(elements) > 1:
            inner = [elements.pop(), elements.pop()][::-1]
            elements.append(self._panel(f"panel{page}", inner, taken[-2:]))
            if self.happens(0.5):
                elements[-1] = self._panel(f"outer{page}", elements[-2:], taken[-3:])
                del elements[-2:-1]
        found: Drawn = {"name": page, "elements": elements}
        self.condition_on(found, taken, visibleIf=0.15, enableIf=0.05, requiredIf=0.05)
        return found

    def _panel(self, name: str, elements: list[Drawn], asked: list[str]) -> Drawn:
        """A panel; it depends on nothing that depends on what is in it."""
        panel: Drawn = {"type": "panel", "name": name, "elements": elements}
        self.condition_on(panel, asked, visibleIf=0.4, enableIf=0.1, requiredIf=0.15)
        return panel

    def question(self, name: str) -> Drawn:
        """A question of its kind, with logic that speaks of questions of lower rank."""
        kind = self.kinds[name]
        asked: Drawn = {"type": self.type_of(kind), "name": name} | self.of_kind(name)
        if "showCommentArea" in self.special[name]:
            asked["showCommentArea"] = True
        if self.keys[name] != name:
            asked["valueName"] = self.keys[name]
        self.condition_on(asked, [name], visibleIf=0 if name in self.steady else 0.4)
        if kind in {"expression", "html"}:
            return asked
        if self.happens(0.25):
            asked["isRequired"] = True
        self.condition_on(asked, [name], requiredIf=0.2, enableIf=0 if name in self.steady else 0.15)
        return asked | self.validated(name, asked) | self.defaults.get(name, {})

    def answers(self) -> Drawn:
        """Answers to most of the questions, each one that its question can have; some taken back."""
        found: Drawn = {}
        for name in self.answered:
            key = self.keys[name]
            if "defaultValue" in self.defaults.get(name, {}) and len(self.defaults[name]) == 1 and self.happens(0.25):
                found[key] = None
            else:
                found |= self.given(name)
        return found


def case(seed: int) -> dict[str, Any]:
    """The questionnaire and the answers of a seed."""
    return Drawing(seed).case()
