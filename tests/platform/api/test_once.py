"""A request that may come twice is done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from kithkin.directory.models import Person
from kithkin.platform.api.once import forget_old_answers, forget_what_was_answered
from kithkin.platform.jobs import schedules
from kithkin.platform.models import IdempotentAnswer, Token
from kithkin.platform.services.tokens import revoke_token
from tests.cast import make_cast
from tests.platform.api.asking import Asker, kind_of

KEY = {"Idempotency-Key": "6d0c"}
KIM = {"name": "Kim", "number": "C-1"}


def kims() -> int:
    return Person.objects.filter(name="Kim").count()


def test_the_same_key_is_answered_alike_and_done_once(cast):
    alice = Asker.of(cast.alice)
    first, again = alice.post("/people", KIM, **KEY), alice.post("/people", KIM, **KEY)
    assert (first.status_code, again.status_code, kims()) == (201, 201, 1)
    assert again.json() == first.json()
    assert [one.headers.get("Idempotent-Replayed") for one in (first, again)] == [None, "true"]


def test_without_a_key_it_is_done_each_time(cast):
    alice = Asker.of(cast.alice)
    assert [alice.post("/people", {"name": "Kim"}).status_code for _ in "ab"] == [201, 201]
    assert kims() == 2


@pytest.mark.parametrize(("path", "body"), [("/people", {"name": "Kim"}), ("/accounts", KIM)])
def test_the_same_key_for_something_else_is_refused(cast, path, body):
    alice = Asker.of(cast.alice)
    alice.post("/people", KIM, **KEY)
    refused = alice.post(path, body, **KEY)
    assert (refused.status_code, kind_of(refused)) == (422, "idempotency-key-reused")


def test_a_key_is_its_users_own(cast):
    first = Asker.of(cast.alice).post("/services", {"name": "Refunds"}, **KEY)
    other = Asker.of(cast.percy).post("/services", {"name": "Refunds"}, **KEY)
    assert (first.status_code, other.status_code, kind_of(other)) == (201, 409, "name-taken")


def test_what_fails_leaves_the_key_unused(cast):
    alice = Asker.of(cast.alice)
    taken = alice.post("/people", KIM)
    assert alice.post("/people", KIM, **KEY).status_code == 409
    assert IdempotentAnswer.objects.count() == 0
    Person.objects.filter(pk=taken.json()["id"]).delete()
    assert alice.post("/people", KIM, **KEY).status_code == 201


def test_an_ended_token_replays_nothing(cast):
    alice = Asker.of(cast.alice)
    alice.post("/people", KIM, **KEY)
    revoke_token(token=Token.objects.get())
    assert alice.post("/people", KIM, **KEY).status_code == 401


def test_a_token_without_the_scope_replays_nothing(cast):
    Asker.of(cast.alice).post("/people", KIM, **KEY)
    assert Asker.of(cast.alice, ("directory:read",)).post("/people", KIM, **KEY).status_code == 403


@pytest.mark.parametrize("key", ["x" * 201, "a\tb"])
def test_a_key_that_is_none_is_refused(cast, key):
    refused = Asker.of(cast.alice).post("/people", KIM, **{"Idempotency-Key": key})
    assert (refused.status_code, kind_of(refused), kims()) == (422, "bad-idempotency-key", 0)


def test_answers_are_forgotten_after_a_day(cast):
    Asker.of(cast.alice).post("/people", KIM, **KEY)
    assert forget_old_answers() == 0
    IdempotentAnswer.objects.update(at=timezone.now() - timedelta(hours=25))
    assert (forget_old_answers(), IdempotentAnswer.objects.count()) == (1, 0)


def test_the_nightly_clean_up_is_on_the_clock():
    functions = {one.function for one in schedules}
    assert f"{forget_old_answers.__module__}.{forget_old_answers.__name__}" in functions


def test_an_answer_that_may_name_an_erased_person_goes_and_the_key_stays(cast):
    alice = Asker.of(cast.alice)
    alice.post("/people", KIM, **KEY)
    forget_what_was_answered()
    again = alice.post("/people", KIM, **KEY)
    assert (again.status_code, kind_of(again), kims()) == (409, "answer-forgotten", 1)
    assert [row for row in IdempotentAnswer.objects.values_list() if "Kim" in str(row)] == []


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_done_once():
    alice, start = Asker.of(make_cast().alice), Barrier(4)

    def send(_number: int) -> tuple[int, int]:
        start.wait()
        try:
            response = Asker(alice.text, type(alice.client)()).post("/people", {"name": "Kim"}, **KEY)
            return response.status_code, response.json()["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert (len(answers), {status for status, _pk in answers}, kims()) == (1, {201}, 1)
