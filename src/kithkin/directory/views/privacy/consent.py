"""What somebody decided."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.directory.forms.privacy import ConsentForm
from kithkin.directory.queries.people import profiles_visible_to
from kithkin.directory.rules.people import can_edit_person
from kithkin.directory.services.consent import record_consent
from kithkin.platform.access import allowed, anybody, user_of


@require_POST
@allowed(anybody)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a decision down: for others by those who may change the record, for oneself by oneself."""
    user = user_of(request)
    person = get_object_or_404(profiles_visible_to(user), pk=pk)
    if person.user_id != user.pk and not can_edit_person(user, person):
        raise PermissionDenied
    form = ConsentForm(request.POST)
    if form.is_valid():
        record_consent(person=person, **form.cleaned_data)
        messages.success(request, _("It is written down, and holds from now on."))
    else:
        messages.error(request, _("Nothing was written down: choose a purpose, and yes or no."))
    return redirect("person", pk)
