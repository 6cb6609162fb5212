"""A constraint of a form as validators: patterns on their own, one expression for the rest."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.conditions import answer
from kithkin.questionnaire.formats.infix import Kind, Node
from kithkin.questionnaire.formats.xlsform.paths import SYNTAX, Paths

Raw = dict[str, Any]


def validators(constraint: str, paths: Paths) -> list[Raw]:
    """What must hold of an answer that is given. Raises Untranslatable."""
    node = SYNTAX.parsed(constraint)
    together = node.kind is Kind.CHAIN and set(node.operators) == {"and"}
    parts = node.parts if together else (node,)
    patterns = [part for part in parts if _is_pattern(part)]
    rest = [part for part in parts if part not in patterns]
    found: list[Raw] = [{"type": "regex", "regex": f"^(?:{part.parts[1].value})$"} for part in patterns]
    if rest:
        condition = paths.all_of(rest) or "true"
        own = answer(paths.path(paths.own))
        found.append({"type": "expression", "expression": f"{own} empty or ({condition})"})
    return found


def _is_pattern(node: Node) -> bool:
    """`regex(., '…')`, which a form asks of the whole answer."""
    if node.kind is not Kind.CALL or node.value != "regex" or len(node.parts) != 2:
        return False
    return node.parts[0].value == "." and node.parts[1].kind is Kind.TEXT
