"""One relation: its page in six parts, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.directory.forms.relations import ChangeRelationForm, EndRelationForm, RelationForm, RoleForm
from kithkin.directory.models import RelationRole, Service, ServiceLink
from kithkin.directory.models.days import today
from kithkin.directory.queries.catalogue import open_things
from kithkin.directory.queries.relations import as_shown, links
from kithkin.directory.queries.roles import roles_of
from kithkin.directory.queries.where import where
from kithkin.directory.registered.relation_parts import Part, relation_parts
from kithkin.directory.rules.relations import can_add_relations, can_change_relation, can_write_between
from kithkin.directory.services.catalogue import NameTaken, service_named
from kithkin.directory.services.relations import (
    RelationRefused,
    add_relation,
    change_relation,
    end_relation,
    give_role,
    take_role,
)
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.models import ChangedMeanwhile, User
from kithkin.platform.views.meanwhile import Difference, differences

MOST_OFFERED = 500


@dataclass(frozen=True)
class ShownPart:
    """One of the six, with what fills it; empty where nobody does yet."""

    part: Part
    fillings: tuple[tuple[str, dict[str, Any]], ...]


@allowed(anybody)
def show_relation(request: HttpRequest, pk: int) -> HttpResponse:
    """Need, promise, delivery, experience, repair, answer."""
    user = user_of(request)
    link = get_object_or_404(links(), pk=pk)
    (relation,) = as_shown(user, [link])
    now = today()
    context = {
        "relation": relation,
        "provider_url": where(relation.provider.key),
        "receiver_url": where(relation.receiver.key),
        "parts": _parts(user, link),
        "roles": roles_of(user, link),
        "may_change": can_change_relation(user, link),
        "has_ended": bool(link.until and link.until <= now),
        "begins_later": link.since > now,
    }
    return render(request, "directory/relations/relation.html", context)


@allowed(can_add_relations)
def add(request: HttpRequest) -> HttpResponse:
    """Who serves whom, through what."""
    user = user_of(request)
    asked = {name: request.GET[name] for name in ("provider", "receiver", "service") if name in request.GET}
    form = RelationForm(request.POST or None, user=user, initial={"since": today(), **asked})
    if request.method == "POST" and form.is_valid():
        try:
            link = _added(user, form)
        except (RelationRefused, NameTaken) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("“%(link)s” stands on the map.") % {"link": as_shown(user, [link])[0].what})
            return redirect("relation", pk=link.pk)
    services = open_things(Service).values_list("name", flat=True)[:MOST_OFFERED]
    return render(request, "directory/relations/add.html", {"form": form, "services": services})


@transaction.atomic
def _added(user: User, form: RelationForm) -> ServiceLink:
    data = form.cleaned_data
    ends = form.ends()
    if not can_write_between(user, ends.unit_id("provider"), ends.unit_id("receiver")):
        raise RelationRefused(_("You add relations of your own unit: one of the two ends must be within it."))
    if data["service"].strip():
        ends = replace(ends, service=service_named(name=data["service"]))
    return add_relation(ends=ends, since=data["since"], need=data["need"].strip())


@allowed(anybody)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about, what is needed, since when."""
    link = _changeable(request, pk)
    form = ChangeRelationForm(request.POST or None, link=link)
    title, verb = _("What the relation is about"), _("Save")
    if request.method == "POST" and form.is_valid():
        try:
            link.expect(request.POST.get("version"))
            data = form.cleaned_data
            change_relation(
                link=link,
                service=data["service"],
                touchpoint=data["touchpoint"],
                need=data["need"].strip(),
                since=data["since"],
            )
        except RelationRefused as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile:
            now = get_object_or_404(links(), pk=pk)
            return _form(request, now, form, title, verb, between=differences(form, ChangeRelationForm(link=now)))
        else:
            messages.success(request, _("Saved."))
            return redirect("relation", pk=pk)
    return _form(request, link, form, title, verb)


@allowed(anybody)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It has a last day; earlier dates go on showing it."""
    link = _changeable(request, pk)
    form = EndRelationForm(request.POST or None, initial={"last_day": today()})
    title, verb = _("When does it end?"), _("End the relation")
    if request.method == "POST" and form.is_valid():
        try:
            link.expect(request.POST.get("version"))
            end_relation(link=link, last_day=form.cleaned_data["last_day"])
        except RelationRefused as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile:
            now = get_object_or_404(links(), pk=pk)
            fresh = EndRelationForm(initial={"last_day": now.until and now.until - timedelta(days=1)})
            return _form(request, now, form, title, verb, between=differences(form, fresh))
        else:
            messages.success(request, _("The relation has its last day. Earlier dates still show it."))
            return redirect("relation", pk=pk)
    return _form(request, link, form, title, verb)


@allowed(anybody)
def add_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is something in this relation."""
    link = _changeable(request, pk)
    form = RoleForm(request.POST or None, user=user_of(request))
    if request.method == "POST" and form.is_valid():
        give_role(link=link, **form.cleaned_data)
        messages.success(request, _("Written down."))
        return redirect("relation", pk=pk)
    return _form(request, link, form, _("Who is what in this relation?"), _("Write it down"), versioned=False)


@require_POST
@allowed(anybody)
def remove_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody no longer is."""
    role = get_object_or_404(RelationRole.objects.select_related("link"), pk=pk)
    if not can_change_relation(user_of(request), role.link):
        raise PermissionDenied
    link_id = role.link_id
    take_role(role=role)
    messages.success(request, _("Taken away."))
    return redirect("relation", pk=link_id)


def _parts(user: User, link: ServiceLink) -> list[ShownPart]:
    filled: dict[Part, list[tuple[str, dict[str, Any]]]] = {part: [] for part in Part}
    for one in relation_parts:
        filling = one.build(user, link)
        if filling is not None:
            filled[one.part].append((one.template, filling))
    return [ShownPart(part, tuple(found)) for part, found in filled.items()]


def _changeable(request: HttpRequest, pk: int) -> ServiceLink:
    link = get_object_or_404(links(), pk=pk)
    if not can_change_relation(user_of(request), link):
        raise PermissionDenied(_("A relation is changed by the heads of its two ends, and by program managers."))
    return link


def _form(
    request: HttpRequest,
    link: ServiceLink,
    form: Any,
    title: str,
    verb: str,
    *,
    between: list[Difference] | None = None,
    versioned: bool = True,
) -> HttpResponse:
    (relation,) = as_shown(user_of(request), [link])
    context = {"relation": relation, "form": form, "title": title, "verb": verb, "differences": between}
    context["version"] = link.version if versioned else None
    return render(request, "directory/relations/form.html", context, status=200 if between is None else 409)
