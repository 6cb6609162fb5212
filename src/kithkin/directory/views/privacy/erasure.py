"""Everything about somebody: handed over, or erased."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kithkin.directory.forms.privacy import EraseForm
from kithkin.directory.models import Segment
from kithkin.directory.queries.people import people_visible_to, profiles_visible_to
from kithkin.directory.rules.privacy import can_erase
from kithkin.directory.services.erasure import CannotErase, erase_person, hand_over, left_in_segments
from kithkin.platform.access import allowed, anybody, is_administrator, user_of

MOST_NAMED = 10


@allowed(anybody)
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """A file with all that is known: for administrators, and for oneself."""
    user = user_of(request)
    person = get_object_or_404(profiles_visible_to(user), pk=pk)
    if person.user_id != user.pk and not is_administrator(user):
        raise PermissionDenied
    response = JsonResponse(hand_over(person=person), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="person-{pk}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@allowed(can_erase)
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then erase."""
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    form = EraseForm(request.POST or None, expected=person.name)
    left = left_in_segments(person)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=person)
        except CannotErase as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_what_is_left(request, left)
            return redirect("people")
    return render(request, "directory/privacy/erase.html", {"person": person, "form": form, "left": left})


def _say_what_is_left(request: HttpRequest, left: Sequence[Segment]) -> None:
    if not left:
        messages.success(request, _("Nothing of this person is left here."))
        return
    named = ((reverse("segment", args=[one.pk]), one.name) for one in left[:MOST_NAMED])
    links = format_html_join(", ", '<a href="{}">{}</a>', named)
    said = _("The person is erased. These segments may still name them; put their rules otherwise: {segments}")
    messages.warning(request, format_html(said, segments=links))
