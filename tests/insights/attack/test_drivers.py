"""Drivers of a program under a promise: no two readings differ by a few people, whatever is asked and when."""

from __future__ import annotations

import csv
import io
from itertools import combinations

import numpy as np
import pytest
from django.urls import reverse

from kithkin.directory.models import Side
from kithkin.insights.asking.promised import settled
from kithkin.insights.warehouse.rebuilding import rebuild
from kithkin.surveys.models import Response
from tests.insights.listening import heard, inside, program, said

SIZES = {"2026-04": 40, "2026-05": 40, "2026-06": 3, "2026-07": 60, "2026-08": 45}
LEAST = 50


def answers(cast, sizes, seed=3):
    rng = np.random.default_rng(seed)
    rows = []
    for month, n in sizes.items():
        for _ in range(n):
            speed = int(rng.integers(1, 6))
            rows.append(said(month, int(np.clip(speed + rng.integers(-1, 2), 1, 5)), cast.it.pk, speed=speed))
    return rows


def read(client, made, **asked):
    """People and the sum of the driver's answers, as far as the file tells them; None where it is refused."""
    file = reverse("understand_file", kwargs={"page": "drivers", "part": "shares", "kind": "csv"})
    answer = client.get(file, {"program": made.pk, **asked})
    if answer.status_code != 200:
        return None
    row = next(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return int(row["n"]), float(row["mean"]) * int(row["n"])


SPANS = [("2026-04", "2026-08"), ("2026-04", "2026-05"), ("2026-04", "2026-06"), ("2026-07", "2026-08")]


def readings(client, made):
    found = [read(client, made, **{"from": first, "to": last}) for first, last in SPANS]
    return [one for one in found if one is not None]


def apart(found):
    """By how many people two readings differ, where they do."""
    return {abs(one[0] - other[0]) for one, other in combinations(found, 2)} - {0}


def test_no_two_spans_differ_by_a_few_people(cast, visit):
    made = inside()
    heard(made, answers(cast, SIZES))
    found = readings(visit("anna"), made)
    assert len(found) == len(SPANS)
    assert apart(found) == set()


def test_the_same_attack_succeeds_where_nothing_was_promised(cast, visit):
    made = program("Colleagues", Side.KIN, measures="engagement", high=5, identity="identified")
    heard(made, answers(cast, SIZES))
    assert 3 in apart(readings(visit("anna"), made))


def test_a_month_that_ends_adds_many_people_or_nobody(cast, visit):
    made, client, found = inside(), visit("anna"), []
    for month, n in SIZES.items():
        heard(made, answers(cast, {month: n}, seed=n))
        found.append(read(client, made))
    assert found[0] is None
    told = [one[0] for one in found if one is not None]
    assert told == [80, 80, 140, 140]
    assert min(apart([one for one in found if one is not None])) >= LEAST


def test_the_month_that_runs_adds_nobody(cast, visit):
    made, client = inside(), visit("anna")
    heard(made, answers(cast, SIZES))
    before = read(client, made)
    heard(made, answers(cast, {"2026-11": 80}))
    assert read(client, made) == before


def test_one_answer_that_comes_late_does_not_show_its_figures(cast, visit):
    made, client = inside(), visit("anna")
    heard(made, answers(cast, SIZES))
    before = read(client, made)
    heard(made, [said("2026-04", 1, cast.it.pk, speed=1)])
    assert read(client, made) == before


def periods(made):
    return set(settled(made, [made.questionnaire.fields.get(name=name) for name in ("speed", "score")])[1])


ON_THE_EDGE = {"2026-04": 49, "2026-05": 6}


def test_one_answer_that_comes_late_moves_no_month_out_of_a_block(cast):
    made = inside()
    heard(made, answers(cast, ON_THE_EDGE))
    assert periods(made) == set(ON_THE_EDGE)
    heard(made, [said("2026-04", 1, cast.it.pk, speed=1)])
    assert periods(made) == set(ON_THE_EDGE)


def test_somebody_who_is_erased_moves_no_month_into_a_block(cast):
    made = inside()
    heard(made, answers(cast, {"2026-04": 50, "2026-05": 6}))
    assert periods(made) == {"2026-04"}
    Response.objects.filter(program=made).earliest("at").delete()
    rebuild()
    heard(made, answers(cast, {"2026-06": 20}))
    assert periods(made) == set()
    heard(made, answers(cast, {"2026-07": 30}))
    assert periods(made) == {"2026-04", "2026-05", "2026-06", "2026-07"}


def test_nobody_chooses_the_drivers(cast, visit):
    made, client = inside(), visit("anna")
    heard(made, answers(cast, SIZES))
    assert "Choose the drivers" not in client.get(reverse("drivers"), {"program": made.pk}).content.decode()
    kind = made.questionnaire.fields.get(name="kind").column
    assert read(client, made, driver=kind) == read(client, made)


@pytest.mark.parametrize("name", ["dora", "donald"])
def test_a_head_is_refused(cast, visit, name):
    made = inside()
    heard(made, answers(cast, SIZES))
    assert read(visit(name), made) is None
