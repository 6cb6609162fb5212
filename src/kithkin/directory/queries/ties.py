"""Ties as short sentences, read from either end."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import Person, Tie, TieKind
from kithkin.directory.models.days import today
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.queries.people import people_visible_to
from kithkin.platform.acting import now_acting
from kithkin.platform.models import User

MOST = 50
_GAP = "\x00"
_TO_PERSON = {
    TieKind.BUYER: gettext_lazy("buys for %(who)s"),
    TieKind.USER: gettext_lazy("uses what %(who)s buys"),
    TieKind.PAYER: gettext_lazy("pays for %(who)s"),
    TieKind.PAID_FOR: gettext_lazy("is paid for by %(who)s"),
    TieKind.DONOR: gettext_lazy("donates for %(who)s"),
    TieKind.REFERRER: gettext_lazy("recommended us to %(who)s"),
    TieKind.FAMILY: gettext_lazy("is family of %(who)s"),
    TieKind.VISITOR: gettext_lazy("visits %(who)s"),
    TieKind.PARTNER: gettext_lazy("is a partner of %(who)s"),
    TieKind.SUPPLIER: gettext_lazy("supplies %(who)s"),
}
_TO_ACCOUNT = {
    **_TO_PERSON,
    TieKind.VISITOR: gettext_lazy("visits for %(who)s"),
    TieKind.PARTNER: gettext_lazy("is our partner at %(who)s"),
    TieKind.SUPPLIER: gettext_lazy("supplies us for %(who)s"),
}
_TO_COMPANY = {
    TieKind.BUYER: gettext_lazy("buys from us"),
    TieKind.USER: gettext_lazy("uses what we make"),
    TieKind.PAYER: gettext_lazy("pays us"),
    TieKind.PAID_FOR: gettext_lazy("is paid for by us"),
    TieKind.DONOR: gettext_lazy("donates to us"),
    TieKind.REFERRER: gettext_lazy("recommends us"),
    TieKind.FAMILY: gettext_lazy("is family of somebody here"),
    TieKind.VISITOR: gettext_lazy("visits us"),
    TieKind.PARTNER: gettext_lazy("is our partner"),
    TieKind.SUPPLIER: gettext_lazy("supplies us"),
}
_BACK = {
    TieKind.BUYER: gettext_lazy("%(who)s buys for them"),
    TieKind.USER: gettext_lazy("%(who)s uses what they buy"),
    TieKind.PAYER: gettext_lazy("%(who)s pays for them"),
    TieKind.PAID_FOR: gettext_lazy("pays for %(who)s"),
    TieKind.DONOR: gettext_lazy("%(who)s donates for them"),
    TieKind.REFERRER: gettext_lazy("%(who)s recommended us to them"),
    TieKind.FAMILY: gettext_lazy("%(who)s is family"),
    TieKind.VISITOR: gettext_lazy("%(who)s visits them"),
    TieKind.PARTNER: gettext_lazy("%(who)s is their partner"),
    TieKind.SUPPLIER: gettext_lazy("%(who)s supplies them"),
}


@dataclass(frozen=True)
class TieLine:
    """One tie as a sentence around the name of its other end: "pays for", "Pat", "". `url` leads to that end."""

    tie: Tie
    before: str
    name: str
    after: str
    url: str
    holds: bool
    ours: bool
    """Whether it is the person's own tie, rather than somebody's to them."""

    @property
    def text(self) -> str:
        """The whole sentence."""
        return " ".join(part for part in (self.before, self.name, self.after) if part)


def ties_to_choose() -> list[tuple[str, str]]:
    """The kinds of tie as the beginning of a sentence: who pays for whom is seen before it is saved."""
    return [(kind.value, str(said) % {"who": "…"}) for kind, said in _TO_PERSON.items()]


def ties_of(user: User, person: Person) -> list[TieLine]:
    """The person's ties from both ends, those that hold first. Ends that the user does not see stay without a name.

    Within a request it is read once, for the page and for the timeline on it.
    """
    memory, name = now_acting().memory, f"directory.ties.{user.pk}.{person.pk}"
    known: list[TieLine] | None = memory.get(name)
    if known is None:
        known = _ties_of(user, person)
        memory.remember(name, known)
    return known


def holds(tie: Tie) -> bool:
    """Whether the tie holds today."""
    day = today()
    return (tie.since is None or tie.since <= day) and (tie.until is None or tie.until > day)


def _ties_of(user: User, person: Person) -> list[TieLine]:
    own = list(Tie.objects.filter(person=person).select_related("account", "other").order_by("pk")[:MOST])
    back = list(Tie.objects.filter(other=person).select_related("person").order_by("pk")[:MOST])
    people = [tie.other_id for tie in own if tie.other_id] + [tie.person_id for tie in back]
    accounts = [tie.account_id for tie in own if tie.account_id]
    seen = set(people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    seen_accounts = (
        set(accounts_visible_to(user).filter(pk__in=accounts).values_list("pk", flat=True)) if accounts else set()
    )
    lines = [_own(tie, seen, seen_accounts) for tie in own]
    lines += [_line(tie, _BACK[TieKind(tie.kind)], _person(tie.person, seen), ours=False) for tie in back]
    return sorted(lines, key=lambda line: not line.holds)


def _own(tie: Tie, people: set[int], accounts: set[int]) -> TieLine:
    kind = TieKind(tie.kind)
    if tie.other is not None:
        return _line(tie, _TO_PERSON[kind], _person(tie.other, people), ours=True)
    if tie.account is None:
        return _line(tie, _TO_COMPANY[kind], ("", ""), ours=True)
    seen = tie.account_id in accounts
    end = (tie.account.name, reverse("account", args=[tie.account_id])) if seen else (_("an account"), "")
    return _line(tie, _TO_ACCOUNT[kind], end, ours=True)


def _person(person: Person, seen: set[int]) -> tuple[str, str]:
    return (person.name, reverse("person", args=[person.pk])) if person.pk in seen else (_("somebody"), "")


def _line(tie: Tie, phrase: str | Promise, end: tuple[str, str], *, ours: bool) -> TieLine:
    before, _gap, after = (str(phrase) % {"who": _GAP}).partition(_GAP)
    return TieLine(tie, before.strip(), end[0], after.strip(), end[1], holds(tie), ours)
