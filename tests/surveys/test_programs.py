"""What is promised when a program is launched stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kithkin.directory.models import Side
from kithkin.surveys.models import Program, ProgramState
from kithkin.surveys.services import (
    FloorLowered,
    ProgramDraft,
    ProgramRefused,
    add_wave,
    change_program,
    close_program,
    create_program,
    launch_program,
    reopen_program,
)
from tests.surveys.programs import make_program

pytestmark = pytest.mark.django_db


def draft_of(program: Program) -> ProgramDraft:
    return ProgramDraft(program.name, program.side, program.identity, program.floor, program.dimensions, program.unit)


@pytest.mark.parametrize(
    ("side", "identity", "floor"), [(Side.KITH, "identified", None), (Side.KIN, "confidential", 5)]
)
def test_inside_is_confidential_in_groups_of_five_and_outside_identified(side: str, identity: str, floor: int | None):
    program = create_program(draft=ProgramDraft("Pulse", side))
    assert (program.identity, program.floor, program.state) == (identity, floor, ProgramState.DRAFT)


def test_a_promise_without_a_floor_is_refused():
    with pytest.raises(ProgramRefused, match="smaller than 5"):
        create_program(draft=ProgramDraft("Pulse", Side.KIN, floor=3))


def test_a_launch_locks_the_usual_dimensions_of_a_program_with_a_floor():
    assert make_program(side=Side.KIN).dimensions == ["unit", "month", "wave"]
    assert make_program("Outside").dimensions == []


def test_a_launched_program_is_cut_by_nothing_else():
    program = make_program(side=Side.KIN)
    with pytest.raises(ProgramRefused, match="cut"):
        change_program(program=program, draft=replace(draft_of(program), dimensions=["unit"]))


def test_a_floor_rises_and_never_sinks():
    program = make_program(side=Side.KIN)
    change_program(program=program, draft=replace(draft_of(program), floor=8))
    with pytest.raises(FloorLowered):
        change_program(program=program, draft=replace(draft_of(program), floor=7))
    assert Program.objects.get().floor == 8


def test_a_launched_program_keeps_its_promise():
    program = make_program(side=Side.KIN)
    with pytest.raises(ProgramRefused, match="promised"):
        change_program(program=program, draft=replace(draft_of(program), identity="identified", floor=None))


def test_before_the_launch_everything_can_be_said_otherwise():
    program = make_program(side=Side.KIN, launched=False)
    change_program(program=program, draft=ProgramDraft("Guests", Side.KITH, "anonymous", 10, ["month", "f3"]))
    assert (program.side, program.identity, program.floor, program.dimensions) == (
        "kith",
        "anonymous",
        10,
        ["month", "f3"],
    )


def test_a_score_or_a_text_is_no_dimension():
    with pytest.raises(ProgramRefused, match="f1, f4"):
        launch_program(program=make_program(launched=False), dimensions=["unit", "f1", "f4"])


def test_two_programs_have_two_names():
    make_program()
    with pytest.raises(ProgramRefused, match="already"):
        make_program()


def test_a_program_is_closed_and_opened_again():
    program = close_program(program=make_program())
    with pytest.raises(ProgramRefused, match="again"):
        launch_program(program=program)
    assert reopen_program(program=program).state == ProgramState.RUNNING


def test_a_wave_has_days_and_a_name_of_its_own():
    program = make_program()
    add_wave(program=program, name="2025", starts=date(2025, 1, 1), ends=date(2026, 1, 1))
    with pytest.raises(ProgramRefused, match="already"):
        add_wave(program=program, name="2025", starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    with pytest.raises(ProgramRefused, match="begin"):
        add_wave(program=program, name="never", starts=date(2026, 1, 1), ends=date(2026, 1, 1))
