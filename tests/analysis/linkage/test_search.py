import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from kithkin.analysis.errors import BadParameter, Degenerate, NotEnoughData
from kithkin.analysis.linkage import LinkVerdict, Verdict, weak_links
from tests.analysis.linkage.conftest import panel_frames


def _links(report):
    return [ranked.link for ranked in report.ranked]


@pytest.fixture(scope="module")
def found():
    return weak_links(*panel_frames(units=30, error_sd=0.5))


def test_the_link_that_moves_the_outside_is_found(found):
    assert (found.verdict, found.weakest.link) == (Verdict.FOUND, "A")


def test_gain_is_effect_times_gap_times_exposure(found):
    first = found.ranked[0]
    assert first.gain == pytest.approx(first.effect * first.gap * first.exposure, rel=0.05)
    assert (first.low < first.gain < first.high, first.exposure) == (True, 1.0)


def test_the_gap_is_target_less_the_last_three_periods(found):
    inside, _ = panel_frames(units=30, error_sd=0.5)
    recent = inside[(inside.link == "A") & (inside.period > 11)].score.mean()
    assert (found.ranked[0].now, found.ranked[0].gap) == (pytest.approx(recent), pytest.approx(72 - recent))


def test_without_a_target_the_best_quartile_of_units_is_the_goal():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside.drop(columns="target"), outcomes)
    recent = inside[(inside.link == "A") & (inside.period > 11)].groupby("unit").score.mean()
    assert next(r for r in report.ranked if r.link == "A").gap == pytest.approx(recent.quantile(0.75) - recent.mean())


def test_a_link_at_its_target_costs_nothing_and_is_not_found():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside.assign(target=50.0), outcomes)
    first = next(ranked for ranked in report.ranked if ranked.link == "A")
    assert (report.verdict, first.gain, first.verdict) == (Verdict.NOT_IDENTIFIABLE, 0.0, LinkVerdict.AT_TARGET)


def test_the_sentences_name_the_link_the_interval_and_n(found):
    said = " ".join(found.sentences)
    assert said.startswith("A costs the outside score most: closing its gap of ")
    assert "95 % interval" in said
    assert "n = 390 unit-periods: 30 units, 14 periods (1 to 14), service 1 period before the score." in said
    assert "This is an association, not proof of a cause" in said


def test_the_report_is_json_with_the_published_keys(found):
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert {"verdict", "ranked", "checks", "needed", "sentences"} <= set(plain)
    assert plain["verdict"] == "found"
    assert {"link", "gain", "low", "high", "probability_worst", "verdict"} <= set(plain["ranked"][0])


def test_the_text_of_the_report_holds_a_row_per_link(found):
    assert [row.split()[0] for row in str(found).splitlines()[-3:]] == _links(found)


def test_every_check_was_made(found):
    assert {check.name: check.passed for check in found.checks} == {
        "lead placebo": True,
        "permuted labels": True,
        "leave one unit out": True,
        "robustness": True,
        "collinear links": True,
        "measurement": True,
    }


def test_the_same_seed_gives_the_same_report_whatever_the_order_of_rows(found):
    inside, outcomes = panel_frames(units=30, error_sd=0.5)
    shuffled = weak_links(inside.sample(frac=1, random_state=1), outcomes.sample(frac=1, random_state=2))
    assert shuffled == found


def test_arrow_tables_are_taken_too(found):
    inside, outcomes = panel_frames(units=30, error_sd=0.5)
    assert weak_links(pa.Table.from_pandas(inside), pa.Table.from_pandas(outcomes)) == found


def test_adding_a_constant_to_a_unit_or_a_period_changes_nothing_but_where_it_stands(found):
    inside, outcomes = panel_frames(units=30, error_sd=0.5)
    lifted = outcomes.assign(score=outcomes.score + 50 * (outcomes.unit == "u003") + 9 * (outcomes.period == 4))
    report = weak_links(inside, lifted)
    assert report.ranked[0].effect == pytest.approx(found.ranked[0].effect, rel=1e-6)


def test_with_no_effect_it_stays_silent_and_says_what_it_would_take():
    report = weak_links(*panel_frames(slope=0.0, noise=1.0, seed=5))
    assert (report.verdict, report.weakest) == (Verdict.NOT_IDENTIFIABLE, None)
    assert report.needed > 0
    assert f"about {report.needed:,} further unit-periods" in " ".join(report.sentences)


def test_as_many_further_unit_periods_as_it_asked_for_mostly_settle_it():
    few = weak_links(*panel_frames(units=10, slope=0.25, noise=1.0, seed=12))
    assert few.verdict is Verdict.NOT_IDENTIFIABLE
    units = 10 + int(np.ceil(few.needed / 13))
    settled = [
        weak_links(*panel_frames(units=units, slope=0.25, noise=1.0, seed=seed), draws=100).verdict
        for seed in range(20)
    ]
    assert settled.count(Verdict.FOUND) >= 12


