import pytest

from kithkin.servicedesk.models import Moment, Queue, Request
from kithkin.servicedesk.services import record_requests
from tests.servicedesk.made import told

EVENTS = {
    "events": [
        {"request": "R1", "at": "2026-03-02T09:00:00Z", "queue": "Desk", "title": "No network"},
        {"request": "R2", "at": "2026-03-02T09:05:00Z", "queue": "Desk"},
        {"request": "R1", "at": "2026-03-02T11:00:00Z", "queue": "Network", "state": "Active", "kept": True},
        {"request": "R1", "at": "2026-03-02T13:00:00Z", "state": "Closed", "closes": True, "kept": False},
    ]
}


def post(client, body):
    return client.post("/api/v1/requests/events", body, content_type="application/json")


def test_events_are_sent_in_bulk_and_requests_read_with_their_path(cast, visit):
    answer = post(visit("alice"), EVENTS)
    assert (answer.status_code, answer.json()) == (201, {"added": 2, "changed": 0})
    listed = visit("alice").get("/api/v1/requests?open=false").json()
    assert [(one["number"], one["handovers"], one["kept"]) for one in listed["items"]] == [("R1", 1, False)]
    one = visit("alice").get(f"/api/v1/requests/{Request.objects.get(number='R1').pk}").json()
    assert [(leg["hours"], leg["returned"]) for leg in one["legs"]] == [(2.0, False), (2.0, False)]
    assert one["title"] == "No network"


def test_the_same_events_once_more_change_nothing(cast, visit):
    post(visit("alice"), EVENTS)
    assert post(visit("alice"), EVENTS).json() == {"added": 0, "changed": 0}
    assert Moment.objects.count() == 4


@pytest.mark.parametrize(
    "event",
    [
        {"request": "", "at": "2026-03-02T09:00:00Z"},
        {"request": "R1", "at": "2026-03-02T09:00:00"},
        {"request": "R1", "at": "soon"},
        {"request": "R\x00", "at": "2026-03-02T09:00:00Z"},
        {"request": "R1", "at": "2026-03-02T09:00:00Z", "queue": "q" * 121},
        {"request": "R1", "at": "2026-03-02T09:00:00Z", "quueue": "Desk"},
    ],
)
def test_what_is_not_valid_is_refused_and_nothing_comes_in(cast, visit, event):
    assert post(visit("alice"), {"events": [EVENTS["events"][0], event]}).status_code == 422
    assert not Request.objects.exists()


@pytest.mark.parametrize("who", ["anna", "dora", "gus", "bob"])
def test_only_managers_send_events(cast, visit, who):
    assert post(visit(who), EVENTS).status_code == 403


def test_others_see_what_they_see_on_the_pages(cast, visit):
    record_requests(requests=[told("R1", requester_id=cast.charlie.person.pk), told("R2")])
    Queue.objects.filter(name="Network").update(unit=cast.it)
    numbers = {
        who: [one["number"] for one in visit(who).get("/api/v1/requests").json()["items"]]
        for who in ("anna", "gus", "charlie", "bob")
    }
    assert numbers == {"anna": ["R1", "R2"], "gus": ["R1", "R2"], "charlie": ["R1"], "bob": []}
    assert visit("bob").get(f"/api/v1/requests/{Request.objects.first().pk}").status_code == 404
    assert [one["name"] for one in visit("gus").get("/api/v1/queues").json()["items"]] == ["Network"]
    assert visit("gus").get(f"/api/v1/queues/{Queue.objects.get(name='Desk').pk}").status_code == 404
