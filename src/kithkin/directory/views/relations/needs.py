"""Needs: what customers of either side need, who owns it, what comes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.directory.forms.needs import AnswerForm, EvidenceForm, NeedForm
from kithkin.directory.models import Need, NeedState, ServiceLink, Side
from kithkin.directory.queries.needs import needs_visible_to, owners_for
from kithkin.directory.queries.relations import as_shown, links
from kithkin.directory.rules.needs import can_add_need_to, can_add_needs, can_change_need
from kithkin.directory.services import needs as services
from kithkin.directory.services.needs import AnswerIncomplete
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.asked import as_id
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import Difference, differences


def _owned(rows: QuerySet[Need], value: str) -> QuerySet[Need]:
    return rows.filter(owner__isnull=value == "nobody")


NEEDS = Listing[Need](
    "needs",
    columns=(
        Column("problem", gettext_lazy("Problem"), sort="problem"),
        Column("of", gettext_lazy("Of")),
        Column("owner", gettext_lazy("Answered by"), sort="owner_name"),
        Column("state", gettext_lazy("State"), sort="state"),
        Column("since", gettext_lazy("Since"), sort="created_at", shown=False),
    ),
    filters=(
        Choice("state", gettext_lazy("State"), NeedState.choices, lambda rows, value: rows.filter(state=value)),
        Choice(
            "owner",
            gettext_lazy("Answered by"),
            (("nobody", gettext_lazy("nobody yet")), ("somebody", gettext_lazy("somebody"))),
            _owned,
        ),
        Choice("side", gettext_lazy("Of"), Side.choices, lambda rows, value: rows.filter(side=value)),
    ),
    search=lambda rows, text: rows.filter(problem__icontains=text),
    sort="owner",
)


@allowed(anybody)
def show_list(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see, the unowned first."""
    user = user_of(request)
    rows = needs_visible_to(user)
    page = NEEDS.page(rows, request)
    alone = rows.filter(owner__isnull=True, state=NeedState.OPEN).count()
    context = {
        "page": page,
        "nothing": not page.rows and not page.narrowed,
        "alone": alone,
        "title": _title(alone) if page.rows or page.narrowed else _("What do customers need?"),
        "may_add": can_add_need_to(user, None),
    }
    return render(request, "directory/needs/list.html", context)


@allowed(can_add_needs)
def add(request: HttpRequest) -> HttpResponse:
    """A need, of the relation that `?relation=` names or of no relation."""
    user = user_of(request)
    link = _link(request)
    if not can_add_need_to(user, link):
        raise PermissionDenied(_("Add needs from the page of a relation of your own unit."))
    form = NeedForm(request.POST or None, link=link)
    if request.method == "POST" and form.is_valid():
        need = services.write_need(draft=form.draft())
        messages.success(request, _("Written down. Who can meet it?"))
        return redirect("need", pk=need.pk)
    relation = as_shown(user, [link])[0] if link else None
    return render(request, "directory/needs/add.html", {"form": form, "relation": relation})


@allowed(anybody)
def show_need(request: HttpRequest, pk: int) -> HttpResponse:
    """The problem, the wish, the evidence, who owns it, what comes of it."""
    user = user_of(request)
    need = get_object_or_404(needs_visible_to(user), pk=pk)
    context = {
        "need": need,
        "relation": as_shown(user, [need.link])[0] if need.link else None,
        "evidence": need.evidence.all()[:100],
        "may_change": can_change_need(user, need),
    }
    return render(request, "directory/needs/need.html", context)


@allowed(anybody)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it in other words."""
    need = _changeable(request, pk)
    form = NeedForm(request.POST or None, link=need.link, need=need)
    if request.method == "POST" and form.is_valid():
        try:
            need.expect(request.POST.get("version"))
            services.change_need(need=need, draft=form.draft())
        except ChangedMeanwhile:
            now = _changeable(request, pk)
            between = differences(form, NeedForm(link=now.link, need=now))
            return _form(request, now, form, _("Put it another way"), between)
        messages.success(request, _("Saved."))
        return redirect("need", pk=pk)
    return _form(request, need, form, _("Put it another way"))


@allowed(anybody)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Who owns it, and what comes of it."""
    need = _changeable(request, pk)
    offered = owners_for(user_of(request), need)
    form = AnswerForm(request.POST or None, initial=_as_answered(need), offered=offered)
    title = _("Who can meet it, and what comes of it?")
    if request.method == "POST" and form.is_valid():
        try:
            _answered(need, request.POST.get("version"), form.cleaned_data)
        except AnswerIncomplete as incomplete:
            form.add_error("answer" if form.cleaned_data["owner"] else "owner", str(incomplete))
            need = _changeable(request, pk)
        except ChangedMeanwhile:
            now = _changeable(request, pk)
            as_now = AnswerForm(initial=_as_answered(now), offered=offered)
            return _form(request, now, form, title, differences(form, as_now))
        else:
            messages.success(request, _("Saved."))
            return redirect("need", pk=pk)
    return _form(request, need, form, title)


@allowed(anybody)
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Something that shows it."""
    need = _changeable(request, pk)
    form = EvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_evidence(need=need, by=user_of(request), **form.cleaned_data)
        messages.success(request, _("Added."))
        return redirect("need", pk=pk)
    return _form(request, need, form, _("What shows this need?"), versioned=False)


@transaction.atomic
def _answered(need: Need, version: str | None, data: dict[str, Any]) -> None:
    need.expect(version)
    if data["owner"] is not None:
        services.hand_over_need(need=need, owner=data["owner"])
    if (data["state"], data["answer"].strip()) != (need.state, need.answer):
        services.answer_need(need=need, state=data["state"], answer=data["answer"])
    if data["owner"] is None:
        services.hand_over_need(need=need, owner=None)


def _as_answered(need: Need) -> dict[str, Any]:
    return {"owner": need.owner.email if need.owner else "", "state": need.state, "answer": need.answer}


def _title(alone: int) -> str:
    if not alone:
        return _("Every open need has somebody who answers it")
    return ngettext("%(n)d need has nobody who answers it", "%(n)d needs have nobody who answers them", alone) % {
        "n": alone
    }


def _link(request: HttpRequest) -> ServiceLink | None:
    asked = request.GET.get("relation", "")
    if not asked:
        return None
    return get_object_or_404(links(), pk=as_id(asked))


def _changeable(request: HttpRequest, pk: int) -> Need:
    user = user_of(request)
    need = get_object_or_404(needs_visible_to(user), pk=pk)
    if not can_change_need(user, need):
        raise Http404
    return need


def _form(
    request: HttpRequest,
    need: Need,
    form: Any,
    title: str,
    between: list[Difference] | None = None,
    *,
    versioned: bool = True,
) -> HttpResponse:
    context = {"need": need, "form": form, "title": title, "differences": between}
    context["version"] = need.version if versioned else None
    return render(request, "directory/needs/form.html", context, status=200 if between is None else 409)
