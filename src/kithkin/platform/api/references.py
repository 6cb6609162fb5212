"""What a body names by its id."""

from __future__ import annotations

from typing import TypeVar, overload

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kithkin.platform.api.problems import Refused, fault

M = TypeVar("M", bound=models.Model)


@overload
def named(rows: QuerySet[M], pk: int, where: str) -> M: ...
@overload
def named(rows: QuerySet[M], pk: int | None, where: str) -> M | None: ...
def named(rows: QuerySet[M], pk: int | None, where: str) -> M | None:
    """The row of `rows` with this id, None for none; one that is not there, or not for this reader, is 422."""
    if pk is None:
        return None
    found = rows.filter(pk=pk).first()
    if found is None:
        said = _("There is none with the id %(id)d, or it is not open to you.") % {"id": pk}
        raise Refused(422, "not-valid", _("Some of what was sent is not valid."), faults=[fault(where, said)])
    return found
