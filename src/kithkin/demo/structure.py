"""The simulated company: its departments, the services between them, and where it meets its customers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """One internal service: who provides it to whom."""

    provider: str
    receiver: str
    name: str

    @property
    def link(self) -> str:
        """The link's name as reports show it."""
        return f"{self.provider} → {self.receiver}: {self.name}"


@dataclass(frozen=True)
class Touchpoint:
    """Where the outside is met, by which department, with which share of the outside answers."""

    name: str
    department: str
    share: float


BACK_OFFICE = ("People & culture", "Finance", "IT", "Procurement", "Legal")
OPERATIONS = ("Marketing", "Logistics", "Facilities", "Quality", "Product")
FRONT_LINE = ("Branches", "Contact centre", "Online shop", "Field service")
DEPARTMENTS = BACK_OFFICE + OPERATIONS + FRONT_LINE

SERVICES = (
    Service("IT", "Branches", "till support"),
    Service("IT", "Contact centre", "telephony"),
    Service("IT", "Online shop", "web platform"),
    Service("Logistics", "Branches", "replenishment"),
    Service("Logistics", "Field service", "spare parts"),
    Service("Facilities", "Branches", "repairs"),
    Service("Marketing", "Branches", "campaign kits"),
    Service("Product", "Contact centre", "answers on products"),
    Service("People & culture", "Branches", "staffing"),
    Service("Finance", "Contact centre", "refunds"),
    Service("Procurement", "Logistics", "carrier contracts"),
    Service("Quality", "Field service", "checklists"),
)
TOUCHPOINTS = (
    Touchpoint("Visit", "Branches", 0.30),
    Touchpoint("Purchase", "Branches", 0.25),
    Touchpoint("Order online", "Online shop", 0.15),
    Touchpoint("Delivery", "Logistics", 0.10),
    Touchpoint("Getting help", "Contact centre", 0.12),
    Touchpoint("Repair", "Field service", 0.08),
)
WEAK_LINK = SERVICES[0].link
"""The link that is weak unless another one, or none, is asked for."""
