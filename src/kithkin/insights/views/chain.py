"""The service-profit chain: what goes along with what, from engagement to revenue and back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.insights import telling_chain as telling
from kithkin.insights.models import Study
from kithkin.insights.rules import can_read_scores, can_study
from kithkin.insights.studies.chain import kept_chain
from kithkin.insights.studies.links import outer_programs
from kithkin.insights.tasks.studies import work_out_chains
from kithkin.insights.views.figures import said_of_figures
from kithkin.platform import jobs
from kithkin.platform.access import allowed, user_of
from kithkin.platform.charts import drawn
from kithkin.platform.kept import key_of, once


@allowed(can_read_scores)
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    programs = outer_programs()
    study = kept_chain(programs)
    context: dict[str, Any] = {
        "may_study": can_study(user_of(request)),
        "has_programs": bool(programs),
        "finding": telling.finding(study),
        "study": study,
        "identified": said_of_figures() if study is None else None,
    }
    return render(request, "insights/chain.html", context | (filling(study) if study is not None else {}))


def filling(study: Study) -> dict[str, Any]:
    """What the page shows of a chain."""
    return {
        "rows": telling.rows(study),
        "missing": telling.missing(study),
        "chart": once(key_of("ring", get_language(), study.body), lambda: drawn("ring", telling.picture(study))),
        "method": [
            *telling.basis_said(study),
            (_("As of"), date_format(localtime(study.made_at), "SHORT_DATETIME_FORMAT")),
        ],
    }


@require_POST
@allowed(can_study)
def anew(request: HttpRequest) -> HttpResponse:
    """Work it out anew, in the background."""
    jobs.enqueue(work_out_chains)
    messages.success(request, _("It is being worked out anew; that takes a minute or so."))
    return HttpResponseRedirect(reverse("chain"))
