"""What became of each element on its way through a door. Nothing is lost without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kithkin.questionnaire.formats.errors import FormatError

MOST_SUMMED = 12
MOST_TOLD = 500_000
"""What a report can hold. Nothing is left out of one: a file of which more is to be told is refused."""
_DEEPEST = 64


class Kind(StrEnum):
    """What became of an element."""

    KEPT = "kept"
    APPROXIMATED = "approximated"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Loss:
    """One element, or a part of it. `where` is its place in the file as that names it; `what` is it in words.

    `reason` says why it is not the same any more; of an element that was kept it may be empty.
    """

    kind: Kind
    where: str
    what: str
    reason: str = ""

    def to_dict(self) -> dict[str, str]:
        """As JSON types."""
        return {"kind": self.kind.value, "where": self.where, "what": self.what, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class LossReport:
    """Every element that a door has seen, in the order of the file."""

    losses: tuple[Loss, ...] = ()

    def __iter__(self) -> Iterator[Loss]:
        return iter(self.losses)

    def __len__(self) -> int:
        return len(self.losses)

    def of(self, kind: Kind) -> tuple[Loss, ...]:
        """Those of one kind."""
        return tuple(loss for loss in self.losses if loss.kind is kind)

    @property
    def counts(self) -> dict[Kind, int]:
        """How many of each kind."""
        found = Counter(loss.kind for loss in self.losses)
        return {kind: found[kind] for kind in Kind}

    @property
    def is_whole(self) -> bool:
        """Whether everything came along as it was."""
        return all(loss.kind is Kind.KEPT for loss in self.losses)

    def summary(self) -> str:
        """What a person reads: the figures, then what is not the same any more, the most frequent first.

        >>> told = (Loss(Kind.KEPT, "Q1", "a question"), Loss(Kind.LOST, "Q2", "a heat map", "no such type"))
        >>> print(LossReport(told))
        1 element kept, 0 approximated, 1 lost.
        Lost: a heat map (Q2): no such type.
        """
        count = self.counts
        noun = "element" if count[Kind.KEPT] == 1 else "elements"
        lines = [f"{count[Kind.KEPT]} {noun} kept, {count[Kind.APPROXIMATED]} approximated, {count[Kind.LOST]} lost."]
        for kind in (Kind.LOST, Kind.APPROXIMATED):
            lines += _gathered(kind, self.of(kind))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.summary()

    def to_dict(self) -> dict[str, Any]:
        """As JSON types."""
        return {
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "losses": [loss.to_dict() for loss in self.losses],
        }


def _gathered(kind: Kind, losses: Iterable[Loss]) -> Iterator[str]:
    """A line per cause: what was lost for the same reason stands together."""
    places: dict[tuple[str, str], list[str]] = {}
    for loss in losses:
        places.setdefault((loss.what, loss.reason), []).append(loss.where)
    most = sorted(places.items(), key=lambda item: -len(item[1]))
    for (what, reason), where in most[:MOST_SUMMED]:
        shown = ", ".join(filter(None, where[:3])) + (f" and {len(where) - 3} more" if len(where) > 3 else "")
        yield f"{kind.value.capitalize()}: {what}" + (f" ({shown})" if shown else "") + f": {reason.rstrip('.')}."
    if len(most) > MOST_SUMMED:
        yield f"{kind.value.capitalize()}: {len(most) - MOST_SUMMED} more causes, in the report."


class Losses:
    """Collects what becomes of elements while a file is read or written.

    A reader names each element with `element`; one of which nothing worse is said afterwards counts as kept.
    Things inside an element are told under its own `where`, or under that and a slash.
    """

    def __init__(self) -> None:
        self._elements: dict[str, str] = {}
        self._told: dict[Loss, None] = {}

    def element(self, where: str, what: str) -> None:
        """There is an element; it is kept unless something else is said."""
        self._elements.setdefault(where, what)

    def kept(self, where: str, what: str, reason: str = "") -> None:
        """Something is kept, with a word about it."""
        self._tell(Loss(Kind.KEPT, where, what, reason))

    def approximated(self, where: str, what: str, reason: str) -> None:
        """Something comes along, but not quite as it was."""
        self._tell(Loss(Kind.APPROXIMATED, where, what, reason))

    def lost(self, where: str, what: str, reason: str) -> None:
        """Something does not come along."""
        self._tell(Loss(Kind.LOST, where, what, reason))

    def _tell(self, loss: Loss) -> None:
        self._told[loss] = None
        if len(self._told) > MOST_TOLD:
            what = f"More than {MOST_TOLD:,} things in it do not come along as they are."
            raise FormatError(loss.where[:200], what, "Divide the questionnaire.")

    def report(self) -> LossReport:
        """Everything: the elements in their order, what was told of each after it, and then the rest."""
        told: dict[str, list[Loss]] = {}
        loose = []
        for loss in self._told:
            owner = self._owner(loss.where)
            told.setdefault(owner, []).append(loss) if owner is not None else loose.append(loss)
        found: list[Loss] = []
        for where, what in self._elements.items():
            losses = told.get(where, [])
            if not any(loss.where == where for loss in losses):
                found.append(Loss(Kind.KEPT, where, what))
            found += losses
        return LossReport((*found, *loose))

    def _owner(self, where: str) -> str | None:
        for _ in range(_DEEPEST):
            if not where or where in self._elements:
                break
            where = where.rpartition("/")[0]
        return where if where in self._elements else None
