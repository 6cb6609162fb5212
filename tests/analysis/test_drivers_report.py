import csv
import json

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kithkin.analysis.drivers import (
    Ellipse,
    Method,
    Missing,
    Moments,
    Quadrant,
    Resampled,
    bootstrap,
    bucket_moments,
    importance_performance,
    lmg,
    report,
    report_from_buckets,
)
from kithkin.analysis.drivers.quadrants import ellipse, placed_map, quadrant
from kithkin.analysis.errors import AnalysisError, BadParameter, BadWeights, OutOfScale
from tests.analysis.driver_cases import ATTITUDE, ATTITUDE_NAMES, SWISS, SWISS_NAMES

NAMES = ["speed", "care", "price", "luck"]


def survey(seed=0, n=400):
    """Answers on 1–5: speed matters most and is poor, care is good, price goes the other way, luck does nothing."""
    rng = np.random.default_rng(seed)
    means = np.array([2.2, 4.0, 3.0, 2.4])
    X = np.clip(np.rint(rng.normal(means, 1.0, (n, 4))), 1, 5)
    y = X @ [1.0, 0.65, -0.4, 0.0] + rng.normal(size=n)
    return X, y


def told(**options):
    return report(*survey(), names=NAMES, scale=(1, 5), outcome="satisfaction", **options)


def test_drivers_come_by_falling_share_with_the_bootstraps_figures():
    found, drawn = told(), bootstrap(*survey(), names=NAMES)

    assert [driver.name for driver in found.drivers] == ["speed", "care", "price", "luck"]
    for driver in found.drivers:
        share = drawn.shares[driver.name]
        assert (driver.share, driver.low, driver.high) == (share.value, share.low, share.high)
        assert driver.percent == pytest.approx(100 * share.value / drawn.r2.value)
    assert found.r2 == drawn.r2
    assert {driver.name for driver in found.drivers if driver.weak} == set(drawn.weak) == {"luck"}
    assert sum(driver.percent for driver in found.drivers) == pytest.approx(100)
    assert sum(driver.leads for driver in found.drivers) == pytest.approx(1)


def test_a_driver_tells_its_mean_its_direction_and_its_answers():
    X, y = survey()
    X[:60, 0] = np.nan
    weights = np.random.default_rng(1).uniform(0.5, 2, 400)

    found = {d.name: d for d in report(X, y, weights, NAMES, scale=(1, 5), missing="pairwise").drivers}

    mean = np.average(X[60:, 0], weights=weights[60:])
    assert found["speed"].mean == pytest.approx(mean)
    assert found["speed"].performance == pytest.approx(100 * (mean - 1) / 4)
    assert (found["speed"].n, found["care"].n) == (340, 400)
    assert found["price"].correlation < 0 < found["care"].correlation


def test_importance_and_performance_fall_into_the_four_quadrants():
    found = importance_performance(told())

    assert [(point.name, point.quadrant, point.certainty) for point in found.placed] == [
        ("speed", Quadrant.CONCENTRATE, 1.0),
        ("care", Quadrant.OVERKILL, pytest.approx(0.95, abs=0.05)),
        ("luck", Quadrant.LOW_PRIORITY, 1.0),
    ]
    assert found.performance_cut == pytest.approx(np.mean([point.performance for point in found.placed]))
    assert found.importance_cut == pytest.approx(np.mean([point.importance for point in found.placed]))


@pytest.mark.parametrize(
    ("performance", "importance", "expected"),
    [
        (4, 2, Quadrant.CONCENTRATE),
        (5, 2, Quadrant.KEEP_UP),
        (6, 1.9, Quadrant.OVERKILL),
        (4, 1, Quadrant.LOW_PRIORITY),
    ],
)
def test_quadrants_are_those_of_martilla_and_james(performance, importance, expected):
    assert quadrant(performance, importance, 5, 2) is expected


def test_a_driver_with_a_negative_correlation_is_not_placed():
    found = told()

    assert [point.name for point in found.map.placed] == ["speed", "care", "luck"]
    assert {driver.name: driver.quadrant for driver in found.drivers}["price"] is None


def test_certainty_is_the_share_of_draws_in_the_same_quadrant():
    performance, importance = np.array([20.0, 80.0]), np.array([30.0, 10.0])
    draws = np.array([[20, 80], [20, 80], [20, 80], [80, 20.0]]), np.array([[30, 10], [30, 10], [10, 30], [30, 10.0]])

    found = placed_map(["a", "b"], (performance, importance), draws, 0.95)

    assert [(point.quadrant, point.certainty) for point in found.placed] == [
        (Quadrant.CONCENTRATE, 0.5),
        (Quadrant.OVERKILL, 0.5),
    ]


