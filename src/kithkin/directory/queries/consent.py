"""May somebody be written to, or asked, for one purpose?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kithkin.directory.models import Consent, LawfulBasis, Person, Purpose


@dataclass(frozen=True)
class Standing:
    """How a person stands to one purpose: what they decided last, if anything, and whether data may be used for it."""

    purpose: Purpose
    latest: Consent | None

    @property
    def may(self) -> bool:
        """With consent only if it was given; on any other basis unless somebody objected."""
        if self.latest is None:
            return self.purpose.lawful_basis != LawfulBasis.CONSENT
        if self.purpose.lawful_basis == LawfulBasis.CONSENT:
            return self.latest.given and self.latest.lawful_basis == LawfulBasis.CONSENT
        return self.latest.given


def standings_of(person: Person) -> list[Standing]:
    """Every purpose, in the order of their names."""
    latest = {one.purpose_id: one for one in Consent.objects.filter(person=person, is_current=True)}
    return [Standing(purpose, latest.get(purpose.pk)) for purpose in Purpose.objects.all()]


def history_of(person: Person) -> QuerySet[Consent]:
    """Every decision, the latest first."""
    return Consent.objects.filter(person=person).select_related("purpose", "recorded_by").order_by("-at", "-pk")


def may_be_used_for(people: QuerySet[Person], purpose: Purpose) -> QuerySet[Person]:
    """Those of `people` whose data may be used for the purpose at this moment: the one rule that all mail passes."""
    decided = Consent.objects.filter(person=OuterRef("pk"), purpose=purpose, is_current=True)
    if purpose.lawful_basis == LawfulBasis.CONSENT:
        return people.filter(Exists(decided.filter(given=True, lawful_basis=LawfulBasis.CONSENT)))
    return people.exclude(Exists(decided.filter(given=False)))


def purposes_counted() -> QuerySet[Purpose]:
    """Every purpose with how many said yes and no.

    Where a purpose rests on consent, what was agreed to on another basis before is no yes, as in `may_be_used_for`.
    """
    present = Q(consents__is_current=True)
    holds = ~Q(lawful_basis=LawfulBasis.CONSENT) | Q(consents__lawful_basis=LawfulBasis.CONSENT)
    return Purpose.objects.annotate(
        yes=Count("consents", filter=present & holds & Q(consents__given=True)),
        no=Count("consents", filter=present & Q(consents__given=False)),
    )
