"""Mail over a real server: in the reader's words, once, and nothing is lost when something breaks."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from kithkin.platform.models import Notification, User
from kithkin.platform.services.mailing import LEASE, TRIES, mail_what_is_due
from kithkin.platform.services.notifications import notify, read_notifications
from tests.installations import CAST
from tests.platform.notifications.server import Letterbox, serve, text_of
from tests.with_postgres import free_port

BOB, GUS = "bob@company.example", "gus@company.example"


def told(topic, user: User, *whats: str) -> None:
    for what in whats:
        event = Notification.objects.count() + 1
        notify(topic=topic, users=[user], event_id=event, facts={"what": what})


def let_time_pass(seconds: float = 3600) -> None:
    """What was put off is due."""
    waiting = Notification.objects.filter(mail_due_at__isnull=False)
    for one in waiting:
        waiting.filter(pk=one.pk).update(mail_due_at=one.mail_due_at - timedelta(seconds=seconds))


def waiting() -> int:
    return Notification.objects.filter(mail_due_at__isnull=False).count()


def test_a_letter_says_what_happened_where_it_is_and_how_to_hear_less(box, cast, fruit):
    told(fruit, cast.bob, "an apple fell")
    mail_what_is_due()
    (letter,) = box.letters
    assert box.read() == [(BOB, "Bob, an apple fell")]
    assert text_of(letter).splitlines()[:2] == ["Bob, an apple fell", "https://kithkin.example/apples/"]
    assert "https://kithkin.example/settings/me/" in text_of(letter)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert (waiting(), Notification.objects.get().mailed_at is not None) == (0, True)


def test_a_long_sentence_is_whole_in_the_letter_and_cut_in_its_subject(box, cast, fruit):
    told(fruit, cast.bob, "a quince " * 40)
    mail_what_is_due()
    (letter,) = box.letters
    assert (letter["Subject"].count("a quince"), letter["Subject"][-1]) == (12, "…")
    assert text_of(letter).count("a quince") == 40


def test_where_nobody_named_an_address_links_lead_to_where_it_is_served(box, cast, fruit, settings):
    settings.PUBLIC_URL, settings.SERVED_AT = "", "http://localhost:8123"
    told(fruit, cast.bob, "an apple")
    mail_what_is_due()
    assert "http://localhost:8123/apples/" in text_of(box.letters[0])


def test_what_waits_for_one_reader_is_one_letter_in_their_language_and_zone(box, cast, fruit):
    User.objects.filter(pk=cast.bob.pk).update(language="de", time_zone="Asia/Tokyo", notifications={"fruit": "daily"})
    cast.bob.refresh_from_db()
    told(fruit, cast.bob, "an apple", "a plum")
    Notification.objects.update(at="2026-03-01T20:00:00Z")
    mail_what_is_due()
    assert box.letters == []
    let_time_pass(24 * 3600)
    mail_what_is_due()
    (letter,) = box.letters
    assert letter["Subject"] == "2 Dinge, von denen Sie wissen wollten"
    assert text_of(letter).count("https://kithkin.example/apples/") == 2
    assert "02.03.2026, 05:00" in text_of(letter)


def test_at_the_moment_of_mailing_it_is_asked_again_who_may_see_it(box, cast, fruit):
    told(fruit, cast.bob, "a pear")
    told(fruit, cast.alice, "a pear")
    mail_what_is_due()
    assert (box.read(), waiting()) == ([("alice@company.example", "Alice, a pear")], 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda user: read_notifications(user=user, up_to=10**9),
        lambda user: User.objects.filter(pk=user.pk).update(notifications={"fruit": "never"}),
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: User.objects.filter(pk=user.pk).update(name="Charlie"),
        lambda _user: Notification.objects.update(facts={"what": "a rotten apple"}),
        lambda _user: Notification.objects.update(topic="gone"),
    ],
    ids=["read", "never", "switched off", "no longer concerned", "settled", "of a room that is gone"],
)
def test_what_nobody_wants_to_know_any_more_is_not_mailed(box, cast, fruit, change):
    told(fruit, cast.bob, "an apple")
    change(cast.bob)
    mail_what_is_due()
    assert (box.letters, waiting()) == ([], 0)


def test_while_the_server_is_down_nothing_is_lost_and_afterwards_it_goes_out_once(cast, fruit, settings, box):
    settings.EMAIL_PORT, there = free_port(), settings.EMAIL_PORT
    told(fruit, cast.bob, "an apple")
    told(fruit, cast.gus, "a plum")
    for _ in range(TRIES + 2):
        mail_what_is_due()
        let_time_pass()
    assert (box.letters, waiting()) == ([], 2)
    settings.EMAIL_PORT = there
    for _ in range(2):
        mail_what_is_due()
        let_time_pass()
    assert sorted(box.read()) == [(BOB, "Bob, an apple"), (GUS, "Gus, a plum")]


def test_pauses_grow_to_an_hour_and_no_longer(cast, fruit, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    told(fruit, cast.bob, "an apple")
    pauses = []
    for _ in range(9):
        mail_what_is_due()
        pauses.append(round((Notification.objects.get().mail_due_at - timezone.now()).total_seconds() / 60))
        Notification.objects.update(mail_due_at=timezone.now())
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_an_address_that_is_refused_for_good_holds_up_nobody_and_is_not_tried_again(box, cast, fruit):
    box.refused[BOB] = "550 nobody here"
    told(fruit, cast.bob, "an apple")
    told(fruit, cast.gus, "a plum")
    mail_what_is_due()
    assert (box.read(), waiting()) == ([(GUS, "Gus, a plum")], 0)
    assert Notification.objects.get(user=cast.bob).mailed_at is None


def test_a_letter_that_is_refused_for_good_is_not_tried_again(box, cast, fruit):
    box.answer = lambda _letter: "554 looks like rubbish"
    told(fruit, cast.bob, "an apple")
    mail_what_is_due()
    assert (waiting(), Notification.objects.get().mailed_at) == (0, None)


def test_an_address_that_is_refused_for_now_is_tried_again(box, cast, fruit):
    box.refused[BOB] = "450 greylisted"
    told(fruit, cast.bob, "an apple")
    mail_what_is_due()
    assert (box.read(), waiting()) == ([], 1)
    box.refused.clear()
    let_time_pass()
    mail_what_is_due()
    assert (box.read(), waiting()) == ([(BOB, "Bob, an apple")], 0)


def test_a_job_that_has_mailed_for_long_hands_over_to_the_next(box, cast, fruit, monkeypatch):
    monkeypatch.setattr("kithkin.platform.services.mailing.BUDGET", -1)
    told(fruit, cast.bob, "an apple")
    told(fruit, cast.gus, "a plum")
    OrmQ.objects.all().delete()
    mail_what_is_due()
    assert (len(box.letters), waiting(), OrmQ.objects.count()) == (1, 1, 1)
    mail_what_is_due()
    assert box.read() == [(BOB, "Bob, an apple"), (GUS, "Gus, a plum")]


def test_a_letter_that_is_refused_for_now_is_tried_eight_times(box, cast, fruit):
    box.answer = lambda _letter: "451 later"
    told(fruit, cast.bob, "an apple")
    for tried in range(1, TRIES + 1):
        assert waiting() == 1
        mail_what_is_due()
        let_time_pass()
        assert tried == TRIES or waiting() == 1
    assert waiting() == 0


def test_a_letter_that_waited_for_the_server_is_not_given_up_at_its_first_refusal(box, cast, fruit, settings):
    settings.EMAIL_PORT, there = free_port(), settings.EMAIL_PORT
    told(fruit, cast.bob, "an apple")
    for _ in range(TRIES + 2):
        mail_what_is_due()
        let_time_pass()
    settings.EMAIL_PORT = there
    box.answer = lambda _letter: "451 greylisted"
    mail_what_is_due()
    assert (box.read(), waiting()) == ([], 1)
    let_time_pass()
    box.answer = lambda _letter: "250 taken"
    mail_what_is_due()
    assert (box.read(), waiting()) == ([(BOB, "Bob, an apple")], 0)


def test_what_is_new_is_not_given_up_with_what_was_refused_too_often(box, cast, fruit):
    told(fruit, cast.bob, "an apple", "a plum")
    Notification.objects.filter(facts__what="an apple").update(refused=TRIES - 1)
    box.answer = lambda _letter: "451 later"
    mail_what_is_due()
    left = Notification.objects.filter(mail_due_at__isnull=False)
    assert list(left.values_list("facts__what", flat=True)) == ["a plum"]


def test_while_the_server_refuses_our_sender_nothing_is_given_up(box, cast, fruit):
    """A password that is missing from the settings, say: it is no letter's fault."""
    box.sender = "530 log in first"
    told(fruit, cast.bob, "an apple")
    told(fruit, cast.gus, "a plum")
    mail_what_is_due()
    assert (box.read(), waiting()) == ([], 2)
    box.sender = ""
    let_time_pass()
    mail_what_is_due()
    assert sorted(box.read()) == [(BOB, "Bob, an apple"), (GUS, "Gus, a plum")]


