"""Answers to each kind of question, such as it can have and some that it cannot."""

from __future__ import annotations

from typing import Any

from tests.questionnaire.conformance.choosing import ALONE, LISTED, SEVERAL
from tests.questionnaire.conformance.kinds import Kinds
from tests.questionnaire.conformance.logic import CHOICES, GROWING, Drawn

COMMENT = "-Comment"


class Answering(Kinds):
    """Draws answers."""

    def answer(self, name: str) -> Any:  # noqa: C901, PLR0911, PLR0912
        """An answer to a question."""
        kind = self.kinds[name]
        match kind:
            case "number" | "range":
                return self.number()
            case "time" | "month":
                return self.moment(kind)
            case "slider":
                return self._point()
            case "stretch":
                return sorted((self._point(), self._point()))
            case "date":
                return self.date()
            case "rating":
                return self.chance.choice(self.scales[name][1])
            case "boolean":
                return self.happens(0.5)
            case "radiogroup" | "dropdown" | "buttongroup" | "imagepicker":
                return self._one(name)
            case "checkbox" | "tagbox":
                return self._several(name)
            case "ranking":
                return self.chance.sample(CHOICES, 4)
            case "matrix":
                return self._some({"r1": self.chance.choice(CHOICES), "r2": self.chance.choice(CHOICES)})
            case "matrixdropdown":
                return self._some({"r1": self._row(name), "r2": self._row(name)})
            case "matrixdynamic" | "paneldynamic":
                return [self._row(name) for _ in range(self.chance.randint(2, 3))]
            case "multipletext":
                return self._some({"i1": self.chance.choice(CHOICES), "i2": "x"})
        return self.chance.choice([*CHOICES, "3", "bcd", "a@example.org"])

    def given(self, name: str) -> Drawn:
        """A question's answer, and what is written beside it."""
        found: Drawn = {self.keys[name]: self.answer(name)}
        if self.kinds[name] == "rating" and self.happens(0.1):
            found[self.keys[name]] = self.number()
        if name in self.commented and self.happens(0.7):
            found[self.keys[name] + COMMENT] = self.remark()
        return found

    def remark(self) -> str:
        """What is written beside a question."""
        return self.chance.choice(["x", "a", "much", " "])

    def _special(self, name: str) -> list[str]:
        """The special choices of a question; in place of "other" its text, where that has no key of its own."""
        special = self.special[name]
        found = [value for flag, value in ALONE.items() if flag in special]
        if "showOtherItem" in special and self.kinds[name] in LISTED:
            found += ["other", *(["x", "much"] if self.own_words(name) else [])]
        return found

    def _one(self, name: str) -> str:
        special = [*(self._special(name) if self.kinds[name] != "imagepicker" else []), *"e" * (name in self.adding)]
        return self.chance.choice(special if special and self.happens(0.5) else CHOICES)

    def _several(self, name: str) -> list[str]:
        if "showSelectAllItem" in self.special[name] and self.happens(0.4):
            return ["all"]
        found = self.chance.sample(CHOICES, self.chance.randint(1, 3))
        special = self._special(name)
        if special and self.happens(0.4):
            found = found if self.happens(0.5) else []
            found.insert(self.chance.randint(0, len(found)), self.chance.choice(special))
        return found

    def likely(self, name: str) -> Any:
        """An answer that a question can have whatever stands alone in it, and in no own words."""
        found, not_so = self.answer(name), {self.standing_alone.get(name), "all", "x", "much"}
        if self.kinds[name] in SEVERAL:
            not_so |= set(ALONE.values())
            return [each for each in found if each not in not_so] or ["a" if "a" not in not_so else "b"]
        if self.kinds[name] in GROWING:
            for row in found.values() if isinstance(found, dict) else found:
                if row.pop("c" + COMMENT, None) is not None and row.get("c") == "other":
                    row["c" + COMMENT] = "x"
            return found
        return "a" if self.kinds[name] in LISTED and found in not_so else found

    def _point(self) -> float:
        return self.chance.choice([self.number(), self.chance.randint(-2, 20), self.chance.randint(0, 12) / 2])

    def _row(self, name: str) -> Drawn:
        found = {"c": self.chance.choice(CHOICES), "d": self.chance.choice([*CHOICES, "A", "A"]), "e": self.number()}
        if "showOtherItem" in self.special[name] and self.happens(0.4):
            found |= {"c": "other", "c" + COMMENT: self.chance.choice(["x", "much"])} if self.apart else {"c": "much"}
        if name in self.nested:
            found["f"] = [self._some({"c": self.chance.choice(CHOICES), "d": "A"}) for _ in range(2)]
        return self._some(found)

    def _some(self, whole: Drawn) -> Drawn:
        kept = {name: value for name, value in whole.items() if self.happens(0.8)}
        return kept or dict(list(whole.items())[:1])
