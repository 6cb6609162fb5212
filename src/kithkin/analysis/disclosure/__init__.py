"""Disclosure control: which figures about small groups may be shown, over a whole lattice and all releases."""

from kithkin.analysis.disclosure.audit import Interval, attack, audit
from kithkin.analysis.disclosure.dimension import Dimension
from kithkin.analysis.disclosure.policy import Policy, Relation
from kithkin.analysis.disclosure.protect import protect
from kithkin.analysis.disclosure.protected import Cell, Figure, ProtectedTable, Status
from kithkin.analysis.disclosure.table import Measure, Table

__all__ = [
    "Cell",
    "Dimension",
    "Figure",
    "Interval",
    "Measure",
    "Policy",
    "ProtectedTable",
    "Relation",
    "Status",
    "Table",
    "attack",
    "audit",
    "protect",
]
