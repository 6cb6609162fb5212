"""Figures of both sides are set against one another, and nothing is made of it that one period cannot tell."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from django.urls import reverse
from django_q.models import OrmQ

from kithkin.analysis.association import Association
from kithkin.insights.models import Outcome, OutcomeMeasure, Study
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from kithkin.insights.studies.figures import kept_report, study_figure
from kithkin.insights.tasks.studies import work_out_figure, work_out_figures
from kithkin.insights.views.figures import shade_of
from kithkin.platform.events import dispatch
from tests.insights.imports.files import bring
from tests.insights.pages.both_sides import PARENTS, TEACHERS, figures_of_both_sides

pytestmark = pytest.mark.django_db


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def measure(name: str) -> OutcomeMeasure:
    return OutcomeMeasure.objects.get(name=name)


def naive_r(first: str, second: str) -> float:
    values = {
        name: dict(Outcome.objects.filter(measure__name=name).values_list("unit", "value")) for name in (first, second)
    }
    both = sorted(values[first].keys() & values[second].keys())
    return float(np.corrcoef([values[first][u] for u in both], [values[second][u] for u in both])[0, 1])


def test_without_figures_the_first_step_is_taught(visit):
    page = visit("percy").get(reverse("figures"))
    assert "Revenue, calls, a published score: any figure of your units" in words(page)
    assert f"{reverse('new_import')}?kind=figures" in page.content.decode()
    assert "Bring in a file" not in words(visit("anna").get(reverse("figures")))


def test_the_pair_that_goes_together_most_is_the_title_with_its_interval_and_n(visit, cast):
    figures_of_both_sides(cast)
    page = words(visit("anna").get(reverse("figures")))
    assert "Where “Safety, teachers” is higher, so is “Safety, parents”" in page
    r = naive_r("Safety, teachers", "Safety, parents")
    low, high = np.tanh(np.arctanh(r) + np.array([-1, 1]) * 1.959964 / np.sqrt(17))
    assert f"r = {r:.2f} ({low:.2f} to {high:.2f}) , n = 20 units, December 2011." in page
    assert "Safety, teachers: n = 600." in page
    assert "it is the one of all pairs with the largest r" in page


def test_another_pair_is_asked_for_in_the_address(visit, cast):
    figures_of_both_sides(cast)
    asked = {"inside": measure("Academics, teachers").pk, "outside": measure("Academics, parents").pk}
    page = words(visit("anna").get(reverse("figures"), asked))
    assert "“Academics, teachers” and “Academics, parents” cannot be told to go together" in page


@pytest.mark.parametrize("asked", [{"inside": "x"}, {"outside": "9" * 40}, {"month": "2011-13"}, {"month": "\0"}])
def test_an_address_that_means_nothing_shows_the_first_pair(visit, cast, asked):
    figures_of_both_sides(cast)
    page = visit("anna").get(reverse("figures"), asked)
    assert "Where “Safety, teachers” is higher, so is “Safety, parents”" in words(page)


def test_every_pair_has_its_r_interval_and_n(visit, cast):
    figures_of_both_sides(cast)
    page = words(visit("anna").get(reverse("figures")))
    for inside in TEACHERS:
        for outside in PARENTS:
            assert f"{naive_r(inside, outside):.2f}".replace("-", "−") in page
    assert page.count("n = 20 ") == 5


def test_one_period_names_no_cause_and_says_what_it_would_take(visit, cast):
    figures_of_both_sides(cast)
    study_figure(measure("Safety, parents"))
    page = words(visit("anna").get(reverse("figures")))
    assert "What costs “Safety, parents” most is not identifiable yet" in page
    assert "a cause cannot be told from it, however many units there are" in page
    needed = kept_report(measure("Safety, parents")).needed
    assert f"It would take the same units in about {-(-needed // 20)} further periods ({needed} pairs" in page


def test_of_several_periods_it_is_not_said_that_there_is_but_one(visit, cast):
    figures_of_both_sides(cast, months=("2009-12", "2010-12", "2011-12"))
    study_figure(measure("Safety, parents"))
    assert kept_report(measure("Safety, parents")).periods == 3
    page = words(visit("anna").get(reverse("figures"), {"outside": measure("Safety, parents").pk}))
    assert "No figure is far enough ahead of the others, or a check did not hold." in page
    assert "a cause cannot be told from it" not in page


@pytest.mark.parametrize("name", ["weak_link", "chain"])
def test_the_weak_link_and_the_chain_say_the_same_as_long_as_nothing_better_is_known(visit, cast, name):
    assert "not identifiable" not in words(visit("anna").get(reverse(name)))
    figures_of_both_sides(cast)
    study_figure(measure("Safety, parents"))
    page = visit("anna").get(reverse(name))
    assert "What costs “Safety, parents” most is not identifiable yet" in words(page)
    assert "Nothing was worked out yet" not in words(page)
    assert reverse("figures") in page.content.decode()


def test_what_was_not_worked_out_is_said_to_be(visit, cast):
    figures_of_both_sides(cast)
    assert "What costs “Safety, parents” most was not worked out yet" in words(visit("anna").get(reverse("figures")))


def test_what_came_to_nothing_is_not_said_to_be_waiting(visit, cast):
    figures_of_both_sides(cast, schools=9)
    Outcome.objects.filter(measure__side="kith").update(value=7.0)
    study_figure(measure("Safety, parents"))
    assert kept_report(measure("Safety, parents")) is None
    asked = {"outside": measure("Safety, parents").pk}
    page = words(visit("anna").get(reverse("figures"), asked))
    assert "What costs “Safety, parents” most is not identifiable yet" in page


def test_a_month_is_offered_where_eight_units_have_both_figures(visit, cast):
    figures_of_both_sides(cast, schools=9)
    assert "Inside against outside" in words(visit("anna").get(reverse("figures")))
    one, other = Outcome.objects.filter(measure__side="kin").values_list("unit", flat=True).distinct()[:2]
    Outcome.objects.filter(measure__side="kin", unit=one).delete()
    assert "Inside against outside" in words(visit("anna").get(reverse("figures")))
    Outcome.objects.filter(measure__side="kith", unit=other).delete()
    assert "Inside against outside" not in words(visit("anna").get(reverse("figures")))


def test_of_how_many_is_said_where_it_is_known_of_all_units_that_are_told(visit, cast):
    figures_of_both_sides(cast)
    first, second = Outcome.objects.filter(measure__name="Safety, parents").order_by("pk")[:2]
    first.delete()
    page = words(visit("anna").get(reverse("figures")))
    assert "Safety, teachers: n = 570. Safety, parents: n = 570." in page
    Outcome.objects.filter(pk=second.pk).update(n=None)
    page = words(visit("anna").get(reverse("figures")))
    assert "Safety, teachers: n = 570." in page
    assert "Safety, parents: n" not in page


def test_a_pair_that_goes_against_one_another_is_told_so_and_shaded(visit, cast):
    figures_of_both_sides(cast, schools=60)
    for one in Outcome.objects.filter(measure__name="Safety, parents"):
        Outcome.objects.filter(pk=one.pk).update(value=10 - one.value)
    page = visit("anna").get(reverse("figures"))
    assert "Where “Safety, teachers” is higher, “Safety, parents” is lower" in words(page)
    assert page.content.decode().count('class="low-4"') + page.content.decode().count('class="low-3"') == 1


def test_a_little_that_is_told_is_shaded_and_much_that_is_not_is_not():
    said = Association(r=0.1, low=0.05, high=0.15, n=1_500, p=0.0001, slope=1, intercept=0, told=True)
    assert [shade_of(one) for one in (said, replace(said, r=-0.1), replace(said, r=0.6), replace(said, r=-1.0))] == [
        1, -1, 2, -4,
    ]  # fmt: skip
    assert shade_of(replace(said, r=0.9, told=False)) == 0


def test_a_file_that_came_in_is_worked_out_by_jobs(cast):
    lines = "".join(f"S{n},{7 + n % 3},{6 + n % 4}\n" for n in range(12))
    bring(cast.alice, f"unit,t,p\n{lines}", "t = T | kin\np = P | kith", under=cast.company.pk, month="2011-12")
    dispatch()
    assert f"{work_out_figures.__module__}.work_out_figures" in {one.func() for one in OrmQ.objects.all()}
    work_out_figures()
    assert f"{work_out_figures.__module__}.work_out_figure" in {one.func() for one in OrmQ.objects.all()}
    work_out_figure(measure("P").pk)
    assert Study.objects.get().about == f"figure {measure('P').pk}"


def test_a_head_of_department_sees_the_units_of_their_own(visit, cast):
    figures_of_both_sides(cast)
    page = visit("donald").get(reverse("figures")).content.decode()
    names = set(re.findall(r"School \d+", page))
    assert names == {"School 0"}
    assert "n = 20 units" in words(visit("donald").get(reverse("figures")))


def test_months_are_chosen_where_there_are_several(visit, cast):
    figures_of_both_sides(cast, months=("2010-12", "2011-12"))
    page = visit("anna").get(reverse("figures"), {"month": "2010-12"})
    assert 'value="2010-12" selected' in page.content.decode()
    assert "n = 20 units, December 2010." in words(page)


def test_figures_of_one_side_are_listed(visit, cast):
    revenue = OutcomeMeasure.objects.create(name="Revenue", measured_in="€", stage="revenue")
    record_outcomes(measure=revenue, rows=[OutcomeRow(cast.it.pk, "2026-01", 3.0)])
    page = words(visit("anna").get(reverse("figures")))
    assert "Revenue € revenue 1 1 1 January 2026" in page
    assert "they are set against one another here" in page


def test_each_part_comes_as_a_file(visit, cast):
    figures_of_both_sides(cast)
    browser = visit("anna")
    pairs = browser.get(reverse("understand_file", args=["figures", "pairs", "csv"])).content.decode("utf-8-sig")
    assert pairs.splitlines()[0] == '"inside","outside","r","low","high","n","differs_from_nothing"'
    assert len(pairs.splitlines()) == 5
    points = browser.get(reverse("understand_file", args=["figures", "against", "csv"])).content.decode("utf-8-sig")
    assert len(points.splitlines()) == 21
    picture = browser.get(reverse("understand_file", args=["figures", "against", "svg"]))
    assert picture["Content-Type"] == "image/svg+xml"
    assert browser.get(reverse("understand_file", args=["figures", "nothing", "svg"])).status_code == 404


def test_the_page_asks_as_little_of_the_database_for_many_units(visit, cast, django_assert_max_num_queries):
    figures_of_both_sides(cast, schools=60, months=("2010-12", "2011-12"))
    browser = visit("anna")
    browser.get(reverse("figures"))
    with django_assert_max_num_queries(16):
        page = browser.get(reverse("figures"))
    assert len(page.content) < 100_000
