"""How far behind the warehouse is, brought to the page of administrators."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.timesince import timesince
from django.utils.translation import gettext, gettext_lazy, ngettext

from kithkin.insights.queries.lag import lag
from kithkin.platform.registries.operations import Card, OperationsCard, operations_cards


def _state() -> Card:
    now = lag()
    rows = ngettext("%(n)s row is counted.", "%(n)s rows are counted.", now.rows) % {"n": intcomma(now.rows)}
    if now.oldest is None:
        return Card(gettext("All that happened is in it."), rows)
    waits = ngettext(
        "%(n)s change waits, the oldest for %(since)s.", "%(n)s changes wait, the oldest for %(since)s.", now.waiting
    ) % {"n": intcomma(now.waiting), "since": timesince(now.oldest)}
    return Card(waits, rows, wrong=now.late)


operations_cards.add(OperationsCard(gettext_lazy("Warehouse"), _state, position=50))
