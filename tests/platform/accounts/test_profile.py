"""What people set about themselves."""

from __future__ import annotations

import pytest

from kithkin.platform.models import User
from kithkin.platform.registries.notifications import Frequency, Topic, frequency, topics
from tests.platform.accounts.browser import said

ME = "/settings/me/"
CASES = Topic("cases", "A case is yours", Frequency.NOW, position=1)
QUEUE = Topic("queue", "A job failed", Frequency.DAILY, concerns=lambda user: user.name == "Alice", position=2)


@pytest.fixture
def two_topics():
    known = list(topics)
    topics._items = []
    topics.add(CASES, QUEUE)
    yield
    topics._items = known


def test_name_language_and_zone_are_kept_and_nothing_else(cast, visit):
    answer = visit("bob").post(
        ME, {"name": "Robert", "language": "de", "time_zone": "Asia/Tokyo", "email": "x@x.example", "is_superuser": "1"}
    )
    bob = User.objects.get(pk=cast.bob.pk)
    assert (answer.status_code, bob.name, bob.language, bob.time_zone) == (302, "Robert", "de", "Asia/Tokyo")
    assert (bob.email, bob.is_superuser) == ("bob@company.example", False)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "\x00"},
        {"language": "xx"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "\x00"},
        {"time_zone": "x" * 100_000},
    ],
)
def test_nonsense_is_refused_at_the_form(cast, visit, nonsense):
    page = visit("bob").post(ME, {"name": "Bob", "language": "en", "time_zone": "UTC", **nonsense})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == nonsense.keys()
    assert User.objects.get(pk=cast.bob.pk).name == "Bob"


def test_the_zone_is_found_by_typing_without_any_script(visit):
    page = visit("bob").get(ME).content.decode()
    assert 'list="id_time_zone_offered"' in page
    assert '<option value="Europe/Berlin">' in page
    assert len(page) < 100_000


def test_the_readers_name_leads_to_their_profile(visit):
    assert f'href="{ME}"' in visit("bob").get("/").content.decode()


def test_without_topics_there_is_nothing_to_choose(visit, monkeypatch):
    assert "Of what you want to be told" in said(visit("bob").get(ME))
    monkeypatch.setattr(topics, "_items", [])
    assert "Of what you want to be told" not in said(visit("bob").get(ME))


def test_each_topic_goes_out_as_it_does_by_itself_until_its_reader_chooses(two_topics, cast, visit):
    assert (frequency(cast.alice, CASES), frequency(cast.alice, QUEUE)) == (Frequency.NOW, Frequency.DAILY)
    visit("alice").post(f"{ME}notifications/", {"tell-cases": "never", "tell-queue": "daily"})
    alice = User.objects.get(pk=cast.alice.pk)
    assert (frequency(alice, CASES), frequency(alice, QUEUE)) == (Frequency.NEVER, Frequency.DAILY)
    assert alice.notifications == {"cases": "never"}


def test_a_topic_is_offered_only_to_those_whom_it_concerns(two_topics, cast, visit):
    told = {name: "A job failed" in said(visit(name).get(ME)) for name in ("alice", "bob")}
    assert told == {"alice": True, "bob": False}
    visit("bob").post(f"{ME}notifications/", {"tell-cases": "daily", "tell-queue": "never"})
    assert User.objects.get(pk=cast.bob.pk).notifications == {"cases": "daily"}


@pytest.mark.parametrize("nonsense", [{}, {"tell-cases": "hourly"}, {"tell-cases": "\x00"}])
def test_a_choice_that_does_not_exist_changes_nothing(two_topics, cast, visit, nonsense):
    visit("bob").post(f"{ME}notifications/", nonsense)
    assert User.objects.get(pk=cast.bob.pk).notifications == {}
