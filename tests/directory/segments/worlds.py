"""Random companies and random rules about them: small, and full of what is known to go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from kithkin.directory.models import (
    Account,
    AttributeDefinition,
    Consent,
    Membership,
    Person,
    Purchase,
    Purpose,
    Segment,
    SegmentMember,
    Tie,
    Unit,
)
from kithkin.directory.registries.segment_fields import SegmentField
from kithkin.directory.segmentation.catalogue import Catalogue

WORDS = (
    "José Müller", "JOSE  MULLER", "jose", "Straße 5", "strasse", "İpek", "ipek", "ΣΟΦΟΣ", "σοφος", "ﬁlm", "FILM",
    "100%", "a_b", "a\\b", "O'Neil", 'say "x"', "[ab]", "^.*$", "é", "ö̈", "ł", "Ŀ", "½", "한국", "a\u00a0b", "a b",
)  # fmt: skip
CODES = ("de", "DE", "AT", "at", "de-AT", "fr")
DAYS = st.integers(-3, 40).map(lambda back: timezone.localdate() - timedelta(days=back))
NUMBERS = st.one_of(st.integers(-3, 12), st.sampled_from([0.1, 0.30000000000000004, 2.5, -0.0, 1e11]))
CURRENCIES = ("EUR", "USD")
ATTRIBUTES = {"motto": "text", "age": "number", "born": "date", "vip": "yes_no", "size": "choice"}
SIZES = ("S", "M", "m", "XL")
GARBAGE: tuple[Any, ...] = (None, "", "abc", "5", 5, 0, 1, True, False, [], {"a": 1}, "2020", "2020-01-01T00:00")
words = st.sampled_from(WORDS)
spans = st.tuples(st.none() | DAYS, st.none() | DAYS)


def attribute_values(kind: str) -> st.SearchStrategy[Any]:
    proper: dict[str, st.SearchStrategy[Any]] = {
        "text": words,
        "number": NUMBERS,
        "date": DAYS.map(date.isoformat),
        "yes_no": st.booleans(),
        "choice": st.sampled_from(SIZES),
    }
    return st.one_of(proper[kind], proper[kind], st.sampled_from(GARBAGE))


@st.composite
def person_plans(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "fields": {
            "name": draw(words),
            "email": draw(st.sampled_from(["", "Kim@X.example", "lee@y.example"])),
            "phone": draw(st.sampled_from(["", "+49 30 123456", "030 123456", "(1) 23"])),
            "external_id": draw(st.sampled_from(["", "É-"])),
            "language": draw(st.sampled_from(["", *CODES])),
            "country": draw(st.sampled_from(["", "de", "DE", "AT"])),
            "is_kith": draw(st.booleans()),
            "is_kin": draw(st.booleans()),
            "attributes": {
                key: draw(attribute_values(kind)) for key, kind in ATTRIBUTES.items() if draw(st.booleans())
            },
        },
        "ties": draw(st.lists(st.tuples(st.sampled_from(["buyer", "payer"]), st.integers(-1, 1), spans), max_size=3)),
        "work": draw(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["", *WORDS]), spans), max_size=2)),
        "bought": draw(
            st.lists(
                st.tuples(
                    st.integers(1, 40),
                    words,
                    st.none() | st.sampled_from(["0.10", "0.20", "7"]),
                    st.sampled_from(CURRENCIES),
                ),
                max_size=4,
            )
        ),
        "consent": draw(st.lists(st.booleans(), max_size=2)),
        "frozen": draw(st.booleans()),
        "age_hours": draw(st.integers(0, 24 * 40)),
    }


@dataclass(frozen=True)
class World:
    """What stands in the database, as far as rules need to know it."""

    people: list[Person]
    units: list[Unit]
    purpose: Purpose
    static: Segment
    live: Segment
    fields: list[SegmentField]

    @property
    def kinds(self) -> dict[str, str]:
        return {field.key: field.kind.value for field in self.fields}


def build(plans: list[dict[str, Any]]) -> World:
    """Write the world down."""
    units = [Unit.objects.create(name=f"U{number}") for number in range(3)]
    accounts = [
        Account.objects.create(name="Müller & Söhne", industry="Öl", country="DE"),
        Account.objects.create(name="100% Ltd"),
    ]
    for key, kind in ATTRIBUTES.items():
        choices = list(SIZES) if kind == "choice" else []
        AttributeDefinition.objects.create(key=key, label=key, kind=kind, choices=choices)
    purpose = Purpose.objects.create(name="News")
    static = Segment.objects.create(name="Frozen", is_live=False)
    live = Segment.objects.create(name="Live", rule={"any": [{"field": "country", "operator": "is", "value": "DE"}]})
    people = []
    for number, plan in enumerate(plans):
        fields = dict(plan["fields"])
        if fields["external_id"]:
            fields["external_id"] += str(number)
        person = Person.objects.create(**fields)
        Person.objects.filter(pk=person.pk).update(created_at=timezone.now() - timedelta(hours=plan["age_hours"]))
        fill(person, plan, units, accounts, purpose)
        if plan["frozen"]:
            SegmentMember.objects.create(segment=static, person=person)
        people.append(Person.objects.get(pk=person.pk))
    return World(people, units, purpose, static, live, list(Catalogue().fields.values()))


def fill(person: Person, plan: dict[str, Any], units: list[Unit], accounts: list[Account], purpose: Purpose) -> None:
    """What hangs on one person; what the database itself would refuse is left out."""
    seen = set()
    for kind, account, (since, until) in plan["ties"]:
        if (kind, account) not in seen:
            seen.add((kind, account))
            of = accounts[account] if account >= 0 else None
            Tie.objects.create(person=person, kind=kind, account=of, since=since, until=until)
    begun = set()
    for unit, title, (since, until) in plan["work"]:
        first = since or date(2020, 1, 1)
        if (unit, first) not in begun and (until is None or until > first):
            begun.add((unit, first))
            Membership.objects.create(person=person, unit=units[unit], title=title, since=first, until=until)
    for back, what, amount, currency in plan["bought"]:
        at = datetime.now(UTC) - timedelta(days=back, hours=back % 24)
        Purchase.objects.create(
            person=person, at=at, what=what, amount=Decimal(amount) if amount else None, currency=currency
        )
    for number, given in enumerate(plan["consent"], 1):
        present = number == len(plan["consent"])
        Consent.objects.create(person=person, purpose=purpose, given=given, lawful_basis="consent", is_current=present)


def values_for(key: str, kind: str, operator: str, world: World) -> st.SearchStrategy[Any]:
    """Values that the parser takes."""
    if operator in {"known", "unknown"}:
        return st.none()
    if operator == "last_days":
        return st.integers(1, 40)
    choices: dict[str, list[Any]] = {
        "side": ["kith", "kin"],
        "tie": ["buyer", "payer", "donor"],
        "works_as": ["employee", "contractor"],
        "unit": [str(unit.pk) for unit in world.units],
        "attribute.size": list(SIZES),
        f"consent.{world.purpose.pk}": ["given", "withdrawn"],
        "segment": [str(world.static.pk), str(world.live.pk)],
        "email": ["kim@x.example", "KIM", "@", "y.EXAMPLE"],
        "phone": ["+49 30 123456", "030123456", "123", "none"],
        "number": ["é-0", "E-", "É-1"],
        "account": ["muller", "MÜLLER & SÖHNE", "%"],
        "account.industry": ["ol", "ÖL"],
    }
    if key in choices:
        return st.sampled_from(choices[key])
    plain: dict[str, st.SearchStrategy[Any]] = {
        "text": words,
        "code": st.sampled_from(CODES),
        "number": NUMBERS,
        "day": DAYS.map(date.isoformat),
        "yes_no": st.booleans(),
    }
    return st.tuples(plain[kind], plain[kind]).map(sorted) if operator == "between" else plain[kind]


@st.composite
def conditions(draw: st.DrawFn, world: World) -> dict[str, Any]:
    field = draw(st.sampled_from(world.fields))
    operator = draw(st.sampled_from([one.value for one in field.allowed]))
    value = draw(values_for(field.key, field.kind.value, operator, world))
    made = {"field": field.key, "operator": operator}
    return made if value is None else {**made, "value": value}


def rules(world: World, depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    parts = (
        conditions(world) if depth == 0 else st.one_of(conditions(world), conditions(world), rules(world, depth - 1))
    )
    return st.tuples(st.sampled_from(["all", "any", "none"]), st.lists(parts, min_size=1, max_size=3)).map(
        lambda made: {made[0]: made[1]}
    )