def test_a_harmful_link_is_never_the_weakest():
    assert weak_links(*panel_frames(units=30, slope=-1.0)).verdict is Verdict.NOT_IDENTIFIABLE


@pytest.mark.parametrize("lag", [0, 2])
def test_another_lag_looks_at_another_period(lag):
    inside, outcomes = panel_frames(units=30)
    moved = outcomes.assign(period=outcomes.period + lag - 1)
    assert weak_links(inside, moved, lag=lag).weakest.link == "A"


def test_feedback_from_outside_to_inside_is_not_taken_for_an_effect():
    inside, outcomes = panel_frames(units=30, slope=0.0, noise=1.0)
    table = inside.merge(
        outcomes.assign(period=outcomes.period + 1), on=["unit", "period"], how="left", suffixes=("", "_before")
    )
    reacting = table.assign(score=table.score + 2 * table.score_before.fillna(0)).drop(columns="score_before")
    report = weak_links(reacting, outcomes)
    assert (report.verdict, {check.name: check.passed for check in report.checks}["lead placebo"]) == (
        Verdict.NOT_IDENTIFIABLE,
        False,
    )


@pytest.fixture(scope="module")
def one_period():
    inside, outcomes = panel_frames(units=40, periods=6, noise=0.1)
    return weak_links(inside[inside.period == 3], outcomes[outcomes.period == 3])


def test_one_period_is_a_cross_section_and_never_found(one_period):
    assert (one_period.design, one_period.verdict) == ("cross-section", Verdict.NOT_IDENTIFIABLE)


def test_one_period_says_why(one_period):
    assert "cannot separate a weak link from all else in which units differ" in " ".join(one_period.sentences)


def test_one_period_says_what_it_would_take(one_period):
    assert one_period.needed > 0


def test_one_period_still_ranks_every_link(one_period):
    assert sorted(_links(one_period)) == ["A", "B", "C"]


def test_missing_cells_and_an_unbalanced_panel_are_read_as_they_are():
    inside, outcomes = panel_frames(units=30, error_sd=0.5)
    rng = np.random.default_rng(1)
    report = weak_links(inside[rng.random(len(inside)) > 0.2], outcomes[rng.random(len(outcomes)) > 0.1])
    assert report.weakest.link == "A"
    assert all(ranked.n < 390 for ranked in report.ranked)


def test_a_link_seen_in_few_units_is_left_out_with_the_count():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside[(inside.link != "C") | (inside.unit < "u004")], outcomes)
    assert [(gone.link, gone.reason) for gone in report.excluded] == [
        ("C", "seen in 4 of 30 units, 52 unit-periods: too few to judge")
    ]


def test_a_constant_link_is_left_out():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside.assign(score=inside.score.where(inside.link != "B", 80.0)), outcomes)
    assert [(gone.link, gone.reason) for gone in report.excluded] == [("B", "its score does not change within units")]


def test_where_every_link_stands_still_more_of_the_same_is_not_asked_for():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside.assign(score=80.0), outcomes)
    assert (report.ranked, report.needed) == ((), 0)
    assert report.sentences[:2] == (
        "Which link costs the outside score most cannot be told from these data.",
        "More of the same data would not settle it.",
    )


def test_where_every_link_was_seen_too_rarely_the_unit_periods_that_are_there_are_taken_off():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside[inside.unit < "u005"], outcomes[outcomes.period < 5])
    assert (report.ranked, report.n) == ((), 15)
    assert f"about {310 - 15} further unit-periods" in " ".join(report.sentences)


def test_a_link_whose_changes_are_all_noise_is_left_out():
    inside, outcomes = panel_frames(units=30, error_sd=0.5)
    noisy = inside.assign(sd=inside.sd.where(inside.link != "C", 500.0))
    assert [gone.link for gone in weak_links(noisy, outcomes).excluded] == ["C"]


def test_links_that_move_as_one_are_never_told_apart():
    inside, outcomes = panel_frames(units=30)
    twin = inside[inside.link == "A"].assign(link="A copy")
    report = weak_links(pd.concat([inside, twin]), outcomes)
    assert report.verdict is Verdict.NOT_IDENTIFIABLE
    assert "A moves as one with A copy; read them together." in report.sentences


def test_a_link_that_is_the_sum_of_two_others_is_not_called_the_weakest():
    inside, outcomes = panel_frames(units=30, links=2)
    wide = inside.pivot_table(index=["unit", "period"], columns="link", values="score").reset_index()
    total = wide.assign(link="sum", score=wide.A + wide.B)[["unit", "period", "link", "score"]]
    report = weak_links(pd.concat([inside, total]), outcomes)
    assert report.weakest is None or report.weakest.link == "A"


