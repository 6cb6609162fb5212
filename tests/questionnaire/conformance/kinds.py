"""Each kind of question with its properties, bounds and rules, and answers to it."""

from __future__ import annotations

from typing import Any

from tests.questionnaire.conformance.choosing import Choosing
from tests.questionnaire.conformance.logic import CHOICES, Drawn

SIMPLE = ["text", "number", "date", "comment", "boolean", "radiogroup", "dropdown", "checkbox", "tagbox", "rating",
          "ranking", "buttongroup", "imagepicker", "slider", "stretch"]  # fmt: skip
LARGE = ["matrix", "matrixdropdown", "matrixdynamic", "multipletext", "paneldynamic", "expression", "html"]
TYPED = {"number", "date", "range", "time", "month"}
CHOOSING = {"radiogroup", "dropdown", "boolean", "rating", "buttongroup", "imagepicker"}


class Kinds(Choosing):
    """Draws what is special of each kind."""

    def type_of(self, kind: str) -> str:
        """The type of a kind."""
        return "text" if kind in TYPED else "slider" if kind == "stretch" else kind

    def of_kind(self, name: str) -> Drawn:  # noqa: C901, PLR0911, PLR0912
        """The properties of a question."""
        kind, rank = self.kinds[name], self.rank[name]
        match kind:
            case "number":
                return {"inputType": "number"} | self._bounds(rank)
            case "range":
                return {"inputType": kind} | self._bounds(rank)
            case "time" | "month":
                return {"inputType": kind} | {end: self.moment(kind) for end in ("min", "max") if self.happens(0.25)}
            case "date":
                return {"inputType": "date"} | self._days()
            case "text" | "comment":
                alone = list(self.keys.values()).count(self.keys[name]) == 1
                short = self.happens(0.15) and alone and not self.is_set(name)
                return {"maxLength": self.chance.choice([1, 3])} if short else {}
            case "radiogroup" | "dropdown" | "buttongroup" | "imagepicker":
                return self.choices(name)
            case "checkbox" | "tagbox":
                return self.choices(name) | self.counts()
            case "ranking":
                return {"choices": CHOICES} | self.special[name]
            case "rating":
                return self.scales[name][0]
            case "slider":
                return self._line(rank)
            case "stretch":
                return {"sliderType": "range"} | self._line(rank) | self._lengths()
            case "matrix":
                return {"rows": self._rows(rank), "columns": CHOICES} | {
                    flag: True for flag in ("isAllRowRequired", "eachRowUnique") if self.happens(0.3)
                }
            case "matrixdropdown":
                return {"rows": self._rows(rank), "columns": self._columns(name, "row")}
            case "matrixdynamic":
                return self._growing("row", rank) | {"columns": self._columns(name, "row")}
            case "multipletext":
                return {"items": [self._field("i1"), self._field("i2")]}
            case "paneldynamic":
                return self._growing("panel", rank) | {"templateElements": self._elements(name)}
            case "expression":
                return {"expression": self.formula(rank)}
            case "html":
                return {"html": "read this"}
        return {}

    def _bounds(self, rank: int) -> Drawn:
        found: Drawn = {}
        if self.happens(0.2):
            found["min"] = self.chance.randint(0, 3)
        if self.happens(0.2):
            found["max"] = self.chance.randint(3, 6)
        if self.happens(0.1):
            found["step"] = self.chance.choice([1, 2, 0.5])
        if self.happens(0.1):
            found["minValueExpression"] = self.formula(rank, number=True)
        return found

    def _line(self, rank: int) -> Drawn:
        """The ends and steps of a slider; the most lies above whatever the least is computed to be."""
        found: Drawn = {}
        if self.happens(0.3):
            found["min"] = self.chance.randint(-1, 3)
        if self.happens(0.4):
            found["max"] = self.chance.randint(14, 18)
        if self.happens(0.4):
            found["step"] = self.chance.choice([2, 3, 0.5])
        if self.happens(0.15):
            found["minValueExpression"] = self.formula(rank, number=True)
        if self.happens(0.15):
            found["maxValueExpression"] = f"14 + {self.number()}"
        return found

    def _lengths(self) -> Drawn:
        found: Drawn = {}
        if self.happens(0.3):
            found["minRangeLength"] = self.chance.randint(1, 4)
        if self.happens(0.3):
            found["maxRangeLength"] = self.chance.randint(4, 8)
        return found

    def _days(self) -> Drawn:
        return {name: self.date() for name in ("min", "max") if self.happens(0.25)}

    def _rows(self, rank: int) -> list[Any]:
        rows: list[Any] = ["r1", "r2"]
        if self.happens(0.2):
            rows[1] = {"value": "r2", "visibleIf": self.condition(rank)}
        return rows

    def _growing(self, scope: str, rank: int) -> Drawn:
        word = "panelCount" if scope == "panel" else "rowCount"
        found: Drawn = {word: self.chance.randint(0, 2)}
        if self.happens(0.4):
            found["keyName"] = "d"
        if scope == "panel" and self.happens(0.15):
            found["templateVisibleIf"] = "{panelIndex} <> 1" if self.happens(0.5) else self.condition(rank)
        if self.happens(0.15):
            found[f"min{word[0].upper()}{word[1:]}"] = 1
            found[word] = 1 if scope == "row" else self.chance.randint(0, 2)
        return found

    def _columns(self, name: str, scope: str) -> list[Drawn]:
        rank = self.rank[name]
        whose = f"prev{scope.title()}" if self.happens(0.2) else scope
        inside = f"{{{whose}.c}} {self.chance.choice(['=', '<>'])} '{self.chance.choice('ab')}'"
        second: Drawn = {"name": "d", "cellType": "text"}
        for when, share in (("visibleIf", 0.4), ("requiredIf", 0.2), ("enableIf", 0.2)):
            if self.happens(share):
                second[when] = inside if self.happens(0.7) else self.condition(rank)
        if self.happens(0.3):
            second["isRequired"] = True
        if self.happens(0.3):
            second["validators"] = [self._rule("text", f"{{{scope}.c}} <> 'c'")]
        first: Drawn = {"name": "c", "cellType": "radiogroup", "choices": CHOICES} | self.special[name]
        if name not in self.defaults and self.happens(0.1):
            first["defaultValue"] = self.chance.choice(CHOICES)
        third: Drawn = {"name": "e", "cellType": "text", "inputType": "number"} | self._bounds(-1)
        return [first, second, third]

    def _elements(self, name: str) -> list[Drawn]:
        found = [{**column, "type": column["cellType"]} for column in self._columns(name, "panel")]
        for one in found:
            del one["cellType"]
        if name in self.nested:
            found.append(self._further(name))
        if self.happens(0.2):
            inner: Drawn = {"type": "panel", "name": "in", "elements": found[1:]}
            if self.happens(0.6):
                inner["visibleIf"] = "{panel.c} <> 'd'"
            return [found[0], inner]
        return found

    def _further(self, name: str) -> Drawn:
        """A dynamic panel in each panel."""
        whose = self.chance.choice(["panel", "parentPanel", "prevPanel"])
        text: Drawn = {"type": "text", "name": "d", "visibleIf": f"{{{whose}.c}} <> 'b'"}
        if self.happens(0.4):
            text["isRequired"] = True
        elements = [{"type": "radiogroup", "name": "c", "choices": CHOICES}, text]
        found: Drawn = {"type": "paneldynamic", "name": "f", "panelCount": 1, "templateElements": elements}
        if self.happens(0.4):
            found["visibleIf"] = "{panel.c} <> 'a'" if self.happens(0.6) else self.condition(self.rank[name])
        return found

    def _field(self, name: str) -> Drawn:
        found: Drawn = {"name": name}
        if self.happens(0.3):
            found["isRequired"] = True
        if self.happens(0.2):
            found["validators"] = [self._rule("text", "1 = 1")]
        return found

    def validated(self, name: str, asked: Drawn) -> Drawn:
        """Rules that the answer must fulfil."""
        del asked
        if not self.happens(0.3):
            return {}
        rules = [self._rule(self.kinds[name], f"{self.condition(self.rank[name] + 1)}")]
        if self.happens(0.2):
            rules.append(self._rule(self.kinds[name], "1 = 1"))
        return {"validators": rules}

    def _rule(self, kind: str, condition: str) -> Drawn:
        rules: list[Drawn] = [{"type": "expression", "expression": condition}]
        if kind in {"text", "comment"}:
            rules += [
                {"type": "text", "minLength": 2},
                {"type": "text", "maxLength": 2},
                {"type": "text", "allowDigits": False},
                {"type": "regex", "regex": "^[ab]"},
                {"type": "regex", "regex": "^[AB]", "caseInsensitive": True},
                {"type": "email"},
                {"type": "numeric", "minValue": 2},
                {"type": "numeric", "maxValue": 2},
            ]
        if kind == "number":
            rules += [{"type": "numeric", "minValue": 2}, {"type": "numeric", "minValue": 1, "maxValue": 3}]
        if kind in {"checkbox", "tagbox"}:
            rules += [{"type": "answercount", "minCount": 2}, {"type": "answercount", "maxCount": 2}]
        return self.chance.choice(rules)
