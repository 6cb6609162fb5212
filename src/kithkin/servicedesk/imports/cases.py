"""The lines of one request, put together: which of its events are new, and how it stands after them."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from kithkin.platform.imports.lines import Change, Create, Line, Problem, Write, changed
from kithkin.servicedesk.models import Moment, MomentKind, Queue, Request
from kithkin.servicedesk.way import Step, in_order, kinds, new_steps, promise, standing


@dataclass(frozen=True)
class Told:
    """What one line says, once it is read; `queue` may be one that is still to be made."""

    line: Line
    step: Step
    queue: Queue | None


@dataclass
class Case:
    """One request: its good lines in the file's order, with what is known of it already."""

    number: str
    told: list[Told] = field(default_factory=list)
    latest: datetime | None = None
    request: Request | None = None
    way: Sequence[Moment] = ()
    said: dict[str, int] = field(default_factory=dict)
    """Ids of the relation, the unit and the requester that the lines name."""

    def add(self, told: Told) -> None:
        """One line more."""
        self.told.append(told)
        self.latest = max(self.latest or told.step.at, told.step.at)

    def closed_too_early(self) -> dict[int, Problem]:
        """Lines that close it, stand behind others in the file, and say a time before all of them."""
        first = min((told.step.at for told in self.told if not told.step.closes), default=self.told[0].step.at)
        before = next((place for place, told in enumerate(self.told) if not told.step.closes), len(self.told))
        said = _("It closes the request before it was opened.")
        return {
            told.line.number: Problem("at", said, _("Correct the date, or the state."))
            for told in self.told[before + 1 :]
            if told.step.closes and told.step.at < first
        }

    def writes(self) -> dict[int, list[Write]]:
        """By line what it makes; the first also makes the request, or changes it."""
        known = [Step(m.at, m.queue_id, m.state, m.kind == MomentKind.CLOSED) for m in self.way]
        told = [self.told[place] for place in in_order([one.step for one in self.told])]
        new = [told[place] for place in new_steps(known, [one.step for one in told])]
        steps = [*known, *(one.step for one in new)]
        order = in_order(steps)
        ordered = [steps[place] for place in order]
        meant = dict(zip(order, kinds(ordered), strict=True))
        request, first = self._stands(ordered, told, bool(known))
        found: dict[int, list[Write]] = {one.line.number: [] for one in self.told}
        head = found[self.told[0].line.number]
        head += first
        for place, moment in enumerate(self.way):
            if moment.kind != meant[place]:
                after = copy.copy(moment)
                after.kind = meant[place].value
                head.append(Change(moment, after, frozenset({"kind"})))
        for place, one in enumerate(new, start=len(known)):
            moment = Moment(
                request=request,
                at=one.step.at,
                kind=meant[place].value,
                queue=one.queue,
                state=one.step.state,
            )
            found[one.line.number].append(Create(moment))
        return found

    def _stands(self, steps: Sequence[Step], told: Sequence[Told], is_known: bool) -> tuple[Request, list[Write]]:
        """The request as it stands after these steps, and what is to be written for that."""
        before = self.request
        after = copy.copy(before) if before else Request(number=self.number)
        stands = standing(steps)
        queues = {one.step.queue_id: one.queue for one in told}
        after.opened_at, after.closed_at = stands.opened_at, stands.closed_at
        if stands.queue_id in queues:
            after.queue = queues[stands.queue_id]
        else:
            after.queue_id = stands.queue_id
        for one in told:
            after.title = one.line.values.get("title") or after.title
        for name, pk in self.said.items():
            setattr(after, f"{name}_id", pk)
        flags = [kept for one in told if (kept := one.line.values.get("kept")) is not None]
        latest = not is_known or told[-1].step.at >= max(moment.at for moment in self.way)
        kept = flags[-1] if flags and (latest or after.kept is None) else after.kept
        after.kept = promise(kept, decided=stands.decided)
        if before is None:
            return after, [Create(after)]
        fields = changed(before, after)
        if after.queue_id is None and stands.queue_id is not None:  # a queue that is made with these lines
            fields |= {"queue"}
        return after, [Change(before, after, fields)] if fields else []
