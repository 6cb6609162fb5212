"""What a line of a file of figures may hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.insights.imports.periods import looks_like_period, month
from kithkin.insights.imports.plans import FiguresPlan
from kithkin.platform.imports import values
from kithkin.platform.imports.values import BadValue
from kithkin.platform.models import Import
from kithkin.platform.registries.imports import Field
from kithkin.tables.values import MISSING

_NONE = frozenset(MISSING) - {"nan"}
_NO_NUMBERS = frozenset(("nan", "inf", "-inf", "+inf", "infinity", "-infinity"))


def given(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """The value, or None for what stands for a missing one: "?", "NA" and their like."""
    return lambda cell: None if cell.strip().lower() in _NONE else read(cell)


def figure(cell: str) -> float | int:
    """A finite number."""
    if cell.strip().lower() in _NO_NUMBERS:
        raise BadValue(_("This is no number."), _("Leave the cell empty where there is no figure."))
    found = values.number(cell)
    if not math.isfinite(found):
        raise BadValue(_("This number is longer than any that is kept."), _("Round it."))
    return found


UNIT = Field(
    "unit", gettext_lazy("Unit"), given(values.text(200)), required=True, clears=False,
    synonyms=("unit", "unit code", "code", "branch", "store", "shop", "site", "school", "dbn", "department", "team",
              "unit id", "organisation unit", "filiale", "abteilung", "standort", "einheit", "schule", "kostenstelle"),
)  # fmt: skip
NAME = Field(
    "name",
    gettext_lazy("Name of the unit"),
    given(values.text(200)),
    clears=False,
    synonyms=("name", "unit name", "school name", "schoolname", "branch name", "site name", "bezeichnung"),
)
PERIOD = Field(
    "period", gettext_lazy("Period"), given(month), clears=False, looks_like=looks_like_period,
    synonyms=("period", "month", "date", "quarter", "year", "day", "periode", "monat", "datum", "quartal", "jahr"),
)  # fmt: skip
MEASURE = Field(
    "measure",
    gettext_lazy("What it is"),
    given(values.text(120)),
    clears=False,
    synonyms=("measure", "figure", "metric", "kpi", "indicator", "outcome", "kennzahl", "messgröße", "groesse"),
)
VALUE = Field(
    "value", gettext_lazy("Value"), given(figure), clears=False, synonyms=("value", "amount", "score", "wert", "betrag")
)
COUNT = Field(
    "n", gettext_lazy("Of how many"), given(figure), clears=False,
    synonyms=("n", "count", "respondents", "answers", "of how many", "anzahl", "befragte"),
)  # fmt: skip
SAMPLE = (UNIT, PERIOD, MEASURE, VALUE, COUNT)
"""The columns of an empty file to fill; a real one may have a column for each figure as well."""


def fields_of(one: Import) -> list[Field]:
    """The fields of this file: the known ones, and a number for each column that holds a figure or its n."""
    plan = FiguresPlan.kept(one.options)
    numbers = [Field(key, column, given(figure), clears=False) for column, key in plan.places(one.columns).items()]
    return [*SAMPLE, NAME, *numbers]
