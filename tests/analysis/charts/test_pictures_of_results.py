"""Pictures of drivers, flow, control charts and the weak link: what the result says is what is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kithkin.analysis.charts import control, flow, weak_link
from kithkin.analysis.charts.drivers import shares
from kithkin.analysis.charts.picture import Form, Picture
from kithkin.analysis.charts.quadrants import quadrants, to_improve
from kithkin.analysis.charts.service_map import near_links, service_map
from kithkin.analysis.charts.theme import LIGHT
from kithkin.analysis.charts.way import stages
from kithkin.analysis.control import p_chart, xmr
from kithkin.analysis.drivers import Quadrant
from kithkin.analysis.errors import BadShape
from tests.analysis.charts import drawn
from tests.cli import report_cases as cases

DRIVERS, LINKS, FLOW = cases.driver_result(), cases.weak_link_result(), cases.flow_result()
assert DRIVERS.map is not None
QUADRANTS = quadrants(DRIVERS.map, to_improve(DRIVERS))
WEAK = ("IT", "Branches")
PICTURES = {
    "shares": shares(DRIVERS),
    "quadrants": QUADRANTS,
    "gains": weak_link.gains(LINKS),
    "evidence": weak_link.evidence(LINKS),
    "map": service_map(cases.MAP, WEAK, cost="6.4 points"),
    "touched": flow.breach_by_groups_touched(FLOW),
    "groups": flow.breach_by_group(FLOW),
    "waiting": flow.waiting_by_group(FLOW),
    "hand-overs": flow.hand_overs(FLOW),
    "xmr": control.xmr(xmr([10, 50, 40, 30])),
    "ranges": control.moving_ranges(xmr([10, 50, 40, 30])),
    "p": control.p_chart(p_chart([3, 5, 4], [100, 100, 90])),
}


def named(picture: Picture, name: str) -> dict[str, object]:
    return next(row for row in drawn.rows(picture) if row.get("name") == name)


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_picture_holds_to_the_schema_is_described_and_draws_in_both_forms(picture: Picture) -> None:
    drawn.valid(picture)
    assert len(picture.description) > 20
    assert picture.legend
    for form in Form:
        assert len(drawn.words(picture, form)) >= 2


def test_a_driver_stands_at_its_share_and_weak_evidence_is_hollow() -> None:
    first, last = DRIVERS.drivers[0], next(driver for driver in DRIVERS.drivers if driver.weak)
    row = named(PICTURES["shares"], first.name)
    assert (row["value"], row["low"], row["high"]) == (100 * first.share, 100 * first.low, 100 * first.high)
    assert row["tone"] == "kith"
    assert named(PICTURES["shares"], last.name)["tone"] == "faint"


def test_quadrants_number_the_drivers_by_importance_and_mark_what_to_improve() -> None:
    assert DRIVERS.map is not None
    first = max(DRIVERS.map.placed, key=lambda point: point.importance)
    assert first.quadrant is Quadrant.CONCENTRATE
    assert to_improve(DRIVERS)[0] == first.name
    assert f"1 {first.name}" in drawn.words(QUADRANTS)
    assert "1" in drawn.words(QUADRANTS, Form.NARROW)
    ellipses_and_diamonds = 2 * len(to_improve(DRIVERS))
    assert drawn.marks(QUADRANTS, LIGHT.kin) == ellipses_and_diamonds


@pytest.mark.parametrize("form", Form)
def test_the_axis_of_performance_says_that_it_is_cut_and_importance_begins_at_zero(form: Form) -> None:
    shown = " ".join(drawn.words(QUADRANTS, form))
    assert "Performance on a scale from 0 to 100; the axis is cut: " in shown
    assert "High importance, low performance" in shown
    layer = QUADRANTS.spec(form)["layer"][0]["encoding"]
    assert layer["x"]["scale"]["domain"][0] > 0
    assert QUADRANTS.spec(form)["layer"][1]["encoding"]["y"]["scale"]["domain"][0] == 0


def test_weak_evidence_is_nothing_to_act_on() -> None:
    weak = tuple(replace(driver, weak=True) for driver in DRIVERS.drivers)
    assert to_improve(replace(DRIVERS, drivers=weak)) == []
    assert to_improve(replace(DRIVERS, map=None)) == []


def test_every_label_of_the_quadrants_is_written() -> None:
    assert DRIVERS.map is not None
    shown = " ".join(drawn.words(QUADRANTS))
    assert all(point.name in shown for point in DRIVERS.map.placed)


def test_the_weak_link_alone_is_in_kin_and_says_its_probability() -> None:
    weak, other = (named(PICTURES["gains"], link.link) for link in LINKS.ranked[:2])
    assert (weak["value"], weak["low"], weak["tone"]) == (6.4, 6.4 - 3.2, "kin")
    assert other["tone"] == "soft"
    assert drawn.plain(str(weak["reading"])) == "worst: 97 %"


def test_nothing_is_in_kin_where_nothing_was_found() -> None:
    silent = weak_link.gains(cases.weak_link_result(found=False))
    assert {row["tone"] for row in drawn.rows(silent) if "tone" in row} == {"faint"}
    assert drawn.marks(silent, LIGHT.kin) == 0


def test_the_evidence_runs_from_zero_to_z_and_the_bound_is_a_line() -> None:
    row = named(PICTURES["evidence"], "Procurement → Logistics: goods")
    assert (row["low"], row["value"], row["high"]) == (-0.3, -0.3, 0.0)
    assert [row["at"] for row in drawn.rows(PICTURES["evidence"]) if "at" in row] == [0.0, 2.87]


def test_the_map_draws_the_weak_link_thick_with_its_cost_and_the_way_it_reaches() -> None:
    picture = PICTURES["map"]
    lines = {
        layer["mark"]["strokeWidth"]: {
            row["name"] for row in picture.spec(Form.WIDE)["datasets"][layer["data"]["name"]]
        }
        for layer in picture.spec(Form.WIDE)["layer"]
        if layer["mark"]["type"] == "line" and layer["mark"]["color"]["expr"] == "kin"
    }
    assert lines == {6: {"IT → Branches"}, 2: {"Branches → Visit", "Branches → Purchase"}}
    assert "6.4 points" in drawn.words(picture)
    assert "The weak link runs from IT to Branches: 6.4 points." in picture.description


def test_a_map_without_a_weak_link_has_nothing_in_kin() -> None:
    calm = service_map(cases.MAP)
    assert drawn.marks(calm, LIGHT.kin) == 0
    assert calm.description.endswith("None of them stands out.")


def test_on_a_phone_the_map_is_the_way_of_the_weak_link_alone() -> None:
    narrow = drawn.words(PICTURES["map"], Form.NARROW)
    assert sorted(narrow) == ["6.4 points", "Branches", "IT", "Purchase", "Visit"]
    assert drawn.marks(service_map(cases.MAP), LIGHT.kin, Form.NARROW) == 0


def test_on_a_phone_a_silent_map_shows_the_way_of_the_leading_link() -> None:
    calm = service_map(cases.MAP, lead=("Procurement", "Logistics"))
    assert sorted(drawn.words(calm, Form.NARROW)) == [
        "Branches, IT, Online shop",
        "Logistics",
        "Procurement",
        "Purchase",
        "Visit",
    ]


def test_the_way_shows_a_few_touchpoints_and_counts_the_others() -> None:
    edges = [("IT", "Desk"), *(("Desk", f"touchpoint {number}") for number in range(9))]
    outside = {end for start, end in edges if start == "Desk"}
    assert stages(edges, ("IT", "Desk"), outside)[-1].names == (
        *(f"touchpoint {number}" for number in range(5)),
        "and 4 more",
    )
    assert len(stages(edges[:7], ("IT", "Desk"), outside)[-1].names) == 6


def test_a_link_that_serves_the_outside_itself_ends_there() -> None:
    assert [(stage.names, stage.outside) for stage in stages([("Desk", "Visit")], ("Desk", "Visit"), {"Visit"})] == [
        (("Desk",), False),
        (("Visit",), True),
    ]


def test_where_the_map_is_not_known_nobody_stands_outside() -> None:
    loose = service_map([("IT", "Branches")], mapped=False)
    assert loose.legend == (("square", "inside"),)
    assert drawn.marks(loose, LIGHT.kith_tint) == 0
    assert drawn.marks(service_map([("IT", "Branches")]), LIGHT.kith_tint) == 1


def test_a_map_of_too_many_boxes_keeps_the_first_links_and_what_they_reach() -> None:
    edges = [(f"unit {number}", "Desk") for number in range(50)] + [("Desk", "Customers")]
    assert near_links(edges, [("unit 7", "Desk"), ("unit 9", "Desk")], most=4) == [
        ("Desk", "Customers"),
        ("unit 7", "Desk"),
        ("unit 9", "Desk"),
    ]
    assert near_links(cases.MAP, [WEAK]) == sorted(cases.MAP)


def test_a_map_too_deep_to_read_keeps_the_links_alone() -> None:
    chain = [(f"step {number}", f"step {number + 1}") for number in range(12)]
    assert near_links(chain, [chain[10], chain[0]]) == [chain[10], chain[11]]
    assert near_links(chain, [chain[0], chain[3]]) == [chain[0], chain[3]]
    assert near_links(chain[:6], [chain[0]]) == sorted(chain[:6])


def test_a_group_that_breaches_more_than_the_rest_is_in_kin() -> None:
    tones = {group.group: flow.worse_than_rest(group) for group in FLOW.groups}
    assert tones == {"Service desk": False, "Network team": True, "Vendors": True}
    for group, worse in tones.items():
        assert named(PICTURES["groups"], group)["tone"] == ("kin" if worse else "soft")


def test_of_many_groups_those_that_breach_more_are_drawn_and_then_the_most_used() -> None:
    group = FLOW.groups[0]
    many = tuple(replace(group, group=f"G{n}", q=0.01 if n >= 18 else 0.5) for n in range(20))
    shown = flow.breach_by_group(replace(FLOW, groups=many))
    names = [row["name"] for row in drawn.rows(shown) if "name" in row]
    assert names == [*(f"G{n}" for n in range(13)), "G18", "G19"]


def test_hand_overs_stand_in_the_row_of_the_giver_and_the_column_of_the_taker() -> None:
    cells = {
        row["name"]: (row["column"], row["volume"]) for row in drawn.rows(PICTURES["hand-overs"]) if "column" in row
    }
    order = flow.busiest(FLOW, 10)
    assert cells == {
        f"{over.from_group} → {over.to_group}": (str(1 + order.index(over.to_group)), f"{over.volume:,}")
        for over in FLOW.handovers
    }


def test_waiting_without_an_interval_is_hollow() -> None:
    few = cases.analyse(
        ["R1", "R1"], ["Desk", "Network"], cases.np.array(["2026-01-05T09", "2026-01-05T12"], "datetime64[h]")
    )
    row = named(flow.waiting_by_group(few), "Desk")
    assert (row["value"], row["low"], row["high"], row["tone"]) == (3.0, 3.0, 3.0, "faint")


def test_a_control_chart_shows_the_published_limits_and_its_signals() -> None:
    rows = [row for row in drawn.rows(PICTURES["xmr"]) if "centre" in row]
    assert [(row["centre"], round(row["high"], 1), round(row["low"], 1)) for row in rows] == [(32.5, 85.7, -20.7)] * 4
    spiked = control.xmr(xmr([10, 11, 10, 9, 10, 11, 10, 40]), list("abcdefgh"))
    assert [row["name"] for row in drawn.rows(spiked) if row["told"]] == ["h"]
    assert "h: One point lies beyond the three-sigma limits." in spiked.description


def test_the_moving_ranges_begin_at_the_second_point_and_mark_those_beyond_their_limit() -> None:
    chart = control.moving_ranges(xmr([10, 11, 10, 9, 10, 11, 10, 40]), list("abcdefgh"))
    assert [(row["name"], row["told"]) for row in drawn.rows(chart)][-2:] == [("g", False), ("h", True)]
    assert drawn.rows(chart)[0]["name"] == "b"


def test_labels_must_fit_the_points() -> None:
    with pytest.raises(BadShape, match="labels: 2 for 4 points"):
        control.xmr(xmr([10, 50, 40, 30]), ["a", "b"])
