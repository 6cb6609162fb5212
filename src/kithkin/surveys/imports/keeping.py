"""What is told of a file is kept with its import, as long as nothing of it was done."""

from __future__ import annotations

from django.db import transaction

from kithkin.platform.models import Import, ImportState
from kithkin.platform.services.imports import check_import
from kithkin.surveys.imports.plans import FilePlan


@transaction.atomic
def keep_plan(*, one: Import, plan: FilePlan) -> None:
    """Remember it; the report of an earlier check no longer holds."""
    waiting = Import.objects.filter(pk=one.pk, state__in=[ImportState.MATCHING, ImportState.CHECKED])
    waiting.update(options=plan.to_keep(), mapping=plan.mapping, state=ImportState.MATCHING, failure="")


def check_with(*, one: Import, plan: FilePlan) -> bool:
    """Check every line by this plan; whether that begins now."""
    return check_import(one=one, mapping=plan.mapping, options=plan.to_keep())
