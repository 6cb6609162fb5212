"""Work at leisure: releasing what has ended, then working the weak link and the chain out."""

from __future__ import annotations

from kithkin.directory.models.days import today
from kithkin.insights.services.releases import release_program
from kithkin.insights.studies.chain import study_chain
from kithkin.insights.studies.figures import sided, study_figure
from kithkin.insights.studies.links import outer_programs, study_links
from kithkin.platform.jobs import enqueue
from kithkin.surveys.models import Program


def release_all() -> None:
    """Release what has ended of every floored program, one job each."""
    for pk in Program.objects.filter(floor__isnull=False).values_list("pk", flat=True):
        enqueue(release_one, pk)


def release_one(program_id: int) -> None:
    """Release what has ended of one program; once more does nothing."""
    program = Program.objects.filter(pk=program_id, floor__isnull=False).first()
    if program is not None:
        release_program(program, today=today())


def work_out_links() -> None:
    """The weak link of every outside score, one job each, after what has ended was released."""
    release_all()
    for program in outer_programs():
        enqueue(work_out_links_of, program.pk)
    work_out_figures()


def work_out_links_of(program_id: int) -> None:
    """The weak link of one outside score."""
    for program in outer_programs():
        if program.pk == program_id:
            study_links(program)


def work_out_chains() -> None:
    """The service-profit chain of every outside score, one job each, after what has ended was released."""
    release_all()
    for program in outer_programs():
        enqueue(work_out_chain_of, program.pk)


def work_out_chain_of(program_id: int) -> None:
    """The chain around one outside score."""
    for program in outer_programs():
        if program.pk == program_id:
            study_chain(program)


def work_out_figures() -> None:
    """What goes with every figure said outside, one job each."""
    for outside in sided()[1]:
        enqueue(work_out_figure, outside.pk)


def work_out_figure(measure_id: int) -> None:
    """What goes with one figure said outside."""
    for outside in sided()[1]:
        if outside.pk == measure_id:
            study_figure(outside)
