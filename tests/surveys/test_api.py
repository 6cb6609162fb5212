"""Programs and responses by the API."""

from __future__ import annotations

import pytest

from kithkin.surveys.models import Response
from kithkin.surveys.services import close_program
from tests.platform.api.asking import Asker
from tests.surveys.programs import make_program

pytestmark = pytest.mark.django_db


def sent(number: str = "1", **said: object) -> dict:
    return {"at": "2026-03-14T09:00:00Z", "number": number, "answers": {"recommend": 9}, **said}


def test_a_program_says_what_it_asks(cast):
    program = make_program()
    found = Asker.of(cast.anna).send("GET", f"/programs/{program.pk}/fields").json()["items"]
    assert [(one["name"], one["kind"], one["low"], one["high"], one["measures"]) for one in found] == [
        ("recommend", "score", 0, 10, "nps"), ("food", "score", 1, 5, ""), ("by", "choice", None, None, ""),
        ("words", "text", None, None, ""),
    ]  # fmt: skip


def test_responses_sent_twice_are_kept_once(cast):
    program, percy = make_program(), Asker.of(cast.percy)
    batch = {"responses": [sent("1"), sent("2", answers={"by": "car", "words": "Kind"})]}
    assert percy.send("POST", f"/programs/{program.pk}/responses", batch).json() == {"new": 2, "known": 0}
    assert percy.send("POST", f"/programs/{program.pk}/responses", batch).json() == {"new": 0, "known": 2}
    assert [one.answers for one in Response.objects.order_by("pk")] == [
        {"recommend": 9},
        {"by": "car", "words": "Kind"},
    ]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"answers": {"recommend": 11}}, "responses.1.answers.recommend"),
        ({"answers": {"recommend": True}}, "responses.1.answers.recommend"),
        ({"answers": {"words": ["a"]}}, "responses.1.answers.words"),
        ({"answers": {"other": 1}}, "responses.1.answers.other"),
        ({"unit": 99}, "responses.1.unit"),
        ({"wave": 99}, "responses.1.wave"),
    ],
)
def test_one_that_is_no_answer_refuses_the_batch_and_is_named(cast, said, where):
    program = make_program()
    answer = Asker.of(cast.percy).send(
        "POST", f"/programs/{program.pk}/responses", {"responses": [sent("1"), sent("2", **said)]}
    )
    assert answer.status_code == 422
    assert where in answer.content.decode()
    assert not Response.objects.exists()


def test_a_closed_program_says_so(cast):
    program = close_program(program=make_program())
    answer = Asker.of(cast.percy).send("POST", f"/programs/{program.pk}/responses", {"responses": [sent()]})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2].rpartition(":")[2]) == (409, "not-listening")
