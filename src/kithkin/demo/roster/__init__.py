"""Who is who in the simulated company: its organisation with a history, 400 people inside, and those outside.

Pure, like the figures in `kithkin.demo.company`: the same seed and the same day give the same company.
"""

from kithkin.demo.roster.customers import AccountPlan, CustomerPlan, accounts, customers
from kithkin.demo.roster.organisation import UnitPlan, organisation
from kithkin.demo.roster.services import SERVICES, TOUCHPOINTS
from kithkin.demo.roster.staff import EmployeePlan, staff
from kithkin.demo.roster.ties import AUDIENCES, JOURNEYS, NEEDS, PARTNERS, STAKEHOLDERS, RelationPlan, relations

__all__ = [
    "AUDIENCES",
    "JOURNEYS",
    "NEEDS",
    "PARTNERS",
    "SERVICES",
    "STAKEHOLDERS",
    "TOUCHPOINTS",
    "AccountPlan",
    "CustomerPlan",
    "EmployeePlan",
    "RelationPlan",
    "UnitPlan",
    "accounts",
    "customers",
    "organisation",
    "relations",
    "staff",
]
