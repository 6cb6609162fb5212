"""What a line about a person may hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import (
    AttributeDefinition,
    AttributeKind,
    MembershipKind,
    Purpose,
    Sensitivity,
    Side,
    TieKind,
)
from kithkin.platform.access import is_administrator
from kithkin.platform.imports import values
from kithkin.platform.models import User
from kithkin.platform.registries.imports import Field, Option

ATTRIBUTE, CONSENT = "attribute:", "consent:"
KNOWN_BY = frozenset({"number", "email"})
TIED_TO, TIED_AS = "tied_to", "tied_as"
"""People by their numbers or addresses, and how: one kind for all of them, or one for each."""
BOTH = "both"
_SIDES = {
    Side.KITH.value: ("customer", "kunde", "kundin", "outside", "aussen", "extern", "external"),
    Side.KIN.value: ("employee", "mitarbeiter", "mitarbeiterin", "inside", "innen", "intern", "internal", "staff"),
    BOTH: ("kith and kin", "beide", "beides", "kith, kin", "kith+kin"),
}
_TIES: dict[str, tuple[str, ...]] = {
    TieKind.BUYER: ("buys", "kauft", "käufer", "kunde", "customer"),
    TieKind.USER: ("uses", "nutzt", "nutzer", "anwender", "patient", "patientin"),
    TieKind.PAYER: ("pays", "zahlt", "zahler", "kostenträger"),
    TieKind.PAID_FOR: ("is paid for", "is paid for by", "insured", "insured by", "versichert", "versichert bei"),
    TieKind.DONOR: ("donates", "spendet", "spender"),
    TieKind.REFERRER: ("recommends", "empfiehlt", "empfehler"),
    TieKind.FAMILY: ("familie", "relative", "angehörige", "angehöriger"),
    TieKind.VISITOR: ("visits", "besucht", "besucher"),
    TieKind.PARTNER: (),
    TieKind.SUPPLIER: ("supplies", "liefert", "lieferant"),
}
_WORKS = {
    MembershipKind.EMPLOYEE.value: ("angestellt", "angestellte", "angestellter", "mitarbeiter", "mitarbeiterin"),
    MembershipKind.CONTRACTOR.value: ("freelancer", "extern", "external", "freiberuflich", "auftragnehmer"),
}
_PLAIN: tuple[Field, ...] = (
    Field(
        "number", _("Number"), values.text(80), clears=False,
        synonyms=("id", "external id", "person number", "customer number", "employee number", "employee id", "nummer",
                  "personalnummer", "personalnr", "kundennummer", "kundennr", "person id", "kontakt id", "contact id"),
    ),
    Field(
        "name", _("Name"), values.text(200), clears=False,
        synonyms=("full name", "person", "vollständiger name", "ganzer name", "contact", "kontakt", "ansprechpartner",
                  "first and last name", "vor- und nachname", "name und vorname", "vorname nachname"),
    ),
    Field("first_name", _("First name"), values.text(100), ("given name", "vorname", "forename"), clears=False),
    Field(
        "last_name", _("Last name"), values.text(100), clears=False,
        synonyms=("surname", "family name", "nachname", "familienname", "zuname"),
    ),
    Field(
        "email", _("E-mail"), values.email, looks_like=values.looks_like_email,
        synonyms=("mail", "email address", "e-mail address", "e-mail-adresse", "mailadresse", "emailadresse"),
    ),
    Field(
        "phone", _("Phone"), values.phone, looks_like=values.looks_like_phone,
        synonyms=("telephone", "tel", "telefon", "telefonnummer", "phone number", "mobile", "mobil", "handy"),
    ),
    Field("language", _("Language"), values.language, ("sprache", "lang", "locale", "preferred language")),
    Field("country", _("Country"), values.country, ("land", "nation", "staat", "country code", "ländercode")),
    Field(
        "side", _("Kith or kin"), values.choice(_SIDES), clears=False, looks_like=values.looks_like_choice(_SIDES),
        synonyms=("side", "kith", "seite", "inside or outside", "innen oder aussen", "kin"),
    ),
    Field(
        "account", _("Account"), values.text(200), clears=False,
        synonyms=("company", "organisation", "organization", "firma", "unternehmen", "kunde", "account name"),
    ),
    Field(
        "tie", _("Tie"), values.choice(_TIES), clears=False,
        synonyms=("kind of tie", "role at account", "rolle", "beziehung", "bindung", "relationship"),
    ),
    Field(
        TIED_TO, _("Tied to the person"), values.several(values.text(254)), clears=False,
        synonyms=("tied to", "tied to person", "belongs to", "family of", "relative of", "gehört zu", "angehörig zu",
                  "verbunden mit", "verbunden mit person", "bezugsperson", "related to", "related person"),
    ),
    Field(
        TIED_AS, _("Tied to them as"), values.several(values.choice(_TIES)), clears=False,
        synonyms=("tied as", "kind of tie to person", "kind of relation", "relation", "verbunden als", "verhältnis",
                  "art der verbindung"),
    ),
    Field(
        "unit", _("Unit"), values.text(200), clears=False,
        synonyms=("department", "team", "abteilung", "einheit", "bereich", "division", "organisation unit", "org unit"),
    ),
    Field("title", _("Title"), values.text(120), ("job title", "position", "funktion", "stelle", "job", "role")),
    Field(
        "works_as", _("Works here as"), values.choice(_WORKS), clears=False,
        synonyms=("employment", "contract", "beschäftigung", "vertrag", "employment type"),
    ),
    Field(
        "since", _("In the unit since"), values.day, looks_like=values.looks_like_day, clears=False,
        synonyms=("since", "start", "start date", "hired", "entry", "joined", "seit", "eintritt", "eintrittsdatum"),
    ),
)  # fmt: skip
OPTIONS: tuple[Option, ...] = (
    Option(
        "side", _("All of them are"), field="side",
        choices=((Side.KITH, _("kith: customers outside")), (Side.KIN, _("kin: they work here")), (BOTH, _("both"))),
    ),
    Option("tie", _("How those with an account are tied to it"), field="tie", choices=TieKind.choices),
)  # fmt: skip


def people_fields(user: User | None) -> Sequence[Field]:
    """The fields for this user: the company's own attributes and purposes come last."""
    return [*_PLAIN, *_attributes(user), *_consents()]


