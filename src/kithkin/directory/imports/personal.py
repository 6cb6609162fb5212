"""What imports keep about a person: files in which they stand, and the rows that undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithkin.directory.models import Person
from kithkin.platform.imports.kept import holds
from kithkin.platform.models import Import, ImportRow, RowAction


def export(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The lines of files that were about the person, with what stood there before."""
    rows = ImportRow.objects.filter(subject_id=person_id).select_related("of").order_by("pk")
    return {
        "imports": [
            {"file": row.of.name, "on": row.of.uploaded_at, "line": row.number, "did": row.action, "before": row.before}
            for row in rows
        ]
    }


def erase(person_id: int) -> None:
    """Drop the way back of this person, and the refused lines of every file that may hold them."""
    held = _holding(person_id)
    ImportRow.objects.filter(of__in=held, action=RowAction.REFUSED).delete()
    Import.objects.filter(pk__in=[one.pk for one in held]).exclude(failure="").update(failure="–")
    ImportRow.objects.filter(subject_id=person_id).delete()


def files(person_id: int) -> Sequence[str]:
    """Every file in which the person stands, with what was made of it."""
    return [str(file) for one in _holding(person_id) for file in one.path.iterdir()]


def _holding(person_id: int) -> list[Import]:
    """Imports whose file is still there and holds the person, or may: where that cannot be told it counts as yes."""
    about = set(ImportRow.objects.filter(subject_id=person_id).values_list("of_id", flat=True))
    person = Person.objects.filter(pk=person_id).first()
    texts = _texts(person) if person else set()
    there = [one for one in Import.objects.filter(forgotten_at__isnull=True) if one.path.is_dir()]
    return [one for one in there if one.pk in about or not texts or holds(one.path, one.name, texts)]


def _texts(person: Person) -> set[str]:
    """By what somebody is known in a file; nothing where a name in two columns may be all there is."""
    known = {person.external_id, person.email, person.phone} - {""}
    return {text.lower() for text in (*known, person.name)} if known else set()
