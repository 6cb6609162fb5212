"""Every component in every state, on one living page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kithkin.platform.access import allowed, anybody
from kithkin.platform.registries.search import Hit
from kithkin.platform.tokens import tokens
from kithkin.platform.views.styleguide.samples import NO_FIT, NOTHING, ROWS, WrongForm, sample_form


@allowed(anybody)
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page that the browser tests photograph."""
    context = {
        "tokens": tokens(),
        "form": sample_form(),
        "wrong": WrongForm({"age": "1204", "mail": "nobody"}, auto_id="wrong-%s"),
        "listing": ROWS,
        "nothing": NOTHING,
        "no_fit": NO_FIT,
        "tabs": [(_("Overview"), "#tabs", True), (_("Requests"), "#tabs", False), (_("People"), "#tabs", False)],
        "results": [
            (
                _("People"),
                [Hit("Kim Adler", _("Nordlicht Energie"), "#search", "kith"), Hit("Lee Costa", "IT", "#search", "kin")],
            )
        ],
    }
    return render(request, "platform/styleguide.html", context)
