"""Which internal service link costs the outside customer most, with honest uncertainty."""

from kithkin.analysis.linkage.report import Check, Excluded, LinkVerdict, RankedLink, Verdict, WeakLinkReport
from kithkin.analysis.linkage.search import weak_links

__all__ = ["Check", "Excluded", "LinkVerdict", "RankedLink", "Verdict", "WeakLinkReport", "weak_links"]
