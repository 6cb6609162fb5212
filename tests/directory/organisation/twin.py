"""The organisation once more, as plainly as it can be: what each unit is, day by day, on thirty days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date, timedelta

START = date(2026, 1, 1)
DAYS = 30
FIELDS = {"name": 0, "kind": 1, "parent": 2}


class No(Exception):
    """It cannot be done."""


def day(number: int) -> date:
    return START + timedelta(days=number)


class Twin:
    def __init__(self) -> None:
        self.days: list[dict[int, list]] = [{} for _ in range(DAYS)]

    def tried(self, what: str, *arguments: object, **named: object) -> Twin:
        """Another twin in which this was done, or No."""
        other = Twin()
        other.days = deepcopy(self.days)
        getattr(other, what)(*arguments, **named)
        for units in other.days:
            for unit in units:
                other.up(units, unit)
        if other.days == self.days:
            raise No
        return other

    @staticmethod
    def up(units: Mapping[int, list], unit: int) -> list[int]:
        way = []
        parent = units[unit][2]
        while parent is not None:
            if parent not in units or parent == unit or parent in way:
                raise No
            way.append(parent)
            parent = units[parent][2]
        return way

    def need(self, unit: int, on: int) -> None:
        if unit not in self.days[on]:
            raise No

    def need_to_stay(self, unit: int, on: int) -> None:
        if not all(unit in units for units in self.days[on:]):
            raise No

    def put(self, on: int, unit: int, field: str, value: object) -> None:
        self.need(unit, on)
        at = FIELDS[field]
        before = self.days[on][unit][at]
        for units in self.days[on:]:
            if unit not in units or units[unit][at] != before:
                break
            units[unit][at] = value

    def open(self, on: int, unit: int, name: str, parent: int | None) -> None:
        for units in self.days[on:]:
            units[unit] = [name, "team", parent]

    def close_empty(self, on: int, unit: int, children_to: int | None) -> None:
        self.need(unit, on)
        if children_to is not None:
            self.hand_over(on, {unit}, children_to, {})
        if any(what[2] == unit for units in self.days[on:] for what in units.values()):
            raise No
        self.close(on, unit)

    def close(self, on: int, unit: int) -> None:
        for units in self.days[on:]:
            units.pop(unit, None)

    def merge(self, on: int, sources: Iterable[int], into: int) -> None:
        for source in sources:
            self.need(source, on)
        self.need_to_stay(into, on)
        self.hand_over(on, set(sources), into, {})
        for source in sources:
            self.close(on, source)

    def split(self, on: int, unit: int, parts: list[int], children: Mapping[int, int], keep: bool) -> None:
        self.need_to_stay(unit, on)
        for units in self.days[on:]:
            for part in parts:
                units[part] = [f"part {part}", "site", units[unit][2]]
        self.hand_over(on, {unit}, unit if keep else parts[0], children)
        if not keep:
            self.close(on, unit)

    def hand_over(self, on: int, sources: set[int], into: int, named: Mapping[int, int]) -> None:
        for units in self.days[on:]:
            ways = {unit: self.up(units, unit) for unit in units}
            for unit, what in units.items():
                if what[2] in sources and unit not in sources:
                    what[2] = named.get(unit, into)
                    if unit == into:
                        what[2] = next((above for above in ways[unit] if above not in sources), None)
