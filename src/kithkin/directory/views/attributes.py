"""What the company itself wants to know about people: the page of the settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.directory.forms.attributes import DefinitionForm
from kithkin.directory.models import AttributeDefinition
from kithkin.directory.queries.attributes import definition_rows
from kithkin.directory.rules.attributes import can_change_attribute, can_define_attributes
from kithkin.directory.services.definitions import (
    AttributeInUse,
    bring_back_attribute,
    change_attribute,
    define_attribute,
    is_used,
    retire_attribute,
)
from kithkin.directory.tasks.people import clear_values_of
from kithkin.platform import jobs
from kithkin.platform.access import allowed, user_of
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import differences

FIELDS = ("label", "kind", "choices", "group", "side", "sensitivity", "retention_months", "key")


@allowed(can_define_attributes)
def attributes(request: HttpRequest) -> HttpResponse:
    """Every attribute, who sees it, how long it is kept and how many have one."""
    return render(request, "directory/attributes/list.html", {"rows": definition_rows(user_of(request))})


@allowed(can_define_attributes)
def add(request: HttpRequest) -> HttpResponse:
    """Define one."""
    form = DefinitionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = define_attribute(**{name: form.cleaned_data[name] for name in FIELDS})
        except ValidationError as error:
            _put(form, error)
        else:
            messages.success(request, _("“%(attribute)s” can be filled in from now on.") % {"attribute": made})
            return redirect("attributes")
    return render(request, "directory/attributes/form.html", {"form": form, "title": _("A new attribute")})


@allowed(can_define_attributes)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one, retire it, or bring it back."""
    definition = _changeable(request, pk)
    form = DefinitionForm(request.POST or None, initial=_initial(definition))
    context: dict[str, Any] = {"definition": definition, "version": definition.version}
    context["title"] = _("Change “%(name)s”") % {"name": definition.label}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            definition.expect(request.POST.get("version"))
            change_attribute(definition=definition, **{name: form.cleaned_data[name] for name in FIELDS})
        except ChangedMeanwhile:
            now = AttributeDefinition.objects.get(pk=pk)
            context |= {"version": now.version, "differences": differences(form, DefinitionForm(initial=_initial(now)))}
            status = 409
        except AttributeInUse as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            _put(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("attributes")
    context |= {"form": form, "used": is_used(definition.key), "back": reverse("attributes")}
    return render(request, "directory/attributes/form.html", context, status=status)


@require_POST
@allowed(can_define_attributes)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """It is shown and asked for no longer."""
    definition = retire_attribute(definition=_changeable(request, pk))
    messages.success(request, _("“%(attribute)s” is retired. Its values are still kept.") % {"attribute": definition})
    return redirect("change_attribute", pk=pk)


@require_POST
@allowed(can_define_attributes)
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It is shown and asked for again."""
    definition = bring_back_attribute(definition=_changeable(request, pk))
    messages.success(request, _("“%(attribute)s” is back.") % {"attribute": definition})
    return redirect("change_attribute", pk=pk)


@require_POST
@allowed(can_define_attributes)
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Clear all values of a retired attribute, in the background."""
    definition = _changeable(request, pk)
    if definition.retired_at is None:
        messages.error(request, _("Retire it first: only values of a retired attribute are cleared all at once."))
        return redirect("change_attribute", pk=pk)
    jobs.enqueue(clear_values_of, definition.pk)
    messages.success(request, _("The values of “%(attribute)s” are being cleared.") % {"attribute": definition})
    return redirect("attributes")


def _changeable(request: HttpRequest, pk: int) -> AttributeDefinition:
    definition = get_object_or_404(AttributeDefinition, pk=pk)
    if not can_change_attribute(user_of(request), definition):
        raise PermissionDenied
    return definition


def _initial(definition: AttributeDefinition) -> dict[str, Any]:
    return {name: getattr(definition, name) for name in FIELDS}


def _put(form: DefinitionForm, error: ValidationError) -> None:
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)
