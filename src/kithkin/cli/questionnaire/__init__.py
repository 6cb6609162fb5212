"""`kithkin questionnaire`: what can be done with a questionnaire's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kithkin.cli.failures import answering

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON (see docs/reference/json.md).")]


@answering
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A questionnaire: ours, or SurveyJS, as JSON.")],
    *,
    as_json: Json = False,
) -> None:
    """Find dead ends, questions that nobody sees, cycles, unknown names and missing translations.

    Leaves with exit status 1 where something must be mended.
    """
    from kithkin.cli.answer import deliver
    from kithkin.cli.questionnaire.checked import checked

    answer = checked(file)
    deliver(answer, as_json=as_json, html=None)
    if answer.must_be_mended:
        raise typer.Exit(1)
