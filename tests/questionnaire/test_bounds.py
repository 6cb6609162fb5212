"""However a questionnaire is made, it is checked and replayed in bounded time."""

from __future__ import annotations

import time

from kithkin.questionnaire import Kind, Questionnaire, check
from tests.questionnaire.replayed import asked, run

SECONDS = 4
"""Of the processor. It takes a quarter of that, and took five times that while names were looked for one by one."""


def ring(count: int) -> Questionnaire:
    names = [f"e{place}" for place in range(count)]
    return asked(
        *({"type": "expression", "name": own, "expression": _sum(set(names) - {own})} for own in names),
    )


def _sum(names: set[str]) -> str:
    return " + ".join(f"{{{name}}}" for name in sorted(names))


def test_four_hundred_values_that_name_one_another_are_checked_in_time():
    begun = time.process_time()
    found = check(ring(400))
    assert time.process_time() - begun < SECONDS
    assert [each.kind for each in found] == [Kind.CYCLE]


def test_four_hundred_values_that_name_one_another_are_replayed_in_time():
    begun = time.process_time()
    found = run(ring(400))
    assert time.process_time() - begun < SECONDS
    assert (len(found.visible), found.complete) == (400, True)
