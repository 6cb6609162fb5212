"""The page of what one is told: the new first, as far as one may still see it."""

from __future__ import annotations

import re

from kithkin.platform.models import Notification
from kithkin.platform.services.notifications import notify, read_notifications
from tests.platform.accounts.browser import said

PAGE = "/notifications/"


def told(topic, user, *whats: str) -> list[Notification]:
    for what in whats:
        notify(topic=topic, users=[user], event_id=Notification.objects.count() + 1, facts={"what": what})
    return list(Notification.objects.filter(user=user).order_by("pk"))


def counted(page: str) -> set[str]:
    """What the frame says of how many are new."""
    return set(re.findall(r'class="count">(\d+)', page))


def test_the_new_stand_first_and_the_latest_of_them(fruit, cast, visit):
    read_notifications(user=cast.bob, ids=[told(fruit, cast.bob, "an apple")[0].pk])
    told(fruit, cast.bob, "a plum", "a quince")
    told(fruit, cast.gus, "not Bob's")
    page = visit("bob").get(PAGE).content.decode()
    order = re.findall(r">(Bob, [a-z ]+)</a>", page)
    assert order == ["Bob, a quince", "Bob, a plum", "Bob, an apple"]
    assert "2 things are new to you" in page
    assert "not Bob's" not in page


def test_the_frame_of_every_page_counts_what_is_new(fruit, cast, visit):
    told(fruit, cast.bob, "a plum", "a quince")
    bob = visit("bob")
    assert counted(bob.get("/people/").content.decode()) == {"2"}
    read_notifications(user=cast.bob, up_to=10**9)
    assert counted(bob.get("/people/").content.decode()) == set()


def test_opening_one_reads_it_and_goes_there(fruit, cast, visit):
    (one,) = told(fruit, cast.bob, "a plum")
    bob = visit("bob")
    plain = bob.post(f"{PAGE}{one.pk}/open/")
    scripted = bob.post(f"{PAGE}{one.pk}/open/", headers={"hx-request": "true"})
    assert (plain.status_code, plain.url, scripted.headers["HX-Redirect"]) == (302, "/apples/", "/apples/")
    one.refresh_from_db()
    assert one.read_at is not None


def test_what_one_may_not_see_any_more_is_not_said_and_can_be_put_away(fruit, cast, visit):
    (one,) = told(fruit, cast.bob, "a pear")
    bob = visit("bob")
    page = bob.get(PAGE).content.decode()
    assert ("pear" in page, "no longer open to you" in page) == (False, True)
    assert bob.post(f"{PAGE}{one.pk}/open/").url == PAGE
    assert "Nothing is new to you" in said(bob.get(PAGE))


def test_all_are_read_at_once_but_for_what_came_since(fruit, cast, visit):
    shown = told(fruit, cast.bob, "a plum", "a quince")
    told(fruit, cast.bob, "an apple")
    answer = visit("bob").post(f"{PAGE}read/", {"up_to": str(shown[-1].pk)}, follow=True)
    assert "2 are marked as read" in said(answer)
    assert list(Notification.objects.filter(read_at=None).values_list("facts__what", flat=True)) == ["an apple"]


def test_nonsense_reads_nothing(fruit, cast, visit):
    told(fruit, cast.bob, "a plum")
    for nonsense in ("", "x", "\x00", "9" * 40):
        visit("bob").post(f"{PAGE}read/", {"up_to": nonsense})
        assert visit("bob").get(f"{PAGE}?before={nonsense}").status_code == 200
    assert Notification.objects.filter(read_at=None).count() == 1


def test_the_earlier_ones_are_paged_and_none_is_left_out(fruit, cast, visit):
    every = told(fruit, cast.bob, *(f"apple number {'x' * n}" for n in range(1, 61)))
    read_notifications(user=cast.bob, up_to=every[-1].pk)
    bob, seen, url = visit("bob"), [], PAGE
    while url:
        page = bob.get(url).content.decode()
        seen += re.findall(r"apple number (x+)</a>", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        url = f"{PAGE}{more[1]}" if more else ""
    assert [len(one) for one in seen] == list(range(60, 0, -1))


def test_of_very_many_new_ones_the_latest_are_shown_and_all_counted(fruit, cast, visit):
    told(fruit, cast.bob, *["an apple"] * 60)
    page = visit("bob").get(PAGE)
    assert "60 things are new to you" in said(page)
    assert "These are the latest 50" in said(page)
