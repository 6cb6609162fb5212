"""A program under a promise: its figures are put together from released cells, and from nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kithkin.insights.asking import CannotAnswer, Question, Span, State, answer
from kithkin.insights.asking.defaults import filled, months_of
from kithkin.insights.models import Release
from kithkin.insights.services.releases import release_program
from kithkin.surveys.services import add_wave
from tests.insights.listening import TODAY, heard, inside, said


@pytest.fixture
def colleagues(cast):
    """A month in which Support is small, and a later one in which nobody is."""
    made = inside()
    sizes = {
        "2026-08": {cast.it.pk: 12, cast.support.pk: 3, cast.logistics.pk: 11},
        "2026-09": {cast.it.pk: 10, cast.support.pk: 10, cast.logistics.pk: 10},
    }
    rows = [
        said(month, 2 + (i % 3), unit)
        for month, units in sizes.items()
        for unit, n in units.items()
        for i in range(n)
    ]  # fmt: skip
    heard(made, rows)
    return made


def asked(made, user, *by, span=None, **where):
    return answer(
        Question(made.pk, by=by, where={key: (value,) for key, value in where.items()}, span=span or Span()), made, user
    )


def test_a_small_group_and_what_would_give_it_away_are_hidden(colleagues, cast):
    found = asked(colleagues, cast.anna, "unit", span=Span("2026-08", "2026-08"))
    states = {group.label: group.state for group in found.groups}
    assert states["Support"] is State.HIDDEN
    assert sum(state is State.HIDDEN for state in states.values()) >= 2
    assert {g.n for g in found.hidden} == {None}


def test_a_month_in_which_all_are_large_is_shown(colleagues, cast):
    found = asked(colleagues, cast.anna, "unit", span=Span("2026-09", "2026-09"))
    shown = {group.label: (group.state, group.n, round(group.estimate.value, 6)) for group in found.groups if group.n}
    assert shown == {
        "IT": (State.SHOWN, 10, 2.9),
        "Support": (State.SHOWN, 10, 2.9),
        "Logistics": (State.SHOWN, 10, 2.9),
    }


def test_the_sum_of_a_hidden_month_and_a_shown_one_is_hidden(colleagues, cast):
    found = {group.label: group.state for group in asked(colleagues, cast.anna, "unit").groups}
    assert found["Support"] is State.HIDDEN


def test_a_group_that_another_month_would_show_says_so(colleagues, cast):
    reasons = {
        span.last: [
            group.reason for group in asked(colleagues, cast.anna, "unit", span=span).groups if group.label == "Support"
        ]
        for span in (Span("2026-08", "2026-08"), Span("2026-08", "2026-09"))
    }
    floored = "ewer than 5 people, or needed to protect such a group."
    assert reasons == {
        "2026-08": [f"F{floored}"],
        "2026-09": [f"In 1 of 2 periods f{floored} Choose the other months."],
    }


def test_what_was_not_locked_at_launch_cannot_be_asked(colleagues, cast):
    kind = colleagues.questionnaire.fields.get(name="kind").column
    with pytest.raises(CannotAnswer, match="promised its respondents"):
        asked(colleagues, cast.anna, kind)
    with pytest.raises(CannotAnswer, match="promised its respondents"):
        asked(colleagues, cast.anna, **{kind: "new"})


def test_two_levels_of_the_organisation_are_not_crossed(colleagues, cast):
    with pytest.raises(CannotAnswer, match="cannot be crossed"):
        asked(colleagues, cast.anna, "unit", "unit-department")


def test_the_month_that_runs_is_not_released(colleagues, cast):
    heard(colleagues, [said("2026-11", 4, cast.it.pk) for _ in range(30)])
    assert asked(colleagues, cast.anna, span=Span("2026-11", "2026-11")).overall.state is State.EMPTY


def test_releasing_again_tells_nothing_new(colleagues):
    before = list(Release.objects.order_by("pk").values_list("pk", "body"))
    assert release_program(colleagues, today=TODAY) == 0
    assert list(Release.objects.order_by("pk").values_list("pk", "body")) == before


def test_answers_that_come_late_are_released_beside_the_first_ones(colleagues, cast):
    heard(colleagues, [said("2026-09", 5, cast.it.pk) for _ in range(10)])
    found = {g.label: g.n for g in asked(colleagues, cast.anna, "unit", span=Span("2026-09", "2026-09")).groups}
    assert found["IT"] == 20


def test_a_head_reads_the_same_cells_of_her_part(colleagues, cast):
    hers = asked(colleagues, cast.dora, "unit", span=Span("2026-09", "2026-09"))
    assert {(group.label, group.n) for group in hers.groups if group.n} == {("IT", 10), ("Support", 10)}
    assert hers.overall.n == 20


def test_the_page_says_that_it_hides_and_why(colleagues, visit):
    page = visit("anna").get(
        reverse("scores"), {"program": colleagues.pk, "by": "unit", "from": "2026-08", "to": "2026-08"}
    )
    assert "Fewer than 5 people, or needed to protect such a group." in page.content.decode()


def test_drivers_of_a_part_are_refused(colleagues, visit, cast):
    page = visit("anna").get(reverse("drivers"), {"program": colleagues.pk, "in.unit": cast.it.pk})
    assert page.status_code == 422


def test_a_wave_belongs_to_the_month_in_which_it_ended(cast, visit):
    made = inside()
    add_wave(program=made, name="Q3", starts=date(2026, 7, 1), ends=date(2026, 10, 1))
    heard(made, [said("2026-08", 4, cast.it.pk) for _ in range(12)])
    found = asked(made, cast.anna, "quarter").groups
    assert [(group.label, group.n) for group in found] == [("2026-Q3", 12)]
    assert months_of(made) == ["2026-09"]


def test_the_usual_span_begins_with_a_month_that_has_answers():
    months = ["2025-01", "2025-04", "2026-01", "2026-04", "2026-10"]
    assert filled(Question(1), months).span == Span("2026-01", "2026-10")
