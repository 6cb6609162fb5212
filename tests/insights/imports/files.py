"""Files of figures on their way in, as a test sends them."""

from __future__ import annotations

from dataclasses import replace

from kithkin.insights.imports.guessing import first_plan
from kithkin.insights.imports.keeping import check_with, wrong_with
from kithkin.insights.imports.typed import typed
from kithkin.insights.models import Outcome
from kithkin.platform.models import Import, ImportRow, RowAction, User
from tests.directory.imports.files import run, work
from tests.directory.imports.files import upload as taken


def upload(by: User, content: str | bytes, name: str = "figures.csv") -> Import:
    """The file, taken in."""
    return taken(by, content, kind="figures", name=name)


def check(one: Import, figures: str = "", **said: object) -> Import:
    """As it is guessed, with these figures and parts of the plan in its place."""
    plan = replace(first_plan(one), **said)  # type: ignore[arg-type]
    if figures:
        plan = replace(plan, figures=typed(figures, None if plan.long else one.columns))
    assert wrong_with(plan) == ""
    check_with(one=one, plan=plan)
    return work(one)


def bring(by: User, content: str | bytes, figures: str = "", name: str = "figures.csv", **said: object) -> Import:
    """Uploaded, checked and run."""
    return run(check(upload(by, content, name), figures, **said))


def values() -> list[tuple[str, str, str, float, int | None]]:
    """Everything that is known: unit, month, figure, value, of how many."""
    rows = Outcome.objects.order_by("unit__name", "month", "measure__name")
    return list(rows.values_list("unit__name", "month", "measure__name", "value", "n"))


def problems(one: Import) -> list[tuple[int, list[list[str]]]]:
    """Refused lines with [column, value, reason, remedy]."""
    rows = ImportRow.objects.filter(of=one, action=RowAction.REFUSED).order_by("number")
    return [(row.number, row.problems) for row in rows]
