"""The path of a request: a lane for each queue, a bar for each stay, a line for each hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kithkin.servicedesk.models import Queue
from kithkin.servicedesk.queries.paths import Holder, Leg, Path
from kithkin.servicedesk.wording import long, percent

WIDTH, LANE, BAR, TOP = 1000, 56, 16, 30
LEAST = 4
MOST_LANES, MOST_BARS = 12, 200


@dataclass(frozen=True)
class Lane:
    """A queue: its name, how long it held the request, and whether nobody held it longer."""

    name: str
    said: str
    longest: bool
    y: int


@dataclass(frozen=True)
class Bar:
    """A stay."""

    x: float
    y: int
    width: float
    longest: bool
    title: str


@dataclass(frozen=True)
class Handing:
    """A hand-over, from lane to lane."""

    x: float
    y: int
    height: int


@dataclass(frozen=True)
class PathPicture:
    """What the template writes down; `left_out` queues are not drawn."""

    height: int
    lanes: Sequence[Lane]
    bars: Sequence[Bar]
    handings: Sequence[Handing]
    begin: str
    end: str
    open: bool
    left_out: int


def path_picture(path: Path) -> PathPicture | None:
    """None where there is nothing to draw: one event only."""
    whole = path.until - path.since
    if not whole or not path.legs:
        return None
    holders = path.holders
    kept = {one.queue for one in holders[:MOST_LANES]}
    order = [queue for queue in dict.fromkeys(leg.queue for leg in path.legs) if queue in kept]
    rows = {queue: place * LANE for place, queue in enumerate(order)}
    by_queue = {one.queue: one for one in holders}
    slowest = holders[0].queue if len(holders) > 1 else None
    drawn = [leg for leg in path.legs if leg.queue in kept][:MOST_BARS]
    return PathPicture(
        height=LANE * len(order),
        lanes=[_lane(by_queue[queue], rows[queue], slowest=len(holders) > 1 and queue == slowest) for queue in order],
        bars=[_bar(leg, path, whole, rows, len(holders) > 1 and leg.queue == slowest) for leg in drawn],
        handings=[_handing(one, after, path, whole, rows) for one, after in pairwise(drawn)],
        begin=date_format(localtime(path.since), "SHORT_DATETIME_FORMAT"),
        end=_("now") if path.request.closed_at is None else date_format(localtime(path.until), "SHORT_DATETIME_FORMAT"),
        open=path.request.closed_at is None,
        left_out=len(holders) - len(order),
    )


def name_of(queue: Queue | None) -> str:
    """What a lane is called; before any queue had the request nobody did."""
    return queue.name if queue is not None else _("no queue yet")


def _lane(holder: Holder, y: int, *, slowest: bool) -> Lane:
    said = f"{long(holder.hours)} · {percent(holder.share)}"
    return Lane(name_of(holder.queue), said, slowest, y)


def _x(leg: Leg, path: Path, whole: timedelta) -> float:
    return WIDTH * ((leg.since - path.since) / whole)


def _bar(leg: Leg, path: Path, whole: timedelta, rows: dict[Queue | None, int], longest: bool) -> Bar:
    width = max(WIDTH * leg.share, LEAST)
    x = min(_x(leg, path, whole), WIDTH - width)
    title = f"{name_of(leg.queue)}: {long(leg.hours)}, {percent(leg.share)}"
    return Bar(round(x, 1), rows[leg.queue] + TOP, round(width, 1), longest, title)


def _handing(one: Leg, after: Leg, path: Path, whole: timedelta, rows: dict[Queue | None, int]) -> Handing:
    upper, lower = sorted((rows[one.queue], rows[after.queue]))
    x = min(_x(after, path, whole), WIDTH - 1)
    return Handing(round(x, 1), upper + TOP, lower - upper + BAR)
