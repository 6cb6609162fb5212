"""Files full of people are not kept: after thirty days, on demand, and when somebody in them is erased."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kithkin.platform.jobs import enqueue
from kithkin.platform.models import WORKING, Import, ImportRow, ImportState
from kithkin.platform.services.imports.uploading import FOLDER

KEPT = timedelta(days=30)
LEFTOVER = 24 * 3600
BATCH = 2_000
BUDGET = 20.0
_NEVER_RAN = (ImportState.MATCHING, ImportState.CHECKING, ImportState.CHECKED)


def forget_import(*, one: Import) -> bool:
    """Delete the file, the refused lines and the way back; whether it could be: not while a worker is at it.

    What the import did stays done. One that never ran goes altogether.
    """
    idle = ~Q(state__in=WORKING) | ~Q(failure="")
    with transaction.atomic():
        if not Import.objects.filter(idle, pk=one.pk).update(forgotten_at=timezone.now()):
            return False
        enqueue(purge_rows, one.pk)
        transaction.on_commit(lambda: shutil.rmtree(one.path, ignore_errors=True))
    return True


def purge_rows(import_id: int) -> None:
    """The job: delete what is remembered of a forgotten import, piece by piece."""
    until = time.monotonic() + BUDGET
    rows = ImportRow.objects.filter(of_id=import_id, of__forgotten_at__isnull=False)
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        ImportRow.objects.filter(pk__in=ids).delete()
        if time.monotonic() > until:
            enqueue(purge_rows, import_id)
            return
    Import.objects.filter(pk=import_id, state__in=_NEVER_RAN, forgotten_at__isnull=False).delete()


def forget_old_imports() -> None:
    """The nightly schedule: forget what is older than thirty days, and whatever a crash left lying about."""
    for one in Import.objects.filter(forgotten_at__isnull=True, uploaded_at__lt=timezone.now() - KEPT):
        forget_import(one=one)
    _remove_leftovers()


def _remove_leftovers() -> None:
    """Folders without an import, and uploads that ended with their process, once they are a day old."""
    yesterday = time.time() - LEFTOVER
    root = Path(settings.MEDIA_ROOT) / FOLDER
    known = set(Import.objects.filter(forgotten_at__isnull=True).values_list("folder", flat=True))
    for folder in root.iterdir() if root.is_dir() else ():
        if f"{FOLDER}/{folder.name}" not in known and folder.stat().st_mtime < yesterday:
            shutil.rmtree(folder, ignore_errors=True)
    for draft in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        if draft.stat().st_mtime < yesterday:
            draft.unlink(missing_ok=True)
