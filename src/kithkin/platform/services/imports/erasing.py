"""Whoever is erased goes from the imports, too: from files as they came, from refused lines and from the way back."""

from __future__ import annotations

import mmap
from collections.abc import Collection
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from kithkin.platform.imports.kept import HEAD, LINES
from kithkin.platform.models import Import, ImportRow, RowAction
from kithkin.platform.services.imports.forgetting import forget_import

SHORTEST = 4
"""Shorter texts stand in nearly every file."""


def erase_from_imports(*, person_id: int, texts: Collection[str]) -> None:
    """Forget every import whose lines are about the person or hold one of these texts; one that runs is stopped.

    A file of which nobody has read the lines yet goes as well, since it could speak of anybody.
    """
    for one in Import.objects.filter(forgotten_at__isnull=True):
        about = ImportRow.objects.filter(of=one, subject_id=person_id).exists()
        if about or _stands_in(one.path, texts):
            _stop(one)
            forget_import(one=one)
            told = Q(action__in=[RowAction.REFUSED, RowAction.KEPT]) | Q(subject_id=person_id)
            ImportRow.objects.filter(told, of=one).delete()
            Import.objects.filter(pk=one.pk).update(counts=_without_reasons(one.counts))
    ImportRow.objects.filter(subject_id=person_id).delete()


def _stop(one: Import) -> None:
    """Whoever works on it loses it: a chunk that is not written yet is not written any more."""
    if one.is_working:
        said = _("It was stopped, since somebody of whom it speaks was erased.")
        Import.objects.filter(pk=one.pk).update(failure=said, lease=None, lease_until=None)


def _stands_in(folder: Path, texts: Collection[str]) -> bool:
    if not (folder / LINES).exists():
        return True
    written = {form for text in texts for form in (text, text.lower(), text.upper(), text.title())}
    wanted = [form.encode() for form in written if len(form) >= SHORTEST]
    return any(_holds(folder / name, wanted) for name in (LINES, HEAD))


def _holds(path: Path, wanted: Collection[bytes]) -> bool:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return any(content.find(text) >= 0 for text in wanted)
    except FileNotFoundError:
        return False


def _without_reasons(counts: dict[str, object]) -> dict[str, object]:
    """A reason may name somebody."""
    return {phase: {**said, "reasons": {}} if isinstance(said, dict) else said for phase, said in counts.items()}
