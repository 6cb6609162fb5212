"""Which columns of a list a reader wants to see."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.services.profile import choose_columns as choose


@require_POST
@allowed(anybody)
def choose_columns(request: HttpRequest, listing: str) -> HttpResponse:
    """Remember the choice for this reader, and go back to the list."""
    try:
        choose(user=user_of(request), listing=listing, columns=request.POST.getlist("column"))
    except KeyError:
        raise Http404 from None
    back = request.POST.get("next", "/")
    fits = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if fits else "/")