def test_an_ellipse_holds_its_share_of_the_draws():
    rng = np.random.default_rng(0)
    drawn = rng.normal(size=(20_000, 2)) @ [[3, 1], [0, 0.5]] + [50, 10]

    found = ellipse(50, 10, drawn[:, 0], drawn[:, 1], 0.9)

    turn, (dx, dy) = np.radians(found.angle), (drawn - [50, 10]).T
    along, across = dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn)
    inside = (along / found.semi_major) ** 2 + (across / found.semi_minor) ** 2 <= 1
    assert inside.mean() == pytest.approx(0.9, abs=0.01)
    assert found.semi_major > found.semi_minor


def test_the_outline_of_an_ellipse_closes_and_lies_on_it():
    found = Ellipse(x=50.0, y=10.0, semi_major=3.0, semi_minor=1.0, angle=90.0)

    outline = found.outline(4)

    assert [(round(x, 9), round(y, 9)) for x, y in outline] == [(50, 13), (49, 10), (50, 7), (51, 10), (50, 13)]


def test_without_a_scale_there_is_no_map():
    found = report(*survey(), names=NAMES)

    assert (found.map, {driver.quadrant for driver in found.drivers}) == (None, {None})
    assert {driver.performance for driver in found.drivers} == {None}
    with pytest.raises(BadParameter, match="knows no scale"):
        importance_performance(found)


@pytest.mark.parametrize(
    ("scale", "error", "message"),
    [
        ((5, 1), BadParameter, "5 to 1 given"),
        ((1, 3), OutOfScale, "the mean of care lies outside 1 to 3"),
    ],
)
def test_a_scale_that_cannot_be_is_refused(scale, error, message):
    with pytest.raises(error, match=message):
        report(*survey(), names=NAMES, scale=scale)


def test_the_sentences_say_what_the_figures_say():
    found = told()
    speed, r2 = found.drivers[0], found.r2

    explained = f"4 drivers explain {100 * r2.value:.0f} % of the variance of satisfaction"
    ahead = "and came first in 100 % of the resamples"
    carried = f"speed carries the largest share, {speed.percent:.0f} % of what is explained"
    assert found.sentences == (
        f"{explained} (R² {r2.value:.2f}, 95 % interval {r2.low:.2f} to {r2.high:.2f}; n = 400).",
        f"{carried} ({speed.share:.3f}, 95 % interval {speed.low:.3f} to {speed.high:.3f}, n = 400), {ahead}.",
        "Higher values go with lower values of satisfaction for: price.",
        "Concentrate on speed: importance above the mean and performance below it in 80 % of the resamples or more.",
        "Weak evidence, the interval holds 0: luck.",
        "Shares by LMG (Lindeman, Merenda, Gold 1980); intervals from 1,000 resamples of respondents.",
        "These are associations: they do not show that changing a driver changes satisfaction.",
    )


def test_two_drivers_that_are_close_are_not_ranked_with_certainty():
    rng = np.random.default_rng(3)
    X = rng.normal(size=(200, 2))

    found = report(X, X.sum(axis=1) + rng.normal(size=200))

    first, second = found.drivers
    assert (
        f"but {second.name} came first in {100 * second.leads:.0f} % of the resamples: the order is not certain."
        in (found.sentences[1])
    )
    assert first.leads < 0.9


def test_noise_is_not_said_to_explain_anything():
    rng = np.random.default_rng(0)

    found = report(rng.normal(size=(200, 3)), rng.normal(size=200), outcome="satisfaction")

    assert found.sentences[0].startswith(
        "Nothing here is shown to explain satisfaction: chance alone could give as much"
    )
    assert (
        found.sentences[1] == "Weak evidence, the interval holds 0: " + ", ".join(d.name for d in found.drivers) + "."
    )


def test_rows_left_out_are_told():
    X, y = survey()
    X[:30, 1] = np.nan

    found = report(X, y, names=NAMES)

    assert (found.rows, found.n, found.dropped, found.missing) == (400, 370, 30, Missing.COMPLETE)
    assert "30 of 400 rows were left out for missing answers or zero weight." in found.sentences


def test_pairs_of_answers_are_told_where_few_rows_are_complete():
    X, y = survey()
    X[:150, 0], X[150:300, 1], y[:5] = np.nan, np.nan, np.nan

    found = report(X, y, names=NAMES)

    assert (found.n, found.dropped, found.missing) == (100, 5, Missing.PAIRWISE)
    assert (
        "Answers are missing in many rows: each figure rests on the rows that answered both questions "
        "(100 for the rarest pair); 5 of 400 rows were left out altogether."
    ) in found.sentences


def test_a_report_from_buckets_has_the_shares_of_the_rows():
    X, y = survey(n=3000)

    by_row = report(X, y, names=NAMES, scale=(1, 5))
    by_bucket = report_from_buckets(bucket_moments(X, y, names=NAMES), scale=(1, 5))

    assert [driver.name for driver in by_bucket.drivers] == [driver.name for driver in by_row.drivers]
    for a, b in zip(by_row.drivers, by_bucket.drivers, strict=True):
        assert (b.share, b.mean, b.n, b.quadrant) == (pytest.approx(a.share), pytest.approx(a.mean), a.n, a.quadrant)
    assert (by_bucket.rows, by_bucket.n, by_bucket.resampled) == (3000, 3000, Resampled.BUCKETS)


