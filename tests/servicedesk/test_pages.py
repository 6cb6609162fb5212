from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kithkin.directory.models import Service, ServiceLink
from kithkin.platform.models import AuditEntry
from kithkin.servicedesk.elsewhere import asked_by, find_queues, find_requests
from kithkin.servicedesk.models import Queue, Request
from kithkin.servicedesk.services import record_requests
from kithkin.servicedesk.way import MomentRecord, RequestRecord
from tests.cast import LONG_AGO
from tests.servicedesk.made import moment, told


def link_of(cast):
    service = Service.objects.create(name="Help")
    return ServiceLink.objects.create(
        provider_unit=cast.it, receiver_unit=cast.logistics, service=service, since=LONG_AGO
    )


def many(count, **more):
    return [told(f"R{number:03}", kept=number % 3 > 0, **more) for number in range(count)]


@pytest.mark.parametrize("name", ["requests", "queues", "request_flow"])
@pytest.mark.parametrize("who", ["alice", "gus"])
def test_a_list_costs_the_same_for_one_row_and_for_fifty(cast, visit, django_assert_max_num_queries, name, who):
    link = link_of(cast)
    record_requests(requests=many(1, link_id=link.pk))
    page = visit(who)
    page.get(reverse(name))
    with django_assert_max_num_queries(30) as one:
        assert page.get(reverse(name)).status_code == 200
    record_requests(requests=many(50, link_id=link.pk, requester_id=cast.charlie.person.pk))
    record_requests(requests=[RequestRecord(f"Q{n}", [moment(0, f"Queue {n}")]) for n in range(50)])
    Queue.objects.update(unit=cast.it)
    with django_assert_max_num_queries(len(one)):
        page.get(reverse(name))


def test_a_request_costs_the_same_with_one_leg_and_with_fifty(cast, visit, django_assert_max_num_queries):
    record_requests(requests=[told("R1", moment(0, "Desk")), told("R2", *(moment(n, f"Q{n}") for n in range(50)))])
    page = visit("alice")
    one, other = Request.objects.order_by("number")
    page.get(reverse("request", args=[one.pk]))
    with django_assert_max_num_queries(30) as short:
        page.get(reverse("request", args=[one.pk]))
    with django_assert_max_num_queries(len(short)):
        page.get(reverse("request", args=[other.pk]))


def test_a_request_says_whom_its_delay_belongs_to_leg_by_leg(cast, visit):
    record_requests(requests=[told(kept=False, title="No network")])
    html = visit("alice").get(reverse("request", args=[Request.objects.get().pk]))
    path = html.context["path"]
    assert [(leg.queue.name, leg.hours, round(100 * leg.share), leg.returned) for leg in path.legs] == [
        ("Desk", 2.0, 40, False),
        ("Network", 2.0, 40, False),
        ("Desk", 1.0, 20, True),
    ]
    assert html.context["title"] == "R1 took 5.0 h and was handed on 2 times"
    assert "Most of the time it waited in <b>Desk</b>: 3.0 h, 60 % of all." in html.content.decode()
    assert [(lane.name, lane.longest) for lane in html.context["picture"].lanes] == [("Desk", True), ("Network", False)]
    assert [(bar.x, bar.width) for bar in html.context["picture"].bars] == [(0, 400), (400, 400), (800, 200)]


def test_an_open_request_waits_until_now(cast, visit):
    since = timezone.now() - timedelta(hours=10)
    record_requests(requests=[RequestRecord("R1", [MomentRecord(since, "Desk"), MomentRecord(since, "Network")])])
    html = visit("alice").get(reverse("request", args=[Request.objects.get().pk]))
    assert html.context["title"] == "R1 has been open for 10.0 h, handed on once"
    assert html.content.decode().count("still here") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=open", {"OPEN"}),
        ("state=closed", {"KEPT", "BROKEN"}),
        ("promise=kept", {"KEPT"}),
        ("promise=broken", {"BROKEN"}),
        ("promise=unknown", {"OPEN"}),
        ("month=2026-04", {"OPEN"}),
        ("month=2026-03", {"KEPT", "BROKEN"}),
        ("month=1999-01", {"KEPT", "BROKEN", "OPEN"}),
        ("q=bro", {"BROKEN"}),
        ("queue=x", {"KEPT", "BROKEN", "OPEN"}),
        ("link=99999999999999999999&import=1", {"KEPT", "BROKEN", "OPEN"}),
    ],
)
def test_the_list_is_narrowed_by_the_address(cast, visit, query, found):
    april = moment(24 * 40)
    record_requests(
        requests=[
            told("KEPT", kept=True),
            told("BROKEN", kept=False),
            RequestRecord("OPEN", [MomentRecord(april.at, "N")]),
        ]
    )
    page = visit("alice").get(f"{reverse('requests')}?{query}").context["page"]
    assert {one.number for one in page.rows} == found


