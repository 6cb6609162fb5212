"""What `analyze scores` answers: frozen, as JSON, on the terminal and as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.metrics import Comparisons
from kithkin.analysis.results import Estimate, Result, plain
from kithkin.cli.answer import Answer
from kithkin.cli.scores.counted import Label, Question, Wave
from kithkin.cli.screen import Screen

if TYPE_CHECKING:
    from kithkin.cli.report import Page


REST = "the rest"


class State(Enum):
    """How much of a group may be shown, or can be."""

    SHOWN = "shown"
    CAPPED = "capped"
    HIDDEN = "hidden"
    NOT_MEASURABLE = "not measurable"


@dataclass(frozen=True)
class Group(Result):
    """One group: its label in each column, and its score where there is one; else the reason why not."""

    keys: Mapping[str, Label]
    label: str
    state: State
    estimate: Estimate | None
    reason: str | None
    n: int | None = None


Keys = Mapping[str, Label]
Verdict = Callable[[Keys], Group | None]
"""Says of a group, by its keys, why its score is withheld; None where it may be shown."""


@dataclass(frozen=True)
class Breakdown(Result):
    """The groups of one column, or of several crossed, and which of them differ."""

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    comparisons: Comparisons | None

    @property
    def name(self) -> str:
        """The columns in words."""
        return " × ".join(self.by)

    @property
    def is_scan(self) -> bool:
        """Whether each group was held against the rest, being too many to compare pair by pair."""
        return self.comparisons is not None and self.comparisons.pairs[0].b == REST


@dataclass(frozen=True)
class Scores(Answer):
    """A score for all, and by group and wave."""

    schema: ClassVar[str] = "kithkin.analyze.scores"
    question: Question
    waves: tuple[Wave, ...]
    overall: Group
    breakdowns: tuple[Breakdown, ...]

    def document(self) -> dict[str, Any]:
        """See src/kithkin/cli/schemas/scores.json."""
        from kithkin.cli.scores.sentences import said

        asked = self.question
        return {
            "score": asked.score.strip(),
            "metric": asked.metric,
            "valid": plain(asked.valid),
            "weight": asked.weight,
            "by": list(asked.by),
            "floor": asked.floor,
            "files": plain(self.waves),
            "overall": _group(self.overall),
            "breakdowns": [
                {
                    "by": list(breakdown.by),
                    "groups": [_group(group) for group in breakdown.groups],
                    "comparisons": plain(breakdown.comparisons.pairs if breakdown.comparisons else ()),
                }
                for breakdown in self.breakdowns
            ],
            "sentences": list(said(self)),
        }

    def show(self, screen: Screen) -> None:
        """The conclusion, a table with bars per breakdown, and what was left out."""
        from kithkin.cli.scores.view import show

        show(self, screen)

    def page(self) -> Page:
        """The report, as `kithkin.cli.report` makes it."""
        from kithkin.cli.scores.paper import page

        return page(self)


def _group(group: Group) -> dict[str, Any]:
    return {
        "keys": plain(group.keys),
        "state": group.state.value,
        "reason": group.reason,
        "n": group.n,
        "estimate": plain(group.estimate),
    }
