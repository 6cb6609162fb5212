from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kithkin.analysis import flow
from kithkin.directory.models import Service, ServiceLink
from kithkin.platform.registries.facts import fact_tables
from kithkin.servicedesk.models import Moment, Queue, Request
from kithkin.servicedesk.services import record_requests
from tests.cast import LONG_AGO
from tests.servicedesk.made import NINE, moment, told

EVERYTHING = (0, 10**9)


def rows(table):
    return fact_tables()[table].rows(*EVERYTHING).to_pylist()


def queue(name):
    return Queue.objects.get(name=name).pk


def test_a_request_is_one_row(cast):
    link = ServiceLink.objects.create(
        provider_unit=cast.it,
        receiver_unit=cast.logistics,
        service=Service.objects.create(name="Support"),
        since=LONG_AGO,
    )
    record_requests(requests=[told(kept=False, link_id=link.pk, unit_id=cast.logistics.pk)])
    (found,) = rows("requests")
    assert 0 <= found.pop("bucket") < 200
    assert found == {
        "key": Request.objects.get().pk, "month": "2026-03", "day": date(2026, 3, 2), "link": link.pk,
        "unit": cast.logistics.pk, "provider": cast.it.pk, "queue": queue("Desk"), "handovers": 2.0, "queues": 2.0,
        "returns": 1.0, "hours": 5.0, "kept": False, "is_open": False,
    }  # fmt: skip


@pytest.mark.django_db
def test_each_stay_in_a_queue_is_one_row_under_the_key_of_the_event_that_began_it():
    record_requests(requests=[told(kept=True)])
    found = rows("legs")
    keys = list(Moment.objects.order_by("pk").values_list("pk", flat=True))
    desk, network = queue("Desk"), queue("Network")
    assert [(leg["key"], leg["queue"], leg["next_queue"], leg["hours"]) for leg in found] == [
        (keys[0], desk, network, 2.0),
        (keys[1], network, desk, 2.0),
        (keys[3], desk, None, 1.0),
    ]
    assert {leg["request"] for leg in found} == {float(Request.objects.get().pk)}
    assert {(leg["day"], leg["month"], leg["kept"]) for leg in found} == {(date(2026, 3, 2), "2026-03", True)}


@pytest.mark.django_db
def test_a_part_of_the_keys_gives_that_part_of_the_rows():
    record_requests(requests=[told("R1"), told("R2"), told("R3")])
    for name in ("requests", "legs"):
        table = fact_tables()[name]
        everything = table.rows(*EVERYTHING)
        keys = everything["key"].to_pylist()
        apart = [row for key in keys for row in table.rows(key, key).to_pylist()]
        assert apart == everything.to_pylist()
        assert everything.schema == table.schema
        assert table.rows(max(keys) + 1000, max(keys) + 2000).num_rows == 0


@pytest.mark.django_db
def test_a_rebuild_walks_all_keys_in_steps():
    record_requests(requests=[told(f"R{number}") for number in range(5)])
    for name in ("requests", "legs"):
        table, after, walked = fact_tables()[name], 0, []
        while (last := table.following(after, 3)) is not None:
            walked += table.rows(after + 1, last).to_pylist()
            after = last
        assert walked == rows(name)


@pytest.mark.django_db
def test_a_day_is_the_companys_own(settings):
    record_requests(requests=[told("R1", moment(14.5, "Desk"))])  # 23:30 in London is 00:30 in Berlin
    assert rows("requests")[0]["day"] == date(2026, 3, 2)
    settings.TIME_ZONE = "Europe/Berlin"
    assert {rows(name)[0]["day"] for name in ("requests", "legs")} == {date(2026, 3, 3)}


@pytest.mark.django_db
def test_a_request_that_no_queue_ever_held_has_no_leg():
    record_requests(requests=[told("R1", moment(0), moment(1, closes=True))])
    (found,) = rows("requests")
    assert (found["handovers"], found["queues"], found["queue"], found["hours"]) == (0.0, 0.0, None, 1.0)
    assert rows("legs") == []


def last_said(way):
    """What the latest event says, of those of one time the last in the file."""
    by_time = sorted(way, key=lambda pair: pair[0].at)
    return by_time[-1][1]


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from(["", "a", "b", "c"]), st.integers(0, 20), st.booleans(), st.booleans()
    ),
    min_size=1,
    max_size=30,
)


class TheFiguresAreThoseOfTheCommand(TestCase):
    """On the same events `kithkin analyze flow` finds the same legs, hand-overs, returns, waits and breaches."""

    @hypothesis_settings(max_examples=40)
    @given(EVENTS)
    def test_of_any_events(self, events):
        by_case = {}
        for case, group, hour, met, closes in events:
            by_case.setdefault(case, []).append((moment(hour, group, closes=closes), met))
        record_requests(
            requests=[told(f"R{case}", *(one for one, _ in way), kept=last_said(way)) for case, way in by_case.items()]
        )
        case, group, hour, met, closes = zip(*events, strict=True)
        at = [np.datetime64(NINE.replace(tzinfo=None) + timedelta(hours=one)) for one in hour]
        report = flow.analyse(case, [one or None for one in group], at, met, closed=closes)
        requests, legs = rows("requests"), rows("legs")
        names = dict(Queue.objects.values_list("pk", "name"))
        for of in report.groups:
            stays = [leg for leg in legs if names[leg["queue"]] == of.group]
            assert len(stays) == of.legs
            assert np.isclose(np.mean([leg["hours"] for leg in stays]), of.waiting.mean)
            kept = {leg["request"]: leg["kept"] for leg in stays if leg["kept"] is not None}
            assert (len(kept), list(kept.values()).count(False)) == (
                (of.breach.n, round(of.breach.value * of.breach.n)) if of.breach else (0, 0)
            )
        pairs = [(names[leg["queue"]], names[leg["next_queue"]]) for leg in legs if leg["next_queue"]]
        assert {(o.from_group, o.to_group): o.volume for o in report.handovers} == {
            pair: pairs.count(pair) for pair in pairs
        }
        assert sum(one["returns"] for one in requests) == report.returns
        assert sum(one["handovers"] for one in requests) == sum(one.volume for one in report.handovers)
        touched = [str(int(n)) if n < 4 else "4+" for n in (one["queues"] for one in requests) if n]
        assert {of.groups: of.traces for of in report.by_groups_touched} == {n: touched.count(n) for n in touched}
