"""What a line of an event log may say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kithkin.platform.imports import values
from kithkin.platform.registries.imports import Field, Option
from kithkin.platform.text import fold
from kithkin.servicedesk.imports.dates import ORDER, looks_like_moment
from kithkin.tables.values import MISSING

LAST = "last"
CLOSING = frozenset(
    fold(word)
    for word in (
        "closed", "close", "closed complete", "closed incomplete", "done", "completed", "complete", "finished",
        "cancelled", "canceled", "geschlossen", "abgeschlossen", "erledigt", "beendet", "storniert", "abgebrochen",
    )
)  # fmt: skip
"""States that close a request; "resolved" does not, for then somebody still has to agree."""


def given(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """The value, or None for what stands for a missing one: "?", "NA" and their like."""
    return lambda cell: None if cell.lower() in MISSING else read(cell)


FIELDS: tuple[Field, ...] = (
    Field(
        "number", _("Request number"), values.text(60), required=True, clears=False,
        synonyms=("number", "case", "case id", "id", "ticket", "ticket number", "incident", "request", "trace",
                  "vorgang", "ticketnummer", "nummer", "request id", "case:concept:name"),
    ),
    Field(
        "at", _("When it happened"), values.text(60), required=True, clears=False, looks_like=looks_like_moment,
        synonyms=("at", "time", "timestamp", "sys_updated_at", "updated at", "changed at", "datum", "zeit", "zeitpunkt",
                  "event time", "time:timestamp", "date"),
    ),
    Field(
        "queue", _("Queue that holds it"), given(values.text(120)), required=True, clears=False,
        synonyms=("group", "queue", "assignment_group", "team", "assigned group", "support group", "gruppe",
                  "warteschlange", "org:resource", "org:group", "provider"),
    ),
    Field(
        "state", _("State"), given(values.text(60)), clears=False,
        synonyms=("state", "status", "incident_state", "activity", "zustand", "concept:name", "event"),
    ),
    Field(
        "kept", _("Promise kept so far"), given(values.yes_no), clears=False,
        synonyms=("kept", "met", "made_sla", "sla", "sla met", "in time", "eingehalten", "promise kept"),
    ),
    Field(
        "title", _("Subject"), given(values.text(300)), clears=False,
        synonyms=("subject", "title", "betreff", "short description"),
    ),
    Field(
        "unit", _("Unit that asked"), given(values.text(200)), clears=False,
        synonyms=("unit", "department", "asked by", "requesting unit", "abteilung", "branch", "filiale"),
    ),
    Field(
        "service", _("Service"), given(values.text(120)), clears=False,
        synonyms=("service", "dienst", "leistung", "business service"),
    ),
    Field(
        "requester", _("Who asked (number or e-mail)"), given(values.text(254)), clears=False,
        looks_like=values.looks_like_email,
        synonyms=("requester", "requester e-mail", "caller e-mail", "antragsteller"),
    ),
)  # fmt: skip

ENDING = Option(
    "ending",
    _("Where no state says that a request is closed"),
    (("", _("it is still open")), (LAST, _("its last line in the file closes it"))),
    field="state",
)
OPTIONS = (ORDER, ENDING)
