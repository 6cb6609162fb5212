"""What people agreed to, purpose by purpose, as it stands now."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import Consent, LawfulBasis, Purpose
from kithkin.directory.registries.segment_fields import Kind, Operator, SegmentField
from kithkin.directory.segmentation.fields.sets import in_rows

_CONSENT = gettext_lazy("Consent")
_GIVEN = {"given": True, "withdrawn": False}
_OPERATORS = (Operator.IS, Operator.KNOWN, Operator.UNKNOWN)


def fields() -> list[SegmentField]:
    """One for each purpose."""
    return [_field(purpose) for purpose in Purpose.objects.all()]


def _field(purpose: Purpose) -> SegmentField:
    def present() -> QuerySet[Consent]:
        return Consent.objects.filter(purpose=purpose, is_current=True)

    def fits(_operator: Operator, value: Any) -> Q:
        """What was agreed to on another basis is no consent, once the purpose rests on consent."""
        given = _GIVEN[value]
        consented = Q(lawful_basis=LawfulBasis.CONSENT)
        return Q(given=True) & consented if given and purpose.lawful_basis == LawfulBasis.CONSENT else Q(given=given)

    return SegmentField(
        key=f"consent.{purpose.pk}",
        label=_("Consent to “%(purpose)s”") % {"purpose": purpose.name},
        kind=Kind.CHOICE,
        compile=in_rows(present, fits),
        group=_CONSENT,
        choices=lambda _user: [("given", _("given")), ("withdrawn", _("withdrawn or objected"))],
        operators=_OPERATORS,
    )
