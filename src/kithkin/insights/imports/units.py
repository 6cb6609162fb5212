"""The units that lines name: those that are there, and those that are made because the importer wants them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit, Units
from kithkin.directory.models import Unit, UnitPeriod
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.organisation import hold_still
from kithkin.insights.imports.plans import FiguresPlan
from kithkin.platform.imports.kept import NotImportable
from kithkin.platform.imports.lines import Create, Line, Problem, Write
from kithkin.platform.text import fold

LONGEST_CODE = 60


class UnitsOfFile:
    """Finds a line's unit by code or name; where the plan says so, one that is not there is made."""

    def __init__(self, plan: FiguresPlan, *, running: bool) -> None:
        self._plan = plan
        self._found: dict[str, int] = {}
        self._made: dict[str, Unit] = {}
        self._closed: set[str] = set()
        self._settled: set[str] = set()
        if plan.under and running:
            hold_still()
        self._units = Units("unit", today())
        self._since = _open_since(plan.under) if plan.under else today()

    def know(self, texts: Iterable[str]) -> None:
        """Which codes of new units belong to closed ones, by one query; none where nothing is made."""
        if self._plan.under:
            new = [text for text in texts if not self._units.among(text)]
            self._closed |= {fold(code) for code in Unit.objects.filter(code__in=new).values_list("code", flat=True)}

    def find(self, line: Line) -> int | Unit:
        """The unit's id, or the row that is to be made; `Unfit` where neither can be."""
        text = str(line.values["unit"])
        folded = fold(text)
        if folded in self._made:
            return self._made[folded]
        if self._units.among(text):
            return self._units.find(text)
        if not self._plan.under:
            raise Unfit(Problem("unit", _("There is no unit of this name or code today."), self._remedy()))
        return self._new(text, line)

    def makes(self, unit: int | Unit, text: str) -> list[Write]:
        """What has to be written for the unit of this text before its figures, once for all lines."""
        if isinstance(unit, int) or unit.pk or fold(text) in self._settled:
            return []
        self._settled.add(fold(text))
        period = UnitPeriod(
            unit=unit, name=unit.name, kind=self._plan.kind, parent_id=self._plan.under, since=self._since
        )
        return [Create(unit), Create(period)]

    def settled(self, text: str) -> None:
        """The unit of this text was counted already, by a trial that ended half-way."""
        self._settled.add(fold(text))

    def key(self, text: str) -> object:
        """The same for two spellings of one unit."""
        known = self._units.among(text)
        return next(iter(known)) if len(known) == 1 else fold(text)

    def _new(self, text: str, line: Line) -> Unit:
        if fold(text) in self._closed:
            said = _("The unit of this code is not open today.")
            raise Unfit(Problem("unit", said, _("Open it again, or write another code.")))
        name = line.values.get("name") or text
        if len(text) > LONGEST_CODE and name != text:
            said = _("A unit's code has %(most)s letters at most.") % {"most": LONGEST_CODE}
            raise Unfit(Problem("unit", said, _("Shorten it.")))
        code = text if self._plan.name and len(text) <= LONGEST_CODE else ""
        return self._made.setdefault(fold(text), Unit(name=name, code=code))

    def _remedy(self) -> str:
        return _("Correct it, add the unit first, or say under which unit new ones are made.")


def _open_since(under: int) -> date:
    period = UnitPeriod.objects.filter(on_day(today()), unit=under, until__isnull=True).first()
    if period is None:
        raise NotImportable(_("The unit under which new ones were to be made is closing. Choose another."))
    return period.since
