"""What the warehouse is told of the desk: a row for each request, and a row for each of its legs."""

from kithkin.servicedesk.facts.tables import LEGS, REQUESTS, SOURCE

__all__ = ["LEGS", "REQUESTS", "SOURCE"]
