"""Accounts, as far as somebody may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kithkin.directory.models import Account, Tie
from kithkin.directory.models.days import on_day, today
from kithkin.directory.rules.people import READERS
from kithkin.platform.access import reach
from kithkin.platform.registries.scopes import scopes
from kithkin.platform.text import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User


def accounts_visible_to(user: User | AnonymousUser) -> QuerySet[Account]:
    """Those looked after within the reach of the user's roles; one that no unit looks after, from everywhere only."""
    return Account.objects.filter(reach(user, *READERS).limit("unit"))


def counted(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """With the unit that looks after each, and as `people` how many are tied to it today."""
    ties = Tie.objects.filter(on_day(today()), account=OuterRef("pk"), person__merged_into__isnull=True)
    count = ties.order_by().values("account").annotate(n=Count("person", distinct=True)).values("n")
    return accounts.select_related("unit").annotate(people=Coalesce(Subquery(count), 0))


def looked_after_by(accounts: QuerySet[Account], unit_id: int) -> QuerySet[Account]:
    """Those that the unit, or one below it, looks after."""
    return accounts.filter(unit__in=scopes().below([unit_id]))


def search_accounts(accounts: QuerySet[Account], text: str) -> QuerySet[Account]:
    """Those whose words of the name begin as the text's do, or whose number it is."""
    named = Q()
    for word in fold(text).split()[:6]:
        named &= Q(name_folded__startswith=word) | Q(name_folded__contains=f" {word}")
    return accounts.filter(named | Q(number=text) if named else Q(number=text))
