"""Records that may be one person, and merges that can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import DistinctPair, Merge, Person, Tie
from kithkin.directory.queries.people import profiles_visible_to
from kithkin.platform.models import User

MOST = 200
"""Pairs looked at in one go; the page shows the likeliest first, and what is left comes when these are settled."""


class Likeness(StrEnum):
    """Why two records may be one person, the strongest first."""

    EMAIL = "email"
    NAME_AND_ACCOUNT = "name and account"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """As it is shown."""
        return str({"email": _("same e-mail"), "phone": _("same phone")}.get(self.value, _("same name and account")))


@dataclass(frozen=True)
class Pair:
    """Two records and what they share; the older stands first."""

    first: Person
    second: Person
    likenesses: tuple[Likeness, ...]


def duplicates_visible_to(user: User, most: int = MOST) -> list[Pair]:
    """Pairs of people both of whom the user sees whole, the likeliest first, without those told apart."""
    people = profiles_visible_to(user)
    found: dict[tuple[int, int], set[Likeness]] = defaultdict(set)
    for likeness, groups in (
        (Likeness.EMAIL, _same(people, "email_normal", most)),
        (Likeness.NAME_AND_ACCOUNT, _same_name_and_account(people, most)),
        (Likeness.PHONE, _same(people, "phone_normal", most)),
    ):
        for ids in groups:
            for other in ids[1:]:
                found[ids[0], other].add(likeness)
    pairs = sorted(found, key=lambda pair: (_weight(found[pair]), pair))[: 2 * most]
    apart = set(DistinctPair.objects.filter(first__in=[a for a, _b in pairs]).values_list("first_id", "second_id"))
    pairs = [pair for pair in pairs if pair not in apart][:most]
    rows = Person.objects.in_bulk({pk for pair in pairs for pk in pair})
    return [
        Pair(rows[first], rows[second], tuple(one for one in Likeness if one in found[first, second]))
        for first, second in pairs
        if first in rows and second in rows
    ]


def alike(person: Person, user: User) -> list[Pair]:
    """Whom this one record may double, as far as the user sees them."""
    same = Q()
    if person.email_normal:
        same |= Q(email_normal=person.email_normal)
    if person.phone_normal:
        same |= Q(phone_normal=person.phone_normal)
    accounts = Tie.objects.filter(person=person, account__isnull=False).values("account_id")
    same |= Q(name_key=person.name_key, ties__account_id__in=accounts)
    apart = DistinctPair.objects.filter(Q(first=person) | Q(second=person)).values_list("first_id", "second_id")
    never = {pk for pair in apart for pk in pair} | {person.pk}
    others = list(profiles_visible_to(user).filter(same).exclude(pk__in=never).distinct().order_by("pk")[:20])
    shared = set(Tie.objects.filter(account_id__in=accounts).values_list("person_id", flat=True)) if others else set()
    return [Pair(person, other, _likenesses(person, other, other.pk in shared)) for other in others]


def merges_of(person: Person) -> QuerySet[Merge]:
    """What this record took in and still holds, the latest first."""
    return Merge.objects.filter(kept=person, undone_at__isnull=True).select_related("gone", "by").order_by("-pk")


def merges_visible_to(user: User) -> QuerySet[Merge]:
    """Merges of people whom the user sees whole."""
    return Merge.objects.filter(kept__in=profiles_visible_to(user)).select_related("kept", "gone", "by")


def _likenesses(one: Person, other: Person, share_account: bool) -> tuple[Likeness, ...]:
    shared = {
        Likeness.EMAIL: bool(one.email_normal) and one.email_normal == other.email_normal,
        Likeness.NAME_AND_ACCOUNT: share_account and one.name_key == other.name_key,
        Likeness.PHONE: bool(one.phone_normal) and one.phone_normal == other.phone_normal,
    }
    return tuple(likeness for likeness in Likeness if shared[likeness])


def _weight(likenesses: Iterable[Likeness]) -> int:
    """Less is likelier: the strongest likeness counts first, then how many there are."""
    order = list(Likeness)
    places = [order.index(one) for one in likenesses]
    return 10 * min(places) - len(places)


def _same(people: QuerySet[Person], field: str, most: int) -> list[list[int]]:
    """Ids of people who share a value of the field, group by group."""
    shared = (
        people.exclude(**{field: ""})
        .values(field)
        .annotate(n=Count("pk"), least=Min("pk"))
        .filter(n__gt=1)
        .order_by("least")
        .values_list(field, flat=True)[:most]
    )
    rows = people.filter(**{f"{field}__in": list(shared)}).order_by("pk").values_list(field, "pk")
    return _grouped(rows)


def _same_name_and_account(people: QuerySet[Person], most: int) -> list[list[int]]:
    ties = Tie.objects.filter(account__isnull=False, person__in=people)
    shared = (
        ties.values("account_id", "person__name_key")
        .annotate(n=Count("person_id", distinct=True), least=Min("person_id"))
        .filter(n__gt=1)
        .order_by("least")
        .values_list("account_id", "person__name_key")[:most]
    )
    wanted = set(shared)
    rows = ties.filter(account_id__in={account for account, _name in wanted}).order_by("person_id")
    keyed = rows.values_list("account_id", "person__name_key", "person_id")
    return _grouped(((account, name), pk) for account, name, pk in keyed if (account, name) in wanted)


def _grouped(rows: Iterable[tuple[object, int]]) -> list[list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for key, pk in rows:
        if pk not in groups[key]:
            groups[key].append(pk)
    return [ids for ids in groups.values() if len(ids) > 1]
