"""What the search for the weak link rests on: every cell as counted by hand from the raw answers and requests."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from kithkin.directory.models import Service, ServiceLink, Side, Touchpoint, UnitKind
from kithkin.insights.models import OutcomeMeasure
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from kithkin.insights.studies.figures import study_figure
from kithkin.insights.studies.links import study_links, touchpoint_counts
from kithkin.insights.studies.panel import panel_of
from kithkin.insights.studies.spread import spreads
from kithkin.insights.warehouse import load_pending
from kithkin.servicedesk.services import record_requests
from tests.cast import LONG_AGO, make_unit
from tests.insights.listening import heard, inside, outside, program, said
from tests.servicedesk.made import moment, told

MONTHS = ("2026-02", "2026-03", "2026-04", "2026-05")


def relation(provider, receiver, service):
    made = Service.objects.get_or_create(name=service)[0]
    return ServiceLink.objects.create(provider_unit=provider, receiver_unit=receiver, service=made, since=LONG_AGO)


@pytest.fixture
def company(cast):
    """Six shops: customers and shops are asked, and of some requests it is known whether the promise was kept."""
    rng = np.random.default_rng(2)
    shops = [make_unit(f"Shop {n}", cast.logistics, kind=UnitKind.SITE) for n in range(6)]
    tills, repairs = (relation(cast.it, cast.logistics, name) for name in ("tills", "repairs"))
    customers, served = outside(), program("Served", Side.KIN, measures="service", high=5, identity="identified")
    places = [(shop.pk, month) for shop in shops for month in MONTHS]
    outer = [said(month, int(rng.integers(0, 11)), shop) for shop, month in places for _ in range(8)]
    inner = [said(month, int(rng.integers(1, 6)), shop, link=tills.pk) for shop, month in places for _ in range(5)]
    heard(customers, outer)
    heard(served, inner)
    requests = [
        told(
            f"R{shop}-{n}", moment(n, "Desk"), moment(n + 1, "Desk", closes=True), unit_id=shop, link_id=link, kept=kept
        )
        for shop in [shop.pk for shop in shops]
        for n, (link, kept) in enumerate(
            [(tills.pk, True), (repairs.pk, True), (repairs.pk, False), (repairs.pk, None), (None, False)]
        )
    ]
    record_requests(requests=requests)
    while load_pending():
        pass
    return SimpleNamespace(
        customers=customers, served=served, outer=outer, inner=inner, tills=tills, repairs=repairs, shops=shops
    )


def panel(company):
    return panel_of(company.customers, company.customers.headline.column)


def cells(table, *keys):
    return {
        tuple(row[key] for key in keys): (round(row["score"], 6), row["n"], round(row["sd"], 6))
        for row in table.to_dict("records")
    }


def by_cell(rows):
    found = {}
    for row in rows:
        found.setdefault((str(row.unit), f"{row.at:%Y-%m}"), []).append(row.answers["score"])
    return found


def test_outside_scores_are_those_of_the_shops(company):
    made = panel(company)
    assert made.level == "unit-site"
    assert cells(made.outcomes, "unit", "period") == {
        key: (round(net.mean() * 100, 6), len(net), round(net.std() * 100, 6))
        for key, scores in by_cell(company.outer).items()
        for net in [np.array([(score >= 9) - (score <= 6) for score in scores], float)]
    }


def test_satisfaction_with_a_relation_stands_out_of_a_hundred(company):
    made = panel(company)
    tills = made.links[made.links["link"] == str(company.tills.pk)]
    assert made.satisfaction == {str(company.tills.pk)}
    found = {key: value[:2] for key, value in cells(tills, "unit", "period").items()}
    assert found == {
        key: (round((np.mean(scores) - 1) * 25, 6), len(scores)) for key, scores in by_cell(company.inner).items()
    }
    spread = np.std([s * 25 for s in by_cell(company.inner)[str(company.shops[0].pk), MONTHS[0]]], ddof=1)
    assert cells(tills, "unit", "period")[str(company.shops[0].pk), MONTHS[0]][2] == pytest.approx(spread)


def test_where_nobody_was_asked_promises_kept_stand_for_a_relation(company):
    made = panel(company)
    kept = made.links[made.links["link"] == str(company.repairs.pk)]
    assert cells(kept, "unit", "period") == {(str(shop.pk), "2026-03"): (50.0, 2.0, 50.0) for shop in company.shops}
    assert set(made.links["link"]) == {str(company.tills.pk), str(company.repairs.pk)}


def test_with_fewer_than_five_shops_whole_units_are_compared(cast):
    customers, served = outside(), program("Served", Side.KIN, measures="service", high=5, identity="identified")
    link = relation(cast.it, cast.logistics, "tills")
    shops = [make_unit(f"Shop {n}", cast.logistics, kind=UnitKind.SITE) for n in range(4)]
    units = [*shops, make_unit("Hall", cast.company)]
    heard(customers, [said("2026-02", score, unit.pk) for unit in units for score in (9, 3)])
    heard(served, [said("2026-02", score, unit.pk, link=link.pk) for unit in units for score in (2, 4)])
    made = panel_of(customers, customers.headline.column)
    assert (made.level, set(made.units)) == ("unit", {str(unit.pk) for unit in units})


def test_where_it_stood_last_is_kept_of_the_last_three_months(company):
    study = study_links(company.customers)
    recent = study.body["recent"][str(company.tills.pk)]
    for shop in company.shops:
        last = [r.answers["score"] for r in company.inner if r.unit == shop.pk and f"{r.at:%Y-%m}" in MONTHS[1:]]
        assert recent[str(shop.pk)] == [shop.name, round((np.mean(last) - 1) * 25, 3), len(last)]


def test_answers_are_counted_at_each_touchpoint(company):
    places = [Touchpoint.objects.create(name=name) for name in ("Visit", "Call")]
    heard(company.customers, [said("2026-05", 9, None, touchpoint=places[n > 3].pk, weight=3) for n in range(10)])
    assert touchpoint_counts(company.customers) == {str(places[0].pk): 4.0, str(places[1].pk): 6.0}


def test_the_spread_of_answers_is_pooled_over_many_people_or_not_told(cast):
    made = inside()
    made.dimensions = ["unit", "month", "link"]
    made.save()
    link, field = relation(cast.it, cast.logistics, "tills"), made.headline
    rng = np.random.default_rng(5)
    few = [
        said(f"2026-{m:02d}", int(rng.integers(1, 6)), cast.it.pk, link=link.pk)
        for m in range(1, 10)
        for _ in range(11)
    ]
    heard(made, [*few, *(said("2026-10", 3, cast.it.pk, link=link.pk) for _ in range(1))])
    assert spreads(made, field) == {}  # a hundred people, but nine cells of two or more
    more = [said("2026-10", score, cast.it.pk, link=link.pk) for score in (1, 5)]
    heard(made, more)
    groups = [[r.answers["score"] for r in few if r.at.month == m] for m in range(1, 10)] + [[3, 1, 5]]
    within = sum(np.var(group) * len(group) for group in groups)
    assert spreads(made, field) == {str(link.pk): pytest.approx(np.sqrt(within / (sum(map(len, groups)) - 10)))}


def test_figures_of_which_less_is_better_and_outside_ones_alone_are_not_studied(cast):
    calls, parents = (
        OutcomeMeasure.objects.create(name=name, side=side) for name, side in (("C", "kin"), ("P", "kith"))
    )
    OutcomeMeasure.objects.filter(pk=calls.pk).update(more_is_better=False)
    record_outcomes(measure=calls, rows=[OutcomeRow(cast.it.pk, "2026-01", 3.0)])
    assert study_figure(parents) is None
