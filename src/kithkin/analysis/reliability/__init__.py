"""Whether scores can be relied on: scales (α, ω), groups (ICC, rwg), and the gate before averages are used."""

from kithkin.analysis.reliability.agreement import (
    Agreement,
    IntraclassCorrelation,
    ScaleAgreement,
    icc1,
    icc2,
    rwg,
    rwg_j,
)
from kithkin.analysis.reliability.consistency import OneFactor, ScaleReliability, cronbach_alpha, omega
from kithkin.analysis.reliability.gate import Gate, GroupGate, aggregation_gate

__all__ = [
    "Agreement",
    "Gate",
    "GroupGate",
    "IntraclassCorrelation",
    "OneFactor",
    "ScaleAgreement",
    "ScaleReliability",
    "aggregation_gate",
    "cronbach_alpha",
    "icc1",
    "icc2",
    "omega",
    "rwg",
    "rwg_j",
]
