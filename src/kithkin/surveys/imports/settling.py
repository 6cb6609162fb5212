"""The run begins: the program, its wave and its questions are made as the file says, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from kithkin.directory.models import Unit
from kithkin.forms.models import Field
from kithkin.forms.services import NotPublishable, publish_version
from kithkin.platform.imports.kept import KeptLines, NotImportable
from kithkin.platform.models import Import
from kithkin.surveys.imports.asking import MOST_CHOICES, body
from kithkin.surveys.imports.plans import FilePlan, Holds, NewProgram, WavePlan
from kithkin.surveys.models import Program, ProgramState, Wave
from kithkin.surveys.rules import can_run_program
from kithkin.surveys.services import (
    ProgramDraft,
    ProgramRefused,
    add_wave,
    change_program,
    create_program,
    launch_program,
    reopen_program,
)


def program_of(one: Import, plan: FilePlan) -> Program | None:
    """The program that the file belongs to, None where it is yet to be made. Raises `NotImportable`."""
    if plan.program is None:
        return None
    program = Program.objects.filter(pk=plan.program).select_related("questionnaire").first()
    if program is None:
        raise NotImportable(_("The program is no longer there. Choose another on the page of the columns."))
    if one.by is None or not can_run_program(one.by, program):
        raise NotImportable(_("Whoever began this import no longer runs “%(program)s”.") % {"program": program})
    if program.state == ProgramState.CLOSED:
        said = _("“%(program)s” is closed and takes no more responses. Open it again first.")
        raise NotImportable(said % {"program": program})
    return program


def settle(one: Import, plan: FilePlan, lines: KeptLines) -> tuple[Program, FilePlan]:
    """Make what is not there yet and keep with the import what it is; in the first chunk's transaction."""
    try:
        program = program_of(one, plan) or _made(plan.new)
        wave = _wave(program, plan.wave)
        _publish(one, program, plan, lines)
        if program.state == ProgramState.DRAFT:
            launch_program(program=program)
        elif program.state == ProgramState.CLOSED:
            reopen_program(program=program)
        _headline(program, plan)
    except (ProgramRefused, NotPublishable) as refused:
        raise NotImportable(str(refused)) from None
    settled = replace(plan, program=program.pk, new=None, wave=WavePlan(id=wave.pk) if wave else None)
    Import.objects.filter(pk=one.pk).update(options=settled.to_keep())
    return program, settled


def _made(new: NewProgram | None) -> Program:
    if new is None:
        raise NotImportable(_("Which program the responses belong to is not said. Match the columns again."))
    unit = Unit.objects.filter(pk=new.unit).first() if new.unit else None
    return create_program(draft=ProgramDraft(new.name, new.side, new.identity, new.floor, (), unit))


def _wave(program: Program, plan: WavePlan | None) -> Wave | None:
    if plan is None:
        return None
    if plan.id is not None:
        wave = Wave.objects.filter(pk=plan.id, program=program).first()
        if wave is None:
            raise NotImportable(_("The wave is no longer there. Match the columns again."))
        return wave
    known = Wave.objects.filter(program=program, name=plan.name).first()
    return known or add_wave(program=program, name=plan.name, starts=plan.first_day, ends=date.fromisoformat(plan.ends))


def _publish(one: Import, program: Program, plan: FilePlan, lines: KeptLines) -> None:
    """The questions that the columns ask, beside those that are asked already."""
    seen: dict[str, set[str]] = {}
    for column in plan.answers:
        if column.holds == Holds.CHOICE:
            codes = {label: value for value, label in column.labels.items()}
            values = {codes.get(text, text) for text in lines.distinct(one.columns.index(column.column))}
            seen[column.column] = values - set(column.missing)
            if len(seen[column.column]) > MOST_CHOICES:
                said = _("“%(column)s” has %(count)s different values. Choose words for it instead of choices.")
                found = {"column": column.column, "count": f"{len(seen[column.column]):,}"}
                raise NotImportable(said % found)
    last = program.questionnaire.versions.order_by("-number").first()
    asked = body(program.name, last.body if last else None, plan.answers, seen)
    publish_version(questionnaire=program.questionnaire, body=asked, by=one.by)


def _headline(program: Program, plan: FilePlan) -> None:
    """The main score, where the program has none yet."""
    if program.headline_id is None and plan.headline:
        chosen = next((one.asks for one in plan.answers if one.column == plan.headline), plan.headline)
        field = Field.objects.filter(questionnaire=program.questionnaire_id, name=chosen, kind="score").first()
        if field is not None:
            program.refresh_from_db()
            draft = ProgramDraft(
                program.name, program.side, program.identity, program.floor, program.dimensions, program.unit
            )
            change_program(program=program, draft=draft, headline=field)
