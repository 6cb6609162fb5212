"""What can be chosen: choices by condition, of other questions, some that stand alone, and what is written beside."""

from __future__ import annotations

from typing import Any

from tests.questionnaire.conformance.logic import CHOICES, GROWING, Drawn, Logic

ALONE = {"showNoneItem": "none", "showRefuseItem": "refused", "showDontKnowItem": "dontknow"}
LISTED = {"radiogroup", "dropdown", "checkbox", "tagbox"}
SEVERAL = {"checkbox", "tagbox"}
OFFERING = LISTED | {"buttongroup", "imagepicker", "ranking"}

SCALES: list[tuple[Drawn, list[int]]] = [
    ({"rateMin": 1, "rateMax": 5}, [1, 2, 3, 4, 5]), ({"rateMin": 0, "rateMax": 10}, [0, 1, 4, 5, 10]),
    ({"rateMin": 2, "rateMax": 6, "rateStep": 2}, [2, 4, 6]), ({"rateMin": 2, "rateCount": 3}, [2, 3, 4]),
    ({"rateMax": 6, "rateCount": 3}, [4, 5, 6]), ({"rateMin": 2}, [2, 3, 4, 5]), ({}, [1, 2, 3, 4, 5]),
    ({"rateValues": [1, 3, {"value": 4, "text": "good"}]}, [1, 3, 4]), ({"rateMin": 0, "rateValues": [2, 4]}, [2, 4]),
]  # fmt: skip


class Choosing(Logic):
    """Draws choices and what is written beside them."""

    def specialise(self, name: str) -> None:
        """Decide which special choices a question has, and whether something can be written beside it. Some kinds are
        asked for what they do not have.
        """
        kind, special = self.kinds[name], dict[str, Any]()
        if kind == "rating":
            self.scales[name] = self.chance.choice(SCALES)
        if kind in OFFERING and self.happens(0.35):
            flags = [*ALONE, "showOtherItem", "showOtherItem", *(["showSelectAllItem"] if kind in SEVERAL else [])]
            special = dict.fromkeys(self.chance.sample(flags, self.chance.randint(1, 3)), True)
        if kind == "paneldynamic" and self.happens(0.25):
            self.nested.add(name)
        if kind in GROWING and self.happens(0.15):
            self.special[name] = {"showOtherItem": True}  # of its cells
            return
        if kind in SEVERAL and self.happens(0.1):
            self.standing_alone[name] = self.chance.choice(CHOICES)
        if self.happens(0.12) and list(self.keys.values()).count(self.keys[name]) == 1:
            special["showCommentArea"] = True
        if "showCommentArea" in special or ("showOtherItem" in special and kind in LISTED):
            self.commented.add(name)
        self.special[name] = special

    def choices(self, name: str) -> Drawn:
        """What a question offers."""
        return self._offered(name) | self.special[name]

    def _offered(self, name: str) -> Drawn:
        kind, rank = self.kinds[name], self.rank[name]
        if "defaultValueExpression" in self.defaults.get(name, {}):
            return {"choices": CHOICES}
        sources = [] if self.own_words(name) else self.below(rank, *LISTED)  # it loses them where nothing is offered
        with_words = [one for one in sources if "showOtherItem" in self.special[one]]
        if sources and self.happens(0.6 if with_words else 0.25):
            mode = self.chance.choice(
                ["all", "selected", "selected", *["selected"] * 3 * bool(with_words), "unselected"]
            )
            taken: Drawn = {
                "choicesFromQuestion": self.chance.choice(with_words or sources),
                "choicesFromQuestionMode": mode,
            }
            return taken | self._own(name)
        rows = self.below(rank, "matrixdynamic", "paneldynamic")
        if rows and not self.own_words(name) and self.happens(0.25):
            column = self.chance.choice("ccd")
            also = {"choiceTextsFromQuestion": "d"} if self.happens(0.3) else {}
            return {"choicesFromQuestion": self.chance.choice(rows), "choiceValuesFromQuestion": column} | also
        found: Drawn = {"choices": self._items(name)}
        if self.happens(0.1):
            found["choicesVisibleIf"] = f"{{item}} <> '{self.chance.choice(CHOICES)}' or {self.condition(rank)}"
        elif not self.own_words(name) and self.happens(0.05):
            found |= {"choicesVisibleIf": self.condition(rank), "hideIfChoicesEmpty": True}
        if kind in {"checkbox", "radiogroup"} and not self.is_set(name) and self.happens(0.1):
            found["choicesEnableIf"] = f"{{item}} <> '{self.chance.choice(CHOICES)}' or {self.condition(rank)}"
        return found

    def _own(self, name: str) -> Drawn:
        """What a question says of choices beside those that it takes from another."""
        found: Drawn = {}
        if not self.is_set(name) and self.happens(0.15):
            when = self.condition(self.rank[name])
            found["choicesEnableIf"] = f"{{item}} <> '{self.chance.choice(CHOICES)}' or {when}"
        if self.happens(0.2):
            self.adding.add(name)
            found["choices"] = ["e"]
        return found

    def _items(self, name: str) -> list[Any]:
        items = [self._item(name, value) for value in CHOICES]
        if self.happens(0.3):
            items[self.chance.randrange(len(items))]["visibleIf"] = self.condition(self.rank[name])
        if self.kinds[name] in LISTED and not self.is_set(name) and self.happens(0.1):
            items[self.chance.randrange(len(items))]["enableIf"] = self.condition(self.rank[name])
        return [item["value"] if len(item) == 1 else item for item in items]

    def _item(self, name: str, value: str) -> Drawn:
        return {"value": value} | ({"isExclusive": True} if self.standing_alone.get(name) == value else {})

    def own_words(self, name: str) -> bool:
        """Whether what is written in place of "other" stands among the answers."""
        special = self.special[name]
        own = "showCommentArea" in special or not self.apart
        return own and "showOtherItem" in special and self.kinds[name] in LISTED

    def counts(self) -> Drawn:
        """How many may be chosen."""
        found: Drawn = {}
        if self.happens(0.3):
            found["minSelectedChoices"] = self.chance.randint(1, 3)
        if self.happens(0.2):
            found["maxSelectedChoices"] = self.chance.randint(2, 3)
        return found

    def is_set(self, name: str) -> bool:
        """Whether something stands in the question that nobody gave."""
        return name in self.defaults or any(each.get("setToName") == self.keys[name] for each in self.triggers)
