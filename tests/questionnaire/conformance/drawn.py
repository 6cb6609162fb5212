"""Questionnaires and answers drawn by chance: each question may depend on any other, but none on itself in the end."""

from __future__ import annotations

import random
from typing import Any

CHOICES = ["a", "b", "c", "d"]
_SIMPLE = ["text", "number", "comment", "boolean", "radiogroup", "dropdown", "checkbox", "tagbox", "rating", "ranking"]
_LARGE = ["matrix", "matrixdropdown", "matrixdynamic", "multipletext", "paneldynamic", "expression"]
Drawn = dict[str, Any]


class Drawing:
    """Draws a questionnaire and answers to it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.kinds: dict[str, str] = {}

    def body(self) -> Drawn:
        """Pages of questions, some in panels."""
        names = [f"q{place}" for place in range(self.chance.randint(2, 9))]
        self.rank = dict(zip(names, self.chance.sample(range(len(names)), len(names)), strict=True))
        for name in names:
            self.kinds[name] = self.chance.choice(_SIMPLE if self.chance.random() < 0.65 else _LARGE)
        pages: list[Drawn] = []
        left = list(names)
        while left:
            taken, left = left[: self.chance.randint(1, 4)], left[4:] if len(left) > 4 else []
            elements = [self.question(name) for name in taken]
            page: Drawn = {"name": f"page{len(pages)}", "elements": elements}
            if self.chance.random() < 0.3 and len(elements) > 1:
                inner = [elements.pop(), elements.pop()][::-1]
                panel: Drawn = {"type": "panel", "name": f"panel{len(pages)}", "elements": inner}
                self._hide(panel, min(self.rank[one["name"]] for one in inner))
                elements.append(panel)
            self._hide(page, min(self.rank[name] for name in taken), 0.15)
            pages.append(page)
        self.kinds = {name: kind for name, kind in self.kinds.items() if any(name in str(page) for page in pages)}
        return {"pages": pages}

    def question(self, name: str) -> Drawn:
        """A question of its kind, with logic that speaks of questions of lower rank."""
        kind, rank = self.kinds[name], self.rank[name]
        asked: Drawn = {"type": "text" if kind == "number" else kind, "name": name} | self._of_kind(kind, rank)
        if kind != "expression":  # theirs keeps its value when it is hidden, ours is empty like every other
            self._hide(asked, rank)
            if self.chance.random() < 0.25:
                asked["isRequired"] = True
            elif self.chance.random() < 0.2:
                asked["requiredIf"] = self.condition(rank)
        return asked

    def _hide(self, element: Drawn, rank: int, share: float = 0.4) -> None:
        if self.chance.random() < share:
            element["visibleIf"] = self.condition(rank)

    def condition(self, rank: int) -> str:
        """A condition on questions of lower rank."""
        parts = [self._comparison(rank) for _ in range(self.chance.choice([1, 1, 2, 3]))]
        words = [self.chance.choice([" and ", " or "]) for _ in parts[1:]]
        return parts[0] + "".join(word + part for word, part in zip(words, parts[1:], strict=True))

    def _comparison(self, rank: int) -> str:  # noqa: PLR0911
        names = [name for name, kind in self.kinds.items() if self.rank[name] < rank and kind != "expression"]
        if not names:
            return self.chance.choice(["1 = 1", "1 = 2"])
        name = self.chance.choice(names)
        if self.chance.random() < 0.3:
            return f"{{{name}}} {self.chance.choice(['empty', 'notempty'])}"
        match self.kinds[name]:
            case "number" | "rating":
                return f"{{{name}}} {self.chance.choice(['=', '<>', '>', '<='])} {self.chance.randint(0, 6)}"
            case "boolean":
                return f"{{{name}}} = {self.chance.choice(['true', 'false'])}"
            case "checkbox" | "tagbox" | "ranking":
                word = self.chance.choice(["contains", "notcontains", "anyof"])
                return f"{{{name}}} {word} ['{self.chance.choice(CHOICES)}']"
            case "matrix":
                return f"{{{name}.r1}} = '{self.chance.choice(CHOICES)}'"
            case "matrixdropdown":
                return f"{{{name}.r1.c}} = '{self.chance.choice(CHOICES)}'"
            case "matrixdynamic" | "paneldynamic":  # not the length: theirs is that of a hidden panel too
                return f"{{{name}[{self.chance.randint(0, 1)}].c}} = 'a'"
            case "multipletext":
                return f"{{{name}.i1}} = 'a'"
        return f"{{{name}}} {self.chance.choice(['=', '<>'])} '{self.chance.choice(CHOICES)}'"

    def _of_kind(self, kind: str, rank: int) -> Drawn:  # noqa: C901, PLR0911, PLR0912
        match kind:
            case "number":
                return {"inputType": "number"}
            case "text":
                return {"validators": self._validators()}
            case "radiogroup" | "dropdown":
                return {"choices": self._items(rank)}
            case "checkbox" | "tagbox":
                return {"choices": self._items(rank), "minSelectedChoices": self.chance.choice([0, 0, 2])}
            case "ranking":
                return {"choices": CHOICES}
            case "rating":
                return {"rateMin": 1, "rateMax": 5}
            case "matrix":
                return {"rows": ["r1", "r2"], "columns": CHOICES, "isAllRowRequired": self.chance.random() < 0.3}
            case "matrixdropdown":
                return {"rows": ["r1", "r2"], "columns": self._columns()}
            case "matrixdynamic":
                return {"rowCount": self.chance.randint(0, 2), "columns": self._columns()}
            case "multipletext":
                return {"items": [{"name": "i1", "isRequired": self.chance.random() < 0.3}, {"name": "i2"}]}
            case "paneldynamic":
                elements = [{**column, "type": column.pop("cellType")} for column in self._columns()]
                for element in elements:
                    if "visibleIf" in element:
                        element["visibleIf"] = element["visibleIf"].replace("row.", "panel.")
                return {"panelCount": self.chance.randint(0, 2), "templateElements": elements}
            case "expression":
                return {"expression": self._formula(rank)}
        return {}

    def _formula(self, rank: int) -> str:
        numbers = [name for name, kind in self.kinds.items() if self.rank[name] < rank and kind in {"number", "rating"}]
        if numbers and self.chance.random() < 0.6:
            return f"{{{self.chance.choice(numbers)}}} * 2 + 1"
        return f"iif({self.condition(rank)}, 'a', 'b')"

    def _items(self, rank: int) -> list[Any]:
        items: list[Any] = list(CHOICES)
        if self.chance.random() < 0.3:
            place = self.chance.randrange(len(items))
            items[place] = {"value": items[place], "visibleIf": self.condition(rank)}
        return items

    def _columns(self) -> list[Drawn]:
        second: Drawn = {"name": "d", "cellType": "text"}
        if self.chance.random() < 0.5:
            second["visibleIf"] = "{row.c} = 'a'"
        if self.chance.random() < 0.3:
            second["isRequired"] = True
        return [{"name": "c", "cellType": "radiogroup", "choices": CHOICES}, second]

    def _validators(self) -> list[Drawn]:
        kinds: list[Drawn] = [
            {"type": "text", "minLength": 2},
            {"type": "regex", "regex": "^[ab]"},
            {"type": "email"},
            {"type": "numeric", "minValue": 2},
        ]
        return [self.chance.choice(kinds)] if self.chance.random() < 0.3 else []

    def answers(self) -> Drawn:
        """Answers to most of the questions, each one that its question can have."""
        return {
            name: self._answer(kind)
            for name, kind in self.kinds.items()
            if kind != "expression" and self.chance.random() < 0.75
        }

    def _answer(self, kind: str) -> Any:  # noqa: C901, PLR0911
        match kind:
            case "number":
                return self.chance.randint(0, 6)
            case "rating":
                return self.chance.randint(1, 5)
            case "boolean":
                return self.chance.random() < 0.5
            case "radiogroup" | "dropdown":
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

    def _row(self) -> Drawn:
        return self._some({"c": self.chance.choice(CHOICES), "d": self.chance.choice(CHOICES)})

    def _some(self, whole: Drawn) -> Drawn:
        kept = {name: value for name, value in whole.items() if self.chance.random() < 0.8}
        return kept or dict(list(whole.items())[:1])
