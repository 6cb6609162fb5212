"""Each kind of question with its properties, bounds and rules, and answers to it."""

from __future__ import annotations

from typing import Any

from tests.questionnaire.conformance.logic import CHOICES, Drawn, Logic

SIMPLE = ["text", "number", "date", "comment", "boolean", "radiogroup", "dropdown", "checkbox", "tagbox", "rating",
          "ranking", "buttongroup", "imagepicker", "slider", "stretch"]  # fmt: skip
LARGE = ["matrix", "matrixdropdown", "matrixdynamic", "multipletext", "paneldynamic", "expression", "html"]
CHOOSING = {"radiogroup", "dropdown", "boolean", "rating", "buttongroup", "imagepicker"}


class Kinds(Logic):
    """Draws what is special of each kind."""

    def type_of(self, kind: str) -> str:
        """The type of a kind."""
        return {"number": "text", "date": "text", "stretch": "slider"}.get(kind, kind)

    def of_kind(self, name: str) -> Drawn:  # noqa: C901, PLR0911, PLR0912
        """The properties of a question."""
        kind, rank = self.kinds[name], self.rank[name]
        match kind:
            case "number":
                return {"inputType": "number"} | self._bounds(rank)
            case "date":
                return {"inputType": "date"} | self._days()
            case "text" | "comment":
                alone = list(self.keys.values()).count(self.keys[name]) == 1
                short = self.happens(0.15) and alone and not self.is_set(name)
                return {"maxLength": self.chance.choice([1, 3])} if short else {}
            case "radiogroup" | "dropdown" | "buttongroup" | "imagepicker":
                return self._choices(name)
            case "checkbox" | "tagbox":
                return self._choices(name) | self._counts()
            case "ranking":
                return {"choices": CHOICES}
            case "rating":
                return {"rateMin": 1, "rateMax": 5}
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

    def _counts(self) -> Drawn:
        found: Drawn = {}
        if self.happens(0.3):
            found["minSelectedChoices"] = self.chance.randint(1, 3)
        if self.happens(0.2):
            found["maxSelectedChoices"] = self.chance.randint(2, 3)
        return found

    def _choices(self, name: str) -> Drawn:
        kind, rank = self.kinds[name], self.rank[name]
        if "defaultValueExpression" in self.defaults.get(name, {}):
            return {"choices": CHOICES}
        sources = self.below(rank, "checkbox", "radiogroup", "dropdown", "tagbox")
        if sources and self.happens(0.2):
            mode = self.chance.choice(["all", "selected", "unselected"])
            return {"choicesFromQuestion": self.chance.choice(sources), "choicesFromQuestionMode": mode}
        found: Drawn = {"choices": self._items(rank)}
        if self.happens(0.1):
            found["choicesVisibleIf"] = f"{{item}} <> '{self.chance.choice(CHOICES)}' or {self.condition(rank)}"
        if kind in {"checkbox", "radiogroup"} and not self.is_set(name) and self.happens(0.1):
            found["choicesEnableIf"] = f"{{item}} <> '{self.chance.choice(CHOICES)}' or {self.condition(rank)}"
        return found

    def is_set(self, name: str) -> bool:
        """Whether something stands in the question that nobody gave."""
        return name in self.defaults or any(each.get("setToName") == self.keys[name] for each in self.triggers)

    def _items(self, rank: int) -> list[Any]:
        items: list[Any] = list(CHOICES)
        if self.happens(0.3):
            place = self.chance.randrange(len(items))
            items[place] = {"value": items[place], "visibleIf": self.condition(rank)}
        return items

    def _rows(self, rank: int) -> list[Any]:
        rows: list[Any] = ["r1", "r2"]
        if self.happens(0.2):
            rows[1] = {"value": "r2", "visibleIf": self.condition(rank)}
        return rows

    def _growing(self, scope: str, rank: int) -> Drawn:
        word = "panelCount" if scope == "panel" else "rowCount"
        found: Drawn = {word: self.chance.randint(0, 2)}
        if self.happens(0.2):
            found["keyName"] = "d"
        if scope == "panel" and self.happens(0.15):
            found["templateVisibleIf"] = "{panelIndex} <> 1" if self.happens(0.5) else self.condition(rank)
        if self.happens(0.15):
            found[word] = found[f"min{word[0].upper()}{word[1:]}"] = 1
        return found

    def _columns(self, name: str, scope: str) -> list[Drawn]:
        rank = self.rank[name]
        inside = f"{{{scope}.c}} {self.chance.choice(['=', '<>'])} '{self.chance.choice('ab')}'"
        second: Drawn = {"name": "d", "cellType": "text"}
        for when, share in (("visibleIf", 0.4), ("requiredIf", 0.2), ("enableIf", 0.2)):
            if self.happens(share):
                second[when] = inside if self.happens(0.7) else self.condition(rank)
        if self.happens(0.3):
            second["isRequired"] = True
        if self.happens(0.3):
            second["validators"] = [self._rule("text", f"{{{scope}.c}} <> 'c'")]
        first: Drawn = {"name": "c", "cellType": "radiogroup", "choices": CHOICES}
        if name not in self.defaults and self.happens(0.1):
            first["defaultValue"] = self.chance.choice(CHOICES)
        third: Drawn = {"name": "e", "cellType": "text", "inputType": "number"} | self._bounds(-1)
        return [first, second, third]

    def _elements(self, name: str) -> list[Drawn]:
        found = [{**column, "type": column["cellType"]} for column in self._columns(name, "panel")]
        for one in found:
            del one["cellType"]
        if self.happens(0.2):
            inner: Drawn = {"type": "panel", "name": "in", "elements": found[1:]}
            if self.happens(0.6):
                inner["visibleIf"] = "{panel.c} <> 'd'"
            return [found[0], inner]
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

    def answer(self, kind: str) -> Any:  # noqa: C901, PLR0911, PLR0912
        """An answer that a question of a kind can have."""
        match kind:
            case "number":
                return self.number()
            case "date":
                return self.date()
            case "rating":
                return self.chance.randint(1, 5)
            case "slider":
                return self._point()
            case "stretch":
                return sorted((self._point(), self._point()))
            case "boolean":
                return self.happens(0.5)
            case "radiogroup" | "dropdown" | "buttongroup" | "imagepicker":
                return self.chance.choice(CHOICES)
            case "checkbox" | "tagbox":
                return self.chance.sample(CHOICES, self.chance.randint(1, 3))
            case "ranking":
                return self.chance.sample(CHOICES, 4)
            case "matrix":
                return self._some({"r1": self.chance.choice(CHOICES), "r2": self.chance.choice(CHOICES)})
            case "matrixdropdown":
                return self._some({"r1": self._row(), "r2": self._row()})
            case "matrixdynamic" | "paneldynamic":
                return [self._row() for _ in range(self.chance.randint(2, 3))]
            case "multipletext":
                return self._some({"i1": self.chance.choice(CHOICES), "i2": "x"})
        return self.chance.choice([*CHOICES, "3", "bcd", "a@example.org"])

    def _point(self) -> float:
        return self.chance.choice([self.number(), self.chance.randint(-2, 20), self.chance.randint(0, 12) / 2])

    def _row(self) -> Drawn:
        return self._some(
            {"c": self.chance.choice(CHOICES), "d": self.chance.choice([*CHOICES, "A"]), "e": self.number()}
        )

    def _some(self, whole: Drawn) -> Drawn:
        kept = {name: value for name, value in whole.items() if self.happens(0.8)}
        return kept or dict(list(whole.items())[:1])
