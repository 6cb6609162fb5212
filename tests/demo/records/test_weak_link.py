"""Out of single answers the true weak link is found, and where there is none nothing is declared."""

from __future__ import annotations

from datetime import date

import pytest

from kithkin.analysis.linkage.report import Verdict
from kithkin.demo.structure import WEAK_LINK
from tests.demo.records.panel import found_in_answers

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("seed", "weak_link"),
    [
        (1, WEAK_LINK),
        (2, WEAK_LINK),
        (1, "Logistics → Branches: replenishment"),
        (1, "Quality → Field service: checklists"),
    ],
)
def test_the_true_weak_link_is_the_one_that_is_named(seed, weak_link):
    report = found_in_answers(seed, weak_link, TODAY)
    assert (report.verdict, report.weakest and report.weakest.link) == (Verdict.FOUND, weak_link)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_without_a_weak_link_nothing_is_declared(seed):
    report = found_in_answers(seed, None, TODAY)
    assert (report.verdict, report.weakest) == (Verdict.NOT_IDENTIFIABLE, None)


def test_an_answer_about_a_relation_is_half_noise_within_branches():
    report = found_in_answers(1, WEAK_LINK, TODAY)
    told = [link.reliability for link in report.ranked if link.reliability is not None]
    assert sum(told) / len(told) == pytest.approx(0.5, abs=0.07)
