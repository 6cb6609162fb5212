"""How the audit trail tells what the directory keeps: rules as sentences, records by those whom they are about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from django.utils.translation import gettext as _

from kithkin.directory.models import Tie, UnitPeriod
from kithkin.directory.segmentation.catalogue import Catalogue
from kithkin.directory.segmentation.sentences import said_of_rule
from kithkin.platform.registries.trail import ToldField, ToldRecord, told_fields, told_records
from kithkin.platform.text import long_date


def rules() -> Callable[[str], str]:
    """Rules in words; what may be chosen in each field is read once for all of them."""
    catalogue = Catalogue()
    catalogue.fields = {key: replace(one, choices=cache(one.choices)) for key, one in catalogue.fields.items()}

    def said(text: str) -> str:
        try:
            return said_of_rule(json.loads(text), catalogue)
        except ValueError:
            return text

    return said


told_fields.add(ToldField("directory.segment", "rule", rules))


def _tie(tie: Tie) -> str:
    to = tie.account or tie.other
    return f"{tie.person}: {tie.get_kind_display()}, {to}" if to else f"{tie.person}: {tie.get_kind_display()}"


def _period(one: UnitPeriod) -> str:
    said = {"unit": one.name, "above": one.parent, "day": long_date(one.since)}
    if one.parent is None:
        return _("%(unit)s, at the top, from %(day)s on") % said
    return _("%(unit)s, below %(above)s, from %(day)s on") % said


told_records.add(
    ToldRecord("directory.tie", ("person", "account", "other"), _tie),
    ToldRecord("directory.membership", ("person", "unit"), lambda one: f"{one.person}: {one.unit}"),
    ToldRecord("directory.purchase", ("person", "account"), lambda one: f"{one.person or one.account}: {one.what}"),
    ToldRecord("directory.consent", ("person", "purpose"), lambda one: f"{one.person}: {one.purpose}"),
    ToldRecord("directory.merge", ("gone", "kept"), lambda one: f"{one.gone} → {one.kept}"),
    ToldRecord("directory.distinctpair", ("first", "second"), lambda one: f"{one.first} ≠ {one.second}"),
    ToldRecord("directory.stagetouchpoint", ("stage", "touchpoint"), lambda one: f"{one.stage}: {one.touchpoint}"),
    ToldRecord("directory.relationrole", ("person",), lambda one: f"{one.person}: {one.role}"),
    ToldRecord("directory.unitperiod", ("parent",), _period),
    ToldRecord(
        "directory.succession", ("predecessor", "successor"), lambda one: f"{one.predecessor} → {one.successor}"
    ),
)