def test_johnsons_weights_are_named_where_they_are_shown():
    found = told(method="johnson")

    assert found.method is Method.JOHNSON
    assert any(said.startswith("Shares by relative weights (Johnson 2000);") for said in found.sentences)


def test_attitude_is_driven_by_complaints():
    found = report(ATTITUDE[:, 1:], ATTITUDE[:, 0], names=ATTITUDE_NAMES[1:], outcome="rating")

    assert found.drivers[0].name == "complaints"
    assert found.drivers[0].low > found.drivers[1].share
    assert [driver.name for driver in found.drivers if driver.weak] == ["critical"]


def test_a_report_is_json_and_reads_as_a_table_and_sentences():
    found = report(SWISS[:, 1:], SWISS[:, 0], names=SWISS_NAMES[1:], outcome="Fertility")

    assert json.loads(json.dumps(found.to_dict()))["drivers"][0]["name"] == "Education"
    lines = str(found).splitlines()
    assert lines[0].startswith("Education         0.260 [")
    assert lines[0].endswith("36.8 %  r -0.66  n = 47")
    assert lines[6:] == list(found.sentences)


def test_one_driver_alone_carries_its_squared_correlation():
    X, y = survey()

    found = report(X[:, :1], y, names=["speed"], scale=(1, 5))

    assert found.drivers[0].share == pytest.approx(np.corrcoef(X[:, 0], y)[0, 1] ** 2)
    assert found.sentences[0].startswith("1 driver explains")


@given(seed=st.integers(0, 10**6), p=st.integers(1, 3), weighted=st.booleans())
@example(seed=105, p=2, weighted=True)
@example(seed=138, p=3, weighted=True)
@example(seed=1713, p=3, weighted=True)
@settings(max_examples=40, deadline=None)
def test_whatever_the_answers_a_report_is_finite_or_refused(seed, p, weighted):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 40))
    X = rng.integers(1, 6, (n, p)) * 10.0 ** rng.integers(-3, 4)
    y = X @ rng.normal(size=p) if rng.random() < 0.4 else rng.integers(1, 6, n).astype(float)
    X[rng.random(X.shape) < 0.2 * rng.random()] = np.nan
    weights = rng.choice([0, 1e-9, 1, 1e9], n) if weighted else None
    try:
        found = report(X, y, weights, draws=100, scale=(-1e5, 1e5))
    except AnalysisError:
        return

    json.dumps(found.to_dict(), allow_nan=False)
    assert sum(driver.share for driver in found.drivers) == pytest.approx(found.r2.value, abs=1e-6)
    assert all(0 <= driver.low <= driver.share <= driver.high <= 1 for driver in [*found.drivers])
    assert 0 <= found.r2.low <= found.r2.value <= found.r2.high <= 1


@pytest.mark.data
def test_passengers_answer_few_items_each_and_still_get_a_report(data_folder):
    with (data_folder / "sfo_airport_2018.csv").open(encoding="latin-1") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name.startswith("Q7") and name != "Q7ALL"]
    answered = [[int(row[name]) if row[name] in set("12345") else None for name in [*names, "Q7ALL"]] for row in rows]
    answers = np.array(answered, dtype=float)

    found = report(
        answers[:, :-1], answers[:, -1], [float(row["WEIGHT"]) for row in rows], names, scale=(1, 5), draws=200
    )

    assert (found.missing, found.method, len(found.drivers), found.rows) == (Missing.PAIRWISE, Method.LMG, 14, 2809)
    assert found.drivers[0].name == "Q7FOOD"
    moments = Moments.from_data(answers[:, :-1], answers[:, -1], [float(row["WEIGHT"]) for row in rows], names)
    assert found.drivers[0].share == lmg(moments, missing="pairwise").shares["Q7FOOD"]


@pytest.mark.parametrize("unit", [1e-300, 1e-160, 1e160, 1e300])
def test_unit_of_the_weights_does_not_matter(unit):
    rng = np.random.default_rng(3)
    X, weights = rng.normal(size=(60, 2)), rng.integers(1, 9, 60) / 8
    y = X[:, 0] + rng.normal(size=60)
    plain, other = (report(X, y, weights * factor, draws=100) for factor in (1.0, unit))
    assert [driver.share for driver in other.drivers] == pytest.approx([driver.share for driver in plain.drivers])
    assert other.r2.n_effective == pytest.approx(plain.r2.n_effective)


@pytest.mark.parametrize("unit", [1e-300, 1e300])
def test_moments_that_are_to_be_added_refuse_weights_too_small_or_large_to_square(unit):
    with pytest.raises(BadWeights, match="Divide all weights by one number"):
        Moments.from_data([[1.0], [2.0], [4.0]], [1, 2, 3], [unit] * 3)
    with pytest.raises(BadWeights, match="Divide all weights by one number"):
        bucket_moments([[1.0], [2.0], [4.0]], [1, 2, 3], [unit] * 3)
