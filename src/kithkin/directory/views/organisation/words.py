"""What happened to a unit, and what is planned, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kithkin.directory.models import UnitChange, UnitChangeKind, UnitKind
from kithkin.directory.organisation.moments import UnitMoment, What
from kithkin.directory.organisation.tree import Tree
from kithkin.platform.text import long_date


@dataclass(frozen=True)
class Line:
    """One day's sentence; with the changes that can be taken back where it lies ahead."""

    day: date
    text: str
    plans: Sequence[UnitChange] = ()


def moment_text(moment: UnitMoment) -> str:
    """What happened, as a sentence without its subject."""
    names = {"name": moment.name, "before": moment.earlier_name, "parent": moment.parent}
    names["kind"] = str(UnitKind(moment.kind).label).lower() if moment.kind in UnitKind.values else moment.kind
    texts = {
        What.OPENED: _("opens as “%(name)s” below “%(parent)s”") if moment.parent else _("opens as “%(name)s”"),
        What.REOPENED: _("opens again as “%(name)s”"),
        What.RENAMED: _("“%(before)s” becomes “%(name)s”"),
        What.MOVED: _("moves under “%(parent)s”") if moment.parent else _("moves to the top"),
        What.KIND: _("becomes a %(kind)s"),
        What.CLOSED: _("closes"),
    }
    return texts[moment.what] % names


def history_lines(moments: Iterable[UnitMoment], today: date) -> list[Line]:
    """What lies behind, the latest first."""
    return [Line(one.day, moment_text(one)) for one in moments if one.day <= today][::-1]


def unit_plan_lines(moments: Iterable[UnitMoment], plans: Sequence[UnitChange], today: date) -> list[Line]:
    """What lies ahead, the nearest first, each day with what can be taken back."""
    by_day: dict[date, list[str]] = {}
    for moment in moments:
        if moment.day > today:
            by_day.setdefault(moment.day, []).append(moment_text(moment))
    for plan in plans:
        by_day.setdefault(plan.on, [])
    return [
        Line(day, "; ".join(texts) or _("units below it or people move"), [plan for plan in plans if plan.on == day])
        for day, texts in sorted(by_day.items())
    ]


def plan_lines(plans: Sequence[UnitChange], tree: Tree) -> list[Line]:
    """What is planned for the whole organisation; `tree` knows the names of units that stand still."""
    return [Line(plan.on, _plan_text(plan, tree), [plan]) for plan in plans]


def done_lines(changes: Iterable[UnitChange], tree: Tree) -> list[str]:
    """Who did what to it, for which day: the latest first."""
    return [
        _("%(who)s, from %(day)s: %(what)s")
        % {"who": one.by.name if one.by else _("somebody"), "day": long_date(one.on), "what": _plan_text(one, tree)}
        for one in changes
    ]


def today_line(unit_id: int, tree: Tree) -> str:
    """What the unit is on the day of the tree: its name, its kind, its place."""
    node, above = tree.get(unit_id), tree.parent(unit_id)
    if node is None:
        return _("Today it is not open.")
    kind = str(UnitKind(node.kind).label) if node.kind in UnitKind.values else node.kind
    place = _("below “%(parent)s”") % {"parent": above.name} if above else _("at the top")
    return _("Today: %(unit)s") % {"unit": f"{node.name} · {kind} · {place}"}


def ahead_lines(moments: Iterable[UnitMoment], today: date) -> list[str]:
    """What it has ahead of it."""
    return [
        _("planned for %(day)s: %(what)s") % {"day": long_date(one.day), "what": moment_text(one)}
        for one in moments
        if one.day > today
    ]


def _plan_text(plan: UnitChange, tree: Tree) -> str:
    names = {node.id: node.name for node in tree.nodes.values()}
    names |= {unit.pk: unit.name for unit in plan.units.all()}
    acts = {act: [edit for edit in plan.edits if edit["act"] == act] for act in ("put", "open", "close")}
    opened = _listed(names[edit["unit"]] for edit in acts["open"] if edit["unit"] in names)
    closed = _listed(names[edit["unit"]] for edit in acts["close"] if edit["unit"] in names)
    first: dict[str, Any] = plan.edits[0] if plan.edits else {"unit": 0, "old": "", "new": ""}
    name = names.get(first["unit"], "")
    texts = {
        UnitChangeKind.OPEN: _("%(opened)s opens"),
        UnitChangeKind.RENAME: _("%(old)s becomes %(new)s"),
        UnitChangeKind.MOVE: _("%(name)s moves under %(above)s") if first["new"] else _("%(name)s moves to the top"),
        UnitChangeKind.KIND: _("%(name)s changes its kind"),
        UnitChangeKind.MERGE: _("%(closed)s go into %(into)s"),
        UnitChangeKind.SPLIT: _("%(closed)s splits into %(opened)s") if closed else _("%(opened)s is split off"),
        UnitChangeKind.CLOSE: _("%(closed)s closes"),
        UnitChangeKind.IMPORT: _("what was imported takes effect"),
    }
    left = {unit.pk for unit in plan.units.all()} - {edit["unit"] for edit in acts["close"] + acts["put"]}
    return texts[UnitChangeKind(plan.kind)] % {
        "name": name,
        "old": first["old"],
        "new": first["new"],
        "above": names.get(first["new"], ""),
        "opened": opened,
        "closed": closed,
        "into": opened or _listed(names[unit] for unit in left),
    }


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
