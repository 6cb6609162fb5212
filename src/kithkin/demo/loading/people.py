"""The people of the simulated company, inside and outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction

from kithkin.demo.loading.organisation import Units
from kithkin.demo.loading.telling import Tell
from kithkin.demo.roster import CustomerPlan, EmployeePlan, accounts
from kithkin.directory.models import (
    Account,
    AttributeDefinition,
    AttributeGroup,
    AttributeKind,
    LawfulBasis,
    MembershipKind,
    Person,
    Purpose,
    Sensitivity,
    Side,
)
from kithkin.directory.services.accounts import add_account
from kithkin.directory.services.attributes import set_attributes
from kithkin.directory.services.consent import define_purpose, record_consent
from kithkin.directory.services.definitions import define_attribute
from kithkin.directory.services.memberships import join_unit
from kithkin.directory.services.people import add_person
from kithkin.directory.services.purchases import record_purchase
from kithkin.directory.services.ties import add_tie

T = TypeVar("T")
People = dict[str, Person]
BATCH = 50
_UTC = ZoneInfo("UTC")


def load_staff(units: Units, plans: Sequence[EmployeePlan], tell: Tell) -> People:
    """Everybody inside, by their numbers, each in their unit below their manager."""
    hours = define_attribute(
        key="weekly_hours",
        label="Weekly hours",
        kind=AttributeKind.NUMBER,
        side=Side.KIN,
        sensitivity=Sensitivity.RESTRICTED,
    )
    made: People = {}

    def add(plan: EmployeePlan) -> None:
        person = made[plan.number] = add_person(
            name=plan.name, external_id=plan.number, email=plan.email, language=plan.language, is_kin=True
        )
        kind = MembershipKind.CONTRACTOR if plan.is_contractor else MembershipKind.EMPLOYEE
        manager = made.get(plan.manager or "")
        join_unit(person=person, unit=units[plan.unit], since=plan.since, kind=kind, title=plan.title, manager=manager)
        set_attributes(person=person, values={hours: plan.weekly_hours})

    in_batches(plans, add, "People inside", tell)
    return made


def load_customers(units: Units, seed: int, plans: Sequence[CustomerPlan], tell: Tell) -> People:
    """Those outside, by their numbers, with their accounts, ties, purchases and what they decided."""
    by_account = {
        plan.number: add_account(name=plan.name, number=plan.number, industry=plan.industry, unit=units[plan.unit])
        for plan in accounts(seed)
    }
    attributes, news = _attributes(), _purposes()
    made: People = {}
    in_batches(plans, lambda plan: made.update({plan.number: _customer(plan, attributes, news)}), "Customers", tell)
    in_batches(plans, lambda plan: _tied(plan, made, by_account), "What they bought", tell)
    return made


def in_batches(plans: Sequence[T], do: Callable[[T], object], part: str, tell: Tell) -> None:
    """One transaction for some fifty, so that no lock is held for long."""
    for start in range(0, len(plans), BATCH):
        tell(part, start, len(plans))
        with transaction.atomic():
            for plan in plans[start : start + BATCH]:
                do(plan)
    tell(part, len(plans), len(plans))


def _customer(plan: CustomerPlan, attributes: dict[str, AttributeDefinition], news: Purpose) -> Person:
    person = add_person(
        name=plan.name,
        external_id=plan.number,
        email=plan.email,
        phone=plan.phone,
        country="DE",
        language=plan.language,
        is_kith=True,
    )
    set_attributes(person=person, values={attributes[key]: value for key, value in plan.attributes.items()})
    if plan.newsletter is not None:
        record_consent(person=person, purpose=news, given=plan.newsletter, source="Order form")
    return person


def _tied(plan: CustomerPlan, made: People, by_account: dict[str, Account]) -> None:
    person = made[plan.number]
    for kind, account, other in plan.ties:
        add_tie(person=person, kind=kind, account=by_account.get(account or ""), other=made.get(other or ""))
    for purchase in plan.purchases:
        record_purchase(
            what=purchase.what,
            at=datetime.combine(purchase.on, time(12), tzinfo=_UTC),
            person=person,
            amount=Decimal(purchase.amount),
            currency="EUR",
            number=purchase.number,
        )


def _attributes() -> dict[str, AttributeDefinition]:
    number, choice = AttributeKind.NUMBER, AttributeKind.CHOICE
    defined = (
        define_attribute(
            key="year_of_birth",
            label="Year of birth",
            kind=number,
            side=Side.KITH,
            sensitivity=Sensitivity.RESTRICTED,
            group=AttributeGroup.DEMOGRAPHICS,
            retention_months=36,
        ),
        define_attribute(
            key="preferred_channel",
            label="Preferred channel",
            kind=choice,
            side=Side.KITH,
            choices=["Branch", "Online", "Phone"],
            group=AttributeGroup.PREFERENCES,
        ),
        define_attribute(
            key="visits_per_month", label="Visits per month", kind=number, side=Side.KITH, group=AttributeGroup.HABITS
        ),
        define_attribute(
            key="expected_answer_hours",
            label="Expects an answer within hours",
            kind=number,
            side=Side.KITH,
            group=AttributeGroup.EXPECTATIONS,
        ),
        define_attribute(
            key="first_touchpoint",
            label="First met at",
            kind=AttributeKind.TEXT,
            side=Side.KITH,
            group=AttributeGroup.HABITS,
        ),
    )
    return {one.key: one for one in defined}


def _purposes() -> Purpose:
    define_purpose(
        name="Surveys",
        description="We ask how you find us, at most four times a year.",
        lawful_basis=LawfulBasis.LEGITIMATE,
    )
    define_purpose(
        name="Orders", description="What we need to send you what you bought.", lawful_basis=LawfulBasis.CONTRACT
    )
    return define_purpose(name="Newsletter", description="Offers and news, once a month.")
