"""Programs: meant, launched, closed; what they promise is locked when they are launched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.directory.models import Side, Unit
from kithkin.forms.models import Field, FieldKind, Questionnaire
from kithkin.forms.services import create_questionnaire
from kithkin.platform.events import publish
from kithkin.surveys.events import ProgramClosed, ProgramCreated, ProgramLaunched, WaveAdded
from kithkin.surveys.models import Identity, Program, ProgramState, Wave

FLOOR = 5
"""The smallest group of a program that promises something."""
DIMENSIONS = ("unit", "month", "wave", "touchpoint", "link")
"""By what every program can be cut, beside its own fields."""
USUAL = ("unit", "month", "wave")
_CUTTING = (FieldKind.CHOICE, FieldKind.TRUTH)


class ProgramRefused(Exception):
    """The program cannot be so; the message says why and what to do."""


class FloorLowered(ProgramRefused):
    """The smallest group shown was promised, and may only rise."""


@dataclass(frozen=True)
class ProgramDraft:
    """What is said of a program. Without an identity: identified outside, confidential inside."""

    name: str
    side: str
    identity: str = ""
    floor: int | None = None
    dimensions: Sequence[str] = ()
    unit: Unit | None = None

    @property
    def promise(self) -> str:
        """The identity, the usual one of its side where none is given."""
        return self.identity or (Identity.CONFIDENTIAL if self.side == Side.KIN else Identity.IDENTIFIED)

    @property
    def smallest(self) -> int | None:
        """The smallest group shown."""
        return self.floor if self.floor is not None or self.promise == Identity.IDENTIFIED else FLOOR


@transaction.atomic
def create_program(*, draft: ProgramDraft, questionnaire: Questionnaire | None = None) -> Program:
    """Mean to listen. Without a questionnaire it begins with an empty one of its own."""
    _check_floor(draft)
    program = Program(
        name=draft.name,
        side=draft.side,
        identity=draft.promise,
        floor=draft.smallest,
        dimensions=list(draft.dimensions),
        questionnaire=questionnaire or create_questionnaire(title=draft.name),
        unit=draft.unit,
    )
    _check_dimensions(program)
    _save_named(program)
    publish(ProgramCreated(program_id=program.pk))
    return program


@transaction.atomic
def change_program(*, program: Program, draft: ProgramDraft, headline: Field | None = None) -> Program:
    """Say otherwise what it is. Once launched, side, promise and dimensions stand, and the floor only rises."""
    if program.state != ProgramState.DRAFT:
        if (draft.side, draft.promise) != (program.side, program.identity):
            said = _("“%(program)s” has been launched: what respondents were promised can no longer be changed.")
            raise ProgramRefused(said % {"program": program})
        if program.floor is not None and sorted(draft.dimensions) != sorted(program.dimensions):
            said = _("“%(program)s” has been launched: by what its results are cut can no longer be changed.")
            raise ProgramRefused(said % {"program": program})
        if program.floor is not None and (draft.smallest or 0) < program.floor:
            said = _("Respondents were promised groups of at least %(floor)s. The floor can only rise.")
            raise FloorLowered(said % {"floor": program.floor})
    _check_floor(draft)
    if headline is not None and headline.questionnaire_id != program.questionnaire_id:
        raise ProgramRefused(_("The main score must be a question of this program."))
    program.name, program.side, program.identity = draft.name, draft.side, draft.promise
    program.floor, program.dimensions, program.unit = draft.smallest, list(draft.dimensions), draft.unit
    program.headline = headline
    _check_dimensions(program)
    _save_named(program)
    return program


@transaction.atomic
def launch_program(
    *, program: Program, dimensions: Collection[str] | None = None, headline: Field | None = None
) -> Program:
    """Listen from now on: floor and dimensions are locked. Launching twice is launching once.

    Without dimensions a program with a floor is cut by unit, month and wave.
    """
    if program.state == ProgramState.RUNNING:
        return program
    if program.state == ProgramState.CLOSED:
        raise ProgramRefused(_("“%(program)s” is closed. Open it again instead.") % {"program": program})
    if dimensions is not None:
        program.dimensions = list(dimensions)
    if program.floor is not None and not program.dimensions:
        program.dimensions = list(USUAL)
    if headline is not None:
        program.headline = headline
    _check_dimensions(program)
    program.state, program.launched_at = ProgramState.RUNNING, timezone.now()
    program.save()
    publish(ProgramLaunched(program_id=program.pk))
    return program


@transaction.atomic
def close_program(*, program: Program) -> Program:
    """Take no more responses; what came in stays."""
    if program.state != ProgramState.CLOSED:
        if program.state == ProgramState.DRAFT:
            raise ProgramRefused(_("“%(program)s” was never launched.") % {"program": program})
        program.state = ProgramState.CLOSED
        program.save()
        publish(ProgramClosed(program_id=program.pk))
    return program


@transaction.atomic
def reopen_program(*, program: Program) -> Program:
    """Listen again, under the promise that was given."""
    if program.state == ProgramState.CLOSED:
        program.state = ProgramState.RUNNING
        program.save()
        publish(ProgramLaunched(program_id=program.pk))
    return program


@transaction.atomic
def add_wave(*, program: Program, name: str, starts: date, ends: date) -> Wave:
    """Another round, of answers from `starts` up to but not including `ends`."""
    wave = _saved_wave(Wave(program=program, name=name, starts=starts, ends=ends))
    publish(WaveAdded(program_id=program.pk, wave_id=wave.pk))
    return wave


@transaction.atomic
def change_wave(*, wave: Wave, name: str, starts: date, ends: date) -> Wave:
    """Say otherwise when it was; responses stay in it."""
    wave.name, wave.starts, wave.ends = name, starts, ends
    return _saved_wave(wave)


def _saved_wave(wave: Wave) -> Wave:
    if wave.starts >= wave.ends:
        raise ProgramRefused(_("A wave must begin before it ends."))
    if Wave.objects.filter(program=wave.program, name=wave.name).exclude(pk=wave.pk).exists():
        said = _("“%(program)s” has a wave “%(wave)s” already. Give this one another name.")
        raise ProgramRefused(said % {"program": wave.program, "wave": wave.name})
    wave.save()
    return wave


def _save_named(program: Program) -> None:
    """Written, unless another program has the name: then it is said which."""
    taken = ProgramRefused(
        _("There is a program “%(name)s” already. Open it, or give this one another name.") % {"name": program.name}
    )
    if Program.objects.filter(name=program.name).exclude(pk=program.pk).exists():
        raise taken
    try:
        with transaction.atomic():
            program.save()
    except IntegrityError:
        raise taken from None


def _check_floor(draft: ProgramDraft) -> None:
    if draft.promise != Identity.IDENTIFIED and (draft.smallest or 0) < FLOOR:
        said = _("A program that promises confidence shows no group smaller than %(floor)s.")
        raise ProgramRefused(said % {"floor": FLOOR})
    if draft.smallest is not None and not 2 <= draft.smallest <= 10_000:
        raise ProgramRefused(_("The smallest group shown is a number from 2 to 10,000, or none."))


def _check_dimensions(program: Program) -> None:
    fields = Field.objects.filter(questionnaire=program.questionnaire_id, kind__in=_CUTTING)
    own = {field.column for field in fields}
    unknown = [name for name in program.dimensions if name not in DIMENSIONS and name not in own]
    if unknown:
        said = _(
            "Results can be cut by unit, month, wave, touchpoint, relation and questions with choices; not by %(what)s."
        )
        raise ProgramRefused(said % {"what": ", ".join(unknown)})
