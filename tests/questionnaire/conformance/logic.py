"""Conditions drawn by chance, of questions that are worked out before."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

CHOICES = ["a", "b", "c", "d"]
GROWING = {"matrixdropdown", "matrixdynamic", "paneldynamic"}
Drawn = dict[str, Any]


class Logic:
    """Chance, and what is known of the questions so far.

    `rank`: a question depends on those of lower rank only. `keys`: under which name its answer is known.
    `scales`: of ratings, each with its points. `special`: what a question has beside its choices; `standing_alone`: the
    one of its choices that stands alone; `commented`: the questions beside which something may be written; `apart`:
    what is written in place of "other" has a key of its own.
    `nested`: dynamic panels with another in them; `adding`: questions that have a choice of their own, "e", beside
    those they take from another.
    `plain`: questions that write where no other does, and in which nothing stands before they are answered.
    `steady`: questions that are always shown, can always be answered, and whose answers never change once given.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.kinds: dict[str, str] = {}
        self.rank: dict[str, int] = {}
        self.keys: dict[str, str] = {}
        self.plain: set[str] = set()
        self.steady: set[str] = set()
        self.answered: list[str] = []
        self.defaults: dict[str, Drawn] = {}
        self.triggers: list[Drawn] = []
        self.calculated: list[Drawn] = []
        self.scales: dict[str, tuple[Drawn, list[int]]] = {}
        self.special: dict[str, Drawn] = {}
        self.standing_alone: dict[str, str] = {}
        self.commented: set[str] = set()
        self.nested: set[str] = set()
        self.adding: set[str] = set()
        self.apart = True
        self.known: dict[str, int] = {}
        self.paged = False

    def happens(self, share: float) -> bool:
        """By chance, so often."""
        return self.chance.random() < share

    def condition_on(self, element: Drawn, names: Iterable[str], **shares: float) -> None:
        """Give an element conditions, each so often."""
        rank = min(self.rank[name] for name in names)
        for name, share in shares.items():
            if self.happens(share):
                element[name] = self.condition(rank)

    def condition(self, rank: int, *, once: bool = False) -> str:
        """A condition on questions of lower rank; `once`: one that never turns false while answers come in."""
        parts = [self._comparison(rank, once=once) for _ in range(self.chance.choice([1, 1, 2, 3]))]
        words = [self.chance.choice([" and ", " or "]) for _ in parts[1:]]
        return parts[0] + "".join(word + part for word, part in zip(words, parts[1:], strict=True))

    def below(self, rank: int, *kinds: str) -> list[str]:
        """Questions of lower rank, of some kinds."""
        return [
            name
            for name, kind in self.kinds.items()
            if self._last(name) < rank and (kind in kinds if kinds else kind != "html")
        ]

    def _last(self, name: str) -> int:
        """The rank of the last question that writes where this one does."""
        return max(self.rank[other] for other, key in self.keys.items() if key == self.keys[name])

    def _comparison(self, rank: int, *, once: bool) -> str:  # noqa: C901, PLR0911, PLR0912
        names = self.below(rank)
        if once:
            names = [name for name in names if name in self.steady and self.kinds[name] not in GROWING]
        known = [name for name, place in self.known.items() if place < rank]
        if known and not once and self.happens(0.2):
            return f"{{{self.chance.choice(known)}}} {self.chance.choice(['=', '<>'])} '{self.chance.choice(CHOICES)}'"
        if not names:
            return "1 = 2" if once else self.chance.choice(["1 = 1", "1 = 2"])
        name = self.chance.choice(names)
        key = self.keys[name]
        if name in self.commented and not once and self.happens(0.3):
            said = self.chance.choice(["empty", "notempty", "= 'x'"])
            return f"{{{key}-Comment}} {said}"
        if self.happens(0.3):
            return f"{{{key}}} {'notempty' if once else self.chance.choice(['empty', 'notempty'])}"
        equal = "=" if once else self.chance.choice(["=", "<>"])
        match self.kinds[name]:
            case "stretch":
                word = ">" if once else self.chance.choice(["=", ">", "<="])
                return f"{{{key}[{self.chance.randint(0, 1)}]}} {word} 4"
            case "number" | "range" | "rating" | "slider":
                word = self.chance.choice(["=", ">"] if once else ["=", "<>", ">", "<="])
                return f"{{{key}}} {word} {self.number()}"
            case "time" | "month":
                word = "=" if once else self.chance.choice(["=", "<>"])
                return f"{{{key}}} {word} '{self.moment(self.kinds[name])}'"
            case "date":
                return f"{{{key}}} {'>' if once else self.chance.choice(['=', '>', '<='])} '{self.date()}'"
            case "boolean":
                return f"{{{key}}} = {self.chance.choice(['true', 'false'])}"
            case "checkbox" | "tagbox" | "ranking":
                if not once and self.happens(0.2):
                    size = 4 if self.kinds[name] == "ranking" else 2
                    return f"{{{key}}} {self.chance.choice(['=', '<>'])} {self.chance.sample(CHOICES, size)}"
                words = ["contains", "anyof"] if once else ["contains", "notcontains", "anyof", "allof"]
                return f"{{{key}}} {self.chance.choice(words)} ['{self.chance.choice(CHOICES)}']"
            case "matrix":
                return f"{{{key}.r1}} {equal} '{self.chance.choice(CHOICES)}'"
            case "matrixdropdown":
                return f"{{{key}.r1.c}} {equal} '{self.chance.choice(CHOICES)}'"
            case "matrixdynamic" | "paneldynamic":
                if not once and self.happens(0.3):
                    return f"{{{key}.length}} {self.chance.choice(['=', '>', '<='])} {self.chance.randint(0, 3)}"
                return f"{{{key}[{self.chance.randint(0, 1)}].c}} {equal} 'a'"
            case "multipletext":
                return f"{{{key}.i1}} {equal} 'a'"
        return f"{{{key}}} {equal} '{self.chance.choice(CHOICES)}'"

    def formula(self, rank: int, *, number: bool = False) -> str:
        """An expression that computes something of questions of lower rank."""
        numbers = self.below(rank, "number", "range", "rating", "slider")
        if numbers and self.happens(0.6):
            return f"{{{self.keys[self.chance.choice(numbers)]}}} {self.chance.choice(['* 2 + 1', '+ 1', '- 2'])}"
        if number:
            return f"iif({self.condition(rank)}, {self.number()}, {self.number()})"
        texts = self.below(rank, "text", "radiogroup", "dropdown")
        if texts and self.happens(0.3):
            return f"{{{self.keys[self.chance.choice(texts)]}}}"
        return f"iif({self.condition(rank)}, '{self.chance.choice(CHOICES)}', '{self.chance.choice(CHOICES)}')"

    def number(self) -> int:
        """A small number."""
        return self.chance.randint(0, 6)

    def date(self) -> str:
        """A day."""
        return f"2026-01-{self.chance.randint(1, 9):02}"

    def moment(self, kind: str) -> str:
        """A time of day, or a month."""
        return f"1{self.chance.randint(0, 9)}:30" if kind == "time" else f"2026-{self.chance.randint(1, 12):02}"
