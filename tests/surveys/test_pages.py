"""The pages of programs: what they say, to whom, and what they refuse."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithkin.directory.models import Person, Side
from kithkin.forms.services import publish_version
from kithkin.surveys.models import Program, ProgramState, Response, Wave
from kithkin.surveys.registries import ProgramScore, ProgramScores, program_scores
from kithkin.surveys.services import add_wave, close_program, record_responses
from tests.cast import make_kith
from tests.surveys.programs import answered, make_program

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_before_the_first_program_the_page_teaches_the_first_step(visit):
    page = words(visit("percy").get("/programs/"))
    assert "Nobody has been asked yet" in page
    assert "Bring in a file of responses" in page
    assert "Bring in a file" not in words(visit("anna").get("/programs/"))


def test_the_list_tells_promise_waves_responses_and_score(visit, monkeypatch):
    program = make_program(side=Side.KIN)
    add_wave(program=program, name="2026", starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    record_responses(program=program, rows=[answered() for _ in range(1_234)])
    score = ProgramScores("test", lambda ids, _user: {pk: ProgramScore("NPS 41", url="/scores/") for pk in ids})
    monkeypatch.setattr(program_scores, "_items", [score])
    page = words(visit("anna").get("/programs/"))
    for text in ("confidential", "from 5", "1,234", "March 2026", "NPS 41"):
        assert text in page


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_a_program_with_a_floor_none_and_few_look_alike(visit, count):
    program = make_program(side=Side.KIN)
    add_wave(program=program, name="2026", starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    record_responses(program=program, rows=[answered() for _ in range(count)])
    page = words(visit("alice").get(reverse("program", args=[program.pk])))
    assert "“Guests” has heard fewer than 5 people" in page
    assert '<td class="figure">under 5</td>' in page
    listed = words(visit("alice").get("/programs/"))
    assert '<td class="figure">under 5</td>' in listed
    assert "March 2026" not in listed


def test_a_program_says_what_it_promises_in_plain_words(visit):
    page = words(visit("anna").get(reverse("program", args=[make_program(side=Side.KIN).pk])))
    assert "Groups of fewer than 5 people are never shown" in page
    assert "Results are cut by unit, month, wave, and by nothing else; that is locked." in page
    assert "Single responses are shown to nobody." in page


def test_somebody_writes_a_program_down_and_launches_it(visit, cast):
    percy = visit("percy")
    said = {"name": "Pulse", "side": "kin", "identity": "", "floor": "", "unit": cast.it.pk}
    assert percy.post("/programs/new/", said).status_code == 302
    program = Program.objects.get()
    assert (program.identity, program.floor, program.unit) == ("confidential", 5, cast.it)
    percy.post(reverse("launch_program", args=[program.pk]), {"version": program.version})
    program.refresh_from_db()
    assert program.state == ProgramState.RUNNING


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "Guests"}, "already"),
        ({"name": ""}, "required"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
        ({"name": "New", "side": "other"}, "valid choice"),
        ({"name": "New", "side": "kin", "floor": "3"}, "no group smaller than 5"),
        ({"name": "New", "unit": "99999"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_the_form(visit, said, why):
    make_program()
    page = visit("percy").post("/programs/new/", {"side": "kith", "identity": "", **said})
    assert page.status_code == 422
    assert why in words(page)
    assert Program.objects.count() == 1


def test_the_floor_of_a_launched_program_cannot_be_lowered_by_the_form(visit):
    program = make_program(side=Side.KIN, floor=8)
    page = visit("percy").post(
        reverse("change_program", args=[program.pk]),
        {"name": "Guests", "floor": "5", "version": program.version, "identity": "identified", "side": "kith"},
    )
    assert page.status_code == 422
    assert "The floor can only rise" in words(page)
    program.refresh_from_db()
    assert (program.floor, program.identity, program.side) == (8, "confidential", "kin")


def test_the_second_writer_is_told(visit):
    program = make_program()
    url, percy = reverse("change_program", args=[program.pk]), visit("percy")
    percy.post(url, {"name": "First", "version": program.version})
    page = percy.post(url, {"name": "Second", "version": program.version})
    assert page.status_code == 409
    assert "Somebody changed this while you were writing" in words(page)
    assert Program.objects.get().name == "First"


def test_a_wave_is_added_from_its_first_to_its_last_day(visit):
    program, percy = make_program(), visit("percy")
    said = {"name": "2026", "starts": "2026-01-01", "last": "2026-12-31"}
    percy.post(reverse("add_wave", args=[program.pk]), said)
    wave = Wave.objects.get()
    assert (wave.starts, wave.ends) == (date(2026, 1, 1), date(2027, 1, 1))
    page = percy.post(reverse("change_wave", args=[wave.pk]), {**said, "last": "2025-01-01", "version": wave.version})
    assert page.status_code == 422


def test_responses_of_a_program_with_a_floor_have_no_page(visit):
    program = make_program(side=Side.KIN)
    record_responses(program=program, rows=[answered()])
    alice = visit("alice")
    assert alice.get(reverse("program_responses", args=[program.pk])).status_code == 404
    assert alice.get(reverse("program_response", args=[Response.objects.get().pk])).status_code == 404
    assert "Single responses</a>" not in words(alice.get(reverse("program", args=[program.pk])))


@pytest.mark.parametrize(
    "draft", [{"side": Side.KIN, "identity": "identified"}, {"floor": 5}, {"identity": "anonymous"}]
)
def test_nor_have_those_inside_or_of_which_groups_only_are_shown(visit, draft):
    program = make_program(**draft)
    record_responses(program=program, rows=[answered()])
    assert visit("alice").get(reverse("program_responses", args=[program.pk])).status_code == 404


def test_a_response_is_read_in_the_words_of_the_questionnaire(visit):
    program = make_program()
    publish_version(
        questionnaire=program.questionnaire,
        body={
            "elements": [
                {
                    "type": "dropdown",
                    "name": "how",
                    "title": "How did you come?",
                    "choices": [{"value": 1, "text": "By train"}],
                }
            ]
        },
        by=None,
    )
    record_responses(program=program, rows=[answered("R-7", how=1, recommend=9, words="<b>Kind</b>")])
    page = words(visit("anna").get(reverse("program_response", args=[Response.objects.get().pk])))
    for text in ("How did you come?", "By train", "recommend: 9", "&lt;b&gt;Kind&lt;/b&gt;", "number R-7"):
        assert text in page


def test_what_a_customer_answered_stands_on_their_timeline(visit, cast):
    person = make_kith("Kimberley")
    record_responses(program=make_program(), rows=[answered(person=person.pk, recommend=9)])
    record_responses(
        program=make_program("Silent", identity="confidential"), rows=[answered(person=person.pk, recommend=1)]
    )
    page = words(visit("alice").get(reverse("person", args=[person.pk])))
    assert "recommend: 9" in page
    assert "Silent" not in page


def test_a_program_is_found_by_its_name(visit):
    make_program("Passengers")
    assert "Passengers" in words(visit("anna").get("/search/?q=passeng"))


def test_four_hundred_questions_fit_on_light_pages(visit):
    program = make_program()
    elements = [
        {"type": "rating", "name": f"q{n}", "title": f"How did you find part {n} of our service?"} for n in range(400)
    ]
    publish_version(questionnaire=program.questionnaire, body={"elements": elements}, by=None)
    page = visit("anna").get(reverse("program", args=[program.pk]))
    assert "All 404 questions" in words(page)
    assert len(page.content) < 100_000
    assert visit("percy").get(reverse("change_program", args=[program.pk])).status_code == 200
    assert visit("anna").get(reverse("program_questions", args=[program.pk])).status_code == 200


def test_lists_ask_as_often_for_one_as_for_fifty(visit, cast):
    def grow(numbers: range) -> Program:
        for number in numbers:
            person = Person.objects.create(name=f"Person {number}", is_kith=True)
            program = make_program(f"Program {number}", unit=cast.it)
            record_responses(program=program, rows=[answered(unit=cast.it.pk, person=person.pk)])
        for year in numbers:
            add_wave(program=program, name=str(year), starts=date(2000 + year, 1, 1), ends=date(2001 + year, 1, 1))
            record_responses(program=program, rows=[answered(unit=cast.it.pk, person=person.pk)])
        return program

    def asked(program: Program) -> list[int]:
        counts = []
        for url in (
            "/programs/",
            reverse("program", args=[program.pk]),
            reverse("program_responses", args=[program.pk]),
        ):
            with CaptureQueriesContext(connection) as statements:
                assert anna.get(f"{url}?size=50").status_code == 200
            counts.append(len(statements))
        return counts

    anna = visit("anna")
    anna.get("/programs/")  # what is read once a process is read by now
    few, many = asked(grow(range(1))), asked(grow(range(1, 50)))
    assert few == many
    assert max(many) <= 30


def test_a_closed_program_offers_to_listen_again(visit):
    program = close_program(program=make_program())
    assert "Listen again" in words(visit("percy").get(reverse("program", args=[program.pk])))
