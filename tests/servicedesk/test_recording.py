import pytest

from kithkin.platform.models import AuditEntry, Event, FactChange, Import
from kithkin.servicedesk.models import Moment, Queue, Request
from kithkin.servicedesk.services import record_requests, remove_requests
from kithkin.servicedesk.services.recording import Recorded
from kithkin.servicedesk.way import MomentRecord, RequestRecord
from tests.servicedesk.made import NINE, moment, told

pytestmark = pytest.mark.django_db


def way(number="R1"):
    moments = Moment.objects.filter(request__number=number)
    return [(m.at, m.kind, m.queue.name if m.queue else "") for m in moments.select_related("queue")]


def test_a_request_comes_in_with_its_way_and_stands_as_its_last_event_says():
    assert record_requests(requests=[told(kept=True, title="No network")]) == Recorded(added=1, changed=0)
    found = Request.objects.get()
    assert (found.number, found.title, found.queue.name, found.kept) == ("R1", "No network", "Desk", True)
    assert (found.opened_at, found.closed_at) == (moment(0).at, moment(5).at)
    assert way() == [
        (moment(0).at, "opened", "Desk"),
        (moment(2).at, "moved", "Network"),
        (moment(3).at, "state", "Network"),
        (moment(4).at, "moved", "Desk"),
        (moment(5).at, "closed", "Desk"),
    ]


def test_the_same_requests_once_more_change_nothing():
    record_requests(requests=[told(kept=True), told("R2")])
    FactChange.objects.all().delete()
    before = [*Request.objects.order_by("pk").values(), *Moment.objects.order_by("pk").values()]
    assert record_requests(requests=[told(kept=True), told("R2")]) == Recorded(0, 0)
    assert [*Request.objects.order_by("pk").values(), *Moment.objects.order_by("pk").values()] == before
    assert not FactChange.objects.exists()
    assert Event.objects.filter(kind="servicedesk.RequestsRecorded").count() == 1


@pytest.mark.parametrize("parts", [(0, 1), (1, 0)], ids=["the begin first", "the end first"])
def test_a_way_that_becomes_known_in_parts_is_the_way_known_at_once(parts):
    whole = told(kept=False)
    halves = (told("R1", *whole.moments[:2], kept=True), told("R1", *whole.moments[1:], kept=False))
    for part in parts:
        record_requests(requests=[halves[part]])
    in_parts, found = way(), Request.objects.get()
    assert (found.opened_at, found.closed_at, found.queue.name, found.kept) == (
        moment(0).at, moment(5).at, "Desk", False,
    )  # fmt: skip
    Moment.objects.all().delete()
    Request.objects.all().delete()
    record_requests(requests=[whole])
    assert way() == in_parts


def test_a_shorter_way_takes_nothing_away():
    record_requests(requests=[told(kept=True, title="No network")])
    record_requests(requests=[told("R1", moment(0, "Desk"))])
    assert Request.objects.get().title == "No network"
    assert len(way()) == 5


def test_events_of_the_same_minute_stay_in_the_order_in_which_they_were_told():
    there_and_back = (moment(0, "Desk"), moment(0, "Network"), moment(0, "Desk"))
    for _ in range(2):
        record_requests(requests=[told("R1", *there_and_back)])
    assert [queue for _at, _kind, queue in way()] == ["Desk", "Network", "Desk"]


def test_an_event_without_a_queue_changes_no_hand():
    record_requests(requests=[told("R1", moment(0, "Desk"), moment(1, "", "waiting"), moment(2, "Desk"))])
    assert [kind for _at, kind, _queue in way()] == ["opened", "state", "state"]
    assert Request.objects.get().queue.name == "Desk"


def test_a_request_that_goes_on_after_it_was_closed_is_open_again_and_its_promise_decided():
    record_requests(requests=[told("R1", moment(0, "Desk"), moment(1, closes=True), moment(2, "Desk"), kept=True)])
    found = Request.objects.get()
    assert [kind for _at, kind, _queue in way()] == ["opened", "closed", "reopened"]
    assert (found.closed_at, found.kept) == (None, True)


@pytest.mark.parametrize(("said", "kept"), [(True, None), (False, False), (None, None)])
def test_the_promise_of_an_open_request_can_be_broken_already_but_not_kept(said, kept):
    record_requests(requests=[told("R1", moment(0, "Desk"), kept=said)])
    assert Request.objects.get().kept is kept


def test_what_an_older_part_says_of_the_promise_is_not_believed_against_a_newer():
    record_requests(requests=[told(kept=False)])
    record_requests(requests=[told("R1", moment(-1, "Desk"), kept=True)])
    found = Request.objects.get()
    assert (found.opened_at, found.kept) == (moment(-1).at, False)


def test_the_facts_of_a_request_and_of_its_whole_way_are_to_be_loaded_anew():
    record_requests(requests=[told()])
    FactChange.objects.all().delete()
    record_requests(requests=[told("R1", moment(6, "Desk"))])
    keys = list(Moment.objects.order_by("pk").values_list("pk", flat=True))
    assert sorted(FactChange.objects.values_list("table", "first", "last")) == [
        ("legs", keys[0], keys[-1]),
        ("requests", Request.objects.get().pk, Request.objects.get().pk),
    ]


def test_queues_are_made_once_and_the_trail_tells_of_them():
    desk = Queue.objects.create(name="Desk")
    record_requests(requests=[told(), RequestRecord("R2", [MomentRecord(NINE, queue=desk)])])
    assert sorted(Queue.objects.values_list("name", flat=True)) == ["Desk", "Network"]
    assert AuditEntry.objects.filter(object_repr="Network", action=AuditEntry.Action.CREATE).count() == 1
    assert Request.objects.get(number="R2").queue == desk


def test_a_number_that_stands_twice_in_one_call_is_one_request():
    part = told("R1", moment(0, "Desk")), told("R1", moment(1, "Network"))
    assert record_requests(requests=part) == Recorded(1, 1)
    assert len(way()) == 2


def test_a_request_without_an_event_is_refused():
    with pytest.raises(ValueError, match="at least one event"):
        record_requests(requests=[RequestRecord("R1", [])])


def test_what_an_import_brought_goes_with_its_events_and_its_facts():
    brought = Import.objects.create(kind="requests", name="log.csv", folder="", sha256="", size=1, signature="")
    record_requests(requests=[told("R1")])
    record_requests(requests=[told("R2"), told("R3")], by_import=brought)
    FactChange.objects.all().delete()
    assert remove_requests(by_import=brought) == 2
    assert list(Request.objects.values_list("number", flat=True)) == ["R1"]
    assert Moment.objects.count() == 5
    assert sorted(FactChange.objects.values_list("table", flat=True)) == ["legs", "requests"]
    assert remove_requests(by_import=brought) == 0
