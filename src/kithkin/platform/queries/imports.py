"""Reading imports: one's own, and for administrators everybody's."""

from __future__ import annotations

from django.db.models import QuerySet

from kithkin.platform.access import is_administrator, reach
from kithkin.platform.models import Import, ImportRow, ImportState, Role, RowAction, User

LISTED = 25


def imports_visible_to(user: User) -> QuerySet[Import]:
    """One's own; for administrators all."""
    shown = Import.objects.select_related("by")
    return shown if is_administrator(user) else shown.filter(by=user)


def same_file_before(one: Import) -> Import | None:
    """The last import that was done of a file with exactly these bytes; over a part, only one's own."""
    same = Import.objects.filter(sha256=one.sha256, kind=one.kind, state=ImportState.DONE, pk__lt=one.pk)
    if one.by is None or not reach(one.by, Role.PROGRAM_MANAGER).everywhere:
        same = same.filter(by=one.by)
    return same.select_related("by").order_by("-pk").first()


def matched_alike(one: Import) -> Import | None:
    """The last import whose file had the same columns and was matched."""
    alike = Import.objects.filter(signature=one.signature, kind=one.kind).exclude(pk=one.pk).exclude(mapping={})
    return alike.order_by("-pk").first()


def listed_rows(one: Import, after: int) -> tuple[list[ImportRow], int | None]:
    """Refused lines, or those that could not be taken back, behind this line; and behind which the next page begins."""
    action = RowAction.KEPT if one.state in (ImportState.UNDONE, ImportState.UNDOING) else RowAction.REFUSED
    rows = ImportRow.objects.filter(of=one, action=action, number__gt=after).exclude(problems=[]).order_by("number")
    found = list(rows[: LISTED + 1])
    return found[:LISTED], found[LISTED - 1].number if len(found) > LISTED else None


def waiting_for(user: User) -> list[Import]:
    """What waits for this user, or runs for them, the latest first."""
    mine = Import.objects.filter(by=user, forgotten_at__isnull=True)
    return list(mine.exclude(state__in=[ImportState.DONE, ImportState.UNDONE], failure="").order_by("-pk")[:5])
