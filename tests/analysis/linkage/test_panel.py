import pandas as pd
import pyarrow as pa
import pytest

from kithkin.analysis.errors import BadShape, EmptyInput, NotNumeric
from kithkin.analysis.linkage.panel import build, ends_of, in_time_order

LINKS = {
    "unit": ["b", "a", "a"],
    "period": ["2024-10", "2024-2", "2024-10"],
    "link": ["x"] * 3,
    "score": [1.0, 2.0, 3.0],
}
OUTCOMES = {"unit": ["a", "a"], "period": ["2024-2", "2024-10"], "score": [5.0, 6.0]}


def test_periods_sort_by_their_numbers_and_not_by_their_letters():
    assert build(LINKS, OUTCOMES).periods == ("2024-2", "2024-10")


@pytest.mark.parametrize(
    ("given", "sorted_periods"),
    [
        ({"10", "9", "1"}, ("1", "9", "10")),
        ({"03/2024", "12/2023"}, ("12/2023", "03/2024")),
        ({"2024-01-02", "2023-12-30"}, ("2023-12-30", "2024-01-02")),
        ({"Feb 2024", "Dec 2023", "Oct 2024"}, ("Dec 2023", "Feb 2024", "Oct 2024")),
        ({"Jan-24", "Dez-23", "Mai-24"}, ("Dez-23", "Jan-24", "Mai-24")),
        ({"3 March 2024", "10 Feb 2024"}, ("10 Feb 2024", "3 March 2024")),
        ({"-1", "0", "-5", "2"}, ("-5", "-1", "0", "2")),
        ({"2024-01-01", "2024-01"}, ("2024-01", "2024-01-01")),
    ],
)
def test_time_order_of_usual_spellings(given, sorted_periods):
    assert in_time_order(given) == sorted_periods


@pytest.mark.parametrize("given", [{"wave b", "wave a"}, {"2024-1", "2024-01"}])
def test_periods_whose_order_would_be_a_guess_are_refused(given):
    with pytest.raises(BadShape, match="cannot be put in time order"):
        in_time_order(given)


def test_whole_numbers_read_alike_whether_or_not_a_gap_made_them_floats():
    floats = build(LINKS | {"period": [10.0, 2.0, 10.0]}, OUTCOMES | {"period": [2, 10]})
    assert floats.periods == ("2", "10")


def test_provider_receiver_and_service_make_the_name_of_a_link():
    links = {
        "unit": ["a"],
        "period": [1],
        "provider": ["IT"],
        "receiver": ["Branches"],
        "service": ["tills"],
        "score": [1],
    }
    assert build(links, OUTCOMES | {"period": [1, 2]}).links == ("IT → Branches: tills",)


def test_a_link_without_service_is_named_by_its_ends():
    links = {"unit": ["a"], "period": [1], "provider": ["IT"], "receiver": ["Branches"], "score": [1]}
    assert build(links, OUTCOMES).links == ("IT → Branches",)


@pytest.mark.parametrize(
    ("name", "ends"),
    [("IT → Branches: tills", ("IT", "Branches")), ("IT->HR", ("IT", "HR")), ("satisfaction", None)],
)
def test_the_ends_of_a_link_are_read_from_its_name(name, ends):
    assert ends_of(name) == ends


def test_frames_arrow_and_mappings_give_the_same_panel():
    frames = build(pd.DataFrame(LINKS), pd.DataFrame(OUTCOMES))
    arrow = build(pa.table(LINKS), pa.table(OUTCOMES))
    assert (frames.x[0, 0].tolist(), frames.links) == (arrow.x[0, 0].tolist(), arrow.links) == ([2.0, 3.0], ("x",))


def test_rows_without_a_score_are_left_out_and_counted():
    panel = build(LINKS | {"score": [1.0, None, 3.0]}, OUTCOMES)
    assert panel.refused == ("links: 1 of 3 rows lack a unit, period, link or score.",)


def test_two_rows_about_one_cell_are_refused_with_the_cell():
    with pytest.raises(BadShape, match="repeat a cell, the first: a, 2024-2, x"):
        build(LINKS | {"unit": ["a", "a", "a"], "period": ["2024-10", "2024-2", "2024-2"]}, OUTCOMES)


def test_a_missing_column_is_named_with_those_there_are():
    with pytest.raises(BadShape, match=r"no column 'score'\. There are 'unit', 'period', 'link'"):
        build({key: LINKS[key] for key in ("unit", "period", "link")}, OUTCOMES)


def test_neither_link_nor_provider_is_refused():
    with pytest.raises(BadShape, match="'provider', 'receiver'"):
        build({key: LINKS[key] for key in ("unit", "period", "score")}, OUTCOMES)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"n": [-1, 2, 3]}, "below zero"),
        ({"sd": [1, -2, 3]}, "below zero"),
        ({"reliability": [1.2, 1, 1]}, r"outside 0…1"),
    ],
)
def test_impossible_figures_are_refused(extra, message):
    with pytest.raises(BadShape, match=message):
        build(LINKS | extra, OUTCOMES)


def test_text_among_the_scores_is_refused_with_the_text():
    with pytest.raises(NotNumeric, match="'good'"):
        build(LINKS | {"score": [1.0, "good", 2.0]}, OUTCOMES)


def test_no_score_at_all_is_refused():
    with pytest.raises(EmptyInput, match="outcomes"):
        build(LINKS, OUTCOMES | {"score": [None, None]})
