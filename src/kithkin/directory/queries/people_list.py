"""What a row of the list of people shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from kithkin.directory.models import Account, Membership, Person, Tie, Unit
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.people import profile_ids, profile_seen_by
from kithkin.platform.models import User
from kithkin.platform.registries.scopes import scopes


@dataclass(frozen=True)
class PersonRow:
    """A person as one reader's list shows them; below `profile` only what colleagues see."""

    person: Person
    profile: bool
    units: Sequence[Unit]
    titles: Sequence[str]
    accounts: Sequence[Account]

    @property
    def side(self) -> str:
        """Colleagues are kin, whatever else they are."""
        return self.person.side if self.profile else "kin"


def with_places(people: QuerySet[Person]) -> QuerySet[Person]:
    """Read the units and accounts of today along with these people, by two statements."""
    now = on_day(today())
    memberships = Membership.objects.filter(now).select_related("unit").order_by("since", "pk")
    ties = Tie.objects.filter(now, account__isnull=False).select_related("account").order_by("account__name_folded")
    return people.prefetch_related(
        Prefetch("memberships", memberships, to_attr="places_of_work"), Prefetch("ties", ties, to_attr="account_ties")
    )


def rows_for(user: User, people: Sequence[Person]) -> list[PersonRow]:
    """The rows of these people, who come from `with_places`, as the user sees them: one more statement."""
    seen = profile_ids(user, [person.pk for person in people])
    return [
        PersonRow(
            person=person,
            profile=person.pk in seen,
            units=list({stay.unit.pk: stay.unit for stay in person.places_of_work}.values()),  # type: ignore[attr-defined]
            titles=[stay.title for stay in person.places_of_work if stay.title],  # type: ignore[attr-defined]
            accounts=list({tie.account.pk: tie.account for tie in person.account_ties}.values()),  # type: ignore[attr-defined]
        )
        for person in people
    ]


def working_in(people: QuerySet[Person], unit_id: int) -> QuerySet[Person]:
    """Those who work in the unit, or below it, today."""
    stays = Membership.objects.filter(on_day(today()), unit__in=scopes().below([unit_id]))
    return people.filter(pk__in=stays.values("person_id"))


def tied_to(people: QuerySet[Person], account_id: int) -> QuerySet[Person]:
    """Those who are tied to the account today."""
    return people.filter(pk__in=Tie.objects.filter(on_day(today()), account=account_id).values("person_id"))


def of_side(people: QuerySet[Person], side: str, user: User) -> QuerySet[Person]:
    """Those of that side ("kith", "kin", "both"); that a colleague is kith, too, stands in the profile only."""
    if side == "kin":
        return people.filter(is_kin=True)
    seen = people.filter(profile_seen_by(user), is_kith=True)
    return seen.filter(is_kin=True) if side == "both" else seen
