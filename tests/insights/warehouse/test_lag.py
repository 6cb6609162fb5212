"""How far behind the warehouse is can be seen, and by what it will catch up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from kithkin.insights.queries.lag import as_of, lag
from kithkin.insights.tasks import loading as tasks
from kithkin.insights.warehouse import load_pending
from kithkin.platform.jobs import write_schedules
from kithkin.platform.models import FactChange
from kithkin.platform.services import facts
from tests.insights.warehouse.ledger import Truth, brought, some, stored


def test_what_waits_is_counted_and_its_age_known(truth):
    load_pending()
    assert (lag().waiting, lag().oldest) == (0, None)
    truth.put(some([1]))
    truth.put(some([900]))
    long_ago = timezone.now() - timedelta(hours=1)
    FactChange.objects.filter(first=1).update(at=long_ago)
    assert (lag().waiting, lag().oldest, lag().late) == (2, long_ago, True)
    assert as_of("notes") == long_ago
    assert as_of("other") > long_ago
    load_pending()
    assert (lag().waiting, lag().late, lag().rows) == (0, False, 2)


def test_administrators_see_it(truth, visit):
    load_pending()
    page = visit("alice").get("/settings/operations/").content.decode()
    assert "All that happened is in it." in page
    truth.put(some([1]))
    FactChange.objects.update(at=timezone.now() - timedelta(hours=1))
    page = visit("alice").get("/settings/operations/").content.decode()
    assert "1 change waits, the oldest for 1\xa0hour." in page


@pytest.mark.django_db(transaction=True)
def test_a_change_has_the_loader_begun_once_in_a_while(monkeypatch):
    monkeypatch.setattr(facts, "_loaders", facts._Loaders())
    truth = Truth()
    with brought(truth):
        truth.put(some([1]))
        truth.put(some([2]))
        assert [job.func() for job in OrmQ.objects.all()] == ["kithkin.insights.tasks.loading.load"]
        tasks.load()
        assert stored(truth) == truth.as_rows()


@pytest.mark.django_db(transaction=True)
def test_what_does_not_fit_one_turn_is_left_to_another_job(monkeypatch):
    monkeypatch.setattr("kithkin.insights.tasks.loading.warehouse.load_pending", lambda: True)
    tasks.load()
    assert [job.func() for job in OrmQ.objects.all()] == ["kithkin.insights.tasks.loading.load"]


@pytest.mark.django_db
def test_the_clock_begins_it_too():
    write_schedules()
    ours = Schedule.objects.filter(func__startswith="kithkin.insights.tasks.loading").order_by("func")
    assert list(ours.values_list("func", "cron")) == [
        ("kithkin.insights.tasks.loading.load", "* * * * *"),
        ("kithkin.insights.tasks.loading.look_after", "15 * * * *"),
    ]
