"""What is meant where an address says nothing: the first program, its main score, the last twelve months."""

from __future__ import annotations

from kithkin.directory.models import Side
from kithkin.insights.asking.cells import fact_table
from kithkin.insights.asking.months import Span, month_of, shifted
from kithkin.insights.asking.questions import Question
from kithkin.insights.asking.released import WAVE
from kithkin.insights.asking.waiting import ticket_now
from kithkin.insights.engines import engine, table_of
from kithkin.insights.models import Release
from kithkin.platform.access import Reach
from kithkin.surveys.models import Program, ProgramState
from kithkin.surveys.rules import run_within

MONTHS = 12


def programs(over: Reach) -> list[Program]:
    """The programs that were launched, by a unit within reach or by the whole company; outside and running ones first.

    What another department asks its own people, and when, is not told by the menu of a page.
    """
    launched = Program.objects.filter(run_within(over)).exclude(state=ProgramState.DRAFT)
    found = launched.select_related("questionnaire", "headline", "unit")
    return sorted(found, key=lambda one: (one.side != Side.KITH, one.state != ProgramState.RUNNING, one.pk))


def months_of(program: Program) -> list[str]:
    """The months with answers, in order; of a floored program those that were released."""
    if program.floor is not None:
        waves = {f"{WAVE}{wave.pk}": month_of(wave.last_day) for wave in program.waves.all()}
        keys = Release.objects.filter(program=program).values_list("period", flat=True).distinct()
        return sorted({waves.get(key, key) for key in keys if key in waves or not key.startswith(WAVE)})
    known = fact_table(program.table)
    if known is None:
        return []
    table = table_of(known)
    counted = engine().cells(table.group_by("month").agg(n=table.count()), ticket=ticket_now())
    return sorted(counted["month"].to_pylist())


def filled(question: Question, months: list[str]) -> Question:
    """The question with a span: the last twelve months with answers, where none was named."""
    if question.span.first or question.span.last or not months:
        return question
    earliest = shifted(months[-1], 1 - MONTHS)
    return question.but(span=Span(next(month for month in months if month >= earliest), months[-1]))
