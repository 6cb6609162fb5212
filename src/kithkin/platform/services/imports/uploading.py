"""Taking a file in: it is moved, never copied, and where it is no table nothing of it stays."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from kithkin.platform.imports.guessing import signature
from kithkin.platform.imports.kept import UPLOAD, look
from kithkin.platform.models import Import, User
from kithkin.platform.registries.imports import ImportKind

FOLDER = "imports"


def take_upload(
    *, by: User, kind: ImportKind, path: Path, name: str, sha256: str, size: int, once: uuid.UUID
) -> Import:
    """Keep the file at `path` as a new import; the one of the first click where the button was pressed twice.

    Raises `NotImportable` where the file is no table, and OSError where the disk is full; then nothing is left.
    """
    known = Import.objects.filter(once=once, by=by).first()
    if known is not None:
        return known
    if Import.objects.filter(once=once).exists():  # somebody else's, copied with their page
        once = uuid.uuid4()
    folder = Path(settings.MEDIA_ROOT) / FOLDER / uuid.uuid4().hex
    folder.mkdir(mode=0o700, parents=True)
    try:
        shutil.move(path, folder / UPLOAD)
        (folder / UPLOAD).chmod(0o600)
        head = look(folder, name, kind.bulk.most_columns if kind.bulk else kind.most_columns)
        with transaction.atomic():
            return Import.objects.create(
                once=once,
                by=by,
                kind=kind.key,
                name=name,
                folder=str(folder.relative_to(settings.MEDIA_ROOT)),
                sha256=sha256,
                size=size,
                columns=list(head.columns),
                signature=signature(kind.key, head.columns),
            )
    except IntegrityError:
        shutil.rmtree(folder, ignore_errors=True)
        return Import.objects.get(once=once, by=by)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
