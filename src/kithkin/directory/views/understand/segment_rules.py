"""Building a rule: rows and groups, counted while they change, with JavaScript or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kithkin.directory.forms.segment_rules import RuleDraft
from kithkin.directory.forms.segments import SegmentForm
from kithkin.directory.models import Segment
from kithkin.directory.queries.segment_access import segments_visible_to
from kithkin.directory.queries.segments import can_change_segment, fitting, people_for
from kithkin.directory.rules.segments import can_see_segments
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.segmentation.refusals import RuleRefused
from kithkin.directory.segmentation.sentences import said_of_rule, sentence
from kithkin.directory.segmentation.tree import Mode, Rule
from kithkin.directory.services.segments import SegmentNameTaken, add_segment, change_segment
from kithkin.platform.access import allowed, user_of
from kithkin.platform.models import ChangedMeanwhile, User
from kithkin.platform.views.meanwhile import Difference, differences


@dataclass(frozen=True)
class Understood:
    """What a draft means: a rule with its sentence and size, or why there is none yet."""

    rule: Rule | None
    said: str
    size: int = 0
    everybody: int = 0
    refused: str = ""


@allowed(can_see_segments)
def add(request: HttpRequest) -> HttpResponse:
    """A new segment."""
    return _build(request, None)


@allowed(can_see_segments)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another rule, name or way of keeping it."""
    user = user_of(request)
    segment = get_object_or_404(segments_visible_to(user), pk=pk)
    if not can_change_segment(user, segment):
        raise PermissionDenied(_("A segment is changed by whoever made it, and by program managers over all of it."))
    return _build(request, segment)


def _build(request: HttpRequest, segment: Segment | None) -> HttpResponse:
    user = user_of(request)
    catalogue = Catalogue(user)
    if request.method != "POST":
        draft = RuleDraft.of_rule(catalogue, segment.rule if segment else {})
        return _page(request, segment, draft, SegmentForm.of(segment) if segment else SegmentForm())
    draft = RuleDraft.of_form(catalogue, request.POST)
    if request.POST.get("do") != "save":
        return _page(request, segment, draft, SegmentForm(initial=request.POST.dict()))
    return _saved(request, segment, draft, SegmentForm(request.POST))


def _saved(request: HttpRequest, segment: Segment | None, draft: RuleDraft, form: SegmentForm) -> HttpResponse:
    user = user_of(request)
    understood = _understood(draft, user)
    if not form.is_valid() or understood.rule is None:
        return _page(request, segment, draft, form, understood)
    try:
        if segment is None:
            kept = add_segment(rule=understood.rule, owner=user, **form.values)
        else:
            segment.expect(request.POST.get("version"))
            kept = change_segment(segment=segment, rule=understood.rule, **form.values)
    except SegmentNameTaken as taken:
        form.add_error("name", str(taken))
        return _page(request, segment, draft, form, understood)
    except RuleRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, segment, draft, form, understood)
    except ChangedMeanwhile:
        assert segment is not None
        now = get_object_or_404(segments_visible_to(user), pk=segment.pk)
        return _page(request, now, draft, form, understood, between=_between(form, understood, now, user))
    messages.success(request, _("“%(segment)s” is saved.") % {"segment": kept.name})
    return redirect("segment", pk=kept.pk)


def _between(form: SegmentForm, mine: Understood, now: Segment, user: User) -> list[Difference]:
    """What the second writer wrote, which stays in the form, beside the segment as it is now: its rule in words."""
    theirs = said_of_rule(now.rule, Catalogue(user))
    rule = [] if theirs == mine.said else [Difference(_("Rule"), mine.said, theirs)]
    return [*rule, *differences(form, SegmentForm.of(now))]


def _so_far(draft: RuleDraft, user: User) -> Understood:
    """As `_understood`; while a value is still to be chosen nothing is counted, and nothing is wrong."""
    return Understood(None, "") if draft.root.is_unfinished else _understood(draft, user)


def _understood(draft: RuleDraft, user: User) -> Understood:
    everybody = people_for(user).count()
    try:
        rule = parse(draft.root.to_json(), draft.catalogue)
        return Understood(rule, sentence(rule, user), fitting(rule, user).count(), everybody)
    except RuleRefused as refused:
        draft.mark(refused.path)
        return Understood(None, "", everybody=everybody, refused=str(refused))


def _page(
    request: HttpRequest,
    segment: Segment | None,
    draft: RuleDraft,
    form: SegmentForm,
    understood: Understood | None = None,
    *,
    between: list[Difference] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "segment": segment,
        "form": form,
        "root": draft.root,
        "fields": _grouped(draft.catalogue),
        "modes": list(Mode),
        "understood": understood or _so_far(draft, user_of(request)),
        "differences": between,
    }
    part = "directory/segments/build.html#builder" if request.htmx else "directory/segments/build.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=200 if between is None else 409)


def _grouped(catalogue: Catalogue) -> list[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for field in catalogue.fields.values():
        groups.setdefault(str(field.group), []).append(field)
    return list(groups.items())
