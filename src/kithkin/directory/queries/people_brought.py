"""Whom an import brought, or changed: for the list that its report leads to."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kithkin.directory.models import Person
from kithkin.platform.asked import as_id, typed
from kithkin.platform.models import Import, ImportRow, RowAction, User
from kithkin.platform.queries.imports import imports_visible_to

NEW, CHANGED = "new", "changed"
_DID = {NEW: (RowAction.CREATED,), CHANGED: (RowAction.CHANGED,), "": (RowAction.CREATED, RowAction.CHANGED)}


def brought_by(people: QuerySet[Person], value: str) -> QuerySet[Person]:
    """Those whom the import made or changed ("12"), made ("12-new") or changed ("12-changed")."""
    pk, _dash, did = value.partition("-")
    return people.filter(pk__in=_rows(as_id(pk), did).values("target_id"))


def import_choices(user: User, asked: QueryDict) -> list[tuple[str, str]]:
    """The import that the address asks for, where this reader may see it: all, the new and the changed."""
    pk = as_id(typed(asked, "import").partition("-")[0])
    one = imports_visible_to(user).filter(pk=pk).first() if pk else None
    if one is None:
        return []
    words = (("", "%(name)s"), (f"-{NEW}", _("%(name)s: new")), (f"-{CHANGED}", _("%(name)s: changed")))
    return [(f"{pk}{did}", said % {"name": one.name}) for did, said in words]


def brought_people(one: Import) -> list[tuple[str, str]]:
    """(address, words) of the lists of those whom the import made and changed, where there are any."""
    words = ((NEW, _("Who is new")), (CHANGED, _("Who was changed")))
    place = reverse("people")
    return [(f"{place}?import={one.pk}-{did}", said) for did, said in words if _rows(one.pk, did).exists()]


def _rows(pk: int, did: str) -> QuerySet[ImportRow]:
    of = Q(of=pk, of__forgotten_at__isnull=True)
    return ImportRow.objects.filter(of, model=Person._meta.label_lower, action__in=_DID.get(did, ()))