def _attributes(user: User | None) -> list[Field]:
    known = AttributeDefinition.objects.filter(retired_at__isnull=True)
    if user is None or not is_administrator(user):
        known = known.exclude(sensitivity=Sensitivity.SENSITIVE)
    return [
        Field(f"{ATTRIBUTE}{one.key}", one.label, read_attribute(one), (one.key,), looks_like=_looks_like(one))
        for one in known
    ]


def _consents() -> list[Field]:
    return [
        Field(
            f"{CONSENT}{one.pk}",
            _("Consent: %(purpose)s") % {"purpose": one.name},
            values.yes_no,
            (one.name, f"consent {one.name}", f"einwilligung {one.name}"),
            clears=False,
        )
        for one in Purpose.objects.all()
    ]


def read_attribute(one: AttributeDefinition) -> Callable[[str], Any]:
    """How a cell becomes the attribute's value, as it is kept: text, number, ISO date, truth or choice."""
    match one.kind:
        case AttributeKind.NUMBER:
            return values.number
        case AttributeKind.DATE:
            return lambda cell: values.day(cell).isoformat()
        case AttributeKind.YES_NO:
            return values.yes_no
        case AttributeKind.CHOICE:
            return values.choice({str(name): () for name in one.choices})
    return values.text(500)


def _looks_like(one: AttributeDefinition) -> Callable[[str], bool] | None:
    if one.kind == AttributeKind.CHOICE and one.choices:
        known = {str(name) for name in one.choices}
        return lambda cell: cell in known
    return None
