"""An event log comes in, line by line, and its requests with it."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import timezone

from kithkin.directory.models import Service, ServiceLink
from kithkin.platform.events import Delivery
from kithkin.platform.forms.imports import MatchingForm
from kithkin.platform.imports.facts import ImportUndone
from kithkin.platform.imports.kept import NotImportable, head
from kithkin.platform.models import AuditEntry, FactChange, Import, ImportRow, ImportState, RowAction
from kithkin.platform.queries.imports import matched_alike
from kithkin.platform.registries.imports import kind_of
from kithkin.servicedesk.models import Moment, Queue, Request
from kithkin.servicedesk.receivers.imports import remove_its_queues
from kithkin.servicedesk.services.queues import remove_unused_queues
from tests.cast import LONG_AGO, Cast
from tests.directory.imports.files import check, run, undo, upload

LOG = """number,at,group,state,made_sla
R1,2026-03-02 09:00,Desk,New,TRUE
R2,2026-03-02 09:10,Desk,New,TRUE
R1,2026-03-02 11:00,Network,Active,TRUE
R2,2026-03-02 09:40,?,Closed,TRUE
R1,2026-03-02 14:00,Desk,Closed,FALSE
R3,2026-03-02 15:00,Desk,New,TRUE
"""


def taken(cast: Cast, content: str | bytes, **options: str) -> Import:
    return check(upload(cast.alice, content, kind="requests", name="log.csv"), **options)


def reasons(one: Import) -> dict[int, str]:
    rows = ImportRow.objects.filter(of=one, action=RowAction.REFUSED).order_by("number")
    return {row.number: row.problems[0][2] for row in rows}


def ways() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for m in Moment.objects.select_related("request", "queue").order_by("request__number", "at", "pk"):
        of = found.setdefault(m.request.number, [])
        of.append((m.at.strftime("%H:%M"), m.kind, m.queue.name if m.queue else ""))
    return found


def test_events_of_one_request_come_together_wherever_they_stand(cast, settings):
    settings.IMPORT_CHUNK_LINES = 2
    one = taken(cast, LOG)
    assert one.counts["check"]["created"] == 6
    assert one.counts["check"]["rows"] == {
        "servicedesk.queue": {"created": 2}, "servicedesk.request": {"created": 3},
        "servicedesk.moment": {"created": 6},
    }  # fmt: skip
    one = run(one)
    assert one.counts["run"] == one.counts["check"]
    assert ways() == {
        "R1": [("09:00", "opened", "Desk"), ("11:00", "moved", "Network"), ("14:00", "closed", "Desk")],
        "R2": [("09:10", "opened", "Desk"), ("09:40", "closed", "")],
        "R3": [("15:00", "opened", "Desk")],
    }
    stands = Request.objects.order_by("number").values_list("number", "queue__name", "kept", "closed_at__hour")
    assert list(stands) == [("R1", "Desk", False, 14), ("R2", "Desk", True, 9), ("R3", "Desk", None, None)]


def test_the_same_file_twice_changes_nothing(cast):
    run(taken(cast, LOG))
    before = [*Request.objects.values(), *Moment.objects.values(), *Queue.objects.values()]
    again = taken(cast, LOG)
    assert (again.counts["check"]["unchanged"], again.counts["check"]["created"]) == (6, 0)
    FactChange.objects.all().delete()
    run(again)
    assert [*Request.objects.values(), *Moment.objects.values(), *Queue.objects.values()] == before
    assert not FactChange.objects.exists()


def test_a_later_file_makes_a_request_longer_and_moves_it_to_a_new_queue(cast):
    run(taken(cast, LOG))
    one = run(taken(cast, "number,at,group,state,made_sla\nR3,2026-03-02 16:00,Cables,Active,FALSE\n"))
    assert one.counts["run"]["created"] == 1
    found = Request.objects.get(number="R3")
    assert (found.queue.name, found.kept) == ("Cables", False)
    assert ways()["R3"][-1] == ("16:00", "moved", "Cables")


def test_the_facts_of_what_came_in_are_to_be_loaded(cast):
    run(taken(cast, LOG))
    noted = {table: (first, last) for table, first, last in FactChange.objects.values_list("table", "first", "last")}
    keys = [list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in (Request, Moment)]
    assert noted == {"requests": (keys[0][0], keys[0][-1]), "legs": (keys[1][0], keys[1][-1])}


@pytest.mark.parametrize("size", [1, 2, 500])
def test_taken_back_all_is_as_before(cast, settings, size):
    settings.IMPORT_CHUNK_LINES = size
    run(taken(cast, LOG.replace("R2,", "R9,").replace("Network", "Phones")))
    before = [*Request.objects.values(), *Moment.objects.values(), *Queue.objects.values()]
    FactChange.objects.all().delete()
    more = run(taken(cast, LOG + "R9,2026-03-02 09:20,Network,Active,FALSE\n"))
    changed = ways()
    more = undo(more)
    assert (more.state, more.counts["undo"]) == (ImportState.UNDONE, {"undone": 4, "kept": 0})
    assert remove_unused_queues(by_import_id=more.pk) == 1
    assert [*Request.objects.values(), *Moment.objects.values(), *Queue.objects.values()] == before
    assert changed != ways()
    assert AuditEntry.objects.filter(object_repr="Network", action=AuditEntry.Action.DELETE).count() == 1


def test_what_became_longer_since_is_left_whole(cast):
    one = run(taken(cast, LOG))
    run(taken(cast, "number,at,group,state\nR3,2026-03-02 16:00,Desk,Active\n"))
    one = undo(one)
    assert one.counts["undo"] == {"undone": 5, "kept": 1}
    assert ways() == {"R3": [("15:00", "opened", "Desk"), ("16:00", "state", "Desk")]}
    assert remove_unused_queues(by_import_id=one.pk) == 1
    assert list(Queue.objects.values_list("name", flat=True)) == ["Desk"]


def form_of(one: Import) -> MatchingForm:
    kind = kind_of("requests")
    assert kind
    return MatchingForm(one, kind, head(one.path), matched_alike(one))


@pytest.mark.parametrize(
    ("written", "order", "read"),
    [
        ("29-02-2016 01:16", "day", "2016-02-29T01:16:00+00:00"),
        ("02/29/2016 1:16 pm", "month", "2016-02-29T13:16:00+00:00"),
        ("2016-02-29T01:16:00Z", "", "2016-02-29T01:16:00+00:00"),
        ("2016-02-29 01:16:00+02:00", "", "2016-02-28T23:16:00+00:00"),
    ],
)
def test_the_order_of_day_and_month_is_guessed_from_the_dates(cast, written, order, read):
    one = upload(cast.alice, f"case,at,group\nR1,{written},Desk\n", kind="requests", name="log.csv")
    form = form_of(one)
    assert form.mapping == {"case": "number", "at": "at", "group": "queue"}
    assert form.chosen["order"] == order
    run(check(one, form.mapping, **form.chosen))
    assert Moment.objects.get().at.isoformat() == read


def test_bad_lines_are_refused_one_by_one_with_the_reason(cast):
    one = taken(
        cast,
        "number,at,group,state,made_sla\n"
        "R1,2026-03-02 09:00,Desk,New,TRUE\n"
        "R1,2026-03-02 08:00,Desk,Closed,TRUE\n"
        "R1,03-02-2026 10:00,Desk,Active,TRUE\n"
        "R1,soon,Desk,Active,TRUE\n"
        ",2026-03-02 09:00,Desk,Active,TRUE\n"
        "R1,,Desk,Active,TRUE\n"
        "R1,2026-03-02 09:00,Desk,Active,maybe\n"
        "R1,2999-03-02 09:00,Desk,Active,TRUE\n"
        "R1,0001-01-01 00:00,Desk,Active,TRUE\n"
        f"{'9' * 61},2026-03-02 09:00,Desk,Active,TRUE\n",
    )
    assert reasons(one) == {
        3: "It closes the request before it was opened.",
        4: "Which is the day here and which the month cannot be told.",
        5: "This is no date and time.",
        6: "Which request it is about is not said.",
        7: "When it happened is not said.",
        8: "This is neither yes nor no.",
        9: "That day has not come yet.",
        10: "That was before there were requests.",
        11: "It has 61 letters, 60 are the most.",
    }
    run(one)
    assert ways() == {"R1": [("09:00", "opened", "Desk")]}


def test_a_file_with_nul_bytes_is_refused_with_the_line(cast):
    with pytest.raises(NotImportable, match="a NUL byte in line 3"):
        upload(cast.alice, LOG.replace("R2", "R\x00", 1), kind="requests", name="log.csv")


def test_events_out_of_order_are_put_in_order(cast):
    lines = LOG.splitlines()
    run(taken(cast, "\n".join([lines[0], *reversed(lines[1:])])))
    assert ways()["R1"] == [("09:00", "opened", "Desk"), ("11:00", "moved", "Network"), ("14:00", "closed", "Desk")]
    assert Request.objects.get(number="R1").kept is False


def test_an_hour_that_comes_twice_is_told_apart_by_the_order_of_the_lines(cast):
    cast.alice.time_zone = "Europe/Berlin"
    cast.alice.save()
    run(taken(cast, "case,at,group\nR1,2025-10-26 02:50,Desk\nR1,2025-10-26 02:10,Network\nR1,2025-10-26 03:05,Desk\n"))
    assert [at for at, _kind, _queue in ways()["R1"]] == ["00:50", "01:10", "02:05"]


def test_a_time_that_the_clock_leapt_over_is_read_as_the_clock_would_have_shown_it(cast):
    cast.alice.time_zone = "Europe/Berlin"
    cast.alice.save()
    run(taken(cast, "case,at,group\nR1,2026-03-29 01:59,Desk\nR1,2026-03-29 02:30,Network\nR1,2026-03-29 03:31,Desk\n"))
    assert ways()["R1"] == [("00:59", "opened", "Desk"), ("01:30", "moved", "Network"), ("01:31", "moved", "Desk")]


def test_without_a_state_the_last_line_can_close_a_request(cast):
    log = "case,at,group,met\nR1,2026-03-02 09:00,Desk,1\nR1,2026-03-02 10:00,Desk,1\n"
    run(taken(cast, log, ending="last"))
    assert [kind for _at, kind, _queue in ways()["R1"]] == ["opened", "closed"]
    assert Request.objects.get().kept is True


def test_ten_thousand_events_of_one_request_come_in_together(cast, settings):
    settings.IMPORT_CHUNK_LINES = 500
    lines = [f"R1,2026-03-02 {i // 60 % 24:02}:{i % 60:02},Queue {i % 7}" for i in range(10_000)]
    one = run(taken(cast, "\n".join(["case,at,group", *lines, "R2,2026-03-02 09:00,Queue 1"])))
    assert (one.chunks, Moment.objects.filter(request__number="R1").count()) == (2, 10_000)
    assert undo(one).counts["undo"] == {"undone": 10_001, "kept": 0}
    assert not Moment.objects.exists()


def test_unit_service_and_requester_are_found_and_their_relation(cast):
    link = ServiceLink.objects.create(
        provider_unit=cast.it, receiver_unit=cast.logistics, service=Service.objects.create(name="Help"), since=LONG_AGO
    )
    one = taken(
        cast,
        "case,at,group,unit,service,requester\n"
        "R1,2026-03-02 09:00,Desk,Logistics,help,charlie@company.example\n"
        "R2,2026-03-02 09:00,Desk,Nowhere,help,\n"
        "R3,2026-03-02 09:00,Desk,Support,help,\n"
        "R4,2026-03-02 09:00,Desk,Logistics,,nobody@company.example\n",
    )
    assert reasons(one) == {
        3: "There is no unit of this name or code today.",
        4: "Nobody serves this unit with that.",
        5: "There is nobody with this number or e-mail address.",
    }
    run(one)
    found = Request.objects.get()
    assert (found.link, found.unit, found.requester) == (link, cast.logistics, cast.charlie.person)


def test_a_file_of_something_else_says_which_column_is_missing(cast):
    one = upload(cast.alice, "name,email\nKim,kim@x.example\n", kind="requests", name="people.csv")
    form = form_of(one)
    assert form.mapping == {"email": "requester"}
    assert not form.read(QueryDict("column-1=requester"))
    assert form.errors == [
        "No column holds “Request number”, which every line needs.",
        "No column holds “When it happened”, which every line needs.",
        "No column holds “Queue that holds it”, which every line needs.",
    ]


def test_another_column_of_numbers_gathers_the_lines_anew(cast, settings):
    settings.IMPORT_CHUNK_LINES = 1
    log = "a,b,at,group\nX,1,2026-03-02 09:00,Desk\nY,1,2026-03-02 10:00,Desk\nX,2,2026-03-02 11:00,Desk\n"
    one = upload(cast.alice, log, kind="requests", name="log.csv")
    rest = {"at": "at", "group": "queue"}
    assert check(one, {"a": "number", **rest}).chunks == 2
    one = run(check(one, {"b": "number", **rest}))
    assert {number: len(way) for number, way in ways().items()} == {"1": 2, "2": 1}


def test_queues_that_came_with_an_import_go_when_it_is_undone(cast):
    one = undo(run(taken(cast, LOG)))
    Queue.objects.filter(name="Desk").update(unit=cast.it)
    remove_its_queues(Delivery(1, ImportUndone(one.pk, "requests", 6), timezone.now(), None))
    assert list(Queue.objects.values_list("name", flat=True)) == ["Desk"]