def test_the_map_decides_what_a_link_reaches():
    inside, outcomes = panel_frames(units=30)
    named = inside.assign(link=inside.link.map({"A": "IT → Shop", "B": "HR → Shop", "C": "HR → Office"}))
    service_map = {
        "provider": ["IT", "Shop", "Office"],
        "receiver": ["Shop", "Visit", "Call"],
        "responses": [None, 30, 70],
    }
    report = weak_links(named, outcomes, service_map)
    assert {ranked.link: ranked.exposure for ranked in report.ranked} == {
        "IT → Shop": 0.3,
        "HR → Shop": 0.3,
        "HR → Office": 0.7,
    }


def test_without_n_and_sd_it_says_that_effects_are_not_corrected():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside.drop(columns=["n", "sd"]), outcomes)
    measured = next(check for check in report.checks if check.name == "measurement")
    assert (measured.passed, report.ranked[0].reliability) == (None, None)


def test_too_few_units_are_refused():
    with pytest.raises(NotEnoughData, match="share 4 unit"):
        weak_links(*panel_frames(units=4))


def test_tables_that_share_no_unit_are_refused():
    inside, outcomes = panel_frames()
    with pytest.raises(NotEnoughData, match="spelled alike"):
        weak_links(inside, outcomes.assign(unit=outcomes.unit.str.upper()))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lag": -1}, "lag: -1"),
        ({"lag": 1.5}, "lag: 1.5"),
        ({"lag": 14}, "lag: 14 periods, but the tables hold 14"),
        ({"draws": 1}, "draws: 1"),
        ({"seed": -1}, "seed: -1"),
        ({"confidence": 1.0}, "confidence: 1.0"),
    ],
)
def test_options_that_make_no_sense_are_refused(options, message):
    with pytest.raises(BadParameter, match=message):
        weak_links(*panel_frames(), **options)


def test_an_outside_score_that_never_changes_is_refused():
    inside, outcomes = panel_frames()
    with pytest.raises(Degenerate, match="does not change within units"):
        weak_links(inside, outcomes.assign(score=5.0))


def test_a_link_that_was_last_measured_earlier_is_judged_by_its_own_last_periods():
    inside, outcomes = panel_frames(units=30)
    early = inside[(inside.link != "A") | (inside.period <= 10)]
    report = weak_links(early, outcomes)
    recent = inside[(inside.link == "A") & inside.period.between(8, 10)].score.mean()
    assert (report.weakest.link, report.ranked[0].now) == ("A", pytest.approx(recent))


def test_the_gain_lies_in_its_interval_even_where_it_was_shrunk():
    for seed in range(20):
        report = weak_links(*panel_frames(units=6, slope=0.4, noise=1.0, seed=seed), draws=200)
        assert all(link.low <= link.gain <= link.high for link in report.ranked)


def test_a_single_link_is_never_the_weakest():
    report = weak_links(*panel_frames(units=30, links=1))
    assert (report.verdict, report.ranked[0].verdict) == (Verdict.NOT_IDENTIFIABLE, LinkVerdict.LIKELY)
    assert "a single link cannot be told to be the weakest" in " ".join(report.sentences)


def test_links_at_their_goal_have_nothing_to_gain_and_more_data_would_not_help():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside.assign(target=1.0), outcomes)
    assert report.needed == 0
    assert "No link has anything to gain: each stands at its goal or reaches no customer." in report.sentences


def test_a_link_beyond_chance_with_less_to_gain_is_named():
    inside, outcomes = panel_frames(units=30, noise=1.0)
    report = weak_links(inside.assign(target=np.where(inside.link == "A", 1.0, 90.0)), outcomes)
    assert "beyond it, with less to gain: A (at its target)" in " ".join(report.sentences)


def test_more_data_without_a_sign_ask_for_less_more():
    asked = [
        weak_links(*panel_frames(units=units, slope=0.0, noise=1.0, seed=5), draws=200).needed for units in (10, 40)
    ]
    assert asked[0] > asked[1]


def test_a_cross_section_calls_no_link_one_that_matters(one_period):
    assert {link.verdict for link in one_period.ranked} == {LinkVerdict.OPEN}


def test_without_n_and_sd_a_found_link_says_that_its_effect_is_not_corrected():
    inside, outcomes = panel_frames(units=30)
    report = weak_links(inside.drop(columns=["n", "sd"]), outcomes)
    assert (report.verdict, "not corrected for measurement error" in " ".join(report.sentences)) == (
        Verdict.FOUND,
        True,
    )
