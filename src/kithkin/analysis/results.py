"""What a statistic returns: frozen, with n and an interval, readable by a person and by a machine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Result:
    """Base of every frozen result: `to_dict()` gives what `json.dumps` takes, with no NaN in it."""

    def to_dict(self) -> dict[str, Any]:
        """The result as plain dicts, lists, strings and finite numbers."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


@dataclass(frozen=True)
class Estimate(Result):
    """A figure with its uncertainty.

    `value`, `low` and `high` share one unit, named by the function that returns them. `n` counts answers;
    `n_effective` is Kish's (Σw)²/Σw², equal to n where nothing is weighted.
    """

    value: float
    low: float
    high: float
    n: int
    n_effective: float
    confidence: float = 0.95

    def __str__(self) -> str:
        return f"{self.value:.4g} [{self.low:.4g}, {self.high:.4g}], n = {self.n:,}"


def plain(value: Any) -> Any:  # noqa: PLR0911 (one return per JSON type)
    """`value` as JSON types. A NaN or an infinity is a defect of the method that made it, so it raises."""
    if isinstance(value, Result):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | np.ndarray):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise AssertionError(f"a result holds {value}")
    return value
