"""What stands on the person itself."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Side
from kithkin.directory.models.people import normal_email, normal_phone
from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField
from kithkin.directory.segmentation.fields.sets import Fits, code_fits, in_columns, moment_fits, text_fits
from kithkin.platform.folded import Fold

_PERSON = _("Person")
_SIDES = {Side.KITH.value: Q(is_kith=True), Side.KIN.value: Q(is_kin=True)}


def fields() -> list[SegmentField]:
    """Name, addresses, side, language, country, and since when the person is known."""
    has = {name: ~Q(**{name: ""}) for name in ("email_normal", "phone_normal", "external_id", "language", "country")}
    return [
        SegmentField("side", _("Side"), Kind.CHOICE, _side, _PERSON, choices=lambda _user: Side.choices),
        SegmentField("name", _("Name"), Kind.TEXT, in_columns(Q(pk__gt=0), text_fits("name_folded")), _PERSON),
        SegmentField("email", _("E-mail"), Kind.TEXT, in_columns(has["email_normal"], _email), _PERSON),
        SegmentField("phone", _("Phone"), Kind.TEXT, in_columns(has["phone_normal"], _phone), _PERSON),
        SegmentField(
            "number",
            _("Number"),
            Kind.TEXT,
            in_columns(has["external_id"], text_fits(Fold("external_id"))),
            _PERSON,
        ),
        SegmentField("language", _("Language"), Kind.CODE, in_columns(has["language"], code_fits("language")), _PERSON),
        SegmentField("country", _("Country"), Kind.CODE, in_columns(has["country"], code_fits("country")), _PERSON),
        SegmentField(
            "added",
            _("Added"),
            Kind.DAY,
            in_columns(Q(pk__gt=0), moment_fits("created_at")),
            _PERSON,
            operators=(Operator.BEFORE, Operator.AFTER, Operator.BETWEEN, Operator.LAST_DAYS),
        ),
    ]


def _side(operator: Operator, value: Any) -> Q:
    known = Q(is_kith=True) | Q(is_kin=True)
    return in_columns(known, lambda _operator, side: _SIDES[side])(operator, value)


def _email(operator: Operator, value: Any) -> Q:
    return _plain("email_normal")(operator, normal_email(str(value)))


def _phone(operator: Operator, value: Any) -> Q:
    """Digits are what counts; a whole number is compared as it is kept, in the international form."""
    digits = "".join(letter for letter in str(value) if letter.isdecimal())
    if operator is Operator.IS:
        return Q(phone_normal__in=sorted({normal_phone(str(value)), digits}))
    return _plain("phone_normal")(operator, digits) if digits else Q(pk__in=())


def _plain(column: str) -> Fits:
    """Of a column that is kept in one normal form, with a value that is in it, too."""
    expression = F(column)

    def fits(operator: Operator, value: Any) -> Q:
        if operator is Operator.IS:
            return Q(Exact(expression, Value(value)))
        return Q(GreaterThan(StrIndex(expression, Value(value)), 0))

    return fits
