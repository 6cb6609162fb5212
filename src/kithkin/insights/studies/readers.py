"""Who is told which relation: analysts, managers and administrators all; others those of which they are an end."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from kithkin.analysis.linkage.report import RankedLink, WeakLinkReport
from kithkin.directory.models import Membership, ServiceLink
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.organisation import tree_of_today
from kithkin.insights.rules import knows_the_links
from kithkin.platform.access import reach
from kithkin.platform.acting import now_acting
from kithkin.platform.models import Role, User


def told_links(user: User, names: dict[str, int]) -> frozenset[str]:
    """Of these relations, by name, those that the user is told by name; worked out once per request."""
    if knows_the_links(user):
        return frozenset(names)
    memory, key = now_acting().memory, f"insights.told_links {user.pk} {sorted(names.values())}"
    known = memory.get(key)
    if not isinstance(known, frozenset):
        known = _told_as_ends(user, names)
        memory.remember(key, known)
    return known


def _told_as_ends(user: User, names: dict[str, int]) -> frozenset[str]:
    """Of these those of which the user, their units or what they look after are an end."""
    units = _own_units(user)
    rows = ServiceLink.objects.filter(pk__in=names.values()).values_list("pk", "provider_unit", "receiver_unit")
    theirs = {pk for pk, provider, receiver in rows if provider in units or receiver in units}
    return frozenset(name for name, pk in names.items() if pk in theirs)


def as_told(user: User, report: WeakLinkReport, names: dict[str, int]) -> WeakLinkReport:
    """The report in which every other relation is "another relation", numbered in the order of the ranking."""
    told = told_links(user, names)
    others = [link.link for link in report.ranked if link.link not in told]
    called = {name: _("another relation (%(number)d)") % {"number": number} for number, name in enumerate(others, 1)}
    ranked: tuple[RankedLink, ...] = tuple(replace(one, link=called.get(one.link, one.link)) for one in report.ranked)
    excluded = tuple(one for one in report.excluded if one.link in told)
    return replace(report, ranked=ranked, excluded=excluded)


def _own_units(user: User) -> frozenset[int]:
    """The user's own unit with those above it, and all that their roles reach."""
    mine = Membership.objects.filter(on_day(today()), person__user=user).values_list("unit", flat=True)
    tree = tree_of_today()
    above = {node.id for unit in mine for node in tree.path(unit)}
    return frozenset(above) | reach(user, Role.DEPARTMENT_HEAD, Role.AGENT).unit_ids
