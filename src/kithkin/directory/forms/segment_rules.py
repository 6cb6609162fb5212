"""A rule while it is being built: half done, wrong in places, and never lost. It works by plain submits, too.

Each part has a path of positions from the top ("r", "r.0", "r.1.0"), and its inputs are named after it: "r.mode",
"r.0.field", "r.0.operator", "r.0.value", "r.0.value2". A button says what to do: "add r", "group r", "remove r.0".
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.parsing import MOST_CONDITIONS, MOST_DEPTH
from kithkin.directory.segmentation.tree import Mode

_INPUT = re.compile(r"(r(?:\.\d{1,3}){0,4})\.(mode|field|operator|value|value2)")
_DOING = re.compile(r"(add|group|remove) (r(?:\.\d{1,3}){0,4})")
_FIRST = "side"


@dataclass
class DraftCondition:
    """One row: a field, an operator, one or two values as they were typed."""

    field: SegmentField | None
    operator: Operator
    value: str = ""
    value2: str = ""
    path: str = ""
    is_wrong: bool = False
    options: list[tuple[str, Any]] = dataclasses.field(default_factory=list)

    is_group = False

    @property
    def input(self) -> str:
        """What the value is typed into."""
        if self.field is None or not self.operator.takes_a_value:
            return "none"
        if self.operator is Operator.LAST_DAYS:
            return "number"
        if self.field.kind in {Kind.CHOICE, Kind.PLACE, Kind.YES_NO}:
            return "select"
        return {Kind.NUMBER: "number", Kind.DAY: "date"}.get(self.field.kind, "text")

    @property
    def two_values(self) -> bool:
        """From and to."""
        return self.operator is Operator.BETWEEN

    @property
    def is_unfinished(self) -> bool:
        """Whether a value is still to be chosen: that is no mistake yet."""
        return self.operator.takes_a_value and not (self.value and (self.value2 or not self.two_values))

    def to_json(self) -> dict[str, Any]:
        """As the parser takes it."""
        made: dict[str, Any] = {"field": self.field.key if self.field else "", "operator": self.operator.value}
        if self.operator.takes_a_value:
            made["value"] = [self.value, self.value2] if self.two_values else self.value
        return made


@dataclass
class DraftGroup:
    """Rows and groups that belong together."""

    mode: Mode
    parts: list[DraftCondition | DraftGroup] = dataclasses.field(default_factory=list)
    path: str = "r"
    is_wrong: bool = False

    is_group = True

    @property
    def may_hold_groups(self) -> bool:
        """Whether there is room for a group within."""
        return self.path.count(".") < MOST_DEPTH - 1

    def to_json(self) -> dict[str, Any]:
        """As the parser takes it."""
        return {self.mode.value: [part.to_json() for part in self.parts]}

    @property
    def is_unfinished(self) -> bool:
        """Whether a condition in it waits for its value."""
        return any(part.is_unfinished for part in self.parts)

    def size(self) -> int:
        """How many conditions are in it."""
        return sum(part.size() if isinstance(part, DraftGroup) else 1 for part in self.parts)


class RuleDraft:
    """The tree that the page shows, with what people may choose from."""

    def __init__(self, catalogue: Catalogue, root: DraftGroup) -> None:
        self.catalogue, self.root = catalogue, root
        self._number()

    @classmethod
    def of_rule(cls, catalogue: Catalogue, rule: Mapping[str, Any]) -> RuleDraft:
        """From a rule that is kept; without one, a first row to fill in."""
        read = _Reader(catalogue)
        return cls(catalogue, read.group(rule) if rule else DraftGroup(Mode.ALL, [read.fresh()]))

    @classmethod
    def of_form(cls, catalogue: Catalogue, data: Mapping[str, Any]) -> RuleDraft:
        """From what was sent, in whatever state; then what the pressed button says is done."""
        given: dict[str, dict[str, str]] = {}
        for name, value in data.items():
            if match := _INPUT.fullmatch(name):
                given.setdefault(match[1], {})[match[2]] = str(value)[:300].replace("\x00", "")
        draft = cls(catalogue, _Reader(catalogue).sent(given, "r"))
        if match := _DOING.fullmatch(str(data.get("do", ""))):
            draft.do(match[1], match[2])
        return draft

    def do(self, what: str, path: str) -> None:
        """Add a row or a group to the group at `path`, or remove the part there; what cannot be is not done."""
        group = self.root
        steps = [int(step) for step in path.split(".")[1:]]
        into = steps[:-1] if what == "remove" else steps
        for step in into:
            part = group.parts[step] if step < len(group.parts) else None
            if not isinstance(part, DraftGroup):
                return
            group = part
        fresh = _Reader(self.catalogue).fresh
        if what == "remove":
            if steps and steps[-1] < len(group.parts):
                del group.parts[steps[-1]]
        elif self.root.size() < MOST_CONDITIONS:
            if what == "add":
                group.parts.append(fresh())
            elif group.may_hold_groups:
                group.parts.append(DraftGroup(Mode.ANY, [fresh()]))
        self._number()

    def mark(self, path: tuple[int, ...]) -> None:
        """Say which part is wrong."""
        part: DraftCondition | DraftGroup = self.root
        for step in path:
            if not isinstance(part, DraftGroup) or step > len(part.parts):
                return
            part = part.parts[step - 1]
        part.is_wrong = True

    def _number(self) -> None:
        def number(group: DraftGroup) -> None:
            for position, part in enumerate(group.parts):
                part.path = f"{group.path}.{position}"
                if isinstance(part, DraftGroup):
                    number(part)

        number(self.root)


class _Reader:
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def fresh(self) -> DraftCondition:
        return self.condition({"field": _FIRST})

    def condition(self, given: Mapping[str, Any]) -> DraftCondition:
        found = self.catalogue.fields.get(str(given.get("field")))
        allowed = found.allowed if found else tuple(Operator)
        operator = next((one for one in allowed if one.value == given.get("operator")), allowed[0])
        value, value2 = str(given.get("value", "")), str(given.get("value2", ""))
        return DraftCondition(found, operator, value, value2, options=self.options(found))

    def options(self, found: SegmentField | None) -> list[tuple[str, Any]]:
        if found is None:
            return []
        if found.kind is Kind.YES_NO:
            return [("yes", _("yes")), ("no", _("no"))]
        return list(found.choices(self.catalogue.user))

    def group(self, rule: Mapping[str, Any]) -> DraftGroup:
        """Of a kept rule, whose shape was checked when it was kept."""
        ((mode, parts),) = rule.items()
        return DraftGroup(Mode(mode), [self.kept(part) if "field" in part else self.group(part) for part in parts])

    def kept(self, given: Mapping[str, Any]) -> DraftCondition:
        value = given.get("value", "")
        if isinstance(value, bool):
            value = "yes" if value else "no"
        pair = value if isinstance(value, list) else [value, ""]
        return self.condition({**given, "value": pair[0], "value2": pair[1]})

    def sent(self, given: Mapping[str, Mapping[str, str]], path: str) -> DraftGroup:
        mode = next((one for one in Mode if one.value == given.get(path, {}).get("mode")), Mode.ALL)
        depth = path.count(".") + 1
        below = [one for one in given if one.startswith(f"{path}.") and one.count(".") == depth]
        group = DraftGroup(mode, path=path)
        for one in sorted(below, key=lambda name: int(name.rpartition(".")[2])):
            group.parts.append(self.sent(given, one) if "mode" in given[one] else self.condition(given[one]))
        return group
