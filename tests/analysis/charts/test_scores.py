"""Pictures of scores."""

from __future__ import annotations

import pytest

from kithkin.analysis.charts.picture import Form
from kithkin.analysis.charts.scores import are_periods, estimates, promoters, trend
from kithkin.analysis.charts.theme import LIGHT
from kithkin.analysis.metrics import NetPromoter, csat_from_counts, nps_from_counts
from tests.analysis.charts import drawn


def net(promoters: int, passives: int, detractors: int) -> NetPromoter:
    return nps_from_counts({9: promoters, 8: passives, 1: detractors})


GROUPS = {"North": net(60, 25, 15), "South": net(30, 20, 50)}
PERIODS = {"2024-Q1": net(60, 25, 15), "2024-Q2": net(50, 25, 25), "2024-Q3": net(30, 20, 50)}


def test_a_group_stands_at_its_score_with_its_interval_and_everybody_is_the_dashed_line() -> None:
    picture = estimates(GROUPS, overall=net(90, 45, 65))
    north = next(row for row in drawn.rows(picture) if row.get("name") == "North")
    assert (round(north["value"], 9), round(north["low"], 1), round(north["high"], 1)) == (45.0, 29.3, 58.0)
    assert north["detail"] == "29.3 to 58.0, n = 100"
    assert [row["at"] for row in drawn.rows(picture) if "at" in row] == [12.5]
    assert ("dash", "everybody: 12.5") in picture.legend
    drawn.valid(picture)


def test_a_share_is_drawn_in_per_cent() -> None:
    picture = estimates({"Desk": csat_from_counts({5: 81, 1: 182})})
    row = next(row for row in drawn.rows(picture) if row.get("name") == "Desk")
    assert [round(row[key], 2) for key in ("value", "low", "high")] == [30.8, 25.53, 36.62]
    assert "30.8 %" in [drawn.plain(word) for word in drawn.words(picture)]


def test_the_description_says_every_figure_in_words() -> None:
    assert "North 45.0 (29.3 to 58.0); South −20.0" in estimates(GROUPS).description


@pytest.mark.parametrize("form", Form)
def test_the_parts_of_a_bar_are_its_shares_in_order_and_say_their_per_cent(form: Form) -> None:
    picture = promoters(GROUPS)
    parts = [(row["part"], row["from"], row["to"]) for row in drawn.rows(picture, form) if row.get("name") == "South"]
    assert parts == [("promoters", 0.0, 0.3), ("passives", 0.3, 0.5), ("detractors", 0.5, 1.0)]
    assert {"60 %", "25 %", "15 %", "30 %", "20 %", "50 %"} <= {
        drawn.plain(word) for word in drawn.words(picture, form)
    }
    assert drawn.marks(picture, LIGHT.kith, form) == 2
    drawn.valid(picture)


def test_a_part_too_small_for_its_word_stays_without_one() -> None:
    picture = promoters({"All": net(96, 2, 2)})
    shown = {drawn.plain(word) for word in drawn.words(picture)}
    assert "96 %" in shown
    assert "2 %" not in shown


def test_a_trend_keeps_the_order_of_time_and_names_each_figure() -> None:
    picture = trend(PERIODS)
    rows = [row for row in drawn.rows(picture) if "period" in row]
    assert [(row["order"], row["period"], row["reading"]) for row in rows] == [
        (0, "2024-Q1", "45.0"),
        (1, "2024-Q2", "25.0"),
        (2, "2024-Q3", "−20.0"),
    ]
    assert {"2024-Q1", "2024-Q3", "45.0", "−20.0"} <= set(drawn.words(picture))
    drawn.valid(picture)


def test_a_long_trend_has_no_figures_on_its_points() -> None:
    many = {f"2024-{month:02d}-{day:02d}": net(60, 25, 15) for month in range(1, 4) for day in range(1, 20)}
    assert "45.0" not in drawn.words(trend(many))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["2017", "2018"], True),
        (["2024-01", "2024-02"], True),
        (["2024-01-31"], True),
        (["2024 Q1", "2024 Q2"], True),
        (["2024-W05"], True),
        (["1", "2"], False),
        (["North", "2018"], False),
        (["20170"], False),
        ([], False),
    ],
)
def test_periods_are_told_from_groups(labels: list[str], expected: bool) -> None:
    assert are_periods(labels) is expected
