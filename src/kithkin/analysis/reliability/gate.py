"""May a department's average stand for the department? The gate before any linkage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kithkin.analysis.errors import BadParameter, Degenerate, NotEnoughData
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.metrics.counts import Counts, check_on_scale
from kithkin.analysis.reliability.agreement import Agreement, IntraclassCorrelation, grouped, icc2, rwg
from kithkin.analysis.results import Result

ROUNDING = 1e-12


@dataclass(frozen=True)
class GroupGate(Result):
    """One group at the gate. `rwg` is None where a single answer cannot agree with anybody."""

    group: str
    n: int
    rwg: Agreement | None
    passed: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Gate(Result):
    """The gate: `passed` when every group may enter, `admitted` the groups that may, `reasons` why the others may not.

    `icc2` is None where it cannot be told, and then no group is admitted; `reasons` says why. `rwg` is the median over
    groups (None where no group has two answers); `n` counts all answers.
    """

    passed: bool
    reasons: tuple[str, ...]
    icc2: IntraclassCorrelation | None
    rwg: float | None
    n: int
    groups: tuple[GroupGate, ...]
    floor: int

    @property
    def admitted(self) -> tuple[str, ...]:
        """The groups whose average may stand for them."""
        return tuple(group.group for group in self.groups if group.passed)

    def __str__(self) -> str:
        verdict = "passed" if self.passed else "not passed"
        reliability = str(self.icc2) if self.icc2 is not None else "ICC(2) cannot be told"
        head = (
            f"Aggregation gate {verdict}: {len(self.admitted)} of {len(self.groups)} groups may enter. {reliability}."
        )
        return "\n".join([head, *(f"- {reason}" for reason in self.reasons)])


def aggregation_gate(
    scores: Any,
    groups: Any,
    *,
    scale: tuple[float, float] = (1, 5),
    floor: int = 5,
    least_icc2: float = 0.70,
    least_rwg: float = 0.70,
) -> Gate:
    """Whether group averages may stand for groups: ICC(2) ≥ .70 over all, and rwg ≥ .70 and n ≥ floor in each.

    Thresholds after Bliese (2000) and LeBreton and Senter (2008). `scores` holds one answer per person, `groups` its
    group. ICC(2) only gates: it must not be used to correct a slope (see `linkage`).

    Raises EmptyInput, BadShape, OutOfScale, BadParameter, NotNumeric, NotFinite; too few or constant data are a reason
    not to pass, not an error.

    >>> print(aggregation_gate([5, 5, 4, 5, 5, 1, 2, 1, 1, 1, 3, 3], ["A"] * 5 + ["B"] * 5 + ["C"] * 2))
    Aggregation gate not passed: 2 of 3 groups may enter. ICC(2) 0.989 [0.937, 1.000], n = 12 in 3 groups of about 3.8.
    - C: fewer answers than the floor of 5.
    """
    if floor < 1 or not 0 <= least_icc2 <= 1 or not 0 <= least_rwg <= 1:
        raise BadParameter("floor must be at least 1, and least_icc2 and least_rwg within 0 to 1.")
    values, names = grouped(scores, groups)
    check_on_scale(Counts.of(values), scale, whole=False)
    reliability, general = _reliability(values, names, least_icc2)
    entries = tuple(
        _entry(str(name), values[names == name], scale, floor, least_rwg, open_=not general)
        for name in np.unique(names.astype(str))
    )
    agreements = [entry.rwg.value for entry in entries if entry.rwg is not None]
    return Gate(
        passed=all(entry.passed for entry in entries),
        reasons=(*general, *(f"{entry.group}: {reason}" for entry in entries for reason in entry.reasons)),
        icc2=reliability,
        rwg=float(np.median(agreements)) if agreements else None,
        n=values.size,
        groups=entries,
        floor=floor,
    )


def _reliability(values: Numbers, names: Any, least: float) -> tuple[IntraclassCorrelation | None, tuple[str, ...]]:
    try:
        estimate = icc2(values, names)
    except (NotEnoughData, Degenerate) as cause:
        return None, (f"ICC(2) cannot be told. {cause}",)
    if estimate.value >= least - ROUNDING:
        return estimate, ()
    return estimate, (
        f"ICC(2) is {estimate.value:.2f}, below {least:.2f}: group averages are not told apart reliably.",
    )


def _entry(
    name: str, values: Numbers, scale: tuple[float, float], floor: int, least: float, *, open_: bool
) -> GroupGate:
    agreement = rwg(values, scale) if values.size > 1 else None
    reasons = []
    if values.size < floor:
        reasons.append(f"fewer answers than the floor of {floor}.")
    if agreement is not None and agreement.value < least - ROUNDING:
        reasons.append(f"rwg is {agreement.value:.2f}, below {least:.2f}: its members do not agree.")
    if agreement is None and values.size >= floor:
        reasons.append("one answer cannot show agreement.")
    return GroupGate(name, values.size, agreement, open_ and not reasons, tuple(reasons))