def test_a_letter_that_cannot_be_written_holds_up_nobody_and_is_given_up(box, cast, fruit):
    """No mail can have this address, as somebody wrote it past every form."""
    User.objects.filter(pk=cast.bob.pk).update(email="bob@company.example\nto everybody")
    told(fruit, cast.bob, "an apple")
    told(fruit, cast.gus, "a plum")
    mail_what_is_due()
    assert box.read() == [(GUS, "Gus, a plum")]
    assert waiting() == 1
    for _ in range(TRIES):
        let_time_pass(2 * 3600)
        mail_what_is_due()
    assert (box.read(), waiting()) == ([(GUS, "Gus, a plum")], 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_mails_it(cast, fruit, box):
    second = threading.Event()

    def answer(_letter) -> str:
        if not second.is_set():
            second.set()
            other = threading.Thread(target=in_another_thread)
            other.start()
            other.join()
        return "250 taken"

    def in_another_thread() -> None:
        from django.db import connection  # noqa: PLC0415 (one of this thread's own)

        mail_what_is_due()
        connection.close()

    box.answer = answer
    told(fruit, cast.bob, "an apple")
    mail_what_is_due()
    assert box.read() == [(BOB, "Bob, an apple")]


def test_a_worker_that_is_killed_while_it_mails_loses_nothing_and_mails_once(fresh):
    """Killed before the server said yes: the letter goes out later, once."""
    place, box = fresh(), Letterbox()
    at_it, killed = threading.Event(), threading.Event()

    def answer(_letter) -> str:
        if at_it.is_set():
            return "250 taken"
        at_it.set()
        killed.wait(60)
        return "451 too late"

    box.answer = answer
    server = serve(box, port := free_port())
    cases = "from tests.platform.notifications import elsewhere"
    mail = f"{cases}; elsewhere.mail_over({port})"
    try:
        with place.migrate().forking(f"{cases}; import kithkin.config.urls") as others:
            others.python(f"{CAST}\n{cases}; elsewhere.tell_alice()")
            with place.start(mail) as first:
                assert at_it.wait(60)
                first.kill()
            killed.set()
            others.python(mail)
            held = others.python(f"{cases}; print(elsewhere.seconds_put_off())")
            for _ in range(2):
                others.python(mail)
    finally:
        killed.set()
        server.stop()
    assert 0 < float(held) <= LEASE.total_seconds()  # how much of it is left, a busy machine decides
    assert box.read() == [("alice@company.example", "A job failed for good: math.sqrt")]


def test_a_letter_whose_acceptance_was_not_noted_comes_again_under_the_same_name(box, cast, fruit):
    """Between the server's yes and our note there is no way to be sure: then it is mailed twice, and can be told."""
    told(fruit, cast.bob, "an apple")
    mail_what_is_due()
    Notification.objects.update(mailed_at=None, mail_due_at=timezone.now())  # as if killed in between
    mail_what_is_due()
    first, second = (letter["Message-ID"] for letter in box.letters)
    assert first == second
    assert first.endswith("@kithkin.example>")
