"""What the report says about scores: as strong as the comparison, and no stronger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.cli.report_cases import net, quarters, regions

from kithkin.analysis.metrics import ces_from_counts, compare_many, csat_from_counts, mean, nps_from_counts
from kithkin.analysis.results import Estimate
from kithkin.cli.report import Breakdown, Page, Table, scores_page


def page(overall: Estimate | None, *breakdowns: Breakdown) -> Page:
    return scores_page(overall, breakdowns, column="Q7", source="survey.csv")


def breakdown(by: str, **groups: Estimate) -> Breakdown:
    return Breakdown(by, groups, compare_many(groups))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def table(page: Page, section: int = 0) -> Table:
    found = page.sections[section].table
    assert found is not None
    return found


def test_one_score_alone_is_its_own_title_with_its_interval() -> None:
    assert page(net(60, 25, 15)).title == "The NPS of “Q7” is 45.0, between 29.3 and 58.0"
    assert plain(page(csat_from_counts({5: 81, 1: 182})).title) == "The CSAT of “Q7” is 30.8 %, between 25.5 and 36.6 %"
    assert page(mean([1, 2, 3, 4, 5])).title == "The mean of “Q7” is 3.00, between 1.04 and 4.96"


@pytest.mark.parametrize("turned", [False, True])
def test_a_group_that_differs_from_the_rest_is_told_with_the_score_of_the_rest(turned: bool) -> None:
    groups = {"North": net(20, 40, 140), "South": net(100, 60, 40)}
    both = compare_many({"the rest": net(500, 300, 200), "North": groups["North"]} if turned else
                        {"North": groups["North"], "the rest": net(500, 300, 200)})  # fmt: skip
    title = page(None, Breakdown("region", groups, both)).title
    assert 0 < title.index("the rest") < title.index("North")


def test_a_fall_is_called_a_fall_only_when_it_is_one() -> None:
    fell = Breakdown("year", years := {"2017": net(600, 250, 150), "2018": net(500, 250, 250)}, compare_many(years))
    assert page(None, fell).title == "NPS fell from 45.0 in 2017 to 25.0 in 2018"
    rose = Breakdown("year", years := {"2017": net(500, 250, 250), "2018": net(600, 250, 150)}, compare_many(years))
    assert page(None, rose).title == "NPS rose from 25.0 in 2017 to 45.0 in 2018"
    same = Breakdown("year", years := {"2017": net(60, 25, 15), "2018": net(60, 27, 16)}, compare_many(years))
    assert page(None, same).title == "No change of NPS can be told between 2017 and 2018"


def test_years_are_compared_in_the_order_of_time_whatever_the_order_in_the_file() -> None:
    late_first = Breakdown(
        "year", years := {"2018": net(500, 250, 250), "2017": net(600, 250, 150)}, compare_many(years)
    )
    made = page(None, late_first)
    assert made.title == "NPS fell from 45.0 in 2017 to 25.0 in 2018"
    assert [row[0] for row in table(made).rows] == ["2017", "2018"]


def test_the_title_names_the_widest_pair_that_differs_or_none() -> None:
    title = page(net(9, 9, 9), regions()).title
    assert title.startswith("NPS: North & Harbour is 54.0 above Department with a very long name (interval ")
    alike = breakdown("region", North=net(60, 25, 15), South=net(58, 25, 17))
    means = breakdown("region", North=mean([1, 2, 3, 4, 5]), South=mean([1, 2, 3, 4, 4]))
    assert page(None, means).title == "No group of “region” can be told apart from another by its mean"
    assert page(net(118, 50, 32), alike).title == "No group of “region” can be told apart from another by its NPS"


def test_every_group_stands_in_the_table_with_interval_and_n_and_everybody_last() -> None:
    found = table(page(net(143, 75, 82), regions()))
    assert found.columns[0].name == "region"
    assert [plain(cell) for cell in found.rows[0]] == [
        "North & Harbour",
        "45.0",
        "29.3 to 58.0",
        "100",
        "60.0 %",
        "25.0 %",
        "15.0 %",
    ]
    assert found.rows[-1][0] == "Everybody"
    assert len(found.rows) == 4


def test_a_hidden_group_is_named_and_shows_no_figure() -> None:
    made = page(net(143, 75, 82), regions())
    assert made.sections[0].notes == ("Too small to be shown: East.",)
    assert ("Hidden.", "1 group is too small to be shown.") in [(point.head, point.text) for point in made.lead]
    assert all("East" not in row[0] for row in table(made).rows)


def test_nothing_that_may_be_shown_is_said_with_the_next_step() -> None:
    made = page(None, Breakdown("region", {}, hidden=("East",)))
    assert made.title == "There are too few answers to show a score"
    assert made.sections == ()


def test_more_than_two_periods_are_a_trend_with_the_pairs_below() -> None:
    made = page(net(160, 85, 95), quarters())
    assert made.title == "NPS fell from 25.0 in 2024-Q2 to −8.3 in 2024-Q3"
    assert [section.heading for section in made.sections] == [
        "NPS by “quarter”",
        "Detractors are 41.7 % in 2024-Q3, 15.0 % in 2024-Q1".replace(" %", "\N{NO-BREAK SPACE}%"),
        "2 of 3 pairs of “quarter” differ",
    ]
    assert [row[-1] for row in table(made, 2).rows] == ["not told apart", "differ", "differ"]


def test_a_second_breakdown_is_headed_by_its_own_finding() -> None:
    made = page(net(143, 75, 82), regions(), quarters())
    assert "NPS fell from 25.0 in 2024-Q2 to −8.3 in 2024-Q3" in [section.heading for section in made.sections]


def test_an_effort_score_shows_its_mean_and_its_top_two() -> None:
    found = table(page(ces_from_counts({7: 30, 6: 20, 4: 30, 1: 20})))
    assert [column.name for column in found.columns][-2:] == ["Top two", "Top two, interval"]
    assert plain(found.rows[0][-2]) == "50.0 %"


def test_weights_show_the_effective_n() -> None:
    weighted = nps_from_counts({9: 60, 8: 25, 1: 15})
    heavy = type(weighted)(**{**vars(weighted), "n_effective": 40.5})
    made = page(heavy)
    assert table(made).rows[0][4] == "40.5"
    assert "Weights" in [fact.name for fact in made.facts]


def test_very_many_pairs_are_folded_behind_those_that_differ() -> None:
    near = breakdown("team", **{f"team {number}": net(50 + number, 25, 25) for number in range(12)})
    section = page(None, near).sections[-1]
    assert section.heading == "No two groups of “team” differ"
    assert section.table is not None
    assert (len(section.table.rows), section.table.shown) == (66, 10)
    far = breakdown("team", **{f"team {number}": net(50 + 90 * number, 25, 25) for number in range(12)})
    section = page(None, far).sections[-1]
    assert section.table is not None
    assert section.table.shown == int(section.heading.partition(" ")[0]) > 10
    assert [row[-1] for row in section.table.rows] == ["differ"] * section.table.shown + ["not told apart"] * (
        66 - section.table.shown
    )
    assert section.notes == ()


def test_more_pairs_than_a_page_can_hold_are_cut_and_it_is_said() -> None:
    many = breakdown("team", **{f"team {number}": net(50, 25, 25) for number in range(65)})
    section = page(None, many).sections[-1]
    assert section.table is not None
    assert len(section.table.rows) == 2000
    assert section.notes == ("The 2,000 pairs with the smallest p of 2,080.",)


def test_a_pair_names_the_higher_group_first_so_that_its_difference_has_no_sign() -> None:
    rising = breakdown("region", South=net(30, 20, 50), North=net(60, 25, 15), East=net(58, 25, 17))
    section = page(None, rising).sections[-1]
    assert section.table is not None
    assert [row[:2] for row in section.table.rows] == [
        ("North above South", "65.0"),
        ("East above South", "61.0"),
        ("North above East", "4.0"),
    ]
    assert [plain(column.name) for column in section.table.columns][2] == "95 % interval of this pair alone"
    low, _, high = section.table.rows[0][2].partition(" to ")
    assert 0 < float(low) < 65 < float(high)


def test_a_single_difference_is_said_with_its_interval() -> None:
    two = breakdown("region", south=net(30, 20, 50), north=net(60, 25, 15))
    words = {point.head: point.text for point in page(None, two).lead}["Difference."]
    assert words.startswith("north is 65.0 above south (interval ")
    assert words.endswith("; more than chance would bring.")


def test_groups_that_were_compared_with_the_rest_are_counted_as_groups() -> None:
    rest = {"the rest": net(60, 25, 15)}
    groups = {"North": net(58, 25, 17), "South": net(20, 20, 60)}
    pairs = [compare_many({name: score, **rest}) for name, score in groups.items()]
    both = replace(pairs[0], pairs=pairs[0].pairs + pairs[1].pairs)
    assert (
        page(None, Breakdown("region", groups, both)).sections[-1].heading
        == "1 of 2 groups of “region” differ from the rest"
    )
    none = replace(pairs[0], pairs=pairs[0].pairs * 2)
    silent = page(None, Breakdown("region", groups, none))
    assert silent.sections[-1].heading == "No group of “region” differs from the rest"
    assert silent.title == "No group of “region” can be told apart from the rest by its NPS"


def test_the_floor_is_explained_where_it_hid_a_group() -> None:
    assert "Floor" in [fact.name for fact in page(net(143, 75, 82), regions()).facts]
    assert "Floor" not in [fact.name for fact in page(net(160, 85, 95), quarters()).facts]


def test_detractors_of_two_groups_are_named_only_where_groups_differ() -> None:
    alike = breakdown("region", North=net(60, 25, 15), South=net(58, 25, 17))
    assert page(None, alike).sections[1].heading == "What the NPS of each group of “region” is made of"
    headings = [plain(section.heading) for section in page(None, regions()).sections]
    assert "Detractors are 42.0 % in Department with a very long name, 15.0 % in North & Harbour" in headings


@pytest.mark.parametrize("name", ["Source", "Method", "n", "Intervals"])
def test_it_says_how_it_was_computed(name: str) -> None:
    assert name in [fact.name for fact in page(net(60, 25, 15)).facts]
