"""A file of responses comes in as a program's, line by line, and goes again."""

from __future__ import annotations

import pytest

from kithkin.directory.models import Side
from kithkin.platform.imports.kept import NotImportable
from kithkin.platform.models import Import, ImportState
from kithkin.platform.services.imports import run_import, work_on_import
from kithkin.platform.services.imports import working as at_work
from kithkin.surveys.imports.keeping import check_with
from kithkin.surveys.imports.plans import NewProgram
from kithkin.surveys.imports.preparing import first_plan
from kithkin.surveys.models import Program, Response, Wave
from kithkin.surveys.services import close_program
from tests.directory.imports.files import counts, refused, run, undo, work
from tests.surveys.files import bring, check, upload, wave

pytestmark = pytest.mark.django_db

GUESTS = """number,NETPRO,food,by,words,WEIGHT
1,9,5,car,Kind people,1.5
2,11,1,train,,0.5
3,0,2,train,"Slow, and dear",1
4,10,3,bus,,1
5,7,4,car,,2
"""


@pytest.fixture
def percy(cast):
    return cast.percy


def test_a_file_begins_a_program_with_a_wave_questions_and_responses(percy):
    assert counts(bring(percy, GUESTS)) == {"created": 5}
    program = Program.objects.get()
    assert (program.name, program.side, program.identity, program.state) == ("Guests", "kith", "identified", "running")
    assert list(program.waves.values_list("name", flat=True)) == ["2026"]
    fields = program.questionnaire.fields.values_list("name", "kind", "low", "high", "measures")
    assert list(fields) == [
        ("NETPRO", "score", 0, 10, "nps"), ("food", "score", 1, 5, ""), ("by", "choice", None, None, ""),
        ("words", "text", None, None, ""),
    ]  # fmt: skip
    assert str(program.headline) == "NETPRO"
    second = Response.objects.get(ref__endswith="·2")
    assert (second.answers, second.weight, second.wave) == ({"food": 1, "by": "train"}, 0.5, Wave.objects.get())


def test_choices_are_what_stands_in_the_whole_file(percy):
    bring(percy, GUESTS)
    by = Program.objects.get().questionnaire.fields.get(name="by")
    assert by.choices == [["bus", "bus"], ["car", "car"], ["train", "train"]]


def test_a_line_out_of_range_is_refused_with_its_reason_and_what_to_do(percy):
    one = check(upload(percy, GUESTS.replace("3,0,2", "3,x,9")), "food | 1-5")
    assert refused(one) == [(4, "NETPRO", "This is no number."), (4, "food", "It is not between 1 and 5.")]
    assert not Program.objects.exists()
    assert counts(run(one)) == {"created": 4, "refused": 1}


def test_codes_for_no_answer_are_told_by_the_codebook(percy):
    bring(percy, GUESTS, "food = The food | 1-5 | no answer 1, 2")
    assert [one.answers.get("food") for one in Response.objects.order_by("pk")] == [5, None, None, 3, 4]


def test_the_same_file_twice_is_once(percy):
    bring(percy, GUESTS)
    again = bring(percy, GUESTS)
    assert (counts(again), Response.objects.count(), Program.objects.count()) == ({"unchanged": 5}, 5, 1)


def test_a_file_without_numbers_is_known_again_by_its_lines(percy):
    text = "\n".join(line.partition(",")[2] for line in GUESTS.splitlines()) + "\n"
    bring(percy, text)
    assert counts(bring(percy, text)) == {"unchanged": 5}


def test_another_year_is_another_wave_whose_numbers_begin_anew(percy):
    bring(percy, GUESTS)
    other = GUESTS.replace("food", "Food ").replace("NETPRO", "Netpro").replace("bus", "plane")
    one = upload(percy, other, "guests 2027.csv")
    assert first_plan(one).program == Program.objects.get().pk
    assert counts(run(check(one))) == {"created": 5}
    program = Program.objects.get()
    assert [(one.name, one.responses.count()) for one in program.waves.all()] == [("2026", 5), ("2027", 5)]
    assert program.questionnaire.fields.count() == 4
    assert ["plane", "plane"] in program.questionnaire.fields.get(name="by").choices


def test_a_number_that_stands_twice_in_the_file_is_refused_the_second_time(percy):
    one = check(upload(percy, GUESTS + "5,7,4,car,,2\n"), "number | ref")
    assert refused(one) == [(7, "number", "Line 6 of the file has the same number.")]


