"""A file of figures: which columns say whose and when, and which are figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import UnitKind
from kithkin.directory.queries.organisation import tree_of_today
from kithkin.insights.imports.keeping import wrong_with
from kithkin.insights.imports.periods import month
from kithkin.insights.imports.plans import FiguresPlan
from kithkin.insights.imports.typed import BadFigures, typed, written
from kithkin.platform.imports.values import BadValue

LONGEST = 100_000
FEW = 60
"""Columns that are offered in a list to choose from; of more than these the name is typed, with a list beside it."""
MOST_UNITS = 300
DATALIST = "file-columns"


class FiguresForm(forms.Form):
    """See `FiguresPlan`."""

    unit = forms.CharField(label=gettext_lazy("Column of the unit"), help_text=gettext_lazy("Its code, or its name."))
    period = forms.CharField(label=gettext_lazy("Column of the period"), required=False)
    month = forms.CharField(
        label=gettext_lazy("Or one period for the whole file"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Like 2026-03, 2026-Q1 or 2026. A longer period is kept under its last month."),
    )
    under = forms.ChoiceField(label=gettext_lazy("Units that are not there"), required=False)
    name = forms.CharField(label=gettext_lazy("Column of their names"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What they are"), choices=UnitKind.choices)
    figures = forms.CharField(
        label=gettext_lazy("The figures"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One column a line, as “saf_t = Safety, teachers | n N_t | kin”: its name, the column of how many, and who "
            "was asked: kin inside, kith outside. “revenue = Revenue | € | part revenue” has its place in the chain."
        ),
    )
    measure = forms.CharField(label=gettext_lazy("Column that says what a value is of"), required=False)
    value = forms.CharField(label=gettext_lazy("Column of the value"), required=False)
    n = forms.CharField(label=gettext_lazy("Column of how many"), required=False)

    def __init__(self, *args: Any, columns: Sequence[str], plan: FiguresPlan, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(plan)
        super().__init__(*args, **kwargs)
        self._columns, self.many = columns, len(columns) > FEW
        for key in ("unit", "period", "name", "measure", "value", "n"):
            field = self.fields[key]
            if self.many:
                field.widget = forms.TextInput(attrs={"list": DATALIST, "autocomplete": "off", "spellcheck": "false"})
            else:
                none = [] if field.required else [("", _("none"))]
                field.widget = forms.Select(choices=[*none, *((one, one) for one in columns)])
        under, kind = self.fields["under"], self.fields["kind"]
        assert isinstance(under, forms.ChoiceField)
        under.choices = [("", _("are refused, line by line")), (_("are made under"), _offered())]
        kind.required = False

    def clean(self) -> dict[str, Any]:
        """Columns that the file has, a period that is one, figures that can be read; and all of it makes sense."""
        said = super().clean() or {}
        for key in ("unit", "period", "name", "measure", "value", "n"):
            if said.get(key) and said[key] not in self._columns and key not in self.errors:
                self.add_error(key, _("The file has no column “%(column)s”.") % {"column": said[key][:60]})
        try:
            said["month"] = month(said["month"]) if said.get("month") and not said.get("period") else ""
        except BadValue as bad:
            self.add_error("month", f"{bad.reason} {bad.remedy}")
        try:
            said["figures"] = typed(said.get("figures", ""), None if said.get("measure") else self._columns)
        except BadFigures as bad:
            self.add_error("figures", str(bad))
        if not self.errors:
            wrong = wrong_with(self.plan)
            if wrong:
                self.add_error(None, wrong)
        return said

    @property
    def plan(self) -> FiguresPlan:
        """As it was told."""
        said = self.cleaned_data
        plan = FiguresPlan(
            said["unit"], said["period"], said["month"], said["measure"], said["value"], said["n"], said["name"],
            int(said["under"]) if said["under"] else None, said["kind"] or UnitKind.SITE.value, said["figures"],
        )  # fmt: skip
        return plan if plan.long else replace(plan, value="", n="")


def _offered() -> list[tuple[str, str]]:
    """The units of today in the order of the tree, as deep as they are few enough for a list."""
    nodes = list(tree_of_today().depth_first())
    depths = sorted(depth for _node, depth in nodes)
    deepest = depths[MOST_UNITS] - 1 if len(depths) > MOST_UNITS else len(depths)
    return [(str(node.id), "\u2003" * depth + node.name) for node, depth in nodes if depth <= max(deepest, 0)]


def _initial(plan: FiguresPlan) -> dict[str, Any]:
    own = {key: getattr(plan, key) for key in ("unit", "period", "month", "name", "kind", "measure", "value", "n")}
    return own | {"under": str(plan.under or ""), "figures": written(plan.figures)}
