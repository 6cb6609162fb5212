"""Bringing real files in at a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from django_q.models import OrmQ

from kithkin.platform.models import Import
from kithkin.platform.services.imports import work_on_import


def real(data_folder: Path, name: str) -> Path:
    """A real data set; the test skips where it is absent."""
    file = data_folder / name
    if not file.exists():
        pytest.skip(f"{file} is not there: see the tutorial for where it is from")
    return file


def work() -> None:
    """What the worker does, which is no process of its own here."""
    one = Import.objects.latest("pk")
    while one.is_working:
        Import.objects.filter(pk=one.pk).update(lease_until=None)
        work_on_import(one.pk)
        one.refresh_from_db()
    OrmQ.objects.all().delete()
