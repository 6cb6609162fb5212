"""The page on which the simulated company is removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kithkin.demo import mark
from kithkin.demo.services import NotSimulated, holdings, remove_company
from kithkin.platform.access import allowed, is_administrator, user_of


@allowed(is_administrator)
def remove_simulated(request: HttpRequest) -> HttpResponse:
    """What would go, and the button that makes it go."""
    if request.method == "POST":
        try:
            remove_company(by=user_of(request))
        except NotSimulated as error:
            messages.error(request, str(error))
            return redirect("home")
        messages.success(request, _("The simulated company is gone. Now make this log-in your own."))
        return redirect("me")
    found = mark.read()
    if found is None:
        raise Http404(_("The company here is not a simulated one."))
    return render(request, "demo/remove.html", {"mark": found, "holdings": holdings()})
