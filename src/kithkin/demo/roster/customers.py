"""Those outside: thirty accounts with the people who buy, use and pay there, and private customers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from kithkin.demo.roster.names import Names, address_of
from kithkin.demo.roster.organisation import BRANCHES
from kithkin.demo.structure import TOUCHPOINTS

PRIVATE = 260
_TWICE = (3, 40, 121, 200)
_FIRST = ("Old Town", "Riverside", "Station", "Market", "Hillside", "Garden", "Lighthouse", "Bridge", "Mill", "Castle")
_KIND = (("Bakery", "Food"), ("Dental Practice", "Health"), ("Workshop", "Crafts"))
_THINGS = (("Coffee machine", 240), ("Desk lamp", 45), ("Winter coat", 120), ("Office chair", 310), ("Repair", 60))
_CHANNELS = ("Branch", "Online", "Phone")


@dataclass(frozen=True)
class AccountPlan:
    """A customer organisation, looked after by a unit."""

    number: str
    name: str
    industry: str
    unit: str


@dataclass(frozen=True)
class PurchasePlan:
    """What was bought, when, for how much."""

    number: str
    on: date
    what: str
    amount: int


@dataclass(frozen=True)
class CustomerPlan:
    """Somebody outside. `ties` are (kind, account number or None, number of another customer or None)."""

    number: str
    name: str
    email: str
    phone: str
    language: str
    ties: tuple[tuple[str, str | None, str | None], ...]
    attributes: dict[str, str | int | bool]
    purchases: tuple[PurchasePlan, ...]
    newsletter: bool | None


def accounts(seed: int = 1) -> tuple[AccountPlan, ...]:
    """Thirty of them."""
    chance = random.Random(f"accounts {seed}")
    made = []
    for number, (first, (kind, industry)) in enumerate(((f, k) for f in _FIRST for k in _KIND), start=1):
        unit = f"B{chance.randint(1, BRANCHES):02d}" if chance.random() < 0.8 else "ONLINE-SHOP"
        made.append(AccountPlan(f"A{number:03d}", f"{first} {kind}", industry, unit))
    return tuple(made)


def customers(today: date, seed: int = 1, private: int = PRIVATE) -> tuple[CustomerPlan, ...]:
    """Three people for each account (one buys, one uses, one pays), and so many private customers, some families.

    Four people are there twice, as it happens in every company: written otherwise, with the same address or phone.
    """
    chance = random.Random(f"customers {seed}")
    names = Names(random.Random(f"customers' names {seed}"))
    ties: list[tuple[tuple[str, str | None, str | None], ...]] = []
    for account in accounts(seed):
        ties += [((kind, account.number, None),) for kind in ("buyer", "user", "payer")]
    for place in range(private):
        payer = f"C{len(ties):04d}" if place % 13 == 12 else None
        ties.append((("buyer", None, None), ("family", None, payer)) if payer else (("buyer", None, None),))
    made = [_customer(number, names.next(), tie, today, chance) for number, tie in enumerate(ties, start=1)]
    return (*made, *(_again(made[place % len(made)], len(made) + extra) for extra, place in enumerate(_TWICE, start=1)))


def _customer(
    number: int, name: str, ties: tuple[tuple[str, str | None, str | None], ...], today: date, chance: random.Random
) -> CustomerPlan:
    bought = []
    for place in range(chance.choices((0, 1, 2, 4), (2, 4, 3, 1))[0]):
        what, price = chance.choice(_THINGS)
        on = today - timedelta(days=chance.randint(1, 700))
        bought.append(PurchasePlan(f"P{number:04d}-{place}", on, what, round(price * chance.uniform(0.8, 1.3))))
    return CustomerPlan(
        number=f"C{number:04d}",
        name=name,
        email=address_of(name, "customer.example"),
        phone=f"+49 30 9{number:06d}",
        language=chance.choices(("de", "en"), (3, 2))[0],
        ties=ties,
        attributes={
            "year_of_birth": chance.randint(1945, 2007),
            "preferred_channel": chance.choice(_CHANNELS),
            "visits_per_month": min(int(chance.expovariate(0.5)), 20),
            "expected_answer_hours": chance.choice((1, 4, 24, 48)),
            "first_touchpoint": chance.choice(TOUCHPOINTS).name,
        },
        purchases=tuple(bought),
        newsletter=chance.choices((True, False, None), (4, 2, 4))[0],
    )


def _again(first: CustomerPlan, number: int) -> CustomerPlan:
    given, family = first.name.split(" ", 1)
    return CustomerPlan(
        number=f"C{number:04d}",
        name=f"{family.upper()}, {given}" if number % 2 else f"{given[0]}. {family}",
        email=first.email.upper() if number % 2 else f"{given.lower()}@elsewhere.example",
        phone=first.phone.replace("+49 30 ", "030/"),
        language=first.language,
        ties=(("buyer", None, None),),
        attributes={},
        purchases=(),
        newsletter=None,
    )
