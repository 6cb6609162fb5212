"""The way of a request, as it is told: which of its events are new, what each one is, and how it stands after all.

    told = RequestRecord("R1", (MomentRecord(nine, queue="Desk"), MomentRecord(noon, queue="Desk", closes=True)))

Nothing here reads or writes the database. An event is told by when it was, the queue, the state and whether it closes;
what it *is* (opened, handed on, opened again) follows from those before it, so that it does not matter in which order,
or in how many files, a way becomes known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from kithkin.servicedesk.models import MomentKind, Queue


@dataclass(frozen=True)
class MomentRecord:
    """One event: when, the queue from then on (an empty one: as before), the state as its source calls it."""

    at: datetime
    queue: str | Queue = ""
    state: str = ""
    closes: bool = False


@dataclass(frozen=True)
class RequestRecord:
    """A request as some source tells it, with all its events that the source knows, in their order.

    `kept` is the promise as of the last of them: it counts as kept only once an event closes the request, and as
    broken at once. What is None or empty is not known, and takes nothing away that is.
    """

    number: str
    moments: Sequence[MomentRecord]
    title: str = ""
    link_id: int | None = None
    unit_id: int | None = None
    requester_id: int | None = None
    kept: bool | None = None


class Step(NamedTuple):
    """An event with its queue found."""

    at: datetime
    queue_id: int | None
    state: str
    closes: bool


class Standing(NamedTuple):
    """How a request stands after all its steps."""

    opened_at: datetime
    closed_at: datetime | None
    queue_id: int | None
    decided: bool
    """Whether any step closed it: what was kept until then was kept."""


def new_steps(known: Sequence[Step], told: Sequence[Step]) -> list[int]:
    """The places of those that are not known yet. Two steps alike are two: where one was known, one is new.

    >>> nine = datetime(2026, 1, 5, 9)
    >>> new_steps([Step(nine, 1, "", False)], [Step(nine, 1, "", False)] * 2)
    [1]
    """
    left, found = Counter(known), []
    for place, step in enumerate(told):
        if left[step]:
            left[step] -= 1
        else:
            found.append(place)
    return found


def in_order(steps: Sequence[Step]) -> list[int]:
    """The places of the steps by time; those of one time stay as they came."""
    return sorted(range(len(steps)), key=lambda place: steps[place].at)


def kinds(steps: Sequence[Step]) -> Iterator[MomentKind]:
    """What each of the steps is, which stand in order."""
    queue: int | None = None
    closed = False
    for place, step in enumerate(steps):
        moved = step.queue_id is not None and step.queue_id != queue
        if step.closes:
            yield MomentKind.CLOSED
        elif place == 0:
            yield MomentKind.OPENED
        elif closed:
            yield MomentKind.REOPENED
        elif moved and queue is not None:
            yield MomentKind.MOVED
        else:
            yield MomentKind.STATE
        closed = step.closes
        queue = step.queue_id if moved else queue


def standing(steps: Sequence[Step]) -> Standing:
    """After steps in order, of which there is at least one."""
    closed_at: datetime | None = None
    queue_id: int | None = None
    decided = False
    for step in steps:
        closed_at = (closed_at or step.at) if step.closes else None
        queue_id = queue_id if step.queue_id is None else step.queue_id
        decided |= step.closes
    return Standing(steps[0].at, closed_at, queue_id, decided)


def promise(kept: bool | None, *, decided: bool) -> bool | None:
    """What is known of the promise: broken is broken, but kept only what was closed."""
    return None if kept and not decided else kept
