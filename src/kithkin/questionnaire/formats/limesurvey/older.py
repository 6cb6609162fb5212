"""Conditions as older versions keep them: a row for each, in scenarios."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kithkin.questionnaire.formats.conditions import all_of, answer, any_of, literal
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.manager import Manager
from kithkin.questionnaire.formats.limesurvey.structure import Condition
from kithkin.questionnaire.formats.limesurvey.variables import Variable

_METHODS = {
    "==": "=", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "": "=",
    "a<b": "<", "a<=b": "<=", "a>=b": ">=", "a>b": ">",
}  # fmt: skip
_FIELD = re.compile(r"\+?(?:[A-Z]:)?(\d+X\d+X\d+.*|Q\d+(?:[_#].*)?)\Z|\{?TOKEN:(\w+)\}?\Z", re.IGNORECASE)


def condition(rows: Iterable[Condition], manager: Manager) -> str | None:
    """One scenario must hold. Within it, conditions on one answer are alternatives, and the rest must all hold."""
    scenarios: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        alternatives = scenarios.setdefault(row.scenario, {}).setdefault(row.field, [])
        alternatives.append(_one(row, manager))
    return (
        any_of(all_of(any_of(each) for each in fields.values()) for fields in scenarios.values()) if scenarios else None
    )


def _one(row: Condition, manager: Manager) -> str:
    operator = _METHODS.get(row.method)
    if operator is None:
        raise Untranslatable(f"it compares by {row.method[:20]!r}")
    if chosen := _chosen(row, operator, manager):
        return chosen
    said, variable = _field(row.field, manager)
    value = row.value.strip()
    if value.startswith("@") and value.endswith("@") and len(value) > 2:
        return f"{said} {operator} {_field(value[1:-1], manager)[0]}"
    if not value and variable and operator in {"=", "!="}:
        return variable.empty if operator == "=" else f"!({variable.empty})"
    if variable and variable.chosen is not None and value == "Y" and operator in {"=", "!="}:
        return variable.chosen if operator == "=" else f"!({variable.chosen})"
    return f"{said} {operator} {literal('other' if value == '-oth-' else value)}"


def _chosen(row: Condition, operator: str, manager: Manager) -> str | None:
    """A whole question with several choices is compared with one of them."""
    found = _FIELD.match(row.field.strip())
    name = manager.variables.several.get(found[1].lower()) if found and found[1] else None
    if name is None or operator not in {"=", "!="}:
        return None
    chosen = f"{answer(name)} contains {literal(row.value.strip())}"
    if not row.value.strip():
        chosen = f"{answer(name)} empty"
    return chosen if operator == "=" else f"!({chosen})"


def _field(name: str, manager: Manager) -> tuple[str, Variable | None]:
    found = _FIELD.match(name.strip())
    if found and found[2]:
        manager.embedded[found[2]] = None
        return "{" + found[2] + "}", None
    variable = manager.variables.get(found[1]) if found else None
    if variable is None:
        raise Untranslatable(f"there is no answer {name[:40]!r}")
    return variable.value, variable
