"""What a question is answered with: frozen, every number with n and interval, every gap with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from kithkin.analysis.metrics import Difference
from kithkin.analysis.results import Estimate
from kithkin.insights.asking.dimensions import Dimension, Role
from kithkin.insights.asking.questions import Question

if TYPE_CHECKING:
    from kithkin.analysis.control import Changepoints, XmRChart
    from kithkin.forms.models import Field
    from kithkin.surveys.models import Program


class State(Enum):
    """How much of a group may be shown, or can be."""

    SHOWN = "shown"
    RANGE = "range"  # so few that only a range of the mean may be shown
    HIDDEN = "hidden"
    EMPTY = "empty"  # nobody answered, or the answers allow no score


@dataclass(frozen=True)
class Group:
    """One group: its member of each dimension, and its score where there is one."""

    members: tuple[str, ...]
    labels: tuple[str, ...]
    state: State
    estimate: Estimate | None = None
    n: int | None = None
    range: tuple[float, float] | None = None
    reason: str = ""
    change: Difference | None = None
    """Against the span before, where that was asked and is shown."""
    changed: bool = False
    """Whether that is called a change, all groups considered together (Holm)."""

    @property
    def label(self) -> str:
        """Its labels in one."""
        return ", ".join(self.labels)


@dataclass(frozen=True)
class Trend:
    """The score over time: its groups, and what control limits and changepoints say of the months that are shown."""

    groups: tuple[Group, ...]
    chart: XmRChart | None
    changes: Changepoints | None
    why_not: str = ""


@dataclass(frozen=True)
class Answer:
    """The whole answer. `as_of` is when the warehouse was loaded; `pending` how many changes it has not seen."""

    question: Question
    program: Program
    field: Field
    by: tuple[Dimension, ...]
    overall: Group
    groups: tuple[Group, ...]
    trend: Trend
    differing: Mapping[tuple[str, ...], bool]
    """Of each group's members, whether it differs from the rest (Holm); only where groups were compared."""
    as_of: datetime | None
    pending: int
    left_out: int = 0
    """Groups beyond the largest number that is worked out."""

    @property
    def is_floored(self) -> bool:
        """Whether it comes from released tables."""
        return self.program.floor is not None

    @property
    def hidden(self) -> tuple[Group, ...]:
        """The groups that may not be shown."""
        return tuple(group for group in self.groups if group.state is State.HIDDEN)

    @property
    def over_time(self) -> bool:
        """Whether it is cut by time alone."""
        return [one.role for one in self.by] == [Role.TIME]
