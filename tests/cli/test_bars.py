"""The bar says what the figure and its interval say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.cli.bars import MARK, UNSURE, Axis, axis_for, bar, scale_line


def test_bar_is_solid_to_the_interval_and_marks_the_estimate():
    assert bar(5, 4, 7, Axis(0, 10), 10) == "████▒┃▒▒  "


def test_bar_below_zero_grows_to_the_left():
    assert bar(-5, -7, -3, Axis(-10, 10), 20) == "   ▒▒┃▒▒██│         "


def test_interval_across_zero_has_no_solid_part():
    assert bar(1, -2, 3, Axis(-10, 10), 20) == "        ▒▒▒┃▒▒      "


def test_without_a_base_only_the_interval_is_drawn():
    assert bar(5, 4, 7, Axis(0, 10, base=None), 10) == "    ▒┃▒▒  "


def test_axis_has_round_ends_that_hold_all():
    assert axis_for([-16.4, 43.1]) == Axis(-20, 60, 0.0)


def test_axis_stays_within_the_limits_of_the_scale():
    assert axis_for([-3, 97.5], limits=(-100, 98)) == Axis(-50, 98, 0.0)


def test_axis_of_equal_figures_has_a_width():
    axis = axis_for([5, 5], base=None)
    assert axis.low < 5 < axis.high


def test_axis_of_nothing_is_defined():
    assert axis_for([], base=None) == Axis(0, 1, None)


def test_scale_line_names_ends_and_zero_under_their_cells():
    assert scale_line(Axis(-50, 50), 21) == "−50       0        50"


def test_scale_line_too_narrow_for_its_numbers_is_left_out():
    assert scale_line(Axis(-1000, 1000), 9) == ""


@given(
    figures=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted),
    others=st.lists(st.floats(-1e6, 1e6)),
    width=st.integers(12, 60),
    base=st.sampled_from([None, 0.0]),
)
def test_bar_of_any_figure_fills_its_width_and_holds_one_mark(figures, others, width, base):
    low, value, high = figures
    axis = axis_for([*figures, *others], base)
    drawn = bar(value, low, high, axis, width)
    assert len(drawn) == width
    assert drawn.count(MARK) == 1
    assert set(drawn[axis.place(low, width) : axis.place(high, width) + 1]) <= {MARK, UNSURE}
    nearly = 1e-6 * (axis.high - axis.low)
    assert axis.low - nearly <= low <= high <= axis.high + nearly


@pytest.mark.parametrize(("value", "cell"), [(0, 0), (9.99, 9), (10, 9), (-5, 0), (50, 9)])
def test_place_of_a_value_is_kept_on_the_axis(value, cell):
    assert Axis(0, 10).place(value, 10) == cell
