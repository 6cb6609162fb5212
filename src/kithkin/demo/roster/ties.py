"""Who serves whom in the simulated company beyond what is measured, where kith are met, and who else has a stake."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.demo.structure import SERVICES, TOUCHPOINTS


@dataclass(frozen=True)
class RelationPlan:
    """A unit or partner serves a unit, partner or audience, each by its name: with a service, or at a touchpoint."""

    provider: str
    receiver: str
    service: str = ""
    touchpoint: str = ""
    need: str = ""


@dataclass(frozen=True)
class StagePlan:
    """A stage of a journey, what is expected there, and where people are met."""

    name: str
    expectation: str
    touchpoints: tuple[str, ...] = ()
    is_lost: bool = False


@dataclass(frozen=True)
class JourneyPlan:
    """A way that kith, or kin, go."""

    name: str
    side: str
    outcome: str
    stages: tuple[StagePlan, ...]


@dataclass(frozen=True)
class StakeholderPlan:
    """Somebody with a stake; figures from 1 to 5."""

    name: str
    group: str
    kind: str
    strength: int
    power: int
    interest: int
    next_step: str = ""
    due_in_days: int | None = None


@dataclass(frozen=True)
class NeedPlan:
    """A need with what shows it: (text, source, n)."""

    problem: str
    wished_for: str
    side: str
    evidence: tuple[tuple[str, str, int | None], ...]
    relation: tuple[str, str] | None = None
    owned: bool = True
    state: str = "open"
    answer: str = ""


PARTNERS = {"Coastline Freight": "supplier", "Brightwater Cleaning": "supplier", "Corner Pick-up Points": "distributor"}
AUDIENCES = {
    "Private customers": "People who buy for themselves",
    "Business customers": "Accounts and the people who buy, use and pay there",
}
_MORE = (
    RelationPlan("People & culture", "Contact centre", "staffing"),
    RelationPlan("Finance", "Branches", "cash settlement", need="The day's takings are booked by noon"),
    RelationPlan("Legal", "Procurement", "contract review"),
    RelationPlan("Legal", "Marketing", "claims review"),
    RelationPlan("IT", "Finance", "bookkeeping system"),
    RelationPlan("Product", "Online shop", "answers on products"),
    RelationPlan("Procurement", "Facilities", "contractors"),
    RelationPlan("Coastline Freight", "Logistics", "transport", need="Pallets arrive in the two-hour window"),
    RelationPlan("Brightwater Cleaning", "Facilities", "cleaning"),
    RelationPlan("Logistics", "Corner Pick-up Points", "parcels"),
)
_NEEDS = {
    "till support": "A till that is down works again within four working hours",
    "replenishment": "Shelves are full before the doors open",
    "telephony": "No call is lost because a line is",
    "refunds": "The customer has the money within three days",
}


def relations() -> tuple[RelationPlan, ...]:
    """Inside: those that are measured and some more. Outside: each touchpoint, held by its department."""
    measured = tuple(
        RelationPlan(service.provider, service.receiver, service.name, need=_NEEDS.get(service.name, ""))
        for service in SERVICES
    )
    outside = tuple(RelationPlan(place.department, "Private customers", touchpoint=place.name) for place in TOUCHPOINTS)
    business = tuple(
        RelationPlan(place.department, "Business customers", touchpoint=place.name)
        for place in TOUCHPOINTS
        if place.name in {"Delivery", "Getting help", "Repair"}
    )
    return (*measured, *_MORE, *outside, *business)


JOURNEYS = (
    JourneyPlan(
        "Buying from us",
        "kith",
        "How likely are you to recommend us after this step?",
        (
            StagePlan("Need", "I know what I want and who has it"),
            StagePlan("Look", "I find it without asking", ("Visit", "Order online")),
            StagePlan("Buy", "No queue, no surprise at the till", ("Purchase", "Order online")),
            StagePlan("Receive", "On the day you said", ("Delivery",)),
            StagePlan("Use", "It works, and if not you help at once", ("Getting help", "Repair")),
            StagePlan("Come back", "You remember me", ("Visit",)),
            StagePlan("Lost", "Nobody asked me why", is_lost=True),
        ),
    ),
    JourneyPlan(
        "Working here",
        "kin",
        "How likely are you to recommend working here after this step?",
        (
            StagePlan("Apply", "An answer within a week"),
            StagePlan("Start", "Desk, log-in and a person to ask on the first day"),
            StagePlan("Work", "What I need from others comes when it was promised"),
            StagePlan("Grow", "Somebody talks with me about what comes next"),
            StagePlan("Leave", "I am asked, and something is made of it", is_lost=True),
        ),
    ),
)
STAKEHOLDERS = (
    StakeholderPlan("Works council", "internal", "employees", 5, 4, 5, "Talk over the new shift plan", 5),
    StakeholderPlan("Branch managers", "internal", "managers", 5, 3, 5),
    StakeholderPlan("Board", "internal", "owners' board", 4, 5, 3, "Quarterly review", 30),
    StakeholderPlan("Coastline Freight", "connected", "supplier", 4, 3, 4, "Agree the delivery window", -2),
    StakeholderPlan("House bank", "connected", "lender", 3, 5, 2),
    StakeholderPlan("Family shareholders", "connected", "shareholder", 3, 5, 4),
    StakeholderPlan("Pick-up partners", "connected", "distributor", 3, 2, 4),
    StakeholderPlan("Neighbours of the depot", "external", "community", 2, 2, 4, "Open day", 20),
    StakeholderPlan("Data protection authority", "external", "regulator", 1, 5, 1),
    StakeholderPlan("Local press", "external", "media", 2, 3, 2),
)
NEEDS = (
    NeedPlan(
        "Tills stand still for half a day before somebody comes",
        "A technician in every region",
        "kin",
        (("The till was down from nine to three, we wrote by hand", "Branch 07", None), ("Till down", "Desk log", 212)),
        ("IT", "Branches"),
    ),
    NeedPlan(
        "Nobody says when the parcel will be there",
        "An app that shows the van",
        "kith",
        (
            ("I stayed at home for nothing", "Call to the contact centre", None),
            ("Asked where the parcel is", "Calls", 87),
        ),
        state="planned",
        answer="From March a message names a two-hour window on the morning of delivery.",
    ),
    NeedPlan(
        "Refunds take longer than we say on the telephone",
        "",
        "kith",
        (("Twelve days for a returned coat", "Review", None),),
        ("Finance", "Contact centre"),
        owned=False,
    ),
    NeedPlan(
        "Invoices cannot be split by cost centre",
        "One log-in for each cost centre",
        "kith",
        (("Our accountant sorts them by hand", "Station Dental Practice", None),),
        state="cannot",
        answer="The bookkeeping system knows one invoice per order; it will be replaced in two years.",
    ),
    NeedPlan("Answers on new products come after the campaign has begun", "", "kin", (), ("Product", "Contact centre")),
)
