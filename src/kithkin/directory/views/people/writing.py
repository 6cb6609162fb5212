"""Somebody is written down, or changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kithkin.directory.forms.people import AttributesForm, NewPersonForm, PersonForm
from kithkin.directory.models import Person, TieKind
from kithkin.directory.models.people import normal_email
from kithkin.directory.queries.people import people_visible_to, profiles_visible_to
from kithkin.directory.queries.profile import definitions_for
from kithkin.directory.rules.people import Sight, can_add_into, can_add_person, sight
from kithkin.directory.services.attributes import set_attributes
from kithkin.directory.services.memberships import join_unit
from kithkin.directory.services.people import NumberTaken, add_person, change_person
from kithkin.directory.services.ties import add_tie
from kithkin.directory.values import ValueNotAllowed
from kithkin.platform.access import allowed, user_of
from kithkin.platform.models import ChangedMeanwhile, User
from kithkin.platform.views.meanwhile import differences

FIELDS = ("name", "is_kith", "is_kin", "email", "phone", "external_id", "language", "country")


def editable(request: HttpRequest, pk: int) -> tuple[User, Person, Sight]:
    """The person, for somebody who may change them; others get 404 or 403 as they see them or not."""
    user = user_of(request)
    person = get_object_or_404(people_visible_to(user), pk=pk)
    seen = sight(user, person)
    if not seen.edit:
        raise PermissionDenied
    return user, person, seen


@allowed(can_add_person)
def add(request: HttpRequest) -> HttpResponse:
    """Write somebody down, with unit or account if they have one."""
    user = user_of(request)
    form = NewPersonForm(request.POST or None, user=user, initial={"is_kith": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = _added(user, form.cleaned_data)
        except (NumberTaken, ValidationError) as error:
            form.add_error(None, _said(error))
        else:
            messages.success(request, _("%(person)s is in the directory.") % {"person": made})
            return redirect("person", pk=made.pk)
    context = {"form": form, "alike": _alike(user, form["email"].value())}
    return render(request, "directory/people/add.html", context)


@allowed(can_add_person)
def alike(request: HttpRequest) -> HttpResponse:
    """Who has the address already, while it is being typed."""
    context = {"alike": _alike(user_of(request), request.GET.get("email", ""))}
    return render(request, "directory/people/alike.html", context)


@allowed(can_add_person)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is and how to reach them."""
    user, person, _sight = editable(request, pk)
    before = {name: getattr(person, name) for name in FIELDS}
    context: dict[str, Any] = {"person": person, "title": person.name, "back": reverse("person", args=[pk])}
    if request.method != "POST":
        context |= {"form": PersonForm(initial=before, user=user), "version": person.version}
        return render(request, "directory/people/change.html", context)
    form = PersonForm(request.POST, initial=before, user=user)
    if form.is_valid():
        try:
            person.expect(request.POST.get("version"))
            change_person(person=person, **{name: form.cleaned_data[name] for name in FIELDS})
        except ChangedMeanwhile:
            now = Person.objects.get(pk=pk)
            fresh = PersonForm(initial={name: getattr(now, name) for name in FIELDS}, user=user)
            context |= {"form": form, "version": now.version, "differences": differences(form, fresh)}
            return render(request, "directory/people/change.html", context, status=409)
        except (NumberTaken, ValidationError) as error:
            form.add_error(None, _said(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", pk=pk)
    context |= {"form": form, "version": request.POST.get("version")}
    return render(request, "directory/people/change.html", context)


@allowed(can_add_person)
def attributes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the company itself wants to know of the person, as far as the reader sees it."""
    _user, person, seen = editable(request, pk)
    definitions = definitions_for(person, seen)
    context: dict[str, Any] = {"person": person, "back": reverse("person", args=[pk]), "version": person.version}
    form = AttributesForm(request.POST or None, person=person, definitions=definitions)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            person.expect(request.POST.get("version"))
            set_attributes(person=person, values=form.values())
        except ChangedMeanwhile:
            now = Person.objects.get(pk=pk)
            fresh = AttributesForm(person=now, definitions=definitions)
            context |= {"version": now.version, "differences": differences(form, fresh)}
            status = 409
        except ValueNotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", pk=pk)
    return render(request, "directory/people/attributes.html", {**context, "form": form}, status=status)


@transaction.atomic
def _added(user: User, data: dict[str, Any]) -> Person:
    unit, account = data["unit"], data["account"]
    if not can_add_into(user, {one for one in (unit and unit.pk, account and account.unit_id) if one}):
        raise ValidationError(_("Your role is over a part of the organisation: choose a unit, or an account, of it."))
    person = add_person(**{name: data[name] for name in FIELDS})
    if unit is not None:
        join_unit(person=person, unit=unit, since=data["since"], title=data["title"])
    if account is not None:
        add_tie(person=person, kind=TieKind.BUYER, account=account)
    return person


def _alike(user: User, email: Any) -> list[Person]:
    text = normal_email(str(email or "")[:254].replace("\x00", ""))
    return list(profiles_visible_to(user).filter(email_normal=text)[:3]) if "@" in text else []


def _said(error: NumberTaken | ValidationError) -> Any:
    return error.messages if isinstance(error, ValidationError) else str(error)