def test_the_list_is_narrowed_by_queue_and_relation(cast, visit):
    link = link_of(cast)
    record_requests(requests=[told("R1", link_id=link.pk), told("R2", moment(0, "Network"))])
    network = Queue.objects.get(name="Network")
    for query, number in ((f"queue={network.pk}", "R2"), (f"link={link.pk}", "R1")):
        page = visit("alice").get(f"{reverse('requests')}?{query}").context["page"]
        assert [one.number for one in page.rows] == [number]
        assert [one.handed for one in page.rows] == [2 if number == "R1" else 0]


def test_a_page_of_a_long_path_stays_small(cast, visit):
    record_requests(requests=[told("R1", *(moment(n / 10, f"Q{n % 40}") for n in range(5000)))])
    html = visit("alice").get(reverse("request", args=[Request.objects.get().pk]))
    assert len(html.content) < 100_000
    assert "and 4,940 more legs" in html.content.decode()


def test_a_queue_is_given_to_a_unit_and_the_trail_tells(cast, visit):
    record_requests(requests=[told()])
    desk = Queue.objects.get(name="Desk")
    address = reverse("change_queue", args=[desk.pk])
    answer = visit("alice").post(address, {"name": "Help desk", "unit": cast.it.pk, "version": desk.version})
    assert answer.status_code == 302
    desk.refresh_from_db()
    assert (desk.name, desk.unit) == ("Help desk", cast.it)
    late = visit("percy").post(address, {"name": "Else", "unit": "", "version": 1})
    assert (late.status_code, Queue.objects.get(pk=desk.pk).name) == (409, "Help desk")
    assert AuditEntry.objects.filter(object_repr="Help desk", action=AuditEntry.Action.UPDATE).count() == 1


def test_a_name_that_another_queue_has_is_refused(cast, visit):
    record_requests(requests=[told()])
    desk = Queue.objects.get(name="Desk")
    answer = visit("alice").post(reverse("change_queue", args=[desk.pk]), {"name": "Network", "version": desk.version})
    assert answer.context["form"].errors == {"name": ["Queue with this Name already exists."]}


def test_the_page_of_a_relation_says_how_many_promises_were_kept_this_year(cast, visit):
    link = link_of(cast)
    now = timezone.now()
    for number in range(10):
        way = [MomentRecord(now - timedelta(minutes=2), "Desk"), MomentRecord(now, "Desk", closes=number != 9)]
        record_requests(requests=[RequestRecord(f"R{number}", way, link_id=link.pk, kept=number < 6)])
    html = visit("charlie").get(reverse("relation", args=[link.pk])).content.decode()
    assert "<b>60 %</b> of the promises" in html
    assert "31–83 %, n = 10" in html
    assert f"10 requests in {now.year}" in html


def test_requests_and_queues_are_found_by_those_who_see_them(cast):
    record_requests(requests=[told("R-77", title="No network", requester_id=cast.charlie.person.pk), told("R-777")])
    Queue.objects.update(unit=cast.it)
    assert [hit.title for hit in find_requests(cast.alice, "r-77", 5)] == ["R-77", "R-777"]
    assert [hit.title for hit in find_requests(cast.charlie, "network", 5)] == ["R-77"]
    assert find_requests(cast.bob, "r-77", 5) == []
    assert [hit.title for hit in find_queues(cast.gus, "net", 5)] == ["Network"]
    assert find_queues(cast.bob, "net", 5) == []


def test_what_somebody_asked_for_stands_in_their_timeline(cast):
    record_requests(requests=[told("R-77", title="No network", requester_id=cast.charlie.person.pk)])
    found = asked_by(cast.charlie.person.pk, cast.charlie, timezone.now(), 5)
    assert [(one.title, one.line) for one in found] == [("Asked: No network", "R-77 · closed after 5.0 h")]
    assert list(asked_by(cast.charlie.person.pk, cast.bob, timezone.now(), 5)) == []


def test_queues_before_any_request_say_the_first_step(cast, visit):
    page = visit("alice").get(reverse("queues")).content.decode()
    assert "<h1>No request has come in yet</h1>" in page
    assert f"{reverse('new_import')}?kind=requests" in page
