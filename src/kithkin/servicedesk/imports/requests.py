"""The kind: an event log, of which each line says who had a request from when on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.imports.lookups import Persons, Unfit, Units
from kithkin.directory.models.days import today
from kithkin.directory.rules.imports import may_import
from kithkin.platform.imports.lines import Create, Line, Planned, Problem, Write
from kithkin.platform.imports.values import BadValue
from kithkin.platform.models import Import
from kithkin.platform.registries.imports import ImportKind, Setting
from kithkin.platform.text import fold
from kithkin.servicedesk.events import RequestsRecorded
from kithkin.servicedesk.imports.cases import Case, Told
from kithkin.servicedesk.imports.dates import Dates
from kithkin.servicedesk.imports.fields import CLOSING, FIELDS, LAST, OPTIONS
from kithkin.servicedesk.imports.relations import Relations
from kithkin.servicedesk.models import Moment, Queue, Request
from kithkin.servicedesk.services.noting import note_requests
from kithkin.servicedesk.way import Step

Find = Callable[[Line], int | None]


class RequestPlanner:
    """Lines of one request come together, in the file's order, whatever stands between them."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._dates = Dates(setting.options.get("order", ""))
        self._closes_last = setting.options.get("ending") == LAST and "state" not in setting.fields
        self._units = Units("unit", today()) if "unit" in setting.fields else None
        self._relations = Relations() if "service" in setting.fields else None
        self._queues: dict[str, Queue] = {}
        """Those that lines of earlier chunks would make, or have made."""
        self._named: dict[str, int] = {}
        """The line that first names each queue: a trial that is taken up half-way counts none twice."""

    def same(self, line: Line, *, claims: bool = True) -> int | None:
        """No line is about the same as another: two events alike are two."""
        if claims and (name := line.values.get("queue")):
            self._named.setdefault(name, line.number)
        return None

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """A chunk of lines, with at most eight queries."""
        problems: dict[int, list[Problem]] = defaultdict(list)
        made = self._find_queues(lines)
        cases = self._cases(lines, problems)
        for case in cases:
            for number, problem in case.closed_too_early().items():
                problems[number].append(problem)
            case.told = [told for told in case.told if told.line.number not in problems]
        self._look_up(cases, problems)
        cases = [case for case in cases if case.told]
        self._find_known(cases)
        planned = {}
        for case in cases:
            last = case.told[-1].line.number
            for number, writes in self._writes(case, made).items():
                planned[number] = Planned(tuple(writes), stands_with=last)
        return [
            Planned(problems=tuple(problems[line.number]))
            if problems.get(line.number)
            else planned.get(line.number, Planned())
            for line in lines
        ]

    def _writes(self, case: Case, made: set[str]) -> dict[int, list[Write]]:
        """What the lines of a case do; whoever names a new queue first makes it."""
        found = case.writes()
        for told in case.told:
            queue = told.queue
            if queue is not None and queue.name in made and found[told.line.number]:
                made.discard(queue.name)
                found[told.line.number].insert(0, Create(queue, shared=True))
        return found

    def _find_queues(self, lines: Sequence[Line]) -> set[str]:
        """Know the queues that are named here; the names of those that are to be made."""
        named = {name for line in lines if (name := line.values.get("queue"))}
        unknown = named - self._queues.keys()
        self._queues |= {queue.name: queue for queue in Queue.objects.filter(name__in=unknown)}
        missing = sorted(unknown - self._queues.keys())
        temporary = -len(self._queues)
        for place, name in enumerate(missing, start=1):
            queue = Queue(name=name, brought_id=self._setting.import_id)
            queue.mark = temporary - place  # type: ignore[attr-defined]
            self._queues[name] = queue
        here = {line.number for line in lines}
        return {name for name in missing if self._setting.running or self._named.get(name) in here}

    def _cases(self, lines: Sequence[Line], problems: dict[int, list[Problem]]) -> list[Case]:
        """The good lines by request; whatever is wrong with the others goes to `problems`."""
        cases: dict[str, Case] = {}
        for line in lines:
            if line.unread or "number" not in line.values or "at" not in line.values:
                problems[line.number] += [
                    Problem(key, said, _("Add it."))
                    for key, said in (
                        ("number", _("Which request it is about is not said.")),
                        ("at", _("When it happened is not said.")),
                    )
                    if key not in line.values and key not in line.unread
                ]
                continue
            case = cases.setdefault(line.values["number"], Case(line.values["number"]))
            try:
                case.add(self._told(line, case.latest))
            except BadValue as bad:
                problems[line.number].append(Problem("at", bad.reason, bad.remedy))
        found = [case for case in cases.values() if case.told]
        if self._closes_last:
            for case in found:
                latest = max(range(len(case.told)), key=lambda place: (case.told[place].step.at, place))
                told = case.told[latest]
                case.told[latest] = replace(told, step=told.step._replace(closes=True))
        return found

    def _told(self, line: Line, above: datetime | None) -> Told:
        at = self._dates.read(line.values["at"], above)
        queue = self._queues[line.values["queue"]] if line.values.get("queue") else None
        state = line.values.get("state") or ""
        key = None if queue is None else queue.pk or queue.mark  # type: ignore[attr-defined]
        return Told(line, Step(at, key, state, fold(state) in CLOSING), queue)

    def _look_up(self, cases: Sequence[Case], problems: dict[int, list[Problem]]) -> None:
        """Find the units, people and relations that the lines name; a line that names none is refused."""
        told = [one for case in cases for one in case.told]
        persons = None
        if "requester" in self._setting.fields:
            persons = Persons("requester", (one.line.values.get("requester") or "" for one in told))
        for case in cases:
            fits = []
            for one in case.told:
                try:
                    case.said |= self._ids(one.line.values, persons)
                    fits.append(one)
                except Unfit as unfit:
                    problems[one.line.number].append(unfit.problem)
            case.told = fits

    def _ids(self, given: Any, persons: Persons | None) -> dict[str, int]:
        found = {}
        if self._units and given.get("unit"):
            found["unit"] = self._units.find(given["unit"])
        if persons and given.get("requester"):
            found["requester"] = persons.find(given["requester"]).pk
        if self._relations and given.get("service"):
            found["link"] = self._relations.find(given["service"], found.get("unit"))
        return found

    def _find_known(self, cases: Sequence[Case]) -> None:
        requests = self._setting.read(Request.objects.filter(number__in=[case.number for case in cases]))
        known = {one.number: one for one in requests}
        ways: dict[int, list[Moment]] = defaultdict(list)
        if known:
            for moment in Moment.objects.filter(request__in=known.values()).order_by("at", "pk"):
                ways[moment.request_id].append(moment)
        for case in cases:
            case.request = known.get(case.number)
            case.way = ways[case.request.pk] if case.request else ()


def _touched(rows: Sequence[Any]) -> None:
    """The facts of whatever was written, or taken back."""
    requests = {row.pk for row in rows if isinstance(row, Request)}
    moments = [row for row in rows if isinstance(row, Moment)]
    note_requests(requests | {row.request_id for row in moments}, [row.pk for row in moments])


def _brought(one: Import) -> Sequence[tuple[str, Any]]:
    return [(f"{reverse('requests')}?import={one.pk}", gettext_lazy("See these requests"))]


REQUESTS = ImportKind(
    "requests",
    gettext_lazy("Requests with their way"),
    gettext_lazy("Each line is one event of a request: its number, when, and the group that holds it from then on."),
    allowed=may_import,
    fields=lambda _user: FIELDS,
    planner=RequestPlanner,
    models=(Queue, Request, Moment),
    options=OPTIONS,
    imported=lambda import_id, count: RequestsRecorded(count=count, import_id=import_id),
    touched=_touched,
    makes=Moment,
    gathered="number",
    position=60,
)
