"""What a property is: its name, what it may hold, and what becomes of it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What the engine does with a type or a property."""

    EVALUATED = "evaluated"
    KEPT = "kept"
    LOST = "lost"


STATES = {
    State.EVALUATED: "decides what is asked, accepted, calculated or said",
    State.KEPT: "stays in the questionnaire and comes out as it went in, but decides nothing",
    State.LOST: "cannot be held",
}


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a type. `kind` is a word of `KINDS`, or the words it may be, divided by bars."""

    name: str
    kind: str
    state: State
    says: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words that the property may be; none where it is something else."""
        return () if self.kind in KINDS else tuple(self.kind.split("|"))


@dataclass(frozen=True, slots=True)
class Type:
    """One type of element, validator or trigger, with every property that it may have."""

    name: str
    state: State
    says: str
    properties: Mapping[str, Property] = field(default_factory=dict)


KINDS = {
    "text": "text",
    "localised": "text, or an object with a text per language",
    "flag": "true or false",
    "number": "a number",
    "whole": "a whole number",
    "expression": "an expression",
    "value": "any value",
    "names": "a list of texts",
    "list": "a list",
    "object": "an object",
    "elements": "a list of elements",
    "pages": "a list of pages",
    "items": "a list of values, or of objects with `value` and `text`",
    "columns": "a list of columns",
    "fields": "a list of text fields",
    "validators": "a list of validators",
    "triggers": "a list of triggers",
    "calculated": "a list of calculated values",
    "conditions": "a list of objects with an `expression`",
}

_STATES = {"e": State.EVALUATED, "k": State.KEPT, "l": State.LOST}


def properties(*tables: str) -> dict[str, Property]:
    """The properties of tables written as lines of `name kind state sentence`, the state by its first letter.

    >>> properties("maxLength whole e the longest answer")["maxLength"].kind
    'whole'
    """
    found: dict[str, Property] = {}
    for line in "\n".join(tables).splitlines():
        if line.strip():
            name, kind, state, says = line.split(None, 3)
            found[name] = Property(name, kind, _STATES[state], says)
    return found


def kept(names: str) -> dict[str, Property]:
    """Properties that decide nothing here: looks, and what only a browser does."""
    return {name: Property(name, "value", State.KEPT, "how it looks or behaves in a browser") for name in names.split()}