def test_units_are_found_by_code_or_name_and_others_refused(percy, cast):
    text = "number,unit,food\n1,IT,5\n2,logistics,4\n3,Mars,3\n4,IT,2\n5,IT,1\n6,IT,1\n"
    one = check(upload(percy, text), "unit | unit")
    assert refused(one) == [(4, "unit", "There is no unit of this name or code today.")]
    run(one)
    assert list(Response.objects.order_by("pk").values_list("unit", flat=True)[:2]) == [cast.it.pk, cast.logistics.pk]


def test_days_come_from_their_column_where_there_is_no_wave(percy):
    text = "number,date,food\n1,2026-03-14,5\n2,,4\n3,2026-03-16 09:30,3\n4,2026-03-16,2\n5,2026-03-16,1\n"
    one = check(upload(percy, text, "guests.csv"))
    assert refused(one) == [(3, "date", "When it was answered is not said.")]
    run(one)
    assert [str(at)[:10] for at in Response.objects.order_by("pk").values_list("at", flat=True)][:2] == [
        "2026-03-14",
        "2026-03-16",
    ]


def test_a_confidential_program_is_begun_with_its_promise(percy):
    new = NewProgram("Pulse", Side.KIN.value)
    bring(percy, GUESTS, new=new)
    program = Program.objects.get()
    assert (program.identity, program.floor, program.dimensions) == ("confidential", 5, ["unit", "month", "wave"])


def test_an_anonymous_file_keeps_no_numbers_and_is_not_taken_twice(percy):
    bring(percy, GUESTS, new=NewProgram("Pulse", Side.KIN.value, "anonymous", 5))
    assert set(Response.objects.values_list("ref", flat=True)) == {""}
    one = check(upload(percy, GUESTS))
    assert "it would count twice" in one.failure
    assert Response.objects.count() == 5


def test_taken_back_the_responses_are_gone_and_the_program_stays(percy):
    one = undo(bring(percy, GUESTS))
    assert (one.state, one.counts["undo"]) == (ImportState.UNDONE, {"undone": 5, "kept": 0})
    assert (Response.objects.count(), Program.objects.count()) == (0, 1)


def test_of_two_files_only_one_is_taken_back(percy):
    first = bring(percy, GUESTS)
    bring(percy, GUESTS, name="guests 2027.csv", wave=wave(2027))
    undo(first)
    assert list(Response.objects.order_by("pk").values_list("wave__name", flat=True)) == ["2027"] * 5


def test_a_closed_program_takes_no_file(percy):
    bring(percy, GUESTS)
    one = upload(percy, GUESTS, "guests 2027.csv")
    plan = first_plan(one)
    close_program(program=Program.objects.get())
    one = check(one, program=plan.program)
    assert "is closed" in one.failure


def test_a_worker_that_is_killed_goes_on_where_the_last_chunk_ended(percy, monkeypatch):
    lines = "".join(f"{n},{n % 11},{n % 5 + 1}\n" for n in range(5_000))
    one = check(upload(percy, f"number,NETPRO,food\n{lines}"))
    run_import(one=one)

    class Killed(BaseException):
        pass

    def killed(_seconds: float) -> None:
        raise Killed

    monkeypatch.setattr(at_work.time, "sleep", killed)
    with pytest.raises(Killed):
        work_on_import(one.pk)
    monkeypatch.undo()
    assert Response.objects.count() == 2_000
    one = work(one)
    assert (one.state, counts(one), Response.objects.count()) == (ImportState.DONE, {"created": 5_000}, 5_000)


@pytest.mark.parametrize(
    "content", ["", GUESTS.replace("Kind people", "Kind\x00people"), "only one line without an end", "a,a\n1,2\n"]
)
def test_what_is_no_table_is_refused_when_it_is_sent(percy, content):
    with pytest.raises(NotImportable):
        upload(percy, content)
    assert not Import.objects.exists()


def test_four_hundred_questions_come_in(percy):
    header = ",".join(f"q{n}" for n in range(400))
    body = "\n".join(f"{m}," + ",".join(str((m + n) % 5 + 1) for n in range(400)) for m in range(10))
    bring(percy, f"number,{header}\n{body}\n")
    assert Program.objects.get().questionnaire.fields.filter(kind="score").count() == 400
    assert len(Response.objects.first().answers) == 400


def test_broken_lines_are_refused_and_the_others_come_in(percy):
    one = bring(percy, GUESTS + "6,1\n")
    assert counts(one) == {"created": 5, "refused": 1}


def test_nobody_else_may_go_on_with_it(percy, cast):
    one = upload(percy, GUESTS)
    plan = first_plan(one)
    percy.grants.all().delete()
    check_with(one=one, plan=plan)
    assert "may no longer do so" in work(one).failure
