"""A simulated company whose truth is known: departments, services, one weak link or none, and what was measured."""

from kithkin.demo.company import Company, simulate
from kithkin.demo.signals import World
from kithkin.demo.structure import SERVICES, WEAK_LINK

__all__ = ["SERVICES", "WEAK_LINK", "Company", "World", "simulate"]
