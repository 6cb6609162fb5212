"""The segments that there are, and one of them with its members."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from kithkin.directory.models import Person, Segment
from kithkin.directory.queries.segment_access import segments_visible_to
from kithkin.directory.queries.segments import can_change_segment, members_of, people_for, sizes_of, users_of, why_empty
from kithkin.directory.rules.segments import can_see_segments
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.segmentation.refusals import RuleRefused
from kithkin.directory.segmentation.sentences import sentence
from kithkin.directory.services.segments import SegmentInUse, freeze_segment, retire_segment
from kithkin.platform.access import allowed, user_of
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import ChangedMeanwhile, User
from kithkin.platform.text import fold
from kithkin.platform.views.errors import changed_meanwhile

SEGMENTS = Listing[Segment](
    "segments",
    columns=(
        Column("name", gettext_lazy("Segment"), sort="name"),
        Column("size", gettext_lazy("People"), figure=True),
        Column("kept", gettext_lazy("Kept")),
        Column("owner", gettext_lazy("Owner")),
        Column("changed", gettext_lazy("Changed"), sort="changed_at"),
    ),
    filters=(
        Choice(
            "kept",
            gettext_lazy("Kept"),
            [("live", gettext_lazy("live")), ("static", gettext_lazy("static"))],
            lambda rows, value: rows.filter(is_live=value == "live"),
        ),
    ),
    search=lambda rows, text: rows.filter(name__icontains=text),
    sort="name",
)
MEMBERS = Listing[Person](
    "members",
    columns=(
        Column("name", gettext_lazy("Name"), sort="name_folded"),
        Column("side", gettext_lazy("Side")),
        Column("email", gettext_lazy("E-mail"), sort="email_normal"),
        Column("country", gettext_lazy("Country"), shown=False),
        Column("language", gettext_lazy("Language"), shown=False),
    ),
    search=lambda rows, text: rows.filter(name_folded__contains=fold(text)),
    sort="name",
)


@allowed(can_see_segments)
def show_segments(request: HttpRequest) -> HttpResponse:
    """Each with its size, as far as the reader's role reaches."""
    user = user_of(request)
    page = SEGMENTS.page(segments_visible_to(user).select_related("owner"), request)
    context = {"page": page, "sizes": sizes_of(page.rows, user), "any": bool(page.rows) or page.narrowed}
    return render(request, "directory/segments/list.html", context)


@allowed(can_see_segments)
def show_segment(request: HttpRequest, pk: int) -> HttpResponse:
    """What its rule says, and who is in it."""
    user = user_of(request)
    segment = get_object_or_404(segments_visible_to(user).select_related("owner"), pk=pk)
    members = members_of(segment, user)
    context = {
        "segment": segment,
        "sentence": _said(segment, user),
        "broken": why_empty(segment),
        "size": members.count(),
        "everybody": people_for(user).count(),
        "page": MEMBERS.page(members, request),
        "users": users_of(segment),
        "may_change": can_change_segment(user, segment),
    }
    return render(request, "directory/segments/segment.html", context)


@require_POST
@allowed(can_see_segments)
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the members down as they are."""
    segment = _changeable(request, pk)
    try:
        segment.expect(request.POST.get("version"))
        size = freeze_segment(segment=segment)
    except ChangedMeanwhile as told:
        return changed_meanwhile(request, told)
    except RuleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            ngettext("%(n)d person is kept as a member.", "%(n)d people are kept as members.", size) % {"n": size},
        )
    return redirect("segment", pk=pk)


@require_POST
@allowed(can_see_segments)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no longer."""
    segment = _changeable(request, pk)
    try:
        retire_segment(segment=segment)
    except SegmentInUse as refused:
        messages.error(request, str(refused))
        return redirect("segment", pk=pk)
    messages.success(request, _("“%(segment)s” is retired.") % {"segment": segment.name})
    return redirect("segments")


def _changeable(request: HttpRequest, pk: int) -> Segment:
    user = user_of(request)
    segment = get_object_or_404(segments_visible_to(user), pk=pk)
    if not can_change_segment(user, segment):
        raise PermissionDenied(_("A segment is changed by whoever made it, and by program managers over all of it."))
    return segment


def _said(segment: Segment, user: User) -> str:
    try:
        return sentence(parse(segment.rule, Catalogue(user)), user)
    except RuleRefused:
        return ""
