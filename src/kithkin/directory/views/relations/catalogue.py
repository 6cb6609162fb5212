"""What relations are made of: a calm list of each kind, with its forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kithkin.directory.forms.catalogue import AudienceForm, PartnerForm, ServiceForm, TouchpointForm
from kithkin.directory.models import Audience, Partner, Service, Touchpoint
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.catalogue import counted, links_of
from kithkin.directory.queries.relations import as_shown, links
from kithkin.directory.queries.roles import owners_of
from kithkin.directory.rules.relations import can_add_relations, can_edit_catalogue
from kithkin.directory.services.catalogue import (
    NameTaken,
    StillInUse,
    add_thing,
    change_thing,
    retire_thing,
    take_back_thing,
)
from kithkin.directory.views.relations.words import said_of_thing
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.listing import Choice, Column, Listing, declare
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import differences

MOST_LINKS, MOST_OWNERS = 100, 12


@dataclass(frozen=True)
class Kind:
    """One kind of thing: its model, its form, its words. `url` is its page's name, `urls` that of its list."""

    url: str
    urls: str
    model: type[Any]
    form: type[forms.ModelForm[Any]]
    label: str | Promise
    finding: str | Promise
    add: str | Promise
    none: str | Promise
    empty: str | Promise
    columns: Sequence[Column]

    def __post_init__(self) -> None:
        declare(self.urls, self.columns)

    @property
    def listing(self) -> Listing[Any]:
        """Its list."""
        return Listing(
            self.urls,
            columns=self.columns,
            filters=(Choice("state", gettext_lazy("Show"), (("retired", gettext_lazy("retired")),), _retired),),
            search=lambda rows, text: rows.filter(name__icontains=text),
            sort="name",
        )


def _retired(rows: Any, value: str) -> Any:
    return rows.filter(retired_at__isnull=value != "retired")


_NAME = Column("name", gettext_lazy("Name"), sort="name")
_USED = Column("used", gettext_lazy("Relations today"), sort="used", figure=True)
_ABOUT = Column("description", gettext_lazy("About"))

SERVICES = Kind(
    "service",
    "services",
    Service,
    ServiceForm,
    gettext_lazy("Services"),
    gettext_lazy("What is done for others"),
    gettext_lazy("Add a service"),
    gettext_lazy("No service yet"),
    gettext_lazy("A service is what one does for another: till support, refunds. Relations are made of them."),
    (_NAME, _ABOUT, _USED),
)
TOUCHPOINTS = Kind(
    "touchpoint",
    "touchpoints",
    Touchpoint,
    TouchpointForm,
    gettext_lazy("Touchpoints"),
    gettext_lazy("Where the outside is met"),
    gettext_lazy("Add a touchpoint"),
    gettext_lazy("No touchpoint yet"),
    gettext_lazy("A touchpoint is where customers meet the company: a visit, a delivery, a bill."),
    (_NAME, Column("channel", gettext_lazy("Channel"), sort="channel"), Column("unit", gettext_lazy("Held by")), _USED),
)
AUDIENCES = Kind(
    "audience",
    "audiences",
    Audience,
    AudienceForm,
    gettext_lazy("Audiences"),
    gettext_lazy("Which customers are served as a group"),
    gettext_lazy("Add an audience"),
    gettext_lazy("No audience yet"),
    gettext_lazy("An audience is a group of customers that is served as such: private customers, patients."),
    (_NAME, _ABOUT, _USED),
)
PARTNERS = Kind(
    "partner",
    "partners",
    Partner,
    PartnerForm,
    gettext_lazy("Partners"),
    gettext_lazy("Which partners serve or are served"),
    gettext_lazy("Add a partner"),
    gettext_lazy("No partner yet"),
    gettext_lazy("Suppliers, distributors and other organisations that the company works with."),
    (_NAME, Column("kind", gettext_lazy("Kind"), sort="kind"), _USED),
)
KINDS = (SERVICES, TOUCHPOINTS, AUDIENCES, PARTNERS)


