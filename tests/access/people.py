"""People, accounts and attributes."""

from __future__ import annotations

from typing import Any

from kithkin.directory.models import Account, AttributeDefinition, Membership, Person, Tie
from tests.access.table import ADMINISTRATORS, ANALYSTS, EVERYBODY, MANAGERS, Row
from tests.cast import Cast, make_kith

READERS = ANALYSTS | {"dora", "donald", "gus"}
IT, LOGISTICS = frozenset({"dora", "gus", "bob"}), frozenset({"donald", "charlie"})


def bob(cast: Cast) -> dict[str, Any]:
    """Bob of IT, with more than colleagues see."""
    person = Person.objects.get(user=cast.bob)
    AttributeDefinition.objects.bulk_create(
        AttributeDefinition(key=level, label=level, sensitivity=level) for level in ("open", "restricted", "sensitive")
    )
    person.attributes = {level: f"{level}-value" for level in ("open", "restricted", "sensitive")}
    person.phone = "030 7654321"
    person.save()
    return {"pk": person.pk}


def kim(cast: Cast) -> dict[str, Any]:
    """Kim, who buys for an account that IT looks after, and is tied to somebody whom IT does not see."""
    person, account = make_kith("Kim"), Account.objects.create(name="Acme of IT", unit=cast.it)
    Tie.objects.create(person=person, account=account, kind="buyer")
    Tie.objects.create(person=person, other=make_kith("Hidden Hana"), kind="family")
    return {"pk": person.pk}


def a_tie(cast: Cast) -> dict[str, Any]:
    """Kim's tie to the account."""
    found = kim(cast)
    return {**found, "tie_pk": Tie.objects.get(person=found["pk"], kind="buyer").pk}


def a_stay(cast: Cast) -> dict[str, Any]:
    """Bob's work in IT."""
    stay = Membership.objects.get(person__user=cast.bob)
    return {"pk": stay.person_id, "stay_pk": stay.pk}


def account(cast: Cast) -> dict[str, Any]:
    """An account of IT, with Kim."""
    kim(cast)
    return {"pk": Account.objects.get().pk}


def attribute(cast: Cast) -> dict[str, Any]:
    """An open attribute."""
    return {"pk": AttributeDefinition.objects.create(key="tea", label="Tea").pk}


def a_list(cast: Cast) -> dict[str, Any]:
    """People of everywhere to be listed."""
    kim(cast)
    make_kith("Nobody's Nora")
    return {}


ROWS = {
    "people": Row(
        EVERYBODY,
        kwargs=a_list,
        sees=lambda _: {
            ">Bob</a>": ANALYSTS | IT,
            ">Charlie</a>": ANALYSTS | LOGISTICS,
            ">Kim</a>": ANALYSTS | {"dora", "gus"},
            "Nobody&#x27;s Nora": ANALYSTS,
            "Add somebody": MANAGERS,
        },
    ),
    "person": Row(
        ANALYSTS | IT,
        kwargs=bob,
        otherwise=404,
        sees=lambda _: {
            "bob@company.example": ANALYSTS | IT,
            "030 7654321": ANALYSTS | IT,
            "open-value": ANALYSTS | IT,
            "restricted-value": ANALYSTS,
            "sensitive-value": ADMINISTRATORS,
            "/change/": MANAGERS,
        },
    ),
    "add_person": Row(MANAGERS),
    "people_alike": Row(MANAGERS),
    "my_profile": Row(EVERYBODY, status=302),
    "suggest_people": Row(EVERYBODY),
    "change_person": Row(MANAGERS, kwargs=lambda cast: {"pk": Person.objects.get(user=cast.alice).pk}),
    "person_attributes": Row(MANAGERS, kwargs=kim),
    "add_tie": Row(MANAGERS, kwargs=lambda _: {"pk": make_kith("Nora").pk}),
    "end_tie": Row(MANAGERS, kwargs=a_tie),
    "join_unit": Row(MANAGERS, kwargs=lambda _: {"pk": make_kith("Nora").pk}),
    "leave_unit": Row(MANAGERS, kwargs=a_stay),
    "change_title": Row(MANAGERS, kwargs=a_stay),
    "add_purchase": Row(MANAGERS, kwargs=lambda _: {"pk": make_kith("Nora").pk}),
    "accounts": Row(
        READERS,
        kwargs=lambda cast: account(cast) and {},
        sees=lambda _: {"Acme of IT": ANALYSTS | {"dora", "gus"}},
    ),
    "account": Row(
        ANALYSTS | {"dora", "gus"},
        kwargs=account,
        otherwise=404,
        sees=lambda _: {
            ">Kim</a>": ANALYSTS | {"dora", "gus"},
            "Change": MANAGERS,
        },
    ),
    "add_account": Row(MANAGERS),
    "suggest_accounts": Row(READERS),
    "change_account": Row(
        MANAGERS,
        kwargs=lambda cast: {"pk": Account.objects.create(name="Acme", unit=cast.company).pk},
    ),
    "attributes": Row(MANAGERS),
    "add_attribute": Row(MANAGERS),
    "change_attribute": Row(MANAGERS, kwargs=attribute),
    "retire_attribute": Row(MANAGERS, kwargs=attribute, post=lambda _: {}, status=302),
    "bring_back_attribute": Row(MANAGERS, kwargs=attribute, post=lambda _: {}, status=302),
    "clear_attribute": Row(MANAGERS, kwargs=attribute, post=lambda _: {}, status=302),
}
