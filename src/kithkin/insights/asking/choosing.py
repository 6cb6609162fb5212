"""Which score is meant where none is named, and which a program has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kithkin.forms.models import Field, FieldKind
from kithkin.insights.asking.errors import CannotAnswer
from kithkin.surveys.models import Program


def scores_of(program: Program) -> list[Field]:
    """The program's scores, the main one first, then as they are asked; read once, and kept on the program object."""
    known: list[Field] | None = program.__dict__.get("_scores_read")
    if known is None:
        fields = program.questionnaire.fields.filter(kind=FieldKind.SCORE)
        known = sorted(fields, key=lambda field: (field.pk != program.headline_id, not field.measures))
        program.__dict__["_scores_read"] = known
    return list(known)


def field_of(program: Program, column: str = "") -> Field:
    """The score of that column, or the program's main one."""
    scores = scores_of(program)
    if not scores:
        raise CannotAnswer(_("“%(program)s” asks for no score.") % {"program": program})
    if not column:
        return scores[0]
    found = next((field for field in scores if field.column == column), None)
    if found is None:
        raise CannotAnswer(_("“%(program)s” has no score “%(name)s”.") % {"program": program, "name": column[:20]})
    return found