@allowed(anybody)
def show_list(request: HttpRequest, kind: Kind) -> HttpResponse:
    """All of one kind; the retired only when asked for."""
    rows = counted(kind.model).select_related(*(("unit",) if kind is TOUCHPOINTS else ()))
    rows = rows if request.GET.get("state") == "retired" else rows.filter(retired_at__isnull=True)
    page = kind.listing.page(rows, request)
    tabs = [(str(one.label), reverse(one.urls), one is kind) for one in KINDS]
    context = {"kind": kind, "page": page, "tabs": tabs, "may_edit": can_edit_catalogue(request.user)}
    context["nothing"] = not page.rows and not page.narrowed
    return render(request, "directory/relations/catalogue.html", context)


@allowed(anybody)
def show_thing(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """One of them, with the relations that it is a part of."""
    user = user_of(request)
    thing = get_object_or_404(kind.model, pk=pk)
    rows = links().filter(on_day(today()), pk__in=links_of(thing).values("pk"))
    rows = rows.order_by("provider_name", "receiver_name", "pk")
    relations = as_shown(user, rows[: MOST_LINKS + 1])
    owners = owners_of(user, [one.id for one in relations])
    context = {
        "kind": kind,
        "thing": thing,
        "title": said_of_thing(thing, relations),
        "owners": owners[:MOST_OWNERS],
        "more_owners": max(len(owners) - MOST_OWNERS, 0),
        "relations": relations[:MOST_LINKS],
        "more": len(relations) > MOST_LINKS,
        "may_edit": can_edit_catalogue(user),
        "may_add": can_add_relations(user) and thing.retired_at is None,
        "list_url": reverse(kind.urls),
    }
    return render(request, "directory/relations/thing.html", context)


@allowed(can_edit_catalogue)
def add(request: HttpRequest, kind: Kind) -> HttpResponse:
    """A new one."""
    form = kind.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            thing = add_thing(thing=form.instance)
        except NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _("“%(name)s” is written down.") % {"name": thing.name})
            return redirect(kind.url, pk=thing.pk)
    context = {"kind": kind, "form": form, "title": kind.add, "verb": kind.add, "back": reverse(kind.urls)}
    return render(request, "directory/relations/thing_form.html", context)


@allowed(can_edit_catalogue)
def change(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Another name, another description."""
    thing = get_object_or_404(kind.model, pk=pk)
    version, status = thing.version, 200
    context: dict[str, Any] = {}
    form = kind.form(request.POST or None, instance=thing)
    if request.method == "POST" and form.is_valid():
        try:
            thing.expect(request.POST.get("version"))
            change_thing(thing=thing, **form.cleaned_data)
        except NameTaken as taken:
            form.add_error("name", str(taken))
        except ChangedMeanwhile:
            thing = get_object_or_404(kind.model, pk=pk)
            version, status = thing.version, 409
            context["differences"] = differences(form, kind.form(instance=thing))
        else:
            messages.success(request, _("Saved."))
            return redirect(kind.url, pk=pk)
    context |= {"kind": kind, "form": form, "verb": _("Save"), "version": version}
    context["title"] = _("Change “%(name)s”") % {"name": thing.name}
    context["back"] = reverse(kind.url, args=[pk])
    return render(request, "directory/relations/thing_form.html", context, status=status)


@require_POST
@allowed(can_edit_catalogue)
def retire(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Offer it no longer; a retired one is offered again."""
    thing = get_object_or_404(kind.model, pk=pk)
    try:
        if thing.retired_at is None:
            retire_thing(thing=thing)
            said = _("“%(name)s” is no longer offered. What it was stays readable.")
            messages.success(request, said % {"name": thing})
        else:
            take_back_thing(thing=thing)
            messages.success(request, _("“%(name)s” is offered again.") % {"name": thing})
    except StillInUse as used:
        messages.error(request, str(used))
    return redirect(kind.url, pk=pk)
