"""What happens to people and accounts. Facts hold ids only."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class PersonAdded(Fact):
    """Somebody new is known."""

    person_id: int


@dataclass(frozen=True)
class PersonChanged(Fact):
    """Name, address, side or the like of somebody changed."""

    person_id: int


@dataclass(frozen=True)
class AttributesChanged(Fact):
    """Values of these attributes of somebody changed."""

    person_id: int
    definition_ids: list[int]


@dataclass(frozen=True)
class AttributeValuesCleared(Fact):
    """The values of an attribute went, for these people: kept long enough, or the attribute was retired."""

    definition_id: int
    person_ids: list[int]


@dataclass(frozen=True)
class AccountAdded(Fact):
    """A new customer organisation is known."""

    account_id: int


@dataclass(frozen=True)
class AccountChanged(Fact):
    """A customer organisation changed, or who looks after it."""

    account_id: int


@dataclass(frozen=True)
class TieAdded(Fact):
    """Somebody was tied to an account, to another person or to the company."""

    tie_id: int
    person_id: int


@dataclass(frozen=True)
class TieEnded(Fact):
    """A tie has an end."""

    tie_id: int
    person_id: int


@dataclass(frozen=True)
class UnitJoined(Fact):
    """Somebody works in a unit from a day on."""

    membership_id: int
    person_id: int


@dataclass(frozen=True)
class UnitLeft(Fact):
    """Somebody's work in a unit has an end."""

    membership_id: int
    person_id: int


@dataclass(frozen=True)
class TitleChanged(Fact):
    """Somebody has another title in the same unit."""

    membership_id: int
    person_id: int


@dataclass(frozen=True)
class PurchaseRecorded(Fact):
    """Somebody, or an account, bought something."""

    purchase_id: int
