"""The language of segments once more, in plain Python over plain values: slow, obvious, compared with the queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import eq, gt, lt
from typing import Any

from django.utils import timezone

from kithkin.directory.models import Consent, Membership, Person, Purchase, Segment, SegmentMember, Tie
from kithkin.directory.models.people import normal_email, normal_phone
from kithkin.platform.text import fold

NEGATIVE = {"is_not": "is", "contains_not": "contains"}


@dataclass(frozen=True)
class About:
    """What the twin is told about the company: what lies below each unit, and the kind of each field."""

    below: dict[int, set[int]]
    kinds: dict[str, str]


def day_of(moment: datetime) -> date:
    return moment.astimezone(timezone.get_default_timezone()).date()


def today() -> date:
    return day_of(timezone.now())


def holds_today(row: Any) -> bool:
    return (row.since is None or row.since <= today()) and (row.until is None or row.until > today())


def members(rule: dict, people: list[Person], about: About) -> set[int]:
    return {one.pk for one in people if fits(rule, one, about)}


def fits(rule: dict, person: Person, about: About) -> bool:
    if "field" in rule:
        return condition(rule["field"], rule["operator"], rule.get("value"), person, about)
    ((mode, parts),) = rule.items()
    answers = [fits(part, person, about) for part in parts]
    return {"all": all(answers), "any": any(answers), "none": not any(answers)}[mode]


def condition(key: str, operator: str, value: Any, person: Person, about: About) -> bool:
    if key == "segment":
        return in_segment(Segment.objects.get(pk=value), person, about) == (operator == "is")
    known = values(key, person, about.kinds)
    if operator in {"known", "unknown"}:
        return bool(known) == (operator == "known")
    if operator in NEGATIVE:
        return bool(known) and not any(meets(key, NEGATIVE[operator], value, one, about) for one in known)
    return any(meets(key, operator, value, one, about) for one in known)


def in_segment(segment: Segment, person: Person, about: About) -> bool:
    if segment.is_live:
        return fits(segment.rule, person, about)
    return SegmentMember.objects.filter(segment=segment, person=person).exists()


def values(key: str, person: Person, kinds: dict[str, str]) -> list[Any]:
    if key.startswith("attribute."):
        return attribute(person.attributes.get(key.removeprefix("attribute.")), kinds[key])
    if key.startswith("consent."):
        present = Consent.objects.filter(person=person, purpose_id=key.removeprefix("consent."), is_current=True)
        return ["given" if one.given else "withdrawn" for one in present]
    if key.startswith("purchases."):
        return bought(key.removeprefix("purchases."), list(Purchase.objects.filter(person=person)))
    ties = [one for one in Tie.objects.filter(person=person) if holds_today(one)]
    work = [one for one in Membership.objects.filter(person=person) if holds_today(one)]
    accounts = [one.account for one in ties if one.account]
    return {
        "side": ["kith"] * person.is_kith + ["kin"] * person.is_kin,
        "name": [person.name],
        "email": told([person.email]),
        "phone": told([person.phone_normal]),
        "number": told([person.external_id]),
        "language": told([person.language]),
        "country": told([person.country]),
        "added": [day_of(person.created_at)],
        "tie": [one.kind for one in ties],
        "account": [one.name for one in accounts],
        "account.industry": told([one.industry for one in accounts]),
        "account.country": told([one.country for one in accounts]),
        "unit": [one.unit_id for one in work],
        "title": told([one.title for one in work]),
        "works_as": [one.kind for one in work],
    }[key]


def told(texts: list[str]) -> list[str]:
    return [text for text in texts if text]


def attribute(value: Any, kind: str) -> list[Any]:
    if kind in {"text", "choice"}:
        return [value] if isinstance(value, str) else []
    if kind == "number":
        return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
    if kind == "yes_no":
        return [value] if isinstance(value, bool) else []
    try:
        return [date.fromisoformat(value)] if isinstance(value, str) and len(value) == 10 else []
    except ValueError:
        return []


def bought(what: str, purchases: list[Purchase]) -> list[Any]:
    if what == "number":
        return [len(purchases)]
    if what == "last":
        return [day_of(max(one.at for one in purchases))] if purchases else []
    if what == "what":
        return [one.what for one in purchases]
    currency = what.removeprefix("sum.")
    return [float(sum(one.amount for one in purchases if one.amount is not None and one.currency == currency))]


def meets(key: str, operator: str, wanted: Any, value: Any, about: About) -> bool:
    if key == "unit":
        return value in (about.below[int(wanted)] if operator == "within" else {int(wanted)})
    kind = about.kinds[key]
    if kind == "day":
        return on_days(operator, wanted, value)
    if kind == "number":
        return in_numbers(operator, wanted, value)
    if kind == "text":
        return in_texts(key, operator, wanted, value)
    if kind == "code":
        return same_code(wanted, value)
    return value == wanted


def same_code(wanted: str, value: str) -> bool:
    return wanted.lower() == value.lower()


def in_texts(key: str, operator: str, wanted: str, value: str) -> bool:
    if key == "phone":
        digits = "".join(letter for letter in wanted if letter.isdecimal())
        if operator == "is":
            return value in {normal_phone(wanted), digits}
        return bool(digits) and digits in value
    prepare = normal_email if key == "email" else fold
    return prepare(wanted) == prepare(value) if operator == "is" else prepare(wanted) in prepare(value)


def in_numbers(operator: str, wanted: Any, value: float) -> bool:
    if operator == "between":
        return wanted[0] <= value <= wanted[1]
    return bool({"is": eq, "more": gt, "less": lt}[operator](value, wanted))


def on_days(operator: str, wanted: Any, value: date) -> bool:
    if operator == "last_days":
        return today() - timedelta(days=wanted) < value <= today()
    if operator == "between":
        return date.fromisoformat(wanted[0]) <= value <= date.fromisoformat(wanted[1])
    day = date.fromisoformat(wanted)
    return {"is": value == day, "before": value < day, "after": value > day}[operator]
