"""The steps that a person takes: each is taken once, however often the button is pressed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kithkin.platform.jobs import enqueue
from kithkin.platform.models import ChangedMeanwhile, Import, ImportState
from kithkin.platform.services.imports.working import work_on_import

_MATCHABLE = Q(state__in=[ImportState.MATCHING, ImportState.CHECKED]) | (
    Q(state__in=[ImportState.CHECKING, ImportState.RUNNING], cursor=0) & ~Q(failure="")
)
"""Before the run, and where nothing was done yet of what failed."""


def may_match(one: Import) -> bool:
    """Whether the columns can still be matched anew."""
    return Import.objects.filter(_MATCHABLE, pk=one.pk).exists()


@transaction.atomic
def check_import(*, one: Import, mapping: Mapping[str, str], options: Mapping[str, str]) -> bool:
    """Match the columns like this and check the file, writing nothing but the report; whether that begins now."""
    return _begin(
        one, _MATCHABLE, ImportState.CHECKING, mapping=dict(mapping), options=dict(options), counts={}, started_at=None
    )


def plan_of_report(one: Import) -> str:
    """By which it is told whether a report is of this plan: another window may have had the file checked by another."""
    return hashlib.sha256(json.dumps([one.mapping, one.options], sort_keys=True).encode()).hexdigest()[:32]


@transaction.atomic
def run_import(*, one: Import, seen: str = "") -> bool:
    """Do what the report says; whether that begins now.

    Raises ChangedMeanwhile where the plan is by now another than that of the report that was `seen`.
    """
    now = Import.objects.select_for_update().get(pk=one.pk)
    if seen and now.state == ImportState.CHECKED and seen != plan_of_report(now):
        raise ChangedMeanwhile(now)
    return _begin(one, Q(state=ImportState.CHECKED), ImportState.RUNNING, started_at=timezone.now())


@transaction.atomic
def undo_import(*, one: Import) -> bool:
    """Take it all back; whether that begins now."""
    return _begin(one, Q(state=ImportState.DONE, forgotten_at__isnull=True), ImportState.UNDOING)


@transaction.atomic
def resume_import(*, one: Import) -> bool:
    """Go on after a failure, where the last chunk ended; whether that begins now."""
    stopped = Import.objects.filter(pk=one.pk).exclude(failure="")
    if not stopped.update(failure="", tries=0, lease=None, lease_until=timezone.now()):
        return False
    enqueue(work_on_import, one.pk)
    return True


def _begin(one: Import, waits: Q, state: ImportState, **fields: Any) -> bool:
    fields |= {
        "cursor": 0,
        "tries": 0,
        "failure": "",
        "lease": None,
        "lease_until": timezone.now(),
        "finished_at": None,
    }
    if not Import.objects.filter(waits, pk=one.pk).update(state=state, **fields):
        return False
    enqueue(work_on_import, one.pk)
    return True
