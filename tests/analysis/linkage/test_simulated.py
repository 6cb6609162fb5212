"""The short version of the error rates; the long one, with fresh seeds, is in the benchmark."""

import pytest

from kithkin.analysis.linkage import weak_links
from kithkin.demo.company import simulate
from kithkin.demo.signals import World

BROKEN = {
    "feedback up": World(feedback=0.3),
    "feedback down": World(feedback=-0.3),
    "another lag": World(lag=2),
    "same month": World(lag=0, persistence=0.5),
    "missing units": World(missing=0.15),
    "unlike effects": World(heterogeneity=0.35),
    "spillover": World(spillover=0.5),
    "wandering culture": World(culture_drift=0.1),
}


def _outcome(seed, **options):
    company = simulate(seed=seed, **options)
    weakest = weak_links(company.links, company.outcomes, company.service_map, draws=500).weakest
    if weakest is None:
        return "silent"
    return "right" if weakest.link == company.weak_link else "wrong"


@pytest.mark.parametrize("block", range(4))
def test_the_weak_link_is_named_and_no_other(block):
    outcomes = [_outcome(seed) for seed in range(block * 25, block * 25 + 25)]
    assert (outcomes.count("right") >= 22, outcomes.count("wrong")) == (True, 0)


@pytest.mark.parametrize("block", range(4))
def test_a_company_without_a_weak_link_is_told_of_none(block):
    outcomes = [_outcome(seed, weak_link=None) for seed in range(block * 25, block * 25 + 25)]
    assert outcomes.count("silent") >= 24


@pytest.mark.parametrize("world", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("weak", [True, False], ids=["weak link", "none"])
def test_false_declarations_stay_rare_when_an_assumption_breaks(world, weak):
    options = {} if weak else {"weak_link": None}
    outcomes = [_outcome(seed, world=world, **options) for seed in range(20)]
    assert outcomes.count("wrong") <= 1


def test_another_link_is_found_when_another_one_is_weak():
    assert _outcome(3, weak_link="Logistics → Branches: replenishment", periods=24) == "right"
