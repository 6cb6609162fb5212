"""What the report says about drivers, the weak link and a flow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.analysis.charts import drawn
from tests.cli import report_cases as cases

from kithkin.analysis.drivers import report as driver_report
from kithkin.analysis.flow import analyse
from kithkin.cli import report
from kithkin.cli.report import Page, drivers_page, flow_page, weak_link_page


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def lead(page: Page) -> dict[str, str]:
    return {point.head: plain(point.text) for point in page.lead}


def headings(page: Page) -> list[str]:
    return [plain(section.heading) for section in page.sections]


def rows(page: Page, section: int) -> list[list[str]]:
    table = page.sections[section].table
    assert table is not None
    return [[plain(cell) for cell in row] for row in table.rows]


def test_the_weak_link_is_the_title_with_gain_interval_and_probability_below() -> None:
    page = cases.weak_link()
    assert page.title == "Till support (IT → Branches) costs your customers most"
    assert lead(page) == {
        "The weak link.": "6.4 points (3.2 to 9.6) of the outside score go with closing its gap.",
        "How sure.": "The worst of 3 with probability 97 %. 2 of 2 checks held.",
        "What it is not.": "A proof of cause: it is an association within units over time.",
    }
    assert headings(page) == [
        "Its way to your customers",
        "How sure are we?",
        "1 of 3 links passes the bound",
        "What could have fooled us, as far as it could be tried",
    ]


def test_the_ranking_shows_every_link_and_marks_the_weak_one() -> None:
    page = cases.weak_link()
    assert rows(page, 1)[0] == ["IT → Branches: till support", "6.4", "3.2 to 9.6", "97 %", "480", "weakest link"]
    assert len(rows(page, 1)) == 3
    assert page.sections[1].table is not None
    assert page.sections[1].table.strong == 0
    assert [row[5] for row in rows(page, 2)] == ["0.55", "0.55", "not known"]


def test_each_check_says_whether_it_held() -> None:
    page = weak_link_page(cases.weak_link_result(found=False), source="links.csv")
    assert [row[:2] for row in rows(page, 3)] == [
        ["Lead placebo", "held"],
        ["Permuted labels", "did not hold"],
        ["Leave one unit out", "not tried"],
    ]
    assert headings(page)[3] == "1 of 3 checks did not hold"


def test_where_nothing_can_be_told_no_link_is_accused_and_the_next_step_is_said() -> None:
    page = weak_link_page(cases.weak_link_result(found=False), source="links.csv", edges=cases.MAP)
    assert page.title == "Which link costs the customer most cannot be told yet"
    assert lead(page)["Next step."] == "About 310 further unit-periods would be needed to tell."
    assert headings(page)[:3] == [
        "Who serves whom: no line stands out",
        "No link is far enough ahead",
        "No link passes the bound",
    ]
    assert page.sections[1].table is not None
    assert page.sections[1].table.strong is None


def test_without_a_map_the_first_figure_says_what_is_assumed_and_nobody_outside_is_drawn() -> None:
    page = weak_link_page(cases.weak_link_result(), source="links.csv")
    assumed = "No map was given, so it is assumed to reach every customer; a map (--map) changes this figure."
    assert lead(page)["The weak link."].endswith(assumed)
    silent = weak_link_page(cases.weak_link_result(found=False), source="links.csv")
    assert lead(silent)["Nearest."].endswith(assumed)
    assert headings(page)[0] == "Who serves whom inside; no map of the way to your customers was given"
    picture = page.sections[0].picture
    assert picture is not None
    assert picture.legend == (("thick", "the weak link"), ("square", "inside"))
    for form in drawn.Form:
        assert set(drawn.words(picture, form)) <= {"inside", "IT", "Branches", "Logistics", "Procurement", "6.4 points"}
    assert "assumed" not in lead(cases.weak_link())["The weak link."]


def test_a_link_far_from_proof_and_never_the_worst_shows_that_nothing_was_found() -> None:
    result = cases.weak_link_result(found=False)
    page = weak_link_page(result, source="links.csv")
    assert [row[-1] for row in rows(page, 1)] == ["cannot be told yet", "nothing found", "nothing found"]
    likely = replace(result, ranked=tuple(replace(link, probability_worst=0.05) for link in result.ranked))
    assert {row[-1] for row in rows(weak_link_page(likely, source="links.csv"), 1)} == {"cannot be told yet"}
    proven = replace(result, bound=-1.0)
    assert {row[-1] for row in rows(weak_link_page(proven, source="links.csv"), 1)} == {"cannot be told yet"}


def test_the_words_of_the_tables_are_explained_below() -> None:
    explained = {fact.name: fact.text for fact in cases.weak_link().facts}
    assert {"P(worst)", "z"} <= explained.keys()
    assert "effect × gap × exposure, then drawn towards zero" in explained["Method"]


def test_where_more_data_would_not_help_it_says_so() -> None:
    hopeless = replace(cases.weak_link_result(found=False), needed=0)
    assert (
        lead(weak_link_page(hopeless, source="links.csv"))["Next step."]
        == "More of the same data would not help: see the checks."
    )


def test_links_without_two_ends_are_ranked_without_a_map() -> None:
    result = cases.weak_link_result()
    loose = replace(
        result, ranked=tuple(replace(link, link=f"link {place}") for place, link in enumerate(result.ranked))
    )
    page = weak_link_page(loose, source="links.csv")
    assert page.title == "Link 0 costs your customers most"
    assert headings(page)[0] == "How sure are we?"


def test_a_report_of_no_link_at_all_still_says_why() -> None:
    page = weak_link_page(replace(cases.weak_link_result(found=False), ranked=()), source="links.csv")
    assert page.title == "Which link costs the customer most cannot be told yet"
    assert page.refused == ("HR → IT: hiring: seen in 2 units only",)
    assert rows(page, 0) == []


def test_drivers_name_the_first_only_when_it_clearly_is() -> None:
    assert cases.drivers().title == "“Food and drink” carries the largest share in “satisfaction”"
    rng = np.random.default_rng(0)
    two, error = rng.normal(size=(100, 2)), rng.normal(size=100)
    mirrored, twice = np.concatenate([two, two[:, ::-1]]), np.concatenate([error, error])
    outcome = mirrored.sum(axis=1) + twice
    close = driver_report(mirrored, outcome, names=["speed", "price"], outcome="trust", draws=200)
    assert drivers_page(close, source="s.csv").title.endswith(
        "may carry the largest share in “trust”, but the order is not certain"
    )
    noise = driver_report(mirrored, rng.normal(size=200), names=["speed", "price"], outcome="trust", draws=200)
    assert drivers_page(noise, source="s.csv").title == "Nothing here is shown to explain “trust”"


def test_drivers_say_where_to_act_and_which_evidence_is_weak() -> None:
    page, result = cases.drivers(), cases.driver_result()
    assert lead(page)["Look first."].startswith("“Food and drink”")
    assert headings(page)[1].startswith("Look first at “Food and drink”")
    assert {row[0]: row[-1] for row in rows(page, 0)}["Noise"] == "weak"
    assert headings(page)[0] == "4 of 6 intervals lie above 0"
    assert rows(page, 0)[0][:2] == ["Food and drink", f"{100 * result.drivers[0].share:.1f}"]
    assert rows(page, 1)[0][0] == "1 Food and drink"


def test_a_place_is_named_plainly_and_one_that_is_not_certain_is_a_perhaps() -> None:
    result = cases.driver_result()
    assert result.map is not None
    assert rows(cases.drivers(), 1)[0][-1] == "high importance, low performance"
    placed = tuple(replace(point, certainty=0.79) for point in result.map.placed)
    unsure = drivers_page(replace(result, map=replace(result.map, placed=placed)), source="s.csv")
    assert {row[-1].split()[0] for row in rows(unsure, 1)} == {"perhaps"}


def test_drivers_without_a_scale_have_no_quadrants() -> None:
    rng = np.random.default_rng(0)
    two = rng.normal(size=(200, 2))
    found = driver_report(two, two[:, 0] - two[:, 1] + rng.normal(size=200), names=["speed", "price"], draws=200)
    page = drivers_page(found, source="s.csv")
    assert len(page.sections) == 1
    assert {row[0]: row[-1] for row in rows(page, 0)} == {"speed": "sound", "price": "more means less"}


def test_too_few_drivers_have_no_quadrants_either() -> None:
    rng = np.random.default_rng(0)
    one = rng.integers(1, 6, size=(80, 1))
    found = driver_report(one, one[:, 0] + rng.normal(size=80), names=["speed"], scale=(1, 5), draws=100)
    page = drivers_page(found, source="s.csv")
    assert len(page.sections) == 1
    assert lead(page)["Explained."].startswith("1 driver explains ")


def test_a_flow_names_what_more_groups_cost_only_where_the_intervals_part() -> None:
    page = cases.flow()
    assert plain(page.title) == "With 3 groups, 70 % of requests break their promise; with one group, 20 %"
    assert headings(page) == [
        "Broken promises by number of groups touched",
        "More broken promises than the rest: Network team and Vendors",
        "Most hand-overs: Service desk → Network team, 180 times",
        "The median stay is longest in Service desk: 5.0 hours",
    ]


def test_the_tables_of_a_flow_hold_every_row_and_fold_what_is_beyond_the_first() -> None:
    for section in cases.busy_flow().sections[1:]:
        assert section.table is not None
        assert len(section.table.rows) in {19, 20}
        assert section.table.shown == 15
    assert "--json" not in report.html(cases.busy_flow())


def test_a_long_page_lists_its_parts_or_else_its_headings() -> None:
    assert cases.joint().contents == ((1, "The weak link"), (5, "How requests flow"))
    assert cases.weak_link().contents == ()
    plain_sections = tuple(report.Section(f"heading {number}") for number in range(7))
    many = replace(cases.weak_link(), sections=plain_sections)
    assert many.contents == tuple((number + 1, f"heading {number}") for number in range(7))
    assert replace(many, sections=plain_sections[:6]).contents == ()


def test_a_flow_whose_intervals_overlap_gives_the_share_of_all() -> None:
    case, group = ["R1", "R2", "R3", "R3", "R4", "R4"], ["desk", "desk", "desk", "network", "desk", "network"]
    hours = np.arange(6).astype("datetime64[h]")
    page = flow_page(analyse(case, group, hours, [True, True, False, False, True, True]), source="events.csv")
    assert plain(page.title) == "25 % of 4 requests broke their promise"


def test_a_flow_without_promises_counts_its_hand_overs() -> None:
    hours = np.array(["2026-01-05T09", "2026-01-05T12", "2026-01-05T13"], "datetime64[h]")
    page = flow_page(analyse(["R1", "R1", "R1"], ["desk", "network", "desk"], hours), source="events.csv")
    assert page.title == "1 request passed 2 groups in 2 hand-overs"
    assert headings(page)[0] == "Most hand-overs: desk → network, 1 time"
    assert lead(page)["Most waiting."] == "desk → network: 3.0 hours in 1 hand-over, a median of 3.0 hours."
    assert all("not known" in row for row in rows(page, 0))


def test_a_flow_of_one_group_has_no_hand_overs() -> None:
    hours = np.array(["2026-01-05T09", "2026-01-06T09"], "datetime64[h]")
    page = flow_page(analyse(["R1", "R2"], ["desk", "desk"], hours, [True, False]), source="events.csv")
    assert "Most hand-overs" not in " ".join(headings(page))
    assert plain(page.title) == "50 % of 2 requests broke their promise"
