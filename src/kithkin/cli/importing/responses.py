"""A file of responses through every step of its import, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from kithkin.cli.failures import CommandError
from kithkin.cli.importing.running import carry_through, uploaded
from kithkin.surveys.imports.codebook import BadCodebook, applied, from_file, typed
from kithkin.surveys.imports.plans import FilePlan, Holds, NewProgram, WavePlan
from kithkin.surveys.imports.preparing import first_plan, for_program
from kithkin.surveys.models import Program, Wave

TABLES = (".csv", ".tsv", ".xlsx", ".parquet", ".sav")


@dataclass(frozen=True)
class Told:
    """What the command line says of the file."""

    program: str
    side: str = "kith"
    identity: str = ""
    wave: str | None = None
    first: str | None = None
    last: str | None = None
    codebook: Path | None = None
    main: str | None = None


def bring_responses(file: Path, told: Told, *, user: str | None, only_check: bool) -> None:
    """Guess the columns, put the codebook over the guesses, check every line and, unless only that is wanted, run."""
    one = uploaded(file, "responses", user)
    plan = first_plan(one)
    program = Program.objects.filter(name=told.program).first()
    if program is None:
        plan = replace(for_program(plan, None), new=NewProgram(told.program, told.side, told.identity))
    elif program.pk != plan.program:
        plan = for_program(plan, program)
    plan = replace(_with_codebook(plan, told.codebook), wave=_wave(plan, program, told))
    if told.main is not None:
        if told.main not in one.columns:
            raise CommandError(
                f"{file}: there is no column {told.main!r}. Its columns are: {', '.join(one.columns[:12])}."
            )
        plan = replace(plan, headline=told.main)
    if plan.wave is None and plan.of(Holds.AT) is None:
        raise CommandError(
            f"{file}: no column says when the responses were given. Say it: --wave 2026 --from 2026-01-01."
        )
    carry_through(one, file, mapping=plan.mapping, options=plan.to_keep(), only_check=only_check)


def _with_codebook(plan: FilePlan, path: Path | None) -> FilePlan:
    if path is None:
        return plan
    try:
        if path.suffix.lower() in TABLES:
            return replace(plan, columns=applied(plan.columns, from_file(path, path.name)))
        return replace(plan, columns=applied(plan.columns, typed(path.read_text("utf-8-sig"))))
    except UnicodeDecodeError:
        raise CommandError(f"{path}: this is no text in UTF-8. Save it as such, or as CSV.") from None
    except BadCodebook as error:
        raise CommandError(f"{path}: {error}") from None


def _wave(plan: FilePlan, program: Program | None, told: Told) -> WavePlan | None:
    if told.wave is None:
        if told.first or told.last:
            raise CommandError("--from and --to are the days of a wave: name it with --wave.")
        return plan.wave
    known = Wave.objects.filter(program=program, name=told.wave).first() if program else None
    if known is not None:
        return WavePlan(id=known.pk)
    guessed = plan.wave if plan.wave and plan.wave.name == told.wave else None
    if told.first is None and guessed is None:
        raise CommandError(f"--wave {told.wave}: say its first day with --from, such as --from 2026-01-01.")
    starts = _day("--from", told.first) if told.first else date.fromisoformat(guessed.starts if guessed else "")
    ends = _day("--to", told.last) + timedelta(days=1) if told.last else None
    if ends is None:
        ends = date.fromisoformat(guessed.ends) if guessed else date(starts.year + 1, starts.month, min(starts.day, 28))
    if ends <= starts:
        raise CommandError("--to: the wave must begin before it ends.")
    return WavePlan(None, told.wave[:80], starts.isoformat(), ends.isoformat())


def _day(flag: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{flag} {text}: this is no day. Write it like 2026-01-31.") from None
