"""From JSON to a rule: whatever comes in, a rule comes out or `RuleRefused` says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kithkin.directory.registries.segment_fields import Operator, SegmentField
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.refusals import (
    OperatorNotAllowed,
    RuleMisshapen,
    RuleTooLarge,
    UnknownField,
    ValueNotAllowed,
)
from kithkin.directory.segmentation.tree import Condition, Group, Mode, Rule
from kithkin.directory.segmentation.values import value_of
from kithkin.platform.text import quoted

MOST_CONDITIONS = 60
MOST_DEPTH = 4
_MODES = {mode.value: mode for mode in Mode}
_OPERATORS = {operator.value: operator for operator in Operator}
_PARTS = {"field", "operator", "value"}


def parse(rule: Any, catalogue: Catalogue | None = None) -> Rule:
    """The rule, with each value typed, using only what is in the catalogue (without one: every field there is)."""
    return _Parser(catalogue or Catalogue()).group(rule, ())


@dataclass
class _Parser:
    catalogue: Catalogue
    conditions: int = 0

    def group(self, given: Any, path: tuple[int, ...]) -> Group:
        if len(path) >= MOST_DEPTH:
            raise RuleTooLarge(_("Groups may lie %(most)d deep, no deeper.") % {"most": MOST_DEPTH}, path)
        if not isinstance(given, dict) or len(given) != 1 or next(iter(given)) not in _MODES:
            raise RuleMisshapen(
                _("%(where)s: a group is one of “all”, “any” and “none” with a list of conditions.")
                % {"where": _where(path)},
                path,
            )
        ((mode, parts),) = given.items()
        if not isinstance(parts, list) or not parts:
            raise RuleMisshapen(
                _("%(where)s: add at least one condition, or take the group away.") % {"where": _where(path)}, path
            )
        return Group(_MODES[mode], tuple(self.part(part, (*path, number)) for number, part in enumerate(parts, 1)))

    def part(self, given: Any, path: tuple[int, ...]) -> Condition | Group:
        if isinstance(given, dict) and "field" not in given:
            return self.group(given, path)
        if not isinstance(given, dict) or not given.keys() <= _PARTS:
            raise RuleMisshapen(
                _("%(where)s: a condition has “field”, “operator” and “value”, nothing else.")
                % {"where": _where(path)},
                path,
            )
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            raise RuleTooLarge(
                _("A rule may have %(most)d conditions. Make a segment of a part of them, and use that.")
                % {"most": MOST_CONDITIONS},
                path,
            )
        field = self.field(given.get("field"), path)
        operator = _operator(field, given.get("operator"), path)
        try:
            value = value_of(field, operator, given.get("value"), self.catalogue.user)
        except ValueError as refused:
            said = {"where": _where(path), "field": field.label, "why": refused}
            raise ValueNotAllowed(_("%(where)s (%(field)s): %(why)s") % said, path) from None
        return Condition(field, operator, value)

    def field(self, key: Any, path: tuple[int, ...]) -> SegmentField:
        found = self.catalogue.fields.get(key) if isinstance(key, str) else None
        if found is None:
            shown = key[:60].replace("\x00", "") if isinstance(key, str) else ""
            raise UnknownField(
                _("%(where)s: there is no field “%(field)s” for you. Choose one of the list.")
                % {"where": _where(path), "field": shown},
                path,
            )
        return found


def _operator(field: SegmentField, key: Any, path: tuple[int, ...]) -> Operator:
    operator = _OPERATORS.get(key) if isinstance(key, str) else None
    if operator is None or operator not in field.allowed:
        raise OperatorNotAllowed(
            _("%(where)s (%(field)s): allowed are %(operators)s.")
            % {
                "where": _where(path),
                "field": field.label,
                "operators": ", ".join(quoted(one.label) for one in field.allowed),
            },
            path,
        )
    return operator


def _where(path: tuple[int, ...]) -> str:
    return _("Condition %(number)s") % {"number": ".".join(map(str, path))} if path else _("The rule")
