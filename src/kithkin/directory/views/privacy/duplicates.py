"""Records that may be one person."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from kithkin.directory.models import Merge, Person
from kithkin.directory.queries.duplicates import duplicates_visible_to, merges_visible_to
from kithkin.directory.queries.people import profiles_visible_to
from kithkin.directory.rules.people import can_edit_person
from kithkin.directory.rules.privacy import can_join_records
from kithkin.directory.services.duplicates import CannotMerge, CannotUndo, merge_people, tell_apart, undo_merge
from kithkin.platform.access import allowed, user_of
from kithkin.platform.listing import Column, Listing

MERGES = Listing[Merge](
    "merges",
    columns=(
        Column("kept", gettext_lazy("Kept")),
        Column("gone", gettext_lazy("Taken in")),
        Column("at", gettext_lazy("When"), sort="at"),
        Column("by", gettext_lazy("By")),
        Column("undo", gettext_lazy("State")),
    ),
    sort="-at",
)
COMPARED_BY = {
    "name": "name_key",
    "external_id": "external_id",
    "email": "email_normal",
    "phone": "phone_normal",
    "language": "language",
    "country": "country",
}
"""The fields shown, each with the form in which it is compared."""

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One field of both records, side by side."""

    label: str
    first: str
    second: str
    differs: bool = False
    """Whether both say something, and not the same, however it is written."""


@allowed(can_join_records)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that look like one person, the likeliest first."""
    found = duplicates_visible_to(user_of(request))
    context = {"pairs": found[:SHOWN], "more": len(found) > SHOWN}
    return render(request, "directory/privacy/duplicates.html", context)


@allowed(can_join_records)
def pair(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """The two side by side: one person, or two?"""
    one, other = _both(request, first, second)
    lines = [
        Line(
            label=str(Person._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            first=getattr(one, name),
            second=getattr(other, name),
            differs=bool(getattr(one, form) and getattr(other, form)) and getattr(one, form) != getattr(other, form),
        )
        for name, form in COMPARED_BY.items()
    ]
    lines += [
        Line(_("ties"), _joined(one.ties.all()), _joined(other.ties.all())),
        Line(_("works here as"), _joined(one.memberships.all()), _joined(other.memberships.all())),
        Line(_("purchases"), str(one.purchases.count() or ""), str(other.purchases.count() or "")),
    ]
    return render(request, "directory/privacy/pair.html", {"first": one, "second": other, "lines": lines})


@require_POST
@allowed(can_join_records)
def merge(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """The one that was chosen takes in the other."""
    one, other = _both(request, first, second)
    kept, gone = (other, one) if request.POST.get("keep") == str(other.pk) else (one, other)
    try:
        merge_people(kept=kept, gone=gone)
    except CannotMerge as refusal:
        messages.error(request, str(refusal))
        return redirect("duplicate_pair", first, second)
    messages.success(request, _("“%(name)s” is one record now. It can be undone under Merges.") % {"name": kept.name})
    return redirect("duplicates")


@require_POST
@allowed(can_join_records)
def apart(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """They are two people: never ask again."""
    one, other = _both(request, first, second)
    tell_apart(one=one, other=other)
    messages.success(request, _("They stay two records, and are not shown here again."))
    return redirect("duplicates")


@allowed(can_join_records)
def merges(request: HttpRequest) -> HttpResponse:
    """What was merged, and can be undone."""
    page = MERGES.page(merges_visible_to(user_of(request)), request)
    return render(request, "directory/privacy/merges.html", {"page": page})


@require_POST
@allowed(can_join_records)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records again; what had changed since is said."""
    user = user_of(request)
    found = get_object_or_404(merges_visible_to(user), pk=pk)
    if not can_edit_person(user, found.kept):
        raise Http404
    try:
        undone = undo_merge(merge=found)
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
        return redirect("merges")
    messages.success(request, _("“%(kept)s” and “%(gone)s” are two records again.") % vars(undone))
    if undone.left:
        count = ngettext("%(n)s thing was left as it is:", "%(n)s things were left as they are:", len(undone.left))
        messages.warning(request, " ".join([count % {"n": len(undone.left)}, *undone.left[:20]]))
    return redirect("merges")


def _both(request: HttpRequest, first: int, second: int) -> tuple[Person, Person]:
    """Both, if the reader sees them whole and may change them; else there is nothing here."""
    user = user_of(request)
    found = {one.pk: one for one in profiles_visible_to(user).filter(pk__in=[first, second])}
    if len(found) != 2 or not all(can_edit_person(user, one) for one in found.values()):
        raise Http404
    return found[first], found[second]


def _joined(rows: object) -> str:
    return ", ".join(str(row) for row in rows)  # type: ignore[attr-defined]
