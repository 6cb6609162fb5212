"""What personal data is used for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kithkin.directory.forms.privacy import PurposeForm
from kithkin.directory.models import Purpose
from kithkin.directory.queries.consent import purposes_counted
from kithkin.directory.rules.privacy import can_define_purposes
from kithkin.directory.services.consent import change_purpose, define_purpose
from kithkin.platform.access import allowed
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import differences


@allowed(can_define_purposes)
def purposes(request: HttpRequest) -> HttpResponse:
    """Every purpose with its basis, and how many said yes and no."""
    return render(request, "directory/privacy/purposes.html", {"purposes": purposes_counted()[:200]})


@allowed(can_define_purposes)
def add_purpose(request: HttpRequest) -> HttpResponse:
    """A new one."""
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                purpose = define_purpose(**form.cleaned_data)
        except IntegrityError:
            form.add_error("name", _("There is a purpose of this name already."))
        else:
            messages.success(request, _("“%(purpose)s” can be asked for now.") % {"purpose": purpose})
            return redirect("purposes")
    return render(request, "directory/privacy/purpose_form.html", {"form": form})


@allowed(can_define_purposes)
def edit_purpose(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword it, or put it on another basis."""
    purpose = get_object_or_404(Purpose, pk=pk)
    form = PurposeForm(request.POST or None, instance=purpose)
    context: dict[str, Any] = {"form": form, "purpose": purpose, "version": purpose.version}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            purpose.expect(request.POST.get("version"))
            change_purpose(purpose=purpose, **form.cleaned_data)
        except ChangedMeanwhile:
            now = get_object_or_404(Purpose, pk=pk)
            fresh = PurposeForm(instance=now)
            context |= {"purpose": now, "version": now.version, "differences": differences(form, fresh)}
            status = 409
        else:
            messages.success(request, _("The purpose is changed. Earlier decisions keep the basis they were made on."))
            return redirect("purposes")
    return render(request, "directory/privacy/purpose_form.html", context, status=status)
